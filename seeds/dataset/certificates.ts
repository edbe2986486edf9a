import { ed25519 } from '@noble/curves/ed25519.js'
import type { Wanted } from '../../electron/contract/certificate-records.ts'
import { sealOf, sha256 } from '../../electron/counters/certificates/sound.ts'
import { kindTitles, prefixOf } from '../../electron/counters/certificates/numbers.ts'
import { snapshotOf } from '../../electron/counters/certificates/snapshot.ts'
import { signStatement } from '../../electron/counters/certificates/statement.ts'
import { documentKind, templateFor, useTemplate } from '../../electron/counters/certificates/templates.ts'
import { row, value, write, type WritableDatabase } from '../../electron/database/open.ts'
import { addDays } from '../../electron/workbench/calendar.ts'
import { fileNameOf, issueDocument } from '../../electron/workbench/documents.ts'
import { maskName } from '../../electron/workbench/masking.ts'
import { nextNumber } from '../../electron/workbench/numbering.ts'
import { certificateShares } from './plan.ts'
import type { Random } from './random.ts'
import { instantOf, momentOf, type Happening } from './schedule.ts'
import type { Writer } from './writer.ts'

const body = '示例街道示例社区居民委员会'
const purposes = ['应聘', '升学', '评优', '入党', '单位要求', '个人留存']
const thanks = ['在社区活动中热心助人', '在抗冰除雪中不怕辛劳', '常年照顾楼栋里的老人']

/**
 * Certificates of the dataset as rows: numbers, frozen snapshots, signatures and seals as the desk makes them. Kept PDFs are
 * rows of files without their bytes, like the photos: for measuring the register, not for looking at sheets.
 */
export function openCertificates({ writer, random }: { writer: Writer; random: Random }) {
  const { privateKey, publicKey } = (() => {
    const secret = random.bytes(32)
    return { privateKey: secret, publicKey: ed25519.getPublicKey(secret) }
  })()
  let keyId = 0

  function setUp(db: WritableDatabase, at: string): void {
    write(
      db,
      "INSERT INTO setting (key, value, version) VALUES ('certificates', ?, 1)",
      JSON.stringify({ body, head: '示例负责人', agent: '示例经办人', verifier: '示例核验人' }),
    )
    keyId = write(
      db,
      'INSERT INTO signing_key (public_key, private_key, made_at) VALUES (?, ?, ?)',
      Buffer.from(publicKey),
      Buffer.from(privateKey),
      at,
    ).id
    const operatorId = writer.managers[0]!
    writer.audit(db, { at, operatorId, action: 'certificate.change-settings', subject: 'certificate-setup' })
    writer.audit(db, { at, operatorId, action: 'certificate.make-key', subject: 'certificate-setup' })
  }

  /** Somebody who served in the year that ends today; null when chance finds nobody. */
  function whoServed(db: WritableDatabase, from: string, to: string): number | null {
    const last = value<number>(db, 'SELECT max(id) FROM volunteer') ?? 0
    for (let tries = 0; last > 0 && tries < 12; tries += 1) {
      const id = random.int(1, last)
      const served = value(
        db,
        `SELECT 1 FROM service_record INDEXED BY service_record_hours
         WHERE counted = 1 AND volunteer_id = ? AND day BETWEEN ? AND ? LIMIT 1`,
        id,
        from,
        to,
      )
      if (served !== undefined) return id
    }
    return null
  }

  const wish = (kind: Wanted['kind'], volunteerId: number, from: string, to: string): Wanted => ({
    ...{ kind, volunteerId, personId: null },
    ...(kind === 'record' ? { from, to } : { from: null, to: null }),
    layout: random.chance(0.6) ? 'list' : 'totals',
    purpose: random.pick(purposes),
    words: kind === 'record' ? '' : random.pick(thanks),
    seal: true,
  })

  /** Issues one as the desk's act does, without a browser. Returns its id. */
  function issue(
    db: WritableDatabase,
    at: string,
    day: string,
    wanted: Wanted,
    replacesId: number | null,
  ): number {
    const operatorId = random.pick(writer.clerks)
    const context = writer.context(operatorId, at)
    const { kind, from, to } = wanted
    const number = nextNumber(db, prefixOf(kind), Number(day.slice(0, 4)))
    const replaces =
      replacesId === null ? '' : value<string>(db, 'SELECT number FROM certificate WHERE id = ?', replacesId)!
    const facts = row<{ personId: number; name: string; minutes: number; activities: number }>(
      db,
      `SELECT p.id AS personId, p.name, sum(r.minutes) AS minutes, count(DISTINCT r.activity_id) AS activities
       FROM volunteer AS v CROSS JOIN person AS p ON p.id = v.person_id
       CROSS JOIN service_record AS r INDEXED BY service_record_hours
         ON r.counted = 1 AND r.volunteer_id = v.id AND r.day BETWEEN @from AND @to
       WHERE v.id = @id`,
      { id: wanted.volunteerId, from: from ?? '0000', to: to ?? '9999' },
    )!
    const figures = kind === 'record' ? facts : { minutes: null, activities: null }
    const { minutes } = figures
    const told = { number, kind, name: maskName(facts.name), minutes, from, to, body, day }
    const statement = signStatement(told, { publicKey, privateKey })
    const data = JSON.stringify(snapshotOf(context, wanted, { number, day, replaces, code: statement }))
    const pdfSha256 = random.bytes(32).toString('hex')
    const title = `${kindTitles[kind]} ${number} ${facts.name}`
    const fileId = write(
      db,
      `INSERT INTO file (sha256, kind, name, bytes, operator_id, created_at) VALUES (?, 'pdf', ?, ?, ?, ?)`,
      pdfSha256,
      fileNameOf(title),
      random.int(60_000, 140_000),
      operatorId,
      at,
    ).id
    const templateId = useTemplate(db, kind, templateFor(context.desk, kind), { at, operatorId })
    const documentId = issueDocument(db, {
      ...{ kind: documentKind(kind), title, subject: `certificate:${number}`, operatorId, at },
      data: JSON.parse(data) as object,
      kept: { templateId, fileId },
    })
    const snapshotSha256 = sha256(data)
    const { personId } = facts
    const sealed = { number, kind, personId, minutes, day, statement, snapshotSha256, pdfSha256 }
    const { id } = write(
      db,
      `INSERT INTO certificate (number, ticket, kind, person_id, volunteer_id, from_day, to_day, minutes, activities,
         purpose, issued_at, day, document_id, snapshot_sha256, pdf_sha256, mac, key_id, statement, replaces_id,
         operator_id)
       VALUES (@number, @ticket, @kind, @personId, @volunteerId, @from, @to, @minutes, @activities,
         @purpose, @at, @day, @documentId, @snapshotSha256, @pdfSha256, @mac, @keyId, @statement, @replacesId,
         @operatorId)`,
      {
        ...sealed,
        ...{ ticket: random.bytes(16).toString('hex'), volunteerId: wanted.volunteerId, from, to },
        ...{ activities: figures.activities, purpose: wanted.purpose, at, documentId, keyId, replacesId },
        ...{ mac: sealOf(context.desk.auditKey, sealed), operatorId },
      },
    )
    writer.audit(db, {
      ...{ at, operatorId, action: 'certificate.issue', subject: `certificate:${id}` },
      changes: JSON.stringify({ certificate: [null, number], pdfSha256: [null, pdfSha256] }),
    })
    return id
  }

  function collect(db: WritableDatabase, at: string, id: number): void {
    const operatorId = random.pick(writer.clerks)
    write(
      db,
      `INSERT INTO certificate_collection (certificate_id, collector, relation, at, operator_id)
       SELECT id, (SELECT name FROM person WHERE person.id = person_id), '本人', ?, ? FROM certificate WHERE id = ?`,
      at,
      operatorId,
      id,
    )
    writer.audit(db, { at, operatorId, action: 'certificate.collect', subject: `certificate:${id}` })
  }

  function makeVoid(db: WritableDatabase, at: string, id: number): void {
    const operatorId = random.pick(writer.clerks)
    const reason = '用途写错，另开一份'
    write(
      db,
      `INSERT INTO certificate_void (certificate_id, reason, sheet, at, operator_id) VALUES (?, ?, 'returned', ?, ?)`,
      id,
      reason,
      at,
      operatorId,
    )
    writer.audit(db, { at, operatorId, reason, action: 'certificate.void', subject: `certificate:${id}` })
  }

  /** Issues one to somebody by chance, mostly collected on the spot; a few are void at once and replaced. */
  function serve(db: WritableDatabase, at: string, day: string): void {
    if (keyId === 0) setUp(db, at)
    const [from, to] = [addDays(day, -365), addDays(day, -1)]
    const volunteerId = whoServed(db, from, to)
    if (volunteerId === null) return
    const wanted = wish(random.chance(certificateShares.records) ? 'record' : 'thanks', volunteerId, from, to)
    let id = issue(db, at, day, wanted, null)
    if (random.chance(certificateShares.voided)) {
      makeVoid(db, at, id)
      id = issue(db, at, day, wanted, id)
    }
    if (random.chance(certificateShares.collected)) collect(db, at, id)
  }

  return {
    /** What is issued on a working day. */
    dayOf: (day: string, count: number): Happening[] =>
      Array.from({ length: count }, () => ({
        at: instantOf(day, momentOf(random)),
        write: (db: WritableDatabase, at: string) => serve(db, at, day),
      })),
  }
}
