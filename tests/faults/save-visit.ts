import { createHash } from 'node:crypto'
import { addVisit, type NewVisit } from '../../electron/counters/visits/visits.ts'
import { knownPhotos, takePhotos } from '../../electron/counters/visits/photos.ts'
import { value } from '../../electron/database/open.ts'
import { storeFile } from '../../electron/workbench/files.ts'
import type { Context } from '../../electron/workbench/workbench.ts'

/*
 * What a screen does for one photo and the visit that it was taken on, begun as often as it takes. Without vitest, so that
 * the script that gets killed can use it as well.
 */

/** A visit to the only door of a folder. */
export const theVisit: NewVisit = {
  ticket: '6f1f7a52-3c1a-4f6e-9d38-5f3f0f1c2a11',
  householdId: 1,
  roundId: null,
  day: '2026-11-23',
  time: '09:20',
  // It was empty until today: the visit brings the door back.
  outcome: 'met',
  visitorIds: [1],
  metIds: [1],
  metOthers: '',
  themes: [{ theme: '居住', text: '屋顶漏水' }],
  note: '',
  followUpDay: '2026-11-30',
  needs: [
    { theme: '居住', text: '屋顶漏水', enquiry: { title: '屋顶漏水', matterId: null, askerId: 1 } },
    { theme: '建议', text: '多办活动', enquiry: null },
  ],
  photoIds: [],
  again: false,
}

export async function saveVisit(context: Context, bytes: Buffer): Promise<void> {
  const { db } = context.desk
  const hash = createHash('sha256').update(bytes).digest('hex')
  if (knownPhotos(db, [hash]).length === 0) {
    const { id } = await storeFile(context, { name: '照片.jpg', bytes })
    takePhotos(context, { fileIds: [id] })
  }
  const photoId = value<number>(db, 'SELECT id FROM visit_photo WHERE source_sha256 = ?', hash)!
  addVisit(context, { ...theVisit, photoIds: [photoId] })
}
