import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Mustache from 'mustache'
import { row, value, write, type Database, type WritableDatabase } from '../database/open.ts'
import { fail } from './errors.ts'
import { findFile, readStored } from './files.ts'
import { selfContained, withFonts } from './fonts.ts'
import { PaperProblem, type PaperPage } from './host.ts'
import { renderSheetPage, type SheetData } from './sheet-page.ts'
import type { Workbench } from './workbench.ts'

/** A document as it was issued. `data` is all that stands on it; what is printed later is made from it alone. */
export type IssuedDocument = {
  id: number
  kind: string
  title: string
  subject: string
  data: unknown
  /** Its template as it was used, where it may be the community's own; null: resources/documents. */
  templateId: number | null
  /** A paper that is kept as its PDF: that file is what is shown, saved and printed. */
  fileId: number | null
}

export type NewDocument = {
  /** Names the template: `receipt` -> resources/documents/receipt.html. */
  kind: string
  title: string
  /** `enquiry:12` */
  subject: string
  data: object
  operatorId: number
  at: string
  /** Of a paper that is kept as its PDF. */
  kept?: { templateId: number; fileId: number }
}

/** The last document of this kind about this subject, when it says exactly the same: then that one is shown again. */
export function sameDocument(
  db: Database,
  { kind, title, subject, data }: Omit<NewDocument, 'operatorId' | 'at' | 'kept'>,
): number | undefined {
  const last = row<{ id: number; kind: string; title: string; data: string }>(
    db,
    'SELECT id, kind, title, data FROM document WHERE subject = ? AND kind = ? ORDER BY id DESC LIMIT 1',
    subject,
    kind,
  )
  return last && last.title === title && last.data === JSON.stringify(data) ? last.id : undefined
}

/** Keeps a document as it is issued; part of the caller's act. Returns its id. */
export function issueDocument(db: WritableDatabase, document: NewDocument): number {
  return write(
    db,
    `INSERT INTO document (kind, title, subject, data, operator_id, created_at, template_id, file_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    document.kind,
    document.title,
    document.subject,
    JSON.stringify(document.data),
    document.operatorId,
    document.at,
    document.kept?.templateId ?? null,
    document.kept?.fileId ?? null,
  ).id
}

export function readDocument(db: Database, id: number): IssuedDocument {
  const found = row<IssuedDocument & { data: string }>(
    db,
    `SELECT id, kind, title, subject, data, template_id AS templateId, file_id AS fileId FROM document WHERE id = ?`,
    id,
  )
  if (!found) fail('NOT_FOUND', { what: 'document' })
  return { ...found, data: JSON.parse(found.data) as unknown }
}

/**
 * The document as a page: template with its CSS, and the fonts it needs. Every value is escaped; the template
 * has no logic and the page no script. `{{> slip}}` in a template is resources/documents/parts/slip.html.
 */
export function renderDocument(
  desk: Pick<Workbench, 'root'>,
  document: Pick<IssuedDocument, 'kind' | 'data'>,
): PaperPage {
  if (!/^[a-z]+(-[a-z]+)*$/.test(document.kind)) throw new Error('a document of an impossible kind')
  const read = (name: string) => readFileSync(join(desk.root, 'resources/documents', `${name}.html`), 'utf8')
  return withFonts(
    desk.root,
    Mustache.render(read(document.kind), document.data, (part) => read(`parts/${part}`)),
  )
}

/** What a saved file is called; signs that some file system does not like become a dash. */
export const fileNameOf = (title: string) => `${title.replace(/[\\/:*?"<>|\p{Cc}]/gu, '-')}.pdf`

/** Of a document, or of a page that is kept nowhere (a preview). */
type Ticket = { what: { documentId: number } | { page: PaperPage }; form: 'html' | 'pdf'; until: number }

/** A path is opened at once by the screen that asked for it. */
const ticketLifetime = 60_000

// In memory and per opened file: a ticket dies with the process and with a restored backup.
const tickets = new WeakMap<Workbench, Map<string, Ticket>>()

function ticketsOf(desk: Workbench): Map<string, Ticket> {
  let found = tickets.get(desk)
  if (!found) tickets.set(desk, (found = new Map<string, Ticket>()))
  return found
}

function openOnce(desk: Workbench, what: Ticket['what'], form: Ticket['form']): string {
  const open = ticketsOf(desk)
  const now = desk.uptime()
  for (const [word, { until }] of open) if (until <= now) open.delete(word)
  const word = randomBytes(24).toString('base64url')
  open.set(word, { what, form, until: now + ticketLifetime })
  return `/documents/${word}.${form}`
}

/** A path that opens this document once, within a minute, without a header: a frame and a download have none. */
export const issueTicket = (desk: Workbench, documentId: number, form: Ticket['form']): string =>
  openOnce(desk, { documentId }, form)

/** The same for a page that is no document: the preview of a sheet. */
export const issuePageTicket = (desk: Workbench, page: PaperPage): string => openOnce(desk, { page }, 'html')

function takeTicket(desk: Workbench, path: string): Ticket | null {
  const [, word, form] = /^\/documents\/([\w-]{32})\.(html|pdf)$/.exec(path) ?? []
  const ticket = word === undefined ? undefined : ticketsOf(desk).get(word)
  if (!ticket || ticket.form !== form) return null
  ticketsOf(desk).delete(word!)
  return ticket.until > desk.uptime() ? ticket : null
}

const shared = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/**
 * The screen that shows the page may call its print dialog (same origin, modals); the page itself runs nothing and
 * loads nothing.
 */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-modals"

/** RFC 6266 with RFC 5987: a plain name for old readers, the whole one in UTF-8. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\%]/g, '')
    .trim()
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain || 'document.pdf'}"; filename*=UTF-8''${whole}`
}

/** A template as it was frozen when a sheet was issued with it. */
export function frozenTemplate(db: Database, id: number): string {
  return value<string>(db, 'SELECT html FROM document_template WHERE id = ?', id)!
}

/** The page of a document: with the template of the house, or with the one that was frozen when it was issued. */
function drawPage(desk: Workbench, document: IssuedDocument): PaperPage {
  if (document.templateId === null) return renderDocument(desk, document)
  return renderSheetPage(desk, frozenTemplate(desk.db, document.templateId), document.data as SheetData)
}

/**
 * The PDF of a document: the one that was kept when it was issued, or a new one from its snapshot. Rejects when there is
 * none: PaperProblem `pdf` where the kept one is gone from the folder.
 */
export async function pdfOf(desk: Workbench, document: IssuedDocument): Promise<Uint8Array> {
  if (document.fileId === null) return desk.host.toPdf(renderDocument(desk, document))
  const kept = await readStored(desk.folder, findFile(desk.db, document.fileId))
  if (!kept) throw new PaperProblem('pdf')
  return kept
}

const pageResponse = (page: PaperPage, name: string): Response =>
  new Response(selfContained(page), {
    headers: {
      ...shared,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': pagePolicy,
      'Content-Disposition': disposition('inline', name),
    },
  })

async function serveTicket(desk: Workbench, path: string): Promise<Response> {
  const ticket = takeTicket(desk, path)
  if (!ticket) return new Response(null, { status: 404, headers: shared })
  if ('page' in ticket.what) return pageResponse(ticket.what.page, '预览.html')
  const document = readDocument(desk.db, ticket.what.documentId)
  const name = fileNameOf(document.title)
  if (ticket.form === 'html') {
    return pageResponse(drawPage(desk, document), name.replace(/\.pdf$/, '.html'))
  }
  let pdf: Uint8Array
  try {
    pdf = await pdfOf(desk, document)
  } catch {
    return new Response(null, { status: 502, headers: shared })
  }
  return new Response(pdf as Uint8Array<ArrayBuffer>, {
    headers: {
      ...shared,
      'Content-Type': 'application/pdf',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'self'; sandbox",
      'Content-Disposition': disposition('attachment', name),
    },
  })
}

/** Answers `/documents/<ticket>.html` and `.pdf`. `current` is the desk of this moment, null while it is refused. */
export function openDocuments(current: () => Workbench | null): {
  serve(request: Request): Promise<Response>
} {
  return {
    async serve(request) {
      const desk = current()
      if (request.method !== 'GET')
        return new Response(null, { status: 405, headers: { ...shared, Allow: 'GET' } })
      if (!desk) return new Response(null, { status: 503, headers: shared })
      return serveTicket(desk, new URL(request.url).pathname)
    },
  }
}
