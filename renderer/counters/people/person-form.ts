import { computed, type Ref } from 'vue'
import { formatDoor, parseDoor } from '../../../electron/contract/door.ts'
import { phone as phoneField } from '../../../electron/contract/fields.ts'
import { readIdNumber, tidyIdNumber } from '../../../electron/contract/id-number.ts'
import { relations, type Household, type Person } from '../../../electron/contract/people.ts'
import { householdAt } from './quick-register.ts'

export type Relation = (typeof relations)[number]

/** What stands in the form of a person. `null` for what the screen only knows masked and nobody retyped. */
export type PersonDraft = {
  name: string
  idNumber: string | null
  sex: 0 | 1 | 2 | 9
  birth: string | null
  /** Something is typed as birth day that is no day. */
  birthUnread: boolean
  householdId: number | null
  /** The household's door as shown; typed anew, it names another household. */
  door: string
  doorTyped: boolean
  estate: string
  gridId: number | null
  relation: Relation
  phones: string[] | null
  registeredElsewhere: boolean
  keyGroups: string[]
  note: string
}

export function emptyPerson(): PersonDraft {
  return {
    name: '',
    idNumber: '',
    sex: 0,
    birth: null,
    birthUnread: false,
    householdId: null,
    door: '',
    doorTyped: false,
    estate: '',
    gridId: null,
    relation: '其他',
    phones: [''],
    registeredElsewhere: false,
    keyGroups: [],
    note: '',
  }
}

/** A new person whose door is known already. */
export function inHousehold(household: Household): PersonDraft {
  return { ...emptyPerson(), householdId: household.id, door: household.door, gridId: household.gridId }
}

/** What somebody typed into the search box before there was nobody: an ID number, a phone, a door or a name. */
export function fromTyped(typed: string): Partial<PersonDraft> {
  const text = typed.trim()
  const number = tidyIdNumber(text)
  const read = readIdNumber(number)
  if (read) return { idNumber: number, ...read }
  if (parseDoor(text)) return { door: text, doorTyped: true }
  if (phoneField.safeParse(text).success) return { phones: [text] }
  return { name: text.slice(0, 40) }
}

export function draftOf(person: Person): PersonDraft {
  return {
    name: person.name,
    idNumber: person.idNumber === null ? '' : null,
    sex: person.sex,
    birth: person.birth,
    birthUnread: false,
    householdId: person.householdId,
    door: person.household?.door ?? '',
    doorTyped: false,
    estate: '',
    gridId: person.household?.gridId ?? null,
    relation: relations.find((one) => one === person.relation) ?? '其他',
    phones: person.phones.length > 0 ? null : [''],
    registeredElsewhere: person.registeredElsewhere,
    keyGroups: [...person.keyGroups],
    note: person.note,
  }
}

const filled = (phones: readonly string[]) => phones.map((one) => one.trim()).filter(Boolean)

export type Problems = Partial<Record<'name' | 'idNumber' | 'birth' | 'sex' | 'door' | 'phones', string>>

type Typed = Pick<PersonDraft, 'name' | 'idNumber' | 'birth' | 'birthUnread' | 'sex'> & {
  phones: readonly string[] | null
}

/** What is wrong with a person as it is typed; an empty name counts only once somebody wanted to save (`tried`). */
export function problemsOf(typed: Typed, tried: boolean) {
  const { name, idNumber, birth, birthUnread, sex, phones } = typed
  const problems: Problems = {}
  if (tried && !name.trim()) problems.name = '请写姓名'
  const number = tidyIdNumber(idNumber ?? '')
  const read = readIdNumber(number)
  if (number.length >= 18 && !read) problems.idNumber = '号码不对：位数、日期或末位校验不符，请核对证件'
  else if (tried && number && !read) problems.idNumber = `还差 ${18 - number.length} 位`
  if (tried && birthUnread) problems.birth = '看不懂这个日期，请写成 1949-10-01 或 19491001'
  if (read && birth && read.birth !== birth) problems.birth = '与身份证号里的出生日期不一致'
  if (read && (sex === 1 || sex === 2) && read.sex !== sex) problems.sex = '与身份证号里的性别不一致'
  const wrong = filled(phones ?? []).find((one) => !phoneField.safeParse(one).success)
  if (tried && wrong) problems.phones = `“${wrong}”不像电话号码，应是 5 到 20 位数字`
  return problems
}

/** What is wrong in the form of a person, with the door. */
export function useProblems(draft: Ref<PersonDraft>, tried: Ref<boolean>) {
  return computed<Problems>(() => {
    const { door, doorTyped } = draft.value
    const problems = problemsOf(draft.value, tried.value)
    if (tried.value && doorTyped && door.trim() && !parseDoor(door))
      problems.door = '看不懂，请写成 3栋2单元501 或 3-2-501'
    return problems
  })
}

/** How the core will write the door that is typed; empty while it is no whole door. */
export function doorPreview(draft: PersonDraft): string {
  const door = draft.doorTyped ? parseDoor(draft.door) : null
  return door ? formatDoor(door) : ''
}

/** The form as the contract wants it; a door that was typed is registered first when it does not stand yet. */
export async function personInput(draft: PersonDraft) {
  let householdId = draft.householdId
  if (draft.doorTyped)
    householdId = draft.door.trim() ? (await householdAt(draft.door, draft.gridId, draft.estate)).id : null
  return {
    name: draft.name,
    sex: draft.sex,
    birth: draft.birth,
    relation: draft.relation,
    householdId,
    registeredElsewhere: draft.registeredElsewhere,
    keyGroups: draft.keyGroups,
    note: draft.note,
  }
}

export const phonesOf = (draft: Pick<PersonDraft, 'phones'>) => filled(draft.phones ?? [])

export const valid = (problems: Problems, draft: PersonDraft) =>
  !!draft.name.trim() && Object.keys(problems).length === 0
