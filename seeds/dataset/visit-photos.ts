import { write, type WritableDatabase } from '../../electron/database/open.ts'
import type { Random } from './random.ts'
import type { Writer } from './writer.ts'

/** A visit whose photos are taken in: its id, and the moment at the door. */
export type Photographed = { visitId: number; at: string }

/** 12 megapixels drawn anew at the size that the desk keeps, about 300 KB each (domain 4). */
const size = { width: 1600, height: 1200, least: 180_000, most: 420_000 }

/** Rows of photos without their bytes: for measuring lists and histories, not pictures. */
export function openPhotos({ audit }: Writer, random: Random) {
  const hex = () => random.bytes(32).toString('hex')

  /** A folder from a phone: each photo stored by an act of its own, then all taken in and confirmed. */
  return function takePhotos(
    db: WritableDatabase,
    at: string,
    operatorId: number,
    visits: readonly Photographed[],
    mean: number,
  ): void {
    const ids: number[] = []
    for (const visit of visits) {
      const count = random.int(0, 2 * mean)
      for (let nth = 0; nth < count; nth += 1) {
        const sha256 = hex()
        const source = hex()
        const takenAt = new Date(Date.parse(visit.at) + random.int(30, 600) * 1000).toISOString()
        const bytes = random.int(size.least, size.most)
        const file = write(
          db,
          `INSERT INTO file (sha256, kind, name, bytes, width, height, operator_id, created_at, source_sha256, taken_at)
           VALUES (?, 'image', ?, ?, ?, ?, ?, ?, ?, ?)`,
          sha256,
          `IMG_${String(random.int(1, 9999)).padStart(4, '0')}.jpg`,
          bytes,
          size.width,
          size.height,
          operatorId,
          at,
          source,
          takenAt,
        )
        audit(db, {
          at,
          operatorId,
          action: 'file.store',
          subject: `file:${file.id}`,
          changes: `{"kind":[null,"image"],"bytes":[null,${bytes}],"sha256":[null,"${sha256}"]}`,
        })
        const mark = random.chance(0.03) ? (random.chance(0.3) ? 'id-card' : 'child') : ''
        if (mark) write(db, 'UPDATE file SET restricted = 1 WHERE id = ?', file.id)
        // A few fit no visit and wait until somebody looks.
        const photo = write(
          db,
          `INSERT INTO visit_photo (file_id, source_sha256, taken_at, visit_id, mark, operator_id, at)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          file.id,
          source,
          takenAt,
          random.chance(0.0005) ? null : visit.visitId,
          mark,
          operatorId,
          at,
        )
        ids.push(photo.id)
      }
    }
    if (ids.length === 0) return
    for (const action of ['visit-photo.take', 'visit-photo.place']) {
      audit(db, {
        at,
        operatorId,
        action,
        subject: 'visit-photo',
        changes: JSON.stringify({ ids: [null, ids] }),
      })
    }
  }
}
