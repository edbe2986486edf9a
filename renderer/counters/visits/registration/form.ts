import { relations } from '../../../../electron/contract/people.ts'
import type { Registration } from '../../../../electron/contract/visit-registration.ts'
import type { Client } from '../../../shell/client.ts'

type Known = Registration['members'][number]
export type Input = Parameters<Client['visits']['saveRegistration']>[0]

/** One person of the form. `null` for what the screen only knows masked and nobody retyped. */
export type Member = Omit<Known, 'id' | 'version' | 'idNumber' | 'phones'> & {
  /** Tells lines apart, new ones too: `7`, `new-1`. */
  key: string
  id: number | null
  version: number | null
  idNumber: string | null
  /** Several numbers in one field, as they stand on paper. */
  phones: string | null
  idMask: string
  phoneMask: string
  birthUnread: boolean
  departureDay: string | null
  departureUnread: boolean
}

/** What stands in the form 入户登记表. */
export type Form = Pick<Registration, 'householdId' | 'version' | 'kind' | 'tenure' | 'note'> & {
  checkedDay: string | null
  members: Member[]
  /** People who look like a new member and were said to be somebody else. */
  notTheSame: number[]
}

export function memberOf({ id, version, idNumber, phones, ...rest }: Known): Member {
  return {
    ...rest,
    keyGroups: [...rest.keyGroups],
    key: String(id),
    id,
    version,
    idNumber: idNumber === null ? '' : null,
    phones: phones.length ? null : '',
    idMask: idNumber ?? '',
    phoneMask: phones.join('、'),
    birthUnread: false,
    departureDay: null,
    departureUnread: false,
  }
}

export function newMember(key: string, relation: Member['relation']): Member {
  return {
    key,
    id: null,
    version: null,
    name: '',
    sex: 0,
    birth: null,
    relation,
    registeredElsewhere: false,
    keyGroups: [],
    ethnicity: '',
    marriage: '',
    education: '',
    political: '',
    workplace: '',
    occupation: '',
    movedIn: '',
    idNumber: '',
    phones: '',
    idMask: '',
    phoneMask: '',
    departure: null,
    birthUnread: false,
    departureDay: null,
    departureUnread: false,
  }
}

/** The form as it stands, to be gone through on a day. */
export function formOf(registration: Registration, checkedDay: string): Form {
  const { householdId, version, kind, tenure, note, members } = registration
  return {
    ...{ householdId, version, kind, tenure, note, checkedDay },
    members: members.map(memberOf),
    notTheSame: [],
  }
}

/** The next new line: the head of the household first, who comes after is asked. */
export function nextMember({ members }: Form): Member {
  const taken = members.map(({ key }) => Number(/^new-(\d+)$/.exec(key)?.[1] ?? 0))
  const hasHead = members.some(({ relation, departure }) => relation === '户主' && !departure)
  return newMember(`new-${Math.max(0, ...taken) + 1}`, hasHead ? '其他' : relations[0])
}

/** Several numbers in one field: 138…、0731-…; blanks within a number are how people read it out. */
export const phonesIn = (typed: string): string[] =>
  typed
    .split(/[、，,;；/]/)
    .map((one) => one.trim())
    .filter(Boolean)

/** A line that was begun and left empty is no person. */
export const isBlank = (member: Member): boolean =>
  member.id === null &&
  !member.name.trim() &&
  !member.idNumber &&
  !member.phones &&
  !member.birth &&
  !member.birthUnread

/** Whether the form of a person asks for the day of leaving: only when the leaving is new. */
export const leavesNow = (member: Member, before: Member | undefined): boolean =>
  member.departure !== null && member.departure !== (before?.departure ?? null)

/** What is handed in of a person; what was only shown masked is left out. */
function handedIn(member: Member): Input['members'][number] {
  const { id, version, name, sex, birth, relation, registeredElsewhere, keyGroups } = member
  const { ethnicity, marriage, education, political, workplace, occupation, movedIn } = member
  const { idNumber, phones, departure, departureDay } = member
  return {
    ...{ id, version, name, sex, birth, relation, registeredElsewhere, keyGroups },
    ...{ ethnicity, marriage, education, political, workplace, occupation, movedIn },
    ...(idNumber === null ? {} : { idNumber }),
    ...(phones === null ? {} : { phones: phonesIn(phones) }),
    departure,
    departureDay: departure ? departureDay : null,
  }
}

/** The same whatever the order in which key groups were ticked. */
const plain = (member: Member) =>
  JSON.stringify({ ...handedIn(member), keyGroups: [...member.keyGroups].sort() })

/** Who stands in the form otherwise than in `base`: nobody else is handed in. */
export function changedMembers(base: Form, form: Form): Member[] {
  const before = new Map(base.members.map((member) => [member.key, member]))
  return form.members.filter((member) => {
    if (isBlank(member)) return false
    const old = before.get(member.key)
    return !old || plain(member) !== plain(old)
  })
}

/** The form as the contract wants it; `checkedDay` is there (the form asks for it before). */
export function inputOf(base: Form, form: Form): Input {
  const { householdId, version, kind, tenure, note, notTheSame } = form
  return {
    ...{ householdId, version, kind, tenure, note, notTheSame },
    checkedDay: form.checkedDay!,
    members: changedMembers(base, form).map(handedIn),
  }
}
