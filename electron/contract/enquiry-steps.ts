import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { answerKinds, channels, enquiry, followUps, vias } from './enquiry-record.ts'
import { fileIds } from './files.ts'
import { day, id, optionalText, reason, text, version } from './fields.ts'

/** Every step may bring photos and PDFs along: stored before, fastened to its event. */
const seen = { id, version, fileIds }
const via = z.enum(vias)
const paperName = text(120)
const departmentIds = z.array(id).max(12)

/**
 * The steps of an enquiry's life. Each takes the version that the screen showed and gives the enquiry as it stands
 * afterwards. CONFLICT `changed` when another screen saved first, CONFLICT `step` when the table of steps does not
 * allow it now; both carry the enquiry as it stands, and nothing has changed.
 */
export const stepProcedures = {
  /** Logs progress. */
  note: procedure(desk)
    .input(z.strictObject({ ...seen, text: text(2000) }))
    .output(enquiry),

  /** The resident asks again how it stands (重复来访): logged here, no new enquiry. */
  ask: procedure(desk)
    .input(z.strictObject({ ...seen, channel: z.enum(channels), text: text(2000) }))
    .output(enquiry),

  /** Answers on the spot and closes (当场办结). */
  close: procedure(desk)
    .input(z.strictObject({ ...seen, answer: text(2000) }))
    .output(enquiry),

  /** The resident takes it back, or it was entered by mistake; departments are recalled. */
  withdraw: procedure(desk)
    .input(z.strictObject({ ...seen, reason }))
    .output(enquiry),

  /** Opens it again (重办) with a reason; the limit runs anew unless it was only withdrawn. */
  reopen: procedure(desk)
    .input(z.strictObject({ ...seen, reason }))
    .output(enquiry),

  /** Not the community's task: returned upwards with the rule cited, the resident told where to go. */
  refer: procedure(['manager'])
    .input(z.strictObject({ ...seen, reason, rule: text(200), channel: text(80) }))
    .output(enquiry),

  archive: procedure(['manager']).input(z.strictObject(seen)).output(enquiry),

  /** Archives everything that was closed up to and including a day; how many. */
  archiveClosed: procedure(['manager'])
    .input(z.strictObject({ upTo: day }))
    .output(z.object({ count: z.int() })),

  /** One-time notice (一次性告知): what is missing, in writing; the clock stands until it is brought. */
  notice: procedure(desk)
    .input(
      z.strictObject({
        ...seen,
        brought: z.array(paperName).max(40),
        missing: z.array(paperName).min(1).max(40),
        text: optionalText(400),
      }),
    )
    .output(enquiry),

  /** Conditional acceptance (容缺受理): what is missing is promised by a day; the clock runs on. */
  promise: procedure(desk)
    .input(
      z.strictObject({
        ...seen,
        brought: z.array(paperName).max(40),
        promised: z.array(paperName).min(1).max(40),
        until: day,
        consequence: text(200),
      }),
    )
    .output(enquiry),

  /** Papers came later. When none is missing any more, a clock that stood for them runs again. */
  bring: procedure(desk)
    .input(z.strictObject({ ...seen, paperIds: z.array(id).min(1).max(40) }))
    .output(enquiry),

  /** Waits for the resident: the clock stands. */
  wait: procedure(desk)
    .input(z.strictObject({ ...seen, reason }))
    .output(enquiry),

  resume: procedure(desk)
    .input(z.strictObject({ ...seen, text: optionalText(400) }))
    .output(enquiry),

  /** Extends the limit of the answer to a later working day, with a reason that the resident is shown. */
  extend: procedure(['manager'])
    .input(z.strictObject({ ...seen, until: day, reason }))
    .output(enquiry),

  /** Sends it out: one department leads (主办), others assist (协办). With several it is a whistle (吹哨). */
  dispatch: procedure(desk)
    .input(z.strictObject({ ...seen, leadId: id, assistIds: departmentIds, task: optionalText(1000) }))
    .output(enquiry),

  /** Calls further departments to assist. */
  callIn: procedure(desk)
    .input(z.strictObject({ ...seen, assistIds: departmentIds.min(1), task: optionalText(1000) }))
    .output(enquiry),

  /** A department has reported (报到). */
  arrive: procedure(desk)
    .input(z.strictObject({ ...seen, assignmentId: id, via, text: optionalText(1000) }))
    .output(enquiry),

  /** What an assisting department answered. */
  report: procedure(desk)
    .input(z.strictObject({ ...seen, assignmentId: id, via, text: text(2000) }))
    .output(enquiry),

  /** A department gives its task back (退回) with its reason; when it leads, the enquiry is the desk's again. */
  giveBack: procedure(desk)
    .input(z.strictObject({ ...seen, assignmentId: id, via, reason }))
    .output(enquiry),

  /** Another department leads from now on (转派). */
  transfer: procedure(desk)
    .input(z.strictObject({ ...seen, leadId: id, task: optionalText(1000), reason }))
    .output(enquiry),

  /** The desk takes it back from all departments (撤回派单). */
  recall: procedure(desk)
    .input(z.strictObject({ ...seen, reason }))
    .output(enquiry),

  /** Urges a department (催办). */
  remind: procedure(desk)
    .input(z.strictObject({ ...seen, assignmentId: id, via, text: text(1000) }))
    .output(enquiry),

  /** The answer: the desk's own, or the leading department's as it came. The call-back is due next. */
  answer: procedure(desk)
    .input(z.strictObject({ ...seen, kind: z.enum(answerKinds), via, text: text(2000) }))
    .output(enquiry),

  /** Called back and reached nobody; it stays on the list. */
  call: procedure(desk)
    .input(z.strictObject({ ...seen, text: text(400) }))
    .output(enquiry),

  /** The call-back (回访) and its result; closes. A second bad answer opens it again, once. */
  followUp: procedure(desk)
    .input(z.strictObject({ ...seen, result: z.enum(followUps), text: optionalText(1000) }))
    .output(enquiry),

  /** Puts it with others of one cause: into a group, or a new one named `title`. */
  link: procedure(desk)
    .input(
      z.strictObject({
        ...seen,
        groupId: id.nullable(),
        title: optionalText(60),
        withIds: z.array(id).max(50),
      }),
    )
    .output(enquiry),

  unlink: procedure(desk).input(z.strictObject(seen)).output(enquiry),
}
