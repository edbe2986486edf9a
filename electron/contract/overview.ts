import { z } from 'zod'
import { everyone, procedure } from './access.ts'
import { certificateLine } from './certificate-records.ts'
import { day, id, instant } from './fields.ts'
import { enquiryLine } from './enquiries.ts'
import { household, personLine } from './people.ts'
import { roundLine } from './visit-rounds.ts'
import { activityLine } from './volunteer-activities.ts'
import { volunteerLine } from './volunteer-people.ts'

/** Places in a text to mark: [start, end) in UTF-16 units. */
const marks = z.array(z.tuple([z.int(), z.int()]))

const personHit = z.object({
  person: personLine,
  /** What matched: `name` marks the name; the others say which fact to show (`phone`, `idNumber`, `door`). */
  matched: z.enum(['name', 'pinyin', 'initials', 'phone', 'idNumber', 'door']),
  nameMarks: marks,
  /** The masked phone or ID number whose tail matched, with the tail marked; null otherwise. */
  fact: z.object({ text: z.string(), marks }).nullable(),
})
export type PersonHit = z.infer<typeof personHit>

const householdHit = z.object({ household, members: z.array(z.string()), doorMarks: marks })
const enquiryHit = z.object({ enquiry: enquiryLine, numberMarks: marks })
const roundHit = z.object({ round: roundLine, numberMarks: marks })
const volunteerHit = z.object({ volunteer: volunteerLine, numberMarks: marks })
const activityHit = z.object({ activity: activityLine, numberMarks: marks })
const certificateHit = z.object({ certificate: certificateLine, numberMarks: marks })

export const found = z.object({
  people: z.array(personHit),
  households: z.array(householdHit),
  enquiries: z.array(enquiryHit),
  /** By number or by the code on the paper; only for those who see visits. */
  rounds: z.array(roundHit),
  /** Both by their number alone: a volunteer's name finds the person. Only for those who see volunteers. */
  volunteers: z.array(volunteerHit),
  activities: z.array(activityHit),
  /** By number, its end, or the text of the QR code. Only for those who see certificates. */
  certificates: z.array(certificateHit),
})
export type Found = z.infer<typeof found>

/** One line of a person's or household's history. */
export const contact = z.object({
  /** `volunteer`: one service record; `redemption`: points that were spent. */
  kind: z.enum(['enquiry', 'visit', 'volunteer', 'redemption', 'certificate']),
  id,
  at: instant,
  /** Set when nobody noted the time of day: then only the day of `at` counts. */
  day: day.nullable(),
  /** Of a visit: at whose door. */
  householdId: id.nullable(),
  /** Of service and points: whose. */
  volunteerId: id.nullable(),
  title: z.string(),
  /** What came of it, in words for a clerk. */
  detail: z.string(),
  who: z.string().nullable(),
  open: z.boolean(),
})
export type Contact = z.infer<typeof contact>

/** What crosses counters: the one search, 今日, and one person's whole history. */
export const overview = {
  /** The one box. Any text is a question: never an error. Up to eight of a kind, best first. */
  search: procedure(everyone)
    .input(z.strictObject({ query: z.string().max(1_000_000) }))
    .output(found),

  /**
   * History of a person or a household, newest first, what is open of the same door too; visits, service and
   * certificates only for those who see them. `before` = `next` of the page before, a key that only the core reads.
   */
  contacts: procedure(everyone)
    .input(
      z.strictObject({
        personId: id.nullable(),
        householdId: id.nullable(),
        before: z.string().max(120).optional(),
        limit: z.int().min(1).max(100).default(20),
      }),
    )
    .output(z.object({ rows: z.array(contact), next: z.string().nullable() })),

  /** The numbers of 今日. Each of them opens its rows. */
  today: procedure(everyone)
    .input(z.strictObject({}))
    .output(
      z.object({
        day: z.string(),
        enquiries: z.object({
          open: z.int(),
          overdue: z.int(),
          dueToday: z.int(),
          acceptedToday: z.int(),
          closedToday: z.int(),
          /** Answered; the call-back waits. */
          followUp: z.int(),
          /** The clock stands for the resident. */
          waiting: z.int(),
          /** Out at a department and past the day of the limit (催办). */
          remind: z.int(),
          /** Promised papers are due (容缺). */
          promises: z.int(),
          /** Most urgent first, five at the most. */
          urgent: z.array(enquiryLine),
        }),
        /** This noon, of the groups that the caller may see. */
        noon: z.object({
          schoolDay: z.boolean(),
          /** Everybody of a school day who is not on leave. */
          expected: z.int(),
          present: z.int(),
          onLeave: z.int(),
          gone: z.int(),
          /** The group's time has passed: not here, or not collected. */
          missing: z.int(),
          notCollected: z.int(),
        }),
        /** Household visits; null for those who do not see them. */
        visits: z
          .object({
            /** Different families met this month, against the goal of all (25 a month for each who answers for a grid). */
            monthMet: z.int(),
            monthGoal: z.int(),
            /** Families whose follow-up day has come. */
            followUp: z.int(),
            /** Families of key groups whose interval is over. */
            keyOverdue: z.int(),
            /** Property companies that are to be walked today and were not yet. */
            patrols: z.int(),
          })
          .nullable(),
        /** Issued and not collected; asked for and not decided; approved and not issued. Null for those who do not see certificates. */
        certificates: z.object({ toCollect: z.int(), toApprove: z.int(), toIssue: z.int() }).nullable(),
        papersToCheck: z.int(),
      }),
    ),
}
