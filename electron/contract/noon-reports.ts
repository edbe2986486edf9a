import { z } from 'zod'
import { procedure, staff } from './access.ts'
import { attachment, fileIds } from './files.ts'
import { day, id, instant, optionalText, text } from './fields.ts'
import { childStates } from './noon-days.ts'

export const incidentKinds = [
  'injury',
  'illness',
  'allergy',
  'left-alone',
  'quarrel',
  'stranger',
  'other',
] as const
/** Who can be called about an incident. */
export const calledWhom = ['监护人', '120', '110', '学校', '主任', '社区卫生服务中心'] as const

export const incident = z.object({
  id,
  number: z.string(),
  childId: id.nullable(),
  child: z.string().nullable(),
  groupId: id.nullable(),
  group: z.string().nullable(),
  follows: id.nullable(),
  kind: z.enum(incidentKinds),
  happenedAt: instant,
  day,
  what: z.string(),
  measures: z.string(),
  called: z.array(z.enum(calledWhom)),
  files: z.array(attachment),
  at: instant,
  operator: z.string(),
  signedOff: z.object({ at: instant, operator: z.string(), text: z.string() }).nullable(),
})
export type Incident = z.infer<typeof incident>

export const registerDay = z.object({
  day,
  mark: z.enum(['present', 'leave', 'absent', 'unexplained', 'none']),
  late: z.boolean(),
})
export const register = z.object({
  month: z.string(),
  group: z.string(),
  /** School days of the month, and others on which somebody came all the same. */
  days: z.array(day),
  rows: z.array(
    z.object({
      childId: id,
      name: z.string(),
      class: z.string(),
      /** One per day of `days`. */
      marks: z.array(registerDay.shape.mark),
      present: z.int(),
      leave: z.int(),
      /** Its reason is known. */
      absent: z.int(),
      unexplained: z.int(),
    }),
  ),
})
export type Register = z.infer<typeof register>

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
/** Days of children. expected = present + absent (why is known) + unexplained; those on leave stand beside. */
const counted = { expected: z.int(), present: z.int(), leave: z.int(), absent: z.int(), unexplained: z.int() }

export const noonReport = z.object({
  byGroup: z.array(z.object({ groupId: id, name: z.string(), ...counted })),
  byMonth: z.array(z.object({ month: z.string(), ...counted })),
  /** Absences that nobody had told beforehand. */
  withoutNotice: z.int(),
  /** Handed over after the group's closing time. */
  latePickups: z.int(),
  incidents: z.int(),
})
export type NoonReport = z.infer<typeof noonReport>

export const noonRow = z.object({
  childId: id,
  name: z.string(),
  class: z.string(),
  group: z.string(),
  day,
  state: z.enum(childStates),
  at: instant.nullable(),
  note: z.string(),
})

export const noonPapers = [
  'roster',
  'meal-list',
  'badges',
  'escort-list',
  'register',
  'child-record',
] as const

/** Part of `noonClass`. */
export const noonReportProcedures = {
  /** Newest first, additions beside what they add to. A teacher sees those of their groups. */
  incidents: procedure(['clerk', 'teacher', 'manager', 'auditor'])
    .input(z.strictObject({ from: day, to: day, childId: id.nullable() }))
    .output(z.array(incident)),

  /**
   * Never deleted, corrected by addition (`follows`), also after the sign-off. INVALID `happenedAt` `future`, `groupId`
   * `outside` for a child of another group; NOT_FOUND `child`, `group`, `incident`, `file`.
   */
  reportIncident: procedure(staff)
    .input(
      z.strictObject({
        childId: id.nullable(),
        groupId: id.nullable(),
        follows: id.nullable(),
        kind: z.enum(incidentKinds),
        happenedAt: instant,
        what: text(1000),
        measures: optionalText(1000),
        called: z.array(z.enum(calledWhom)).max(6),
        fileIds,
      }),
    )
    .output(incident),

  /** CONFLICT `step` when signed off already. */
  signOffIncident: procedure(['manager'])
    .input(z.strictObject({ id, text: optionalText(400) }))
    .output(incident),

  /** A group's month as rows. */
  register: procedure(['clerk', 'teacher', 'manager', 'auditor'])
    .input(z.strictObject({ groupId: id, month }))
    .output(register),

  /**
   * The same as a spreadsheet (xlsx, base64): text cells only, names masked unless `whole`, whose reason stands in the
   * audit: INVALID `reason` `required` without.
   */
  registerSheet: procedure(staff)
    .input(z.strictObject({ groupId: id, month, whole: z.boolean(), reason: optionalText(200).default('') }))
    .output(z.object({ fileName: z.string(), base64: z.string() })),

  /** INVALID `to` `before-from`, `too-long` (four hundred days). */
  report: procedure(['clerk', 'teacher', 'manager', 'auditor'])
    .input(z.strictObject({ from: day, to: day, groupId: id.nullable() }))
    .output(noonReport),

  /** The rows behind a number of the report, newest first, five hundred at the most. */
  reportRows: procedure(['clerk', 'teacher', 'manager', 'auditor'])
    .input(
      z.strictObject({
        from: day,
        to: day,
        groupId: id.nullable(),
        what: z.enum(['present', 'leave', 'absent', 'unexplained', 'without-notice', 'late-pickup']),
      }),
    )
    .output(z.array(noonRow)),

  /**
   * Makes a paper; a document id for `documents.show`. `groupId` null = all groups of the caller. INVALID `month`,
   * `childId` `required`; CONFLICT `step` when nobody would stand on it. A copy of a child's record has whole phones, for
   * its guardian: each one given is an act of its own.
   */
  paper: procedure(staff)
    .input(
      z.strictObject({
        paper: z.enum(noonPapers),
        day,
        groupId: id.nullable(),
        childId: id.nullable(),
        month: month.nullable(),
      }),
    )
    .output(z.object({ documentId: id })),

  /**
   * Notice to the guardians of a group or one child as text for WeChat, without any number. INVALID `groupId`, `childId`
   * `required`; CONFLICT `step` when it would not be true: a school day called off, a child missed that is here.
   */
  noticeText: procedure(staff)
    .input(
      z.strictObject({
        kind: z.enum(['first-day', 'day-off', 'not-arrived', 'collected']),
        groupId: id.nullable(),
        childId: id.nullable(),
        day,
      }),
    )
    .output(z.object({ text: z.string() })),
}
