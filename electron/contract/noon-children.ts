import { z } from 'zod'
import { desk, procedure, staff } from './access.ts'
import { day, id, optionalText, reason, text, version } from './fields.ts'

/** How a child leaves: collected by somebody, alone, or in the escorted group back to school. */
export const leaveWays = ['collected', 'alone', 'escort'] as const

export const childLine = z.object({
  id,
  personId: id,
  name: z.string(),
  /** Another enrolled child bears the same name: the mark must be shown. */
  sameName: z.boolean(),
  mark: z.string(),
  school: z.string(),
  /** `三(2)班` as it is said. */
  class: z.string(),
  photoId: id.nullable(),
  allergies: z.string(),
  groupId: id.nullable(),
  group: z.string().nullable(),
})
export type ChildLine = z.infer<typeof childLine>

/** Phones are masked, always; `revealPhone` shows one with a reason. */
export const guardian = z.object({ id, name: z.string(), relation: z.string(), phone: z.string() })

export const pickupPerson = z.object({
  id,
  kind: z.enum(['authorised', 'forbidden']),
  name: z.string(),
  relation: z.string(),
  phone: z.string(),
  /** Last four characters of the ID card, behind a mask. */
  idTail: z.string(),
  photoId: id.nullable(),
  reason: z.string(),
  fromDay: day,
  toDay: day.nullable(),
  /** Holds today. */
  valid: z.boolean(),
  /** A one-time authorisation of one day, confirmed by a second member of staff. */
  once: z.boolean(),
})
export type PickupPerson = z.infer<typeof pickupPerson>

export const enrolment = z.object({
  id,
  termId: id,
  term: z.string(),
  groupId: id,
  group: z.string(),
  fromDay: day,
  leftDay: day.nullable(),
  leftReason: z.string(),
})

export const child = childLine.extend({
  grade: z.string(),
  className: z.string(),
  birth: day.nullable(),
  health: z.string(),
  leaves: z.enum(leaveWays),
  insurance: z.string(),
  agreementDay: day.nullable(),
  badge: z.string(),
  guardians: z.array(guardian),
  pickups: z.array(pickupPerson),
  enrolments: z.array(enrolment),
  leavesAhead: z.array(z.object({ id, fromDay: day, toDay: day, reason: z.string(), toldBy: z.string() })),
  /** Consents of the person's record; without one in force for the noon class the screen says so. */
  consents: z.array(
    z.object({
      purpose: z.string(),
      givenBy: z.string(),
      givenDay: day,
      wording: z.string(),
      withdrawnDay: day.nullable(),
    }),
  ),
  version,
})
export type Child = z.infer<typeof child>

const seen = { id, version }

/** Part of `noonClass`. A teacher sees and touches the children of their own groups only: NOT_FOUND for others. */
export const noonChildrenProcedures = {
  /** Children of a term (enrolled now) or all, by name; `query` by name, pinyin or initials. */
  children: procedure(staff)
    .input(
      z.strictObject({
        termId: id.nullable(),
        groupId: id.nullable(),
        query: z.string().max(40).default(''),
      }),
    )
    .output(z.array(childLine)),

  /** One child's whole record; each opening is written down (条例 36). */
  child: procedure(staff).input(z.strictObject({ id })).output(child),

  /**
   * Adds (no id) or changes. At least one guardian with a phone: INVALID `guardians` `required` without (no child without a
   * reachable guardian). A guardian with an id and an empty phone keeps the number on file. CONFLICT `duplicate` when the
   * person is a child here already; NOT_FOUND `person`, `file`; INVALID `photoId` `not-an-image`,
   * `personId` `another-person`: a record stays with its person.
   */
  saveChild: procedure(desk)
    .input(
      z.strictObject({
        id: id.nullable(),
        version: version.nullable(),
        personId: id,
        school: optionalText(40),
        grade: optionalText(10),
        className: optionalText(20),
        mark: optionalText(20),
        photoId: id.nullable(),
        allergies: optionalText(100),
        health: optionalText(400),
        leaves: z.enum(leaveWays),
        insurance: optionalText(60),
        agreementDay: day.nullable(),
        guardians: z
          .array(
            z.strictObject({
              id: id.nullable(),
              name: text(20),
              relation: text(10),
              phone: optionalText(20),
            }),
          )
          .max(4),
      }),
    )
    .output(child),

  /** Somebody who may collect, or must not (then with the reason). INVALID `toDay` `before-from`, `reason` `required`. */
  addPickup: procedure(desk)
    .input(
      z.strictObject({
        ...seen,
        kind: z.enum(['authorised', 'forbidden']),
        name: text(20),
        relation: text(10),
        phone: optionalText(20),
        idTail: z.union([z.literal(''), z.string().regex(/^\d{3}[\dX]$/)]),
        photoId: id.nullable(),
        reason: optionalText(200),
        fromDay: day,
        toDay: day.nullable(),
      }),
    )
    .output(child),

  /** Holds until this day and no longer; the row stays. FORBIDDEN for a clerk who ends a ban; INVALID `toDay` `not-earlier`. */
  endPickup: procedure(desk)
    .input(z.strictObject({ ...seen, pickupId: id, toDay: day, reason }))
    .output(child),

  /** Into a group of a term. CONFLICT `duplicate` when enrolled in that term, `full` beyond the capacity; INVALID `fromDay` `outside`. */
  enrol: procedure(desk)
    .input(z.strictObject({ ...seen, groupId: id, fromDay: day }))
    .output(child),

  /** Another group of the same term from a day on. CONFLICT `step` without a place in that term, `duplicate`, `full`. */
  changeGroup: procedure(desk)
    .input(z.strictObject({ ...seen, groupId: id, fromDay: day }))
    .output(child),

  /**
   * Leaves the class: not expected from this day on; the badge is dead. CONFLICT `step` without a place; INVALID `leftDay`
   * `outside`.
   */
  withdraw: procedure(desk)
    .input(z.strictObject({ ...seen, leftDay: day, reason }))
    .output(child),

  /** A new badge; the old one is dead. */
  newBadge: procedure(desk)
    .input(z.strictObject({ ...seen, reason }))
    .output(child),

  /** The whole number of a guardian or pick-up person; leaves an audit row with the reason. */
  revealPhone: procedure(staff)
    .input(z.strictObject({ childId: id, guardianId: id.nullable(), pickupId: id.nullable(), reason }))
    .output(z.object({ phone: z.string() })),

  /** Leave told beforehand. INVALID `toDay` `before-from`, `fromDay` `outside` the terms in which the child has a place. */
  addLeave: procedure(staff)
    .input(z.strictObject({ childId: id, fromDay: day, toDay: day, reason: text(60), toldBy: text(20) }))
    .output(z.object({ id })),

  cancelLeave: procedure(staff)
    .input(z.strictObject({ leaveId: id }))
    .output(z.strictObject({})),
}
