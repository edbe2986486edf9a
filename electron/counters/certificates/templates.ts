import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { certificateKinds, type CertificateKind } from '../../contract/certificate-records.ts'
import type { templateLine } from '../../contract/certificate-templates.ts'
import type { z } from 'zod'
import { row, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { invalid } from '../../workbench/errors.ts'
import type { Context, Workbench } from '../../workbench/workbench.ts'
import { problemOfTemplate } from './check-template.ts'

export type TemplateLine = z.infer<typeof templateLine>

/** What names a template in the tables and its file in resources/documents. */
export const documentKind = (kind: CertificateKind) => `certificate-${kind}`

const builtIn = new Map<string, string>()

/** The built-in template with its parts put in, so that what is frozen needs nothing else; read once. */
function builtInTemplate(root: string, kind: CertificateKind): string {
  const key = `${root} ${kind}`
  let found = builtIn.get(key)
  if (found === undefined) {
    const read = (name: string) => readFileSync(join(root, 'resources/documents', `${name}.html`), 'utf8')
    found = read(documentKind(kind)).replace(/\{\{> ([a-z-]+)\}\}/g, (_, part: string) =>
      read(`parts/${part}`).trimEnd(),
    )
    builtIn.set(key, found)
  }
  return found
}

type OwnTemplate = { html: string; at: string; operator: string | null }

const ownTemplate = (db: Database, kind: CertificateKind) =>
  row<OwnTemplate>(
    db,
    `SELECT t.html, t.at, o.name AS operator FROM own_template AS own
     CROSS JOIN document_template AS t ON t.id = own.template_id
     LEFT JOIN operator AS o ON o.id = t.operator_id
     WHERE own.kind = ?`,
    documentKind(kind),
  )

/** The template that serves for a kind now: the community's own, else the built-in one. */
export function templateFor({ db, root }: Pick<Workbench, 'db' | 'root'>, kind: CertificateKind): string {
  return ownTemplate(db, kind)?.html ?? builtInTemplate(root, kind)
}

/** Freezes a template's text as it is used, once; part of the caller's act. Returns its id. */
export function useTemplate(
  db: WritableDatabase,
  kind: CertificateKind,
  html: string,
  by: { at: string; operatorId: number | null },
): number {
  const sha256 = createHash('sha256').update(html).digest('hex')
  const name = documentKind(kind)
  return (
    value<number>(db, 'SELECT id FROM document_template WHERE kind = ? AND sha256 = ?', name, sha256) ??
    write(
      db,
      'INSERT INTO document_template (kind, html, sha256, at, operator_id) VALUES (?, ?, ?, ?, ?)',
      name,
      html,
      sha256,
      by.at,
      by.operatorId,
    ).id
  )
}

function lineOf({ db, root }: Pick<Workbench, 'db' | 'root'>, kind: CertificateKind): TemplateLine {
  const own = ownTemplate(db, kind)
  return own
    ? { kind, own: true, ...own }
    : { kind, own: false, at: null, operator: null, html: builtInTemplate(root, kind) }
}

export const listTemplates = ({ desk }: Context): TemplateLine[] =>
  certificateKinds.map((kind) => lineOf(desk, kind))

/** Refuses a template that would not make a sheet: INVALID `html` with `line:N:<word>`. */
export function checkTemplate(html: string): void {
  const problem = problemOfTemplate(html)
  if (problem) invalid('html', `line:${problem.line}:${problem.word}`)
}

/** The community's own template of a kind from now on. One that does not hold is refused and the old one stays. */
export function saveTemplate(context: Context, input: { kind: CertificateKind; html: string }): TemplateLine {
  const html = input.html.replaceAll('\r\n', '\n')
  checkTemplate(html)
  const what = { action: 'certificate.save-template', subject: 'certificate-setup' }
  return act(context, what, (db, note) => {
    const by = { at: context.desk.clock().toISOString(), operatorId: operatorOf(context).id }
    const templateId = useTemplate(db, input.kind, html, by)
    write(
      db,
      `INSERT INTO own_template (kind, template_id) VALUES (?, ?)
       ON CONFLICT (kind) DO UPDATE SET template_id = excluded.template_id`,
      documentKind(input.kind),
      templateId,
    )
    note(null, { kind: input.kind, templateId })
    return lineOf({ ...context.desk, db }, input.kind)
  })
}

/** Back to the built-in one; the own one stays kept for the sheets that it made. */
export function resetTemplate(context: Context, { kind }: { kind: CertificateKind }): TemplateLine {
  const what = { action: 'certificate.reset-template', subject: 'certificate-setup' }
  return act(context, what, (db, note) => {
    write(db, 'DELETE FROM own_template WHERE kind = ?', documentKind(kind))
    note({ kind, own: true }, { kind, own: false })
    return lineOf({ ...context.desk, db }, kind)
  })
}
