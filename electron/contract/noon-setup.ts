import { z } from 'zod'
import { everyone, procedure } from './access.ts'
import { day, id, text, optionalText, version } from './fields.ts'

const none = z.strictObject({})

/** What a group does at noon, and the community's brand classes (seed article). */
export const programmes = ['午休', '学习', '运动', '思想教育', '候鸟亭', '青苗学堂', '阳光课堂'] as const

/** A local time of day, `12:10`. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const dayOff = z.strictObject({ day, reason: text(20) })

export const term = z.object({
  id,
  name: z.string(),
  firstDay: day,
  lastDay: day,
  daysOff: z.array(dayOff),
  /** School days of the term: working days of the Chinese calendar, 调休 included, without the days off. */
  schoolDays: z.int(),
  version,
})
export type Term = z.infer<typeof term>

export const classGroup = z.object({
  id,
  termId: id,
  name: z.string(),
  room: z.string(),
  programmes: z.array(z.enum(programmes)),
  capacity: z.int(),
  /** Children per member of staff. */
  ratio: z.int(),
  arriveBy: timeOfDay,
  leaveBy: timeOfDay,
  teachers: z.array(z.object({ id, name: z.string() })),
  /** Enrolled now. */
  children: z.int(),
  /** `ratio`: too few teachers for the enrolled; `capacity`: more enrolled than there are places; `no-teacher`. */
  warnings: z.array(z.enum(['ratio', 'capacity', 'no-teacher'])),
  version,
})
export type ClassGroup = z.infer<typeof classGroup>

export const staffCheck = z.object({
  operatorId: id,
  name: z.string(),
  checkedDay: day.nullable(),
  /** Never checked, or a year ago or more (未成年人保护法 62). */
  due: z.boolean(),
})
export type StaffCheck = z.infer<typeof staffCheck>

/** Part of `noonClass`. */
export const noonSetupProcedures = {
  /** All terms, newest first. */
  terms: procedure(everyone).input(none).output(z.array(term)),

  /**
   * INVALID `lastDay` `before-first`/`too-long`, `daysOff` `outside`/`duplicate`; CONFLICT `changed`, `duplicate` (name),
   * `overlap`.
   */
  saveTerm: procedure(['manager'])
    .input(
      z.strictObject({
        id: id.nullable(),
        version: version.nullable(),
        name: text(40),
        firstDay: day,
        lastDay: day,
        daysOff: z.array(dayOff).max(100),
      }),
    )
    .output(term),

  /** The groups of a term that the caller may see: a teacher only their own. */
  groups: procedure(everyone)
    .input(z.strictObject({ termId: id }))
    .output(z.array(classGroup)),

  /**
   * INVALID `teacherIds` `unknown` for who is no active teacher, clerk or manager, `leaveBy` `ends-too-early`; CONFLICT
   * `changed`, `duplicate` (name).
   */
  saveGroup: procedure(['manager'])
    .input(
      z.strictObject({
        id: id.nullable(),
        version: version.nullable(),
        termId: id,
        name: text(20),
        room: optionalText(20),
        programmes: z.array(z.enum(programmes)).max(7),
        capacity: z.int().min(1).max(200),
        ratio: z.int().min(1).max(60),
        arriveBy: timeOfDay,
        leaveBy: timeOfDay,
        teacherIds: z.array(id).max(10),
      }),
    )
    .output(classGroup),

  /** Everybody who works with children, with the day of their last background check. */
  staffChecks: procedure(['manager', 'auditor']).input(none).output(z.array(staffCheck)),

  /** INVALID `checkedDay` `future`; NOT_FOUND `operator` for who does not work with children here. */
  saveStaffCheck: procedure(['manager'])
    .input(z.strictObject({ operatorId: id, checkedDay: day }))
    .output(z.array(staffCheck)),
}
