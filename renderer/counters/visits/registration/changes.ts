import { dayWords } from '../../../components/formats.ts'
import { sexWords } from '../../people/words.ts'
import { changedMembers, type Form, type Member } from './form.ts'

const householdFields = { kind: '户别', tenure: '房屋性质', note: '备注' } as const
const memberFields = {
  name: '姓名',
  relation: '与户主关系',
  sex: '性别',
  birth: '出生日期',
  idNumber: '身份证号',
  phones: '电话',
  ethnicity: '民族',
  marriage: '婚姻',
  education: '文化程度',
  political: '政治面貌',
  occupation: '职业',
  workplace: '服务处所',
  movedIn: '何时何地迁来',
  keyGroups: '重点人群',
  registeredElsewhere: '人户分离',
  departure: '迁出/去世',
} as const
export type HouseholdField = keyof typeof householdFields
export type MemberField = keyof typeof memberFields
const householdOrder = Object.keys(householdFields) as HouseholdField[]
const memberOrder = Object.keys(memberFields) as MemberField[]

/** How a field without a word in it reads. */
export const empty = '（空）'
const text = (value: string | null) => value?.trim() || empty

/** How a field of a person reads: what stands masked as its mask, what was retyped as it was typed. */
export function memberWords(member: Member, field: MemberField): string {
  switch (field) {
    case 'sex':
      return sexWords[member.sex]
    case 'birth':
      return text(member.birth)
    case 'idNumber':
      return text(member.idNumber ?? member.idMask)
    case 'phones':
      return text(member.phones ?? member.phoneMask)
    case 'keyGroups':
      return member.keyGroups.join('、') || empty
    case 'registeredElsewhere':
      return member.registeredElsewhere ? '是' : '否'
    case 'departure': {
      if (!member.departure) return '住在这里'
      const what = member.departure === 'dead' ? '去世' : '迁出'
      return member.departureDay ? `${dayWords(member.departureDay)}${what}` : what
    }
    default:
      return text(member[field])
  }
}

/** What tells two states of a field apart: what is typed over a mask is another, whatever it says. */
function content(member: Member, field: MemberField): string {
  if (field === 'keyGroups') return [...member.keyGroups].sort().join()
  if (field === 'idNumber') return member.idNumber ?? `=${member.idMask}`
  if (field === 'phones') return member.phones ?? `=${member.phoneMask}`
  const value = member[field]
  return typeof value === 'string' ? value.trim() : String(value ?? '')
}

export type Change = { label: string; old: string; now: string }
export type ChangedPerson = { key: string; who: string; isNew: boolean; changes: Change[] }

/** What saving would change: the household first, then person by person, old and new in words. */
export function changesOf(base: Form, form: Form): ChangedPerson[] {
  const household: Change[] = householdOrder
    .filter((field) => base[field].trim() !== form[field].trim())
    .map((field) => ({ label: householdFields[field], old: text(base[field]), now: text(form[field]) }))
  const before = new Map(base.members.map((member) => [member.key, member]))
  const people = changedMembers(base, form).map((member): ChangedPerson => {
    const old = before.get(member.key)
    const changes = memberOrder
      .filter((field) =>
        old
          ? content(old, field) !== content(member, field)
          : field !== 'name' && field !== 'departure' && isFilled(member, field),
      )
      .map((field) => ({
        label: memberFields[field],
        old: old ? memberWords(old, field) : '',
        now: memberWords(member, field),
      }))
    return { key: member.key, who: old?.name ?? member.name.trim(), isNew: !old, changes }
  })
  return [
    ...(household.length ? [{ key: 'household', who: '这一户', isNew: false, changes: household }] : []),
    // A blank more or less at the end of a field is no change of a person.
    ...people.filter(({ isNew, changes }) => isNew || changes.length),
  ]
}
function isFilled(member: Member, field: MemberField): boolean {
  if (field === 'sex') return member.sex === 1 || member.sex === 2
  if (field === 'registeredElsewhere') return member.registeredElsewhere
  return memberWords(member, field) !== empty
}

/** One field that both changed, each in their own way. */
export type Clash = {
  key: string
  who: string
  label: string
  theirs: string
  mine: string
  choice: 'mine' | 'theirs' | null
  /** Null: the household's own field. */
  memberKey: string | null
  field: HouseholdField | MemberField
}

export type Rebased = {
  form: Form
  clashes: Clash[]
  /** What the other screen changed, for the clerk to know of. */
  theirs: ChangedPerson[]
  /** People whom the other screen took out of the household, with what was typed for them here. */
  gone: ChangedPerson[]
}

/**
 * My form on top of what another screen saved: a field that only they changed is theirs, one that only I changed is
 * mine, one that both changed differently is a clash, mine until it is decided. Nothing typed is lost.
 */
export function rebase(base: Form, mine: Form, theirs: Form): Rebased {
  const clashes: Clash[] = []
  const form: Form = { ...theirs, checkedDay: mine.checkedDay, notTheSame: mine.notTheSame, members: [] }
  for (const field of householdOrder) {
    const [old, my, their] = [base[field].trim(), mine[field].trim(), theirs[field].trim()]
    if (my === old) continue
    Object.assign(form, { [field]: mine[field] })
    if (their !== old && their !== my)
      clashes.push({
        key: field,
        who: '这一户',
        label: householdFields[field],
        theirs: text(their),
        mine: text(my),
        choice: null,
        memberKey: null,
        field,
      })
  }
  const old = new Map(base.members.map((member) => [member.key, member]))
  const my = new Map(mine.members.map((member) => [member.key, member]))
  for (const their of theirs.members) {
    const before = old.get(their.key)
    const typed = my.get(their.key)
    form.members.push(before && typed ? rebaseMember(before, typed, their, clashes) : their)
  }
  const stands = new Set(theirs.members.map(({ key }) => key))
  form.members.push(...mine.members.filter(({ id, key }) => id === null && !stands.has(key)))
  const lost = { ...mine, members: mine.members.filter(({ id, key }) => id !== null && !stands.has(key)) }
  return {
    form,
    clashes,
    theirs: changesOf(base, theirs),
    gone: changesOf(base, { ...lost, kind: base.kind, tenure: base.tenure, note: base.note }),
  }
}

function rebaseMember(before: Member, mine: Member, theirs: Member, clashes: Clash[]): Member {
  const member: Member = { ...theirs }
  for (const field of memberOrder) {
    const [old, my, their] = [content(before, field), content(mine, field), content(theirs, field)]
    if (my === old) continue
    takeField(member, mine, field)
    if (their === old || their === my) continue
    clashes.push({
      key: `${mine.key}.${field}`,
      who: before.name,
      label: memberFields[field],
      theirs: memberWords(theirs, field),
      mine: memberWords(mine, field),
      choice: null,
      memberKey: mine.key,
      field,
    })
  }
  // A half typed day belongs to the field that it is in.
  if (mine.birthUnread) Object.assign(member, { birthUnread: true })
  return member
}

function takeField(into: Member, from: Member, field: MemberField): void {
  Object.assign(into, { [field]: from[field] })
  if (field === 'departure') into.departureDay = from.departureDay
}

/** The form after each clash was decided. */
export function settle(form: Form, clashes: readonly Clash[], theirs: Form): Form {
  const settled: Form = { ...form, members: form.members.map((member) => ({ ...member })) }
  for (const { choice, memberKey, field } of clashes) {
    if (choice !== 'theirs') continue
    if (memberKey === null) {
      Object.assign(settled, { [field]: theirs[field as HouseholdField] })
      continue
    }
    const into = settled.members.find(({ key }) => key === memberKey)
    const from = theirs.members.find(({ key }) => key === memberKey)
    if (into && from) takeField(into, from, field as MemberField)
  }
  return settled
}
