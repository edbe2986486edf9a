import type { CertificateLine } from '../../contract/certificate-records.ts'
import { rows, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { issueDocument, sameDocument } from '../../workbench/documents.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { maskName } from '../../workbench/masking.ts'
import { spelledDay } from '../../workbench/paper-words.ts'
import { cell, sheetFile } from '../../workbench/sheets.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { kindTitles } from './numbers.ts'
import { lineColumns, lineTables, toLine, type LineRow } from './record.ts'

type Span = { from: string; to: string }
type RegisterLine = CertificateLine & { operator: string; voidReason: string | null }

/** Sheets of paper by certificate: of the first one and of each reprint as many as printers were sent, one where none was. */
function sheetsOf(db: Database, span: Span): Map<number, number> {
  const found = rows<{ id: number; sheets: number }>(
    db,
    `WITH paper (id, document_id) AS (
       SELECT id, document_id FROM certificate WHERE day BETWEEN @from AND @to
       UNION ALL SELECT c.id, r.document_id FROM certificate AS c
       CROSS JOIN certificate_reprint AS r ON r.certificate_id = c.id WHERE c.day BETWEEN @from AND @to),
     sent (document_id, copies) AS (
       SELECT document_id, sum(copies) FROM print_job WHERE state <> 'failed' GROUP BY document_id)
     SELECT p.id, sum(coalesce(s.copies, 1)) AS sheets
     FROM paper AS p LEFT JOIN sent AS s ON s.document_id = p.document_id GROUP BY p.id`,
    span,
  )
  return new Map(found.map(({ id, sheets }) => [id, sheets]))
}

/** Everything issued in a span of days, both included, in the order of issue; void ones stand in it as that. */
function linesOf(db: Database, span: Span): RegisterLine[] {
  const sheets = sheetsOf(db, span)
  return rows<LineRow & Pick<RegisterLine, 'operator' | 'voidReason'>>(
    db,
    `SELECT ${lineColumns}, o.name AS operator, w.reason AS voidReason
     FROM ${lineTables} CROSS JOIN operator AS o ON o.id = c.operator_id
     WHERE c.day BETWEEN @from AND @to ORDER BY c.day, c.id`,
    span,
  ).map(({ operator, voidReason, ...line }) => ({
    ...toLine(line),
    copies: sheets.get(line.id)!,
    operator,
    voidReason,
  }))
}

const dayOf = (at: string) => localDay(new Date(at))

/** Hours to the minute, short: 64:30. */
const hoursOf = (minutes: number | null) =>
  minutes === null ? '' : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** What became of it, for the last column: 作废 with its reason, or nothing. */
const remarkOf = ({ standing, voidReason }: RegisterLine) =>
  standing === 'valid' ? '' : `${standing === 'superseded' ? '作废，已换发' : '作废'}：${voidReason ?? ''}`

const collectorOf = ({ collected }: RegisterLine) =>
  collected ? `${collected.collector}（${collected.relation}）${dayOf(collected.at)}` : ''

/**
 * The register of a span of days, A4 across with a line for each signature; returns the document. Unchanged since the last
 * one, that one is the paper. INVALID `to` `before-from`; CONFLICT `step` when nothing stands in it.
 */
export function issueRegisterPaper(context: Context, { from, to }: Span): number {
  const { desk } = context
  const operator = operatorOf(context)
  if (to < from) invalid('to', 'before-from')
  const lines = linesOf(desk.db, { from, to })
  if (lines.length === 0) fail('CONFLICT', { because: 'step' })
  const span = from === to ? spelledDay(from) : `${spelledDay(from)}至${spelledDay(to)}`
  const draft = {
    kind: 'certificate-register',
    title: `证书发放登记表 ${from} ${to}`,
    subject: `certificate-register:${from}:${to}`,
    data: {
      community: { name: readCommunity(desk.db).name },
      number: span,
      span,
      count: lines.length,
      lines: lines.map((line, index) => ({
        place: index + 1,
        number: line.number,
        kind: kindTitles[line.kind],
        name: line.name,
        volunteerNumber: line.volunteerNumber ?? '',
        hours: hoursOf(line.minutes),
        purpose: line.purpose,
        day: dayOf(line.issuedAt),
        copies: line.copies,
        operator: line.operator,
        collector: collectorOf(line),
        remark: remarkOf(line),
        isVoid: line.standing !== 'valid',
      })),
    },
  }
  const same = sameDocument(desk.db, draft)
  if (same !== undefined) return same
  const what = { action: 'document.issue', subject: (documentId: number) => `document:${documentId}` }
  return act(context, what, (db, note) => {
    const made = issueDocument(db, { ...draft, operatorId: operator.id, at: desk.clock().toISOString() })
    note(null, { kind: draft.kind, subject: draft.subject, document: made, lines: lines.length })
    return made
  })
}

const titles = [
  '证书编号',
  '种类',
  '姓名',
  '志愿者编号',
  '服务时长',
  '用途',
  '开具日期',
  '份数',
  '经办人',
  '领取人',
  '备注',
]

/**
 * The register as a spreadsheet of text cells. Names are masked unless `whole`, and that takes a reason: INVALID `reason`
 * `required`. What leaves the desk is written down.
 */
export async function registerSheet(
  context: Context,
  { from, to, whole, reason }: Span & { whole: boolean; reason: string },
): Promise<{ fileName: string; base64: string }> {
  operatorOf(context)
  // Two characters at the least, so that it says something (contract/fields.ts).
  if (whole && reason.length < 2) invalid('reason', 'required')
  if (to < from) invalid('to', 'before-from')
  const lines = linesOf(context.desk.db, { from, to })
  const shown = (name: string) => (whole ? name : maskName(name))
  const made = await sheetFile({
    fileName: `证书发放登记 ${from} ${to}`,
    sheetName: '发放登记',
    lines: [
      titles.map((title) => cell(title, { fontWeight: 'bold' as const })),
      ...lines.map((line) =>
        [
          line.number,
          kindTitles[line.kind],
          shown(line.name),
          line.volunteerNumber ?? '',
          hoursOf(line.minutes),
          line.purpose,
          dayOf(line.issuedAt),
          String(line.copies),
          line.operator,
          line.collected ? `${shown(line.collected.collector)}（${line.collected.relation}）` : '',
          remarkOf(line),
        ].map((text) => cell(text, { align: 'left' })),
      ),
    ],
    columns: [18, 20, 12, 18, 10, 16, 12, 6, 12, 18, 24].map((width) => ({ width })),
    stickyColumns: 1,
  })
  // A word of its own: nothing of a certificate has changed.
  act(
    context,
    { action: 'certificate.export', subject: 'certificate-export', ...(reason && { reason }) },
    (_db, note) => note(null, { from, to, whole, lines: lines.length }),
  )
  return made
}
