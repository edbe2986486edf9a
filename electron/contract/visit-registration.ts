import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { day, id, optionalText, phone, sex, text, version } from './fields.ts'
import { idNumber, relations } from './people.ts'

/** 户别 and 房屋性质 of the form; empty = not asked yet. */
export const householdKinds = ['', '家庭户', '集体户'] as const
export const tenures = ['', '自有', '租住', '公房', '单位房', '其他'] as const
/** GB/T 2261.2 marriage, shortened to what the form asks. */
export const marriages = ['', '未婚', '已婚', '丧偶', '离婚'] as const
export const educations = ['', '小学', '初中', '高中/中专', '大专', '本科', '研究生', '未上学'] as const
export const politicals = ['', '群众', '共青团员', '中共党员', '民主党派'] as const

const formMember = {
  name: text(40),
  sex,
  birth: day.nullable(),
  relation: z.enum(relations),
  registeredElsewhere: z.boolean(),
  keyGroups: z.array(text(20)).max(20),
  ethnicity: optionalText(20),
  marriage: z.enum(marriages),
  education: z.enum(educations),
  political: z.enum(politicals),
  workplace: optionalText(60),
  occupation: optionalText(40),
  /** When and from where: 2019年从株洲 */
  movedIn: optionalText(60),
}

export const registration = z.object({
  householdId: id,
  door: z.string(),
  version,
  kind: z.enum(householdKinds),
  tenure: z.enum(tenures),
  note: z.string(),
  /** When somebody last went through the form at the door; null: never. */
  checkedDay: day.nullable(),
  members: z.array(
    z.object({
      ...formMember,
      id,
      version,
      /** Masked; typed anew to be changed. */
      idNumber: z.string().nullable(),
      phones: z.array(z.string()),
      departure: z.enum(['moved', 'dead']).nullable(),
    }),
  ),
})
export type Registration = z.infer<typeof registration>

/** Part of `visits`: the form 入户登记表. */
export const registrationProcedures = {
  /** The form as it stands. Opening a minor's line is written to the audit. */
  registration: procedure(desk)
    .input(z.strictObject({ householdId: id }))
    .output(registration),

  /**
   * Saves the whole form in one act: the household, its members and new ones; who is left out of `members` stays as they
   * are. Unchanged people are not touched. CONFLICT `changed` (current = the form as it stands) when anybody saved in
   * between; `duplicate` (current = the list of likely ones, as in `people.duplicates`) for a new member unless named in
   * `notTheSame`. INVALID `members.N.field` with the problems of `people.register`; `members.N.departureDay` `required`,
   * `future`, `before-birth`.
   */
  saveRegistration: procedure(desk)
    .input(
      z.strictObject({
        householdId: id,
        version,
        kind: z.enum(householdKinds),
        tenure: z.enum(tenures),
        note: optionalText(500),
        /** The day at the door. INVALID `checkedDay` `future`. */
        checkedDay: day,
        members: z
          .array(
            z.strictObject({
              ...formMember,
              /** Null: somebody new at this door. */
              id: id.nullable(),
              version: version.nullable(),
              /** Left out: as they are. */
              idNumber: idNumber.optional(),
              phones: z.array(phone).max(5).optional(),
              departure: z.enum(['moved', 'dead']).nullable(),
              departureDay: day.nullable(),
            }),
          )
          .max(30),
        notTheSame: z.array(id).max(50).default([]),
      }),
    )
    .output(registration),

  /** The empty or filled form as a paper; a document id. */
  registrationPaper: procedure(desk)
    .input(z.strictObject({ householdId: id }))
    .output(z.object({ documentId: id })),
}
