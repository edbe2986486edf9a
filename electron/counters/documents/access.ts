import { operatorOf } from '../../workbench/api.ts'
import { readDocument, type IssuedDocument } from '../../workbench/documents.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

/** Papers of counters where a teacher has no business: rounds, registration forms, volunteers, certificates. */
const notForTeachers = /^(?:visit|registration|volunteer|points|redemption|publication|certificate)(?:-|$)/

/** A document that the caller may see; NOT_FOUND for others, as for one that is not there. */
export function documentFor(context: Context, id: number): IssuedDocument {
  const document = readDocument(context.desk.db, id)
  if (operatorOf(context).role === 'teacher' && notForTeachers.test(document.kind)) {
    fail('NOT_FOUND', { what: 'document' })
  }
  return document
}
