import type { Attachment } from '../../contract/files.ts'
import { rows, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { checkFiles } from '../../workbench/files.ts'

/** Fastens files that were stored before to a step; NOT_FOUND `file` for one that does not exist. */
export function attachFiles(db: WritableDatabase, eventId: number, fileIds: readonly number[]): void {
  if (fileIds.length === 0) return
  checkFiles(db, fileIds)
  for (const fileId of new Set(fileIds)) {
    write(db, 'INSERT INTO enquiry_file (event_id, file_id) VALUES (?, ?)', eventId, fileId)
  }
}

/** The files of an enquiry's steps, by event. */
export function filesOf(db: Database, enquiryId: number): Map<number, Attachment[]> {
  const found = rows<Attachment & { eventId: number }>(
    db,
    `SELECT a.event_id AS eventId, f.id, f.name, f.kind, f.bytes, f.width, f.height
     FROM enquiry_event v CROSS JOIN enquiry_file a ON a.event_id = v.id CROSS JOIN file f ON f.id = a.file_id
     WHERE v.enquiry_id = ? ORDER BY f.id`,
    enquiryId,
  )
  const byEvent = new Map<number, Attachment[]>()
  for (const { eventId, ...file } of found) {
    const list = byEvent.get(eventId)
    if (list) list.push(file)
    else byEvent.set(eventId, [file])
  }
  return byEvent
}
