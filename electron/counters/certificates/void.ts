import type { Certificate } from '../../contract/certificate-records.ts'
import { write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCertificate, topicsOf } from './record.ts'

/** Makes a certificate void; its number is never used again and nothing of it is changed. NOT_FOUND; CONFLICT `step`. */
export function voidCertificate(
  context: Context,
  { id, reason, sheet }: { id: number; reason: string; sheet: 'returned' | 'lost' | 'not-returned' },
): Certificate {
  const { db: file, clock } = context.desk
  const operatorId = operatorOf(context).id
  const what = {
    action: 'certificate.void',
    subject: `certificate:${id}`,
    reason,
    also: () => topicsOf(file, id),
  }
  act(context, what, (db, note) => {
    const { standing } = readCertificate(context, id)
    if (standing !== 'valid') fail('CONFLICT', { because: 'step' })
    write(
      db,
      'INSERT INTO certificate_void (certificate_id, reason, sheet, at, operator_id) VALUES (?, ?, ?, ?, ?)',
      id,
      reason,
      sheet,
      clock().toISOString(),
      operatorId,
    )
    note({ standing }, { standing: 'void', sheet })
  })
  return readCertificate(context, id)
}
