import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { attachment } from './files.ts'
import { day, id, instant, optionalText, reason, text, version } from './fields.ts'
import { household, personLine } from './people.ts'
import { enquiryStates } from './enquiry-record.ts'
import { seeing } from './visit-posts.ts'
import { outcomes } from './visit-rounds.ts'

/** By what a family's situation and its needs are sorted. */
export const themes = ['居住', '就业', '健康', '教育', '安全', '困难', '建议', '其他'] as const

/** A local time of day, `10:20`. */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const need = z.object({
  id,
  theme: z.enum(themes),
  text: z.string(),
  /** What became of it; null while it is no enquiry yet. */
  enquiry: z
    .object({
      id,
      number: z.string(),
      state: z.enum(enquiryStates),
      answer: z.string(),
      dueDay: day.nullable(),
    })
    .nullable(),
})
export type Need = z.infer<typeof need>

/** Marked as showing an ID card or a child: only the desk may open it, and each opening is written down. */
export const photoMarks = ['', 'id-card', 'child'] as const
export const visitPhoto = z.object({
  id,
  file: attachment,
  takenAt: instant.nullable(),
  mark: z.enum(photoMarks),
  visitId: id.nullable(),
})
export type VisitPhoto = z.infer<typeof visitPhoto>

export const visit = z.object({
  id,
  householdId: id,
  door: z.string(),
  day,
  time: time.nullable(),
  outcome: z.enum(outcomes),
  visitors: z.array(z.object({ id, name: z.string() })),
  met: z.array(z.object({ id, name: z.string() })),
  metOthers: z.string(),
  themes: z.array(z.object({ theme: z.enum(themes), text: z.string() })),
  note: z.string(),
  needs: z.array(need),
  followUpDay: day.nullable(),
  photos: z.array(visitPhoto),
  round: z.object({ id, number: z.string() }).nullable(),
  operator: z.string(),
  enteredAt: instant,
  /** Entered on a later day than it happened. */
  late: z.boolean(),
  voided: z.object({ at: instant, reason: z.string(), operator: z.string() }).nullable(),
  version,
})
export type Visit = z.infer<typeof visit>

export const away = z.object({
  kind: z.enum(['vacant', 'moved']),
  reason: z.string(),
  fromDay: day,
  operator: z.string(),
})
/** A household as the visitor sees it: who lives there, what was said, what became of it. */
export const householdVisits = z.object({
  household,
  members: z.array(personLine),
  away: away.nullable(),
  lastMetDay: day.nullable(),
  dueDay: day.nullable(),
  followUpDay: day.nullable(),
  /**
   * Needs of all visits that are not done with: their enquiry is open, or it ended on the day on which the family was last
   * met or later, so that nobody has told them yet, or they never became one.
   */
  openNeeds: z.array(need.extend({ visitId: id, day })),
  visits: z.array(visit),
  /** Key of the last visit when there are more. */
  next: z.string().nullable(),
})
export type HouseholdVisits = z.infer<typeof householdVisits>

/** What the screen sends of a visit. */
export const visitFields = {
  day,
  time: time.nullable(),
  outcome: z.enum(outcomes),
  visitorIds: z.array(id).min(1).max(10),
  metIds: z.array(id).max(30),
  metOthers: optionalText(60),
  themes: z.array(z.strictObject({ theme: z.enum(themes), text: text(500) })).max(8),
  /** Of `moved` and `vacant` how one knows: it leaves the count with this reason. */
  note: optionalText(1000),
  followUpDay: day.nullable(),
}
const newNeed = z.strictObject({
  theme: z.enum(themes),
  text: text(500),
  /** Null: the family wants it noted, not taken up. */
  enquiry: z
    .strictObject({
      title: text(60),
      matterId: id.nullable(),
      /** Who asks; null: the household, by its door alone. */
      askerId: id.nullable(),
    })
    .nullable(),
})

/** Part of `visits`. */
/** At which door, or on whose patrol, and on which day. */
export const enquiryOrigin = z.discriminatedUnion('what', [
  z.object({ what: z.literal('visit'), householdId: id, day }),
  z.object({ what: z.literal('patrol'), companyId: id, company: z.string(), day }),
])
export type EnquiryOrigin = z.infer<typeof enquiryOrigin>

export const recordProcedures = {
  /** A household with its visits, newest first; a merged one gives the one it became. */
  household: procedure(seeing)
    .input(
      z.strictObject({
        id,
        before: z.string().max(60).optional(),
        limit: z.int().min(1).max(100).default(20),
      }),
    )
    .output(householdVisits),

  visit: procedure(seeing).input(z.strictObject({ id })).output(visit),

  /**
   * Writes a visit: with its needs as numbered enquiries (channel 走访), in one act. The same `ticket` twice is one visit.
   * A merged household's goes to the one it became. INVALID `day` `future`, `too-old` (over a year), `followUpDay`
   * `before-visit`, `visitorIds` `unknown`, `metIds` `not-met` (somebody was met although nobody opened) or `other-door`,
   * `outcome` `away` (met nobody at a door that was vacant or moved that day is no attempt: choose that outcome again),
   * `note` `required` (vacant or moved without saying how one knows), `themes` `duplicate`, `roundId` `not-on-round` (no row
   * for this door); NOT_FOUND `household`, `round`. CONFLICT `duplicate` (current = the visit) when this door has one of the
   * same day already, unless `again`.
   */
  addVisit: procedure(desk)
    .input(
      z.strictObject({
        ...visitFields,
        ticket: z.uuid(),
        householdId: id,
        roundId: id.nullable(),
        needs: z.array(newNeed).max(10),
        photoIds: z.array(id).max(50),
        /** A second knock on the same day: the day still counts once. */
        again: z.boolean(),
      }),
    )
    .output(visit),

  /** Corrects a visit; its needs and photos stay. CONFLICT `changed`, `step` when void. */
  changeVisit: procedure(desk)
    .input(z.strictObject({ id, version, ...visitFields }))
    .output(visit),

  /**
   * Entered at the wrong door or twice: it stays, crossed out, and counts no more. Enquiries of its needs stay; its photos
   * wait again.
   */
  voidVisit: procedure(desk).input(z.strictObject({ id, reason })).output(visit),

  /** Adds a need to a visit, as a numbered enquiry or as a note. */
  addNeed: procedure(desk)
    .input(newNeed.extend({ visitId: id }))
    .output(visit),

  /** Makes an enquiry of a need that was only noted. CONFLICT `step` when it is one. */
  raiseNeed: procedure(desk)
    .input(z.strictObject({ needId: id, title: text(60), matterId: id.nullable(), askerId: id.nullable() }))
    .output(visit),

  /** Takes a household out of the count (empty, moved), or back in with `kind` null. CONFLICT `step` when it is so already. */
  setAway: procedure(desk)
    .input(z.strictObject({ householdId: id, kind: z.enum(['vacant', 'moved']).nullable(), reason }))
    .output(householdVisits),

  /** The visit or the patrol behind an enquiry; null when it came another way. */
  originOfEnquiry: procedure(seeing)
    .input(z.strictObject({ enquiryId: id }))
    .output(enquiryOrigin.nullable()),
}
