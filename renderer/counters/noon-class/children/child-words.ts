import type { Child, ChildLine, PickupPerson } from '../../../../electron/contract/noon-children.ts'
import { dayOf, dayWords } from '../../../components/formats.ts'

/** Today, in a field that may be emptied. */
export const todayInForm = (): string | null => dayOf(new Date())

/** Into a group, into another one of the same term, out of the class. */
export type EnrolmentStep = 'enrol' | 'change' | 'withdraw'

export const leavesWords: Record<Child['leaves'], string> = {
  collected: '家长接',
  alone: '自己走',
  escort: '学校护送回校',
}

export type Enrolment = Child['enrolments'][number]
type Consent = Child['consents'][number]

/** The consent for the noon class that holds on a day: the purpose names it, and nobody has withdrawn it by then. */
export function consentInForce(consents: readonly Consent[], today: string): Consent | null {
  const holds = ({ purpose, givenDay, withdrawnDay }: Consent) =>
    purpose.includes('午间课堂') && givenDay <= today && (withdrawnDay === null || withdrawnDay > today)
  return consents.find(holds) ?? null
}

/** Where the child is enrolled on a day, and where it will be: those that have not ended. */
export function presentEnrolments(enrolments: readonly Enrolment[], today: string): Enrolment[] {
  return enrolments.filter(({ leftDay }) => leftDay === null || leftDay > today)
}

/** From 9月1日, 9月1日 至 12月20日; the day of leaving is the first that no longer counts. */
export function enrolmentWords({ fromDay, leftDay, leftReason }: Enrolment): string {
  if (leftDay === null) return `${dayWords(fromDay)}起`
  return `${dayWords(fromDay)}起，${dayWords(leftDay)}离开${leftReason ? `：${leftReason}` : ''}`
}

/** How long somebody may collect, or must not: 9月1日起一直有效, 只限 11月23日, 9月1日 至 12月20日. */
export function validWords({
  fromDay,
  toDay,
  once,
}: Pick<PickupPerson, 'fromDay' | 'toDay' | 'once'>): string {
  if (once || fromDay === toDay) return `只限${dayWords(fromDay)}`
  return toDay === null ? `${dayWords(fromDay)}起一直有效` : `${dayWords(fromDay)} 至 ${dayWords(toDay)}`
}

/** Those who hold or will, the forbidden ones first, and those that are over. */
export function pickupsByTime(pickups: readonly PickupPerson[], today: string) {
  const over = ({ toDay }: PickupPerson) => toDay !== null && toDay < today
  return {
    forbidden: pickups.filter((one) => one.kind === 'forbidden' && !over(one)),
    authorised: pickups.filter((one) => one.kind === 'authorised' && !over(one)),
    over: pickups.filter(over),
  }
}

/**
 * The lines under the name of their group: groups in the order in which they are worked with, then others by name, and
 * those of no group at the end.
 */
export function byGroup(
  lines: readonly ChildLine[],
  order: readonly string[],
): { group: string | null; lines: ChildLine[] }[] {
  const place = (group: string | null) => {
    if (group === null) return order.length + 1
    const at = order.indexOf(group)
    return at < 0 ? order.length : at
  }
  return [...Map.groupBy(lines, ({ group }) => group)]
    .map(([group, found]) => ({ group, lines: found }))
    .sort((a, b) => place(a.group) - place(b.group) || (a.group ?? '').localeCompare(b.group ?? '', 'zh-CN'))
}

/** 实验小学 · 三(2)班 */
export const schoolAndClass = ({ school, class: name }: Pick<ChildLine, 'school' | 'class'>): string =>
  [school, name].filter(Boolean).join(' · ')
