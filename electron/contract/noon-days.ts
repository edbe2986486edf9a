import { z } from 'zod'
import { everyone, procedure, staff } from './access.ts'
import { day, id, instant, optionalText, pin, reason, text } from './fields.ts'
import { leaveWays } from './noon-children.ts'
import { timeOfDay } from './noon-setup.ts'

/** expected 应到, leave 请假, in 在, out 已接走, absent 缺席 (its reason is known). */
export const childStates = ['expected', 'leave', 'in', 'out', 'absent'] as const

/** How an arrival was entered; `paper`: from the printed roster, later. */
export const hows = ['tap', 'badge', 'search', 'paper'] as const

export const tile = z.object({
  childId: id,
  groupId: id,
  name: z.string(),
  sameName: z.boolean(),
  mark: z.string(),
  class: z.string(),
  photoId: id.nullable(),
  /** Empty without; shown as a badge. */
  allergies: z.string(),
  state: z.enum(childStates),
  /** When it came or left. */
  at: instant.nullable(),
  /** Who collected, why absent or on leave. */
  note: z.string(),
  /** Should be here and is not, or should have been collected: since when (the group's time on this day). */
  alarmSince: instant.nullable(),
  alarm: z.enum(['missing', 'not-collected']).nullable(),
  leaves: z.enum(leaveWays),
  /** The tray was looked at; only of children with an allergy. */
  trayChecked: z.boolean(),
  /** The row that an undo would take back. */
  attendanceId: id.nullable(),
})
export type Tile = z.infer<typeof tile>

export const boardGroup = z.object({
  id,
  name: z.string(),
  room: z.string(),
  teachers: z.array(z.string()),
  arriveBy: timeOfDay,
  leaveBy: timeOfDay,
  expected: z.int(),
  present: z.int(),
  onLeave: z.int(),
  gone: z.int(),
  alarms: z.int(),
  /** More children in than the teachers may look after. */
  ratioBroken: z.boolean(),
})
export type BoardGroup = z.infer<typeof boardGroup>

export const board = z.object({
  day,
  /** False on a holiday, a day off or outside every term: the board then says why and stays usable for paper entries. */
  schoolDay: z.boolean(),
  why: z.enum(['holiday', 'day-off', 'no-term']).nullable(),
  groups: z.array(boardGroup),
  tiles: z.array(tile),
})
export type Board = z.infer<typeof board>

export const callResults = ['reached', 'no-answer', 'refused'] as const
export const absenceReasons = ['病了', '有事', '已回家', '学校留下', '转走了', '其他'] as const

/** A child that is missing or not collected, with whom to call in which order and who was called already. */
export const alarm = z.object({
  childId: id,
  kind: z.enum(['missing', 'not-collected']),
  since: instant,
  guardians: z.array(z.object({ id, name: z.string(), relation: z.string(), phone: z.string() })),
  school: z.string(),
  calls: z.array(
    z.object({
      id,
      guardian: z.string().nullable(),
      result: z.enum(callResults),
      text: z.string(),
      at: instant,
      operator: z.string(),
    }),
  ),
})
export type Alarm = z.infer<typeof alarm>

const childDay = { childId: id, day }
/** The real time of a late entry; null = now. INVALID `at` `future`, `other-day`. */
const at = instant.nullable()

/**
 * Part of `noonClass`. Each change leaves its own row with the real time and the entered time. A teacher touches their own
 * groups only: NOT_FOUND `child` for others. INVALID `day` `outside` when the child is not enrolled on that day.
 */
export const noonDayProcedures = {
  /** The board of a day: of one group, or all that the caller may see. */
  board: procedure(everyone)
    .input(z.strictObject({ day, groupId: id.nullable() }))
    .output(board),

  /**
   * Children came: one, several or a whole group, all in one act. Those who were in already are told and not entered twice.
   * CONFLICT `step` (arrival after pick-up) names the child in `current`.
   */
  arrive: procedure(staff)
    .input(z.strictObject({ childIds: z.array(id).min(1).max(200), day, how: z.enum(hows), at }))
    .output(
      z.object({ arrived: z.array(z.object({ childId: id, attendanceId: id })), already: z.array(id) }),
    ),

  /** A badge was scanned: its child comes. NOT_FOUND `badge` for a forged, dead or other one, also of a child who left. */
  scan: procedure(staff)
    .input(z.strictObject({ badge: z.string().max(200), day }))
    .output(z.object({ tile, arrived: z.boolean() })),

  /** Takes rows back (5 s undo, or later with a reason): the row stays, a second one cites it. CONFLICT `step` when void. */
  undo: procedure(staff)
    .input(z.strictObject({ attendanceIds: z.array(id).min(1).max(200), reason }))
    .output(z.strictObject({})),

  /** Whom this child may be handed to today, authorised first; forbidden ones with the reason, for the teacher only. */
  collectors: procedure(staff)
    .input(z.strictObject(childDay))
    .output(
      z.object({
        leaves: z.enum(leaveWays),
        pickups: z.array(
          z.object({
            id,
            kind: z.enum(['authorised', 'forbidden']),
            name: z.string(),
            relation: z.string(),
            idTail: z.string(),
            photoId: id.nullable(),
            reason: z.string(),
            once: z.boolean(),
          }),
        ),
        guardians: z.array(z.object({ id, name: z.string(), relation: z.string(), phone: z.string() })),
      }),
    ),

  /**
   * Hands a child over: to an authorised pick-up person, alone or with the school's escort (their name) when the child's
   * record allows it. FORBIDDEN for a person who is not authorised on that day; CONFLICT `step` before arrival or twice.
   */
  release: procedure(staff)
    .input(z.strictObject({ ...childDay, pickupId: id.nullable(), escort: optionalText(20), at }))
    .output(tile),

  /** The escort takes a list of children at once; those whose record does not allow it are INVALID. */
  releaseWithEscort: procedure(staff)
    .input(z.strictObject({ childIds: z.array(id).min(1).max(200), day, escort: text(20), at }))
    .output(z.object({ released: z.array(id) })),

  /**
   * An adult who is not on the list: a guardian was called on the number on file and agreed; a second member of staff
   * confirms with their own PIN. Gives a one-time authorisation of that day. FORBIDDEN when the second is the first or is no
   * staff, or when the name stands on the forbidden list; WRONG_PIN, WAIT as at sign-in.
   */
  authoriseOnce: procedure(staff)
    .input(
      z.strictObject({
        ...childDay,
        guardianId: id,
        name: text(20),
        relation: text(10),
        idTail: z.string().regex(/^\d{3}[\dX]$/),
        confirmedBy: id,
        pin,
      }),
    )
    .output(z.object({ pickupId: id })),

  /** Explains an absence: the alarm is closed. */
  closeAbsence: procedure(staff)
    .input(z.strictObject({ ...childDay, reason: z.enum(absenceReasons), text: optionalText(200) }))
    .output(tile),

  /** Children who are missing or not collected, and whom to call. */
  alarms: procedure(staff).input(z.strictObject({ day })).output(z.array(alarm)),

  /** `guardianId` null: the school. */
  logCall: procedure(staff)
    .input(
      z.strictObject({
        ...childDay,
        guardianId: id.nullable(),
        result: z.enum(callResults),
        text: optionalText(200),
      }),
    )
    .output(z.array(alarm)),

  /** The tray of a child with an allergy was looked at before it was handed out. */
  checkTray: procedure(staff).input(z.strictObject(childDay)).output(tile),
}
