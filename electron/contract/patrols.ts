import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { attachment, fileIds } from './files.ts'
import { day, id, instant, optionalText, text, version } from './fields.ts'
import { seeing } from './visit-posts.ts'

const none = z.strictObject({})
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

export const company = z.object({
  id,
  name: z.string(),
  contact: z.string(),
  phone: z.string(),
  fromDay: day,
  toDay: day.nullable(),
  version,
})
export type Company = z.infer<typeof company>

export const patrol = z.object({
  id,
  companyId: id,
  company: z.string(),
  day,
  visitor: z.object({ id, name: z.string() }).nullable(),
  ticks: z.array(
    z.object({
      id,
      item: z.string(),
      fine: z.boolean(),
      finding: z.string(),
      enquiry: z.object({ id, number: z.string(), open: z.boolean() }).nullable(),
    }),
  ),
  note: z.string(),
  files: z.array(attachment),
  operator: z.string(),
  enteredAt: instant,
  late: z.boolean(),
  version,
})
export type Patrol = z.infer<typeof patrol>

/** A month of patrols: one line per company, one cell per day. */
export const patrolMonth = z.object({
  month,
  days: z.array(z.object({ day, working: z.boolean() })),
  rows: z.array(
    z.object({
      companyId: id,
      company: z.string(),
      /** One per day: done, done with findings, missed (a working day that passed without), due today, or not due. */
      cells: z.array(z.enum(['done', 'findings', 'missed', 'today', 'none'])),
      missed: z.int(),
      findings: z.int(),
    }),
  ),
})
export type PatrolMonth = z.infer<typeof patrolMonth>

/** Part of `visits`: property companies are walked each working day (日走访). */
export const patrolProcedures = {
  companies: procedure(seeing).input(none).output(z.array(company)),

  /** INVALID `toDay` `before-from`; CONFLICT `duplicate` (name), `changed`. */
  saveCompany: procedure(['manager'])
    .input(
      z.strictObject({
        id: id.nullable(),
        version: version.nullable(),
        name: text(40),
        contact: optionalText(20),
        phone: optionalText(20),
        fromDay: day,
        toDay: day.nullable(),
      }),
    )
    .output(company),

  patrolMonth: procedure(seeing).input(z.strictObject({ month })).output(patrolMonth),

  /** A company's patrol of a day; null while there is none. */
  patrol: procedure(seeing)
    .input(z.strictObject({ companyId: id, day }))
    .output(patrol.nullable()),

  /**
   * Saves the tick list of a day, entered late or corrected too (`version`). A finding is said in words: INVALID
   * `ticks.N.finding` `required`, `day` `future`, `outside` (before the first or after the last day), `visitorId` `unknown`;
   * NOT_FOUND `file`, also for one that another record has; CONFLICT `changed` also when another screen saved this day first.
   */
  savePatrol: procedure(desk)
    .input(
      z.strictObject({
        companyId: id,
        day,
        version: version.nullable(),
        visitorId: id.nullable(),
        ticks: z
          .array(z.strictObject({ item: text(30), fine: z.boolean(), finding: optionalText(300) }))
          .min(1)
          .max(30),
        note: optionalText(500),
        fileIds,
      }),
    )
    .output(patrol),

  /** Makes an enquiry of a finding, linked both ways. CONFLICT `step` when it is one or all is fine. */
  raiseFinding: procedure(desk)
    .input(z.strictObject({ tickId: id, title: text(60), matterId: id.nullable() }))
    .output(patrol),
}
