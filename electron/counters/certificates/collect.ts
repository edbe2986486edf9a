import type { Certificate } from '../../contract/certificate-records.ts'
import { write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCertificate, topicsOf } from './record.ts'

/** Writes down who took the certificate away (发放登记). NOT_FOUND; CONFLICT `step` when void or collected. */
export function collectCertificate(
  context: Context,
  { id, collector, relation }: { id: number; collector: string; relation: string },
): Certificate {
  const { db: file, clock } = context.desk
  const operatorId = operatorOf(context).id
  const what = { action: 'certificate.collect', subject: `certificate:${id}`, also: () => topicsOf(file, id) }
  act(context, what, (db, note) => {
    const { standing, collected } = readCertificate(context, id)
    if (standing !== 'valid' || collected) fail('CONFLICT', { because: 'step' })
    write(
      db,
      `INSERT INTO certificate_collection (certificate_id, collector, relation, at, operator_id)
       VALUES (?, ?, ?, ?, ?)`,
      id,
      collector,
      relation,
      clock().toISOString(),
      operatorId,
    )
    note(null, { collected: true, relation })
  })
  return readCertificate(context, id)
}
