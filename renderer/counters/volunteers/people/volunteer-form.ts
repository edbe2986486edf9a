import type { Volunteer } from '../../../../electron/contract/volunteer-people.ts'
import { colourOrder, colourWorks } from '../words.ts'

/** What a clerk types of a volunteer; who it is and the number are not typed. */
export type VolunteerDraft = {
  joinedDay: string | null
  nationalNumber: string
  nationalDay: string | null
  skills: string[]
  serviceKinds: string[]
  partyMember: boolean
  note: string
  /** Something is typed as one of the days that is no day. */
  unread: { joinedDay: boolean; nationalDay: boolean }
}

export const emptyVolunteer = (today: string): VolunteerDraft => ({
  joinedDay: today,
  nationalNumber: '',
  nationalDay: null,
  skills: [],
  serviceKinds: [],
  partyMember: false,
  note: '',
  unread: { joinedDay: false, nationalDay: false },
})

export function draftOf(one: Volunteer): VolunteerDraft {
  const { joinedDay, nationalNumber, nationalDay, partyMember, note } = one
  return {
    joinedDay,
    nationalNumber,
    nationalDay,
    skills: [...one.skills],
    serviceKinds: [...one.serviceKinds],
    partyMember,
    note,
    unread: { joinedDay: false, nationalDay: false },
  }
}

export type VolunteerProblems = Partial<Record<'joinedDay' | 'nationalDay', string>>

/** What keeps the form from being saved. Both days may not be later than today; the core looks at the rest. */
export function volunteerProblems(
  { joinedDay, nationalDay, unread }: VolunteerDraft,
  today: string,
): VolunteerProblems {
  const late = (day: string | null) => day !== null && day > today
  const joined = !joinedDay || unread.joinedDay ? '请写加入的日期' : late(joinedDay) ? '不能晚于今天' : ''
  const national = unread.nationalDay ? '看不懂这个日期' : late(nationalDay) ? '不能晚于今天' : ''
  return {
    ...(joined ? { joinedDay: joined } : {}),
    ...(national ? { nationalDay: national } : {}),
  }
}

/** The form as the contract takes it, without id, version and day of joining. */
export function volunteerInput(draft: VolunteerDraft) {
  const { nationalNumber, nationalDay, skills, serviceKinds, partyMember, note } = draft
  return {
    nationalNumber,
    nationalDay,
    skills: [...skills],
    serviceKinds: [...serviceKinds],
    partyMember,
    note,
  }
}

export const volunteerFieldWords = {
  joinedDay: '加入日期',
  nationalNumber: '全国系统编号',
  nationalDay: '全国系统登记日期',
  skills: '专业技能',
  serviceKinds: '服务类别',
  partyMember: '党员',
  note: '备注',
} as const
export type VolunteerField = keyof typeof volunteerFieldWords
const fields = Object.keys(volunteerFieldWords) as VolunteerField[]

/** The fields in which two readings of a record differ. */
export const changedFields = (before: VolunteerDraft, after: VolunteerDraft): VolunteerField[] =>
  fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))

/** A field's value in words, for comparing two readings. */
export function valueWords(draft: VolunteerDraft, field: VolunteerField): string {
  const value = draft[field]
  if (typeof value === 'boolean') return value ? '是' : '否'
  return (Array.isArray(value) ? value.join('、') : value) || '（空）'
}

/** The fields of work of the seven teams: what 服务类别 usually is. */
export const usualServiceKinds = colourOrder.map((colour) => colourWorks[colour])

/** Consents as the form of a new volunteer asks for them. */
export type ConsentsTyped = { givenBy: string; publish: boolean; guardian: boolean }

/**
 * The consents to be written down, by their purpose. A guardian's is asked of minors alone, and nothing is written without
 * the name of who gave it.
 */
export function consentsGiven(
  { givenBy, publish, guardian }: ConsentsTyped,
  minor: boolean,
): ('publish' | 'guardian')[] {
  if (!givenBy.trim()) return []
  return [...(minor && guardian ? ['guardian' as const] : []), ...(publish ? ['publish' as const] : [])]
}
