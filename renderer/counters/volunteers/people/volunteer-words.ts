import type { Volunteer } from '../../../../electron/contract/volunteer-people.ts'
import { dayWords } from '../../../components/formats.ts'

/** What 令67号 Art 5 asks for, as it is said. */
export const factWords: Record<Volunteer['gaps'][number], string> = {
  sex: '性别',
  birth: '出生日期',
  idNumber: '身份证号',
  door: '居住区域',
  phone: '联系方式',
  skills: '专业技能',
  serviceKinds: '服务类别',
}

/** Those facts that stand in the person's own record, and not in the volunteer's. */
const ofThePerson: readonly string[] = ['sex', 'birth', 'idNumber', 'door', 'phone']

/** What is lacking, by where it is filled in: `volunteer` here, `person` in 一人一档. */
export function gapsByPlace(gaps: Volunteer['gaps']) {
  const names = (of: Volunteer['gaps']) => of.map((gap) => factWords[gap])
  return {
    volunteer: names(gaps.filter((gap) => !ofThePerson.includes(gap))),
    person: names(gaps.filter((gap) => ofThePerson.includes(gap))),
  }
}

export type Membership = Volunteer['memberships'][number]

/** Whether a membership is over on a local day. */
export const isPast = ({ toDay }: Pick<Membership, 'toDay'>, today: string): boolean =>
  toDay !== null && toDay < today

/** 3月1日起, 3月1日 至 9月30日; the last day still counts. */
export function memberWords({ fromDay, toDay }: Pick<Membership, 'fromDay' | 'toDay'>, now = new Date()) {
  return toDay === null
    ? `${dayWords(fromDay, now)}起`
    : `${dayWords(fromDay, now)} 至 ${dayWords(toDay, now)}`
}

/** What Art 5 and the protection of minors need before this volunteer can serve and be named; empty when nothing lacks. */
export function warningsOf(
  one: Pick<Volunteer, 'consentMissing' | 'gaps' | 'mayPublish' | 'leftDay' | 'leftReason'>,
): string[] {
  const { volunteer, person } = gapsByPlace(one.gaps)
  return [
    ...(one.consentMissing
      ? ['未成年，还没有监护人同意：可以报名，不能记服务时间。请监护人签字，在“同意”里登记。']
      : []),
    ...(volunteer.length ? [`档案还缺 ${volunteer.join('、')}：点“修改”补上。`] : []),
    ...(person.length ? [`居民档案还缺 ${person.join('、')}：到一人一档补上。`] : []),
  ]
}

/** Text as it is typed into a list: 、，, ； and spaces part the words; each once, in the order typed. */
export function readWords(typed: string): string[] {
  const words = typed
    .split(/[、，,;；\s]+/)
    .map((word) => word.trim().slice(0, 20))
    .filter(Boolean)
  return [...new Set(words)].slice(0, 20)
}
