import type { Attachment } from '../../../../electron/contract/files.ts'
import { phone as phoneField } from '../../../../electron/contract/fields.ts'
import type { Child } from '../../../../electron/contract/noon-children.ts'
import type { PersonLine } from '../../../../electron/contract/people.ts'

/** A row of the form. `id` and `masked` of one who stands on file: an empty phone then keeps the number. */
export type GuardianDraft = {
  id: number | null
  name: string
  relation: string
  phone: string
  masked: string
}

export type ChildDraft = {
  school: string
  grade: string
  className: string
  mark: string
  photo: Attachment[]
  allergies: string
  health: string
  leaves: Child['leaves']
  insurance: string
  agreementDay: string | null
  /** Something is typed as that day that is no day. */
  agreementUnread: boolean
  guardians: GuardianDraft[]
}

/** As the contract takes them. */
export const mostGuardians = 4

export const emptyGuardian = (): GuardianDraft => ({
  id: null,
  name: '',
  relation: '',
  phone: '',
  masked: '',
})

export const emptyChild = (): ChildDraft => ({
  school: '',
  grade: '',
  className: '',
  mark: '',
  photo: [],
  allergies: '',
  health: '',
  leaves: 'collected',
  insurance: '',
  agreementDay: null,
  agreementUnread: false,
  guardians: [emptyGuardian()],
})

/** A stored photo of which only the id is known. */
export const photoOf = (id: number): Attachment => ({
  id,
  name: '照片',
  kind: 'image',
  bytes: 0,
  width: null,
  height: null,
})

export function draftOf(child: Child): ChildDraft {
  return {
    school: child.school,
    grade: child.grade,
    className: child.className,
    mark: child.mark,
    photo: child.photoId === null ? [] : [photoOf(child.photoId)],
    allergies: child.allergies,
    health: child.health,
    leaves: child.leaves,
    insurance: child.insurance,
    agreementDay: child.agreementDay,
    agreementUnread: false,
    guardians: child.guardians.map(({ id, name, relation, phone }) => ({
      id,
      name,
      relation,
      phone: '',
      masked: phone,
    })),
  }
}

const isBlank = ({ id, name, relation, phone }: GuardianDraft) =>
  id === null && !name.trim() && !relation.trim() && !phone.trim()

/** The rows that count: an empty new row is none. */
export const filledGuardians = (draft: Pick<ChildDraft, 'guardians'>) =>
  draft.guardians.filter((one) => !isBlank(one))

const reachable = ({ phone, masked }: GuardianDraft) => !!phone.trim() || !!masked

export type GuardianProblems = Partial<Record<'name' | 'relation' | 'phone', string>>

/** What is wrong with one row; nothing with an empty new one. */
export function guardianProblems(one: GuardianDraft): GuardianProblems {
  if (isBlank(one)) return {}
  const problems: GuardianProblems = {}
  if (!one.name.trim()) problems.name = '请写姓名'
  if (!one.relation.trim()) problems.relation = '请写关系'
  if (one.phone.trim() && !phoneField.safeParse(one.phone).success) problems.phone = '不像电话号码，请核对'
  return problems
}

export type ChildProblems = { guardians?: string; agreementDay?: string; rows: GuardianProblems[] }

/** What keeps the record from being saved. No child without a guardian who can be called. */
export function childProblems(draft: ChildDraft): ChildProblems {
  const rows = draft.guardians.map(guardianProblems)
  return {
    rows,
    ...(filledGuardians(draft).some(reachable)
      ? {}
      : { guardians: '至少要有一位打得通的监护人：姓名、关系和电话' }),
    ...(draft.agreementUnread ? { agreementDay: '看不懂这个日期，请写成 2026-09-01' } : {}),
  }
}

export const isSound = ({ rows, guardians, agreementDay }: ChildProblems) =>
  !guardians && !agreementDay && rows.every((row) => Object.keys(row).length === 0)

/** The form as the contract takes it, without id, version and person. */
export function childInput(draft: ChildDraft) {
  const { school, grade, className, mark, allergies, health, leaves, insurance, agreementDay } = draft
  return {
    school,
    grade,
    className,
    mark,
    photoId: draft.photo[0]?.id ?? null,
    allergies,
    health,
    leaves,
    insurance,
    agreementDay,
    guardians: filledGuardians(draft).map(({ id, name, relation, phone }) => ({ id, name, relation, phone })),
  }
}

export const fieldWords = {
  school: '学校',
  grade: '年级',
  className: '班级',
  mark: '辨认标记',
  photo: '照片',
  allergies: '过敏',
  health: '健康',
  leaves: '怎么离开',
  insurance: '保险',
  agreementDay: '协议日期',
  guardians: '监护人',
} as const
export type ChildField = keyof typeof fieldWords
export const childFields = Object.keys(fieldWords) as ChildField[]

/** A field as it counts: of the photo its id, of guardians without what is only typed here. */
function weight(draft: ChildDraft, field: ChildField): string {
  if (field === 'photo') return String(draft.photo[0]?.id ?? '')
  if (field === 'guardians') {
    return JSON.stringify(
      draft.guardians.map(({ id, name, relation, masked }) => [id, name, relation, masked]),
    )
  }
  return JSON.stringify(draft[field])
}

/** The fields in which two readings of a record differ. */
export const changedFields = (before: ChildDraft, after: ChildDraft): ChildField[] =>
  childFields.filter((field) => weight(before, field) !== weight(after, field))

/**
 * What a member of the household is to the child, where their relations to the head of the household (公通字[1995]91号)
 * leave no doubt; empty otherwise, for the clerk to ask: a 孙辈's 父母 may be any of the 子女.
 */
export function relationTo(
  child: Pick<PersonLine, 'relation'>,
  member: Pick<PersonLine, 'relation' | 'sex'>,
): string {
  if (child.relation !== '子女' || (member.relation !== '户主' && member.relation !== '配偶')) return ''
  return member.sex === 1 ? '爸爸' : member.sex === 2 ? '妈妈' : ''
}
