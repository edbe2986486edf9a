import type { Draft, Wanted } from '../../contract/certificate-records.ts'
import { value, type Database } from '../../database/open.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail } from '../../workbench/errors.ts'
import { PaperProblem, type PaperPage } from '../../workbench/host.ts'
import { maskName } from '../../workbench/masking.ts'
import { upcomingNumber } from '../../workbench/numbering.ts'
import type { Context, Workbench } from '../../workbench/workbench.ts'
import { survivor } from '../people/lines.ts'
import { personsBehind } from '../volunteers/same-person.ts'
import { readDraft } from './draft.ts'
import { checkWords } from './facts.ts'
import { signingKey } from './keys.ts'
import { prefixOf } from './numbers.ts'
import { renderSheet } from './render.ts'
import { readCertificateSettings } from './settings.ts'
import type { Snapshot } from './sheet.ts'
import { snapshotOf } from './snapshot.ts'
import { signStatement } from './statement.ts'
import { templateFor } from './templates.ts'

/** A sheet that is ready to be issued, under the number that comes next. */
export type Sheet = {
  number: string
  at: string
  day: string
  draft: Draft
  personId: number
  keyId: number
  statement: string
  /** The number that it stands for, or empty. */
  replaces: string
  template: string
  /** The snapshot, as its document keeps it. */
  data: string
  pdf: Buffer
}

/** Where on the form a problem stands. */
const fieldOf = {
  'nothing-confirmed': 'from',
  period: 'to',
  'not-reached': 'kind',
  glyph: 'name',
  'no-body': 'kind',
  'consent-missing': 'volunteerId',
} as const

/** What would stand on the sheet. INVALID with each problem that keeps it from being issued. */
export function soundDraft(context: Context, wanted: Wanted): Draft {
  checkWords(wanted)
  const draft = readDraft(context, wanted)
  if (draft.problems.length > 0) {
    fail('INVALID', { fields: draft.problems.map((problem) => ({ path: fieldOf[problem], problem })) })
  }
  return draft
}

/** Whose certificate it is, after merges; NOT_FOUND `volunteer`, `person`. */
export function personOf({ desk: { db } }: Context, { volunteerId, personId }: Wanted): number {
  if (volunteerId !== null) {
    return personsBehind(db, [volunteerId])[0]?.personId ?? fail('NOT_FOUND', { what: 'volunteer' })
  }
  return (personId === null ? null : survivor(db, personId)) ?? fail('NOT_FOUND', { what: 'person' })
}

/** The PDF of a page; PRINTER with the host's word when there is none, `pdf` also where its seal or logo is gone. */
export async function pdfOfPage({ host }: Workbench, page: () => PaperPage): Promise<Buffer> {
  try {
    return Buffer.from(await host.toPdf(page()))
  } catch (error) {
    return fail('PRINTER', { problem: error instanceof PaperProblem ? error.problem : 'pdf' })
  }
}

type Frame = { number: string; day: string; statement: string; replaces: string }

/** The snapshot as it would be now; the same until a record, a name or a setting changes. */
const dataOf = (context: Context, wanted: Wanted, { statement, ...frame }: Frame): string =>
  JSON.stringify(snapshotOf(context, wanted, { ...frame, code: statement }))

/** The number that stands on the sheet as the one it replaces; empty without one. */
const numberOf = (db: Database, id: number | null) =>
  id === null ? '' : value<string>(db, 'SELECT number FROM certificate WHERE id = ?', id)!

/** Everything of a certificate but its issue: nothing is written but, before the first one, the key that signs. */
export async function makeSheet(
  context: Context,
  wanted: Wanted,
  draft: Draft,
  replacesId: number | null,
): Promise<Sheet> {
  const { desk } = context
  const personId = personOf(context, wanted)
  const key = signingKey(context)
  const { body, verifyUrl } = readCertificateSettings(desk.db)
  const now = desk.clock()
  const day = localDay(now)
  const number = upcomingNumber(desk.db, prefixOf(wanted.kind), Number(day.slice(0, 4)))
  const { kind, from, to } = wanted
  const told = { number, kind, name: maskName(draft.name), minutes: draft.minutes, from, to, body, day }
  const statement = signStatement(told, key, verifyUrl)
  const template = templateFor(desk, kind)
  const replaces = numberOf(desk.db, replacesId)
  const data = dataOf(context, wanted, { number, day, statement, replaces })
  const pdf = await pdfOfPage(desk, () => renderSheet(desk, template, JSON.parse(data) as Snapshot))
  const at = now.toISOString()
  return { number, at, day, draft, personId, keyId: key.id, statement, replaces, template, data, pdf }
}

/** Whether nothing that stands on the sheet was changed while its PDF was made. */
export function isPresent(context: Context, wanted: Wanted, sheet: Sheet): boolean {
  const { db } = context.desk
  const { number, day, statement, replaces, keyId, template, data } = sheet
  const signs = value<number>(db, 'SELECT id FROM signing_key WHERE retired_at IS NULL')
  return (
    signs === keyId &&
    templateFor(context.desk, wanted.kind) === template &&
    personOf(context, wanted) === sheet.personId &&
    dataOf(context, wanted, { number, day, statement, replaces }) === data
  )
}
