import type { Role } from '../../contract/access.ts'
import type { PrintJob } from '../../contract/documents.ts'
import { operatorOf } from '../../workbench/api.ts'
import { readDocument, type IssuedDocument } from '../../workbench/documents.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readJob } from './print-jobs.ts'

/** Papers of counters where a teacher has no business: rounds, registration forms, volunteers, certificates. */
const notForTeachers = [
  'visit',
  'registration',
  'volunteer',
  'points',
  'redemption',
  'publication',
  'certificate',
] as const

const isHidden = (role: Role, kind: string) =>
  role === 'teacher' && notForTeachers.some((part) => kind === part || kind.startsWith(`${part}-`))

/** The same for a statement that reads documents as `d`; a constant text. */
export const seenSql = (role: Role): string =>
  role === 'teacher'
    ? `(${notForTeachers.map((part) => `d.kind <> '${part}' AND d.kind NOT GLOB '${part}-*'`).join(' AND ')})`
    : '1'

/** A document that the caller may see; NOT_FOUND for others, as for one that is not there. */
export function documentFor(context: Context, id: number): IssuedDocument {
  const document = readDocument(context.desk.db, id)
  if (isHidden(operatorOf(context).role, document.kind)) fail('NOT_FOUND', { what: 'document' })
  return document
}

/** A job whose paper the caller may see; NOT_FOUND for others, as for one that is not there. */
export function jobFor(context: Context, id: number): PrintJob {
  const job = readJob(context.desk.db, id)
  const { kind } = readDocument(context.desk.db, job.documentId)
  return isHidden(operatorOf(context).role, kind) ? fail('NOT_FOUND', { what: 'print-job' }) : job
}
