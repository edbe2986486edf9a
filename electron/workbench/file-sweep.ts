import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

import { rows, value, write, type Database } from '../database/open.ts'
import { placesOf } from '../database/place.ts'
import { act } from './act.ts'
import { filesFolder, isBeingStored, pathsOf, type StoredFile } from './files.ts'
import type { Context } from './workbench.ts'

/** Every table that refers to files, with its column. A counter that has files adds its table here. */
export const referringTables = {
  enquiry_file: 'file_id',
  child: 'photo_id',
  pickup_person: 'photo_id',
  incident_file: 'file_id',
  visit_photo: 'file_id',
  patrol_file: 'file_id',
  activity_file: 'file_id',
  gift: 'photo_id',
  document: 'file_id',
  certificate_image: 'file_id',
}

/** An upload that no record took in this time was given up, in milliseconds. */
const givenUpAfter = 24 * 60 * 60 * 1000

const unreferred = Object.entries(referringTables)
  .map(([table, column]) => `NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.${column} = file.id)`)
  .join(' AND ')

/** Whether a record took this file in; until then it is on its way, or was given up. */
export const isReferred = (db: Database, id: number): boolean =>
  value(db, `SELECT 1 FROM file WHERE id = ? AND NOT (${unreferred})`, id) !== undefined

/** Removes the rows of uploads that were given up, and then their files. */
function sweepGivenUp(context: Context): void {
  const { db, clock, folder } = context.desk
  const before = new Date(clock().getTime() - givenUpAfter).toISOString()
  const found = rows<StoredFile & { id: number }>(
    db,
    `SELECT id, sha256, kind FROM file WHERE created_at < ? AND ${unreferred} ORDER BY id`,
    before,
  )
  if (found.length === 0) return
  act(context, { action: 'file.sweep', subject: 'file' }, (file, note) => {
    for (const { id } of found) write(file, 'DELETE FROM file WHERE id = ?', id)
    note({ ids: found.map(({ id }) => id) }, null)
  })
  // After the commit: a kill in between leaves a file without a row, never a row without its file.
  for (const gone of found) {
    if (isBeingStored(folder, gone.sha256)) continue
    if (value(db, 'SELECT 1 FROM file WHERE sha256 = ?', gone.sha256)) continue
    const { whole, small } = pathsOf(folder, gone)
    rmSync(whole, { force: true })
    if (small) rmSync(small, { force: true })
  }
}

/** A stored file's name: its hash, and what it is. */
const storedName = /^([0-9a-f]{64})(?:\.small)?\.(?:jpg|pdf)$/

/** Removes what a kill left half written, and sets aside what no row names. Looks at names only. */
function sweepFolder(context: Context, prefix: string, aside: string): void {
  const { db, folder } = context.desk
  const place = join(filesFolder(folder), prefix)
  // Answered by the index alone, a 256th of it at a time.
  const named = new Set(
    rows<{ sha256: string }>(
      db,
      'SELECT sha256 FROM file WHERE sha256 >= ? AND sha256 < ?',
      prefix,
      `${prefix}g`,
    ).map(({ sha256 }) => sha256),
  )
  for (const name of readdirSync(place)) {
    if (isBeingStored(folder, name.slice(0, 64))) continue
    if (name.endsWith('.partial')) rmSync(join(place, name), { force: true })
    const hash = storedName.exec(name)?.[1]
    if (hash === undefined || named.has(hash)) continue
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    renameSync(join(place, name), join(aside, name))
  }
}

/** Puts back what an earlier start set aside and a row names now. */
function bringBack({ desk }: Context, aside: string): void {
  if (!existsSync(aside)) return
  for (const name of readdirSync(aside)) {
    const hash = storedName.exec(name)?.[1]
    if (hash === undefined || !value(desk.db, 'SELECT 1 FROM file WHERE sha256 = ?', hash)) continue
    const place = join(filesFolder(desk.folder), hash.slice(0, 2))
    mkdirSync(place, { recursive: true, mode: 0o700 })
    renameSync(join(aside, name), join(place, name))
  }
}

/**
 * Puts the folder of files in order. A file without a row is set aside, never deleted: an older backup may have been
 * restored, and when the newer one comes back, so does the file. Each folder is one short piece of work; what is
 * just being stored is left alone. In between others are served, and `goOn` is asked.
 */
export async function sweepFiles(context: Context, goOn: () => boolean = () => true): Promise<void> {
  const { folder } = context.desk
  const all = filesFolder(folder)
  const aside = join(placesOf(folder).setAside, 'files')
  sweepGivenUp(context)
  bringBack(context, aside)
  if (!existsSync(all)) return
  for (const found of readdirSync(all, { withFileTypes: true })) {
    if (!found.isDirectory() || !/^[0-9a-f]{2}$/.test(found.name)) continue
    await setImmediate()
    if (!goOn()) return
    sweepFolder(context, found.name, aside)
  }
}
