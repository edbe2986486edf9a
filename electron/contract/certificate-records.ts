import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { day, id, instant, optionalText, reason, text } from './fields.ts'
import { printJob } from './print-job.ts'

/** Certificates are the desk's business; the auditor looks. */
export const readers = ['clerk', 'manager', 'auditor'] as const

/** 志愿服务记录证明; honours: 星级, 志愿先锋, 感谢状, 午间课堂志愿辅导. */
export const certificateKinds = ['record', 'star', 'pioneer', 'thanks', 'noon-helper'] as const
export type CertificateKind = (typeof certificateKinds)[number]

/** valid; void 作废 without another; superseded: void, and a newer one cites it. */
export const standings = ['valid', 'void', 'superseded'] as const

/** What is to be issued. */
export const wanted = z.strictObject({
  kind: z.enum(certificateKinds),
  /** A volunteer; of `thanks` and `noon-helper` also a person who is none. */
  volunteerId: id.nullable(),
  personId: id.nullable(),
  /**
   * Of a record: first and last day of service, both included. Of a pioneer: first and last day of the year. A star has none:
   * its hours are all so far.
   */
  from: day.nullable(),
  to: day.nullable(),
  /** A record lists its activities, or gives totals alone. */
  layout: z.enum(['list', 'totals']).default('list'),
  /** What for (发放登记): 应聘, 升学 … */
  purpose: text(40),
  /** Of `thanks` and `noon-helper`: for what, in the words that stand on the sheet. */
  words: optionalText(200),
  /**
   * The name as it stands on the sheet, where a character of it has no sign (`glyph`): the rest as it is, in place of each
   * such character another writing of it, to eight characters. Ignored where every character has its sign.
   */
  writtenName: optionalText(80).optional(),
  /** With the seal image; a record needs none (令67号 15: at the volunteer's wish). */
  seal: z.boolean(),
})
export type Wanted = z.infer<typeof wanted>

export const problemWords = [
  /** Record: no confirmed minute in the period. */
  'nothing-confirmed',
  /** A record needs its period, a pioneer their whole year, a star none; a period ends before it begins, or in the future. */
  'period',
  /** Star: below the first; pioneer: the year is not frozen, or not on its list. */
  'not-reached',
  /**
   * A character for which the sheet's fonts have no sign; `missing` names it. Where it stands in the name, `writtenName` says
   * another writing; anything else is worded anew.
   */
  'glyph',
  /** The record's body (记录单位) stands in no setting. */
  'no-body',
  /** A minor without the guardian's consent. */
  'consent-missing',
] as const

/** What would stand on the sheet, and what keeps it from being issued. */
export const draft = z.object({
  name: z.string(),
  /** All of their numbers, where merged records were volunteers both; their service stands on one sheet. */
  volunteerNumber: z.string().nullable(),
  minutes: z.int().nullable(),
  activities: z.int().nullable(),
  lines: z.array(
    z.object({ day, name: z.string(), content: z.string(), place: z.string(), minutes: z.int() }),
  ),
  /** Own service of the period that is not confirmed: what to do first, or issue without it. */
  open: z.array(
    z.object({ recordId: id, activityId: id, name: z.string(), day, minutes: z.int(), late: z.boolean() }),
  ),
  star: z.int().min(0).max(5).nullable(),
  rank: z.int().nullable(),
  problems: z.array(z.enum(problemWords)),
  /** Characters without a sign. */
  missing: z.array(z.string()),
  /** The settings ask for a second person. */
  needsApproval: z.boolean(),
  /** Valid ones of the same kind and period that were issued before. */
  earlier: z.array(z.object({ id, number: z.string(), day })),
})
export type Draft = z.infer<typeof draft>

export const certificateLine = z.object({
  id,
  number: z.string(),
  kind: z.enum(certificateKinds),
  name: z.string(),
  volunteerNumber: z.string().nullable(),
  from: day.nullable(),
  to: day.nullable(),
  minutes: z.int().nullable(),
  purpose: z.string(),
  issuedAt: instant,
  standing: z.enum(standings),
  /** Sheets so far: the first and its reprints. */
  copies: z.int(),
  collected: z.object({ collector: z.string(), relation: z.string(), at: instant }).nullable(),
})
export type CertificateLine = z.infer<typeof certificateLine>

export const certificate = certificateLine.extend({
  personId: id,
  volunteerId: id.nullable(),
  documentId: id,
  pdfSha256: z.string(),
  /** What its QR code says. */
  statement: z.string(),
  operator: z.string(),
  approvedBy: z.string().nullable(),
  replaces: z.object({ id, number: z.string() }).nullable(),
  replacedBy: z.object({ id, number: z.string() }).nullable(),
  voided: z
    .object({
      reason: z.string(),
      sheet: z.enum(['returned', 'lost', 'not-returned']),
      at: instant,
      operator: z.string(),
    })
    .nullable(),
  reprints: z.array(
    z.object({ copy: z.int(), reason: z.string(), documentId: id, at: instant, operator: z.string() }),
  ),
  /**
   * False when its snapshot or PDF, or a copy's, is not what was issued, or it was not voided, collected or copied as often as
   * the audit says: somebody edited the data file.
   */
  sound: z.boolean(),
})
export type Certificate = z.infer<typeof certificate>

export const requestLine = z.object({
  id,
  kind: z.enum(certificateKinds),
  name: z.string(),
  wanted,
  requestedBy: z.object({ id, name: z.string() }),
  requestedAt: instant,
  state: z.enum(['waiting', 'approved', 'refused']),
  decidedBy: z.string().nullable(),
  reason: z.string(),
  certificateId: id.nullable(),
  /** Another operator than who asked, until it is refused or issued: what was approved can still be refused. */
  mayDecide: z.boolean(),
})
export type RequestLine = z.infer<typeof requestLine>

/** Where the first sheet goes: to a queue, or nowhere yet (it is shown, saved or printed by the dialog). */
const print = z.strictObject({ printer: z.string().max(120), copies: z.int().min(1).max(20) }).nullable()

/**
 * What became of the sheet on its way to the queue; null where it was to go nowhere. The certificate or copy stands whatever
 * this says: `failed` with its `problem`, or `queued` with one, is issued and not printed.
 */
const job = printJob.nullable()

const seen = { id }

/**
 * Part of `certificates`. INVALID at `kind`, `from`, `to`, `volunteerId`, `name` with a word of `problemWords`, at `words`
 * with `required`; NOT_FOUND `volunteer`, `person`, `certificate`; PRINTER `pdf`, `no-browser` when no sheet could be made.
 * Whatever error comes back, nothing was issued and no number used: a printer that did not take an issued sheet is no error,
 * but stands in `job`.
 */
export const certificateRecordProcedures = {
  draft: procedure(desk).input(wanted).output(draft),

  /** A preview of the sheet, marked as one: a path that opens once, within a minute. Numberless, unsigned, kept nowhere. */
  preview: procedure(desk)
    .input(wanted)
    .output(z.object({ html: z.string() })),

  /** Where a kind needs a second person. The same `ticket` twice is one request. CONFLICT `step` where none is needed. */
  request: procedure(desk)
    .input(z.strictObject({ ticket: z.uuid(), wanted }))
    .output(requestLine),

  /** `open`: those that wait for a second person, and approved ones that nobody has issued yet. */
  requests: procedure(readers)
    .input(z.strictObject({ state: z.enum(['open', 'all']) }))
    .output(z.array(requestLine)),

  /**
   * FORBIDDEN for who asked. CONFLICT `step` when decided; what was approved can still be refused until it is issued. A refusal
   * has a reason: INVALID `reason` `required`.
   */
  decide: procedure(desk)
    .input(z.strictObject({ ...seen, approve: z.boolean(), reason: optionalText(200) }))
    .output(requestLine),

  /**
   * Issues: one transaction with number, snapshot, the PDF's SHA-256, print job and audit. The same `ticket` twice is one
   * certificate. `requestId`: the approved request, whose wish it must be: CONFLICT `step` otherwise, and where approval is
   * needed and none was given. `replacesId`: the voided one it stands for: CONFLICT `step` when that is not void or replaced
   * already.
   */
  issue: procedure(desk)
    .input(
      z.strictObject({
        ticket: z.uuid(),
        wanted,
        requestId: id.nullable(),
        replacesId: id.nullable(),
        print,
      }),
    )
    .output(z.object({ certificate, job })),

  certificate: procedure(readers).input(z.strictObject(seen)).output(certificate),

  /** Newest first; `query`: a number, its end, a name, pinyin, or what a scanner read from the QR code. */
  list: procedure(readers)
    .input(
      z.strictObject({
        query: optionalText(1000).default(''),
        kind: z.enum(certificateKinds).optional(),
        standing: z.enum(standings).optional(),
        /** Not collected yet. */
        waiting: z.literal(true).optional(),
        volunteerId: id.optional(),
        from: day.optional(),
        to: day.optional(),
        before: id.optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ rows: z.array(certificateLine), total: z.int() })),

  /**
   * The same number and content once more, marked 补打 第N次 with its reason: INVALID `reason` `glyph` where a character of it has
   * no sign. CONFLICT `step` when void or not sound.
   */
  reprint: procedure(desk)
    .input(z.strictObject({ ...seen, ticket: z.uuid(), reason, print }))
    .output(z.object({ certificate, documentId: id, job })),

  /** CONFLICT `step` when void already. */
  void: procedure(desk)
    .input(z.strictObject({ ...seen, reason, sheet: z.enum(['returned', 'lost', 'not-returned']) }))
    .output(certificate),

  /** Handed out, with a signature on the register. CONFLICT `step` when void or collected. */
  collect: procedure(desk)
    .input(z.strictObject({ ...seen, collector: text(20), relation: text(10) }))
    .output(certificate),

  /** The register of a span of days, A4 with signature lines; a document id. CONFLICT `step` when nothing stands in it. */
  registerPaper: procedure(readers)
    .input(z.strictObject({ from: day, to: day }))
    .output(z.object({ documentId: id })),

  /** The same as a spreadsheet (xlsx, base64), names masked unless `whole` with a reason. */
  registerSheet: procedure(readers)
    .input(z.strictObject({ from: day, to: day, whole: z.boolean(), reason: optionalText(200).default('') }))
    .output(z.object({ fileName: z.string(), base64: z.string() })),
}
