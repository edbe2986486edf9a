import { ORPCError } from '@orpc/client'
import { createHash, randomUUID } from 'node:crypto'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createOperator } from '../../electron/counters/session/operators.ts'
import { verifyAudit } from '../../electron/database/audit.ts'
import { readAuditKey } from '../../electron/database/folder.ts'
import { rows, transact, value, type Database } from '../../electron/database/open.ts'
import { sweepFiles } from '../../electron/workbench/file-sweep.ts'
import { pathsOf, type StoredFile } from '../../electron/workbench/files.ts'
import { localDay } from '../../electron/workbench/calendar.ts'
import type { Context, Workbench } from '../../electron/workbench/workbench.ts'
import { clock, ended, keyOf, openFolder, root, startScriptDying } from '../database/data-folder.ts'
import { temporaryFolder, testPin } from '../fixture.ts'
import { signIn, startDesk, type Client, type Tokens } from '../hosts/desk-process.ts'
import { openFile } from '../hosts/noon-desk.ts'
import { jpeg } from '../workbench/sample-files.ts'
import { saveVisit, theVisit } from './save-visit.ts'

function contextOf(db: Database, folder: string): Context {
  const desk = { db, folder, root, clock, auditKey: keyOf(db), publish: () => {} } as unknown as Workbench
  return { desk, operator: { id: 1, name: '前台', role: 'clerk' }, deviceId: null }
}

const small: [number, number] = [60, 40]

/** A door that stands empty, somebody who lives there all the same, and who visits. */
function addFamily(db: Database): void {
  const at = clock().toISOString()
  transact(db, (file) =>
    file.exec(`
      INSERT INTO household (id, building, number, created_at) VALUES (1, '1', '101', '${at}');
      INSERT INTO person (id, name, sex, relation, household_id, created_at)
        VALUES (1, '王英', 2, '户主', 1, '${at}');
      INSERT INTO visitor (id, name, kind) VALUES (1, '李网格', 'staff');
      INSERT INTO household_away (household_id, kind, from_day, operator_id, at)
        VALUES (1, 'vacant', '2026-11-01', 1, '2026-11-01T01:00:00.000Z');`),
  )
}

/** A folder with one operator and such a door. */
function makeFolder(folder: string): void {
  const db = openFolder(folder)
  transact(db, (file) =>
    createOperator(file, { name: '前台', role: 'clerk', secret: testPin, at: clock().toISOString() }),
  )
  addFamily(db)
  db.close()
}

/** Every file that a row names lies there, and is what its name says. */
function checkFiles(db: Database, folder: string): void {
  for (const file of rows<StoredFile>(db, 'SELECT sha256, kind FROM file')) {
    const { whole, small } = pathsOf(folder, file)
    expect(createHash('sha256').update(readFileSync(whole)).digest('hex')).toBe(file.sha256)
    expect(existsSync(small!)).toBe(true)
  }
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
}

const count = (db: Database, from: string) => value<number>(db, `SELECT count(*) FROM ${from}`)!

/** Each visit stands with everything that came with it; without one, nothing of it does. Returns how many there are. */
function countVisits(db: Database): number {
  const visits = count(db, 'visit')
  const parts = {
    visitors: count(db, 'visit_visitor'),
    met: count(db, 'visit_met_person'),
    themes: count(db, 'visit_theme'),
    notes: count(db, 'visit_need WHERE enquiry_id IS NULL'),
    needs: count(db, 'visit_need JOIN enquiry ON enquiry.id = enquiry_id'),
    enquiries: count(db, 'enquiry'),
    accepted: count(db, "enquiry_event WHERE step = 'accept'"),
    number: value<number>(db, "SELECT last FROM sequence WHERE kind = 'ZX'") ?? 0,
    photos: count(db, 'visit_photo WHERE visit_id IS NOT NULL'),
    audited: count(db, "audit WHERE action = 'visit.add'"),
  }
  expect(parts).toEqual(Object.fromEntries(Object.keys(parts).map((part) => [part, visits])))
  return visits
}

/** What one step after the other leaves when it is the last: in how many of them there was so much. */
const left = { nothing: 0, file: 0, photo: 0, visit: 0 }

/** Dies before its nth step, is looked at, and goes on where it stopped; true when it came to its end. */
async function dieAt(step: number, ready: string, bytes: Buffer): Promise<boolean> {
  const folder = temporaryFolder()
  cpSync(ready, folder, { recursive: true })
  const end = await ended(startScriptDying(step, 'visit-once.ts', folder))
  expect([0, 'SIGKILL']).toContain(end)

  const db = openFolder(folder)
  checkFiles(db, folder)
  const saved = countVisits(db)
  // Empty until the visit, and only with it back in the count.
  expect(count(db, 'household_away WHERE until_day IS NULL')).toBe(1 - saved)
  if (saved > 0) left.visit += 1
  else if (count(db, 'visit_photo') > 0) left.photo += 1
  else if (count(db, 'file') > 0) left.file += 1
  else left.nothing += 1

  await sweepFiles(contextOf(db, folder))
  await saveVisit(contextOf(db, folder), bytes)
  expect(countVisits(db)).toBe(1)
  expect(count(db, 'visit_photo')).toBe(1)
  checkFiles(db, folder)
  expect(verifyAudit(db, keyOf(db))).toMatchObject({ firstBad: null })
  db.close()
  return end === 0
}

it(
  'killed before each of its steps, a visit with a photo is there with all of it or not at all, and names no missing file',
  async () => {
    const ready = temporaryFolder()
    makeFolder(ready)
    const bytes = await jpeg(...small)
    for (let step = 1; !(await dieAt(step, ready, bytes)); step += 1);
    console.info('visit: killed at each step', left)
    for (const times of [left.nothing, left.file, left.photo]) expect(times).toBeGreaterThan(1)
    // Its commit is the last step: only the one that came to its end has the visit.
    expect(left.visit).toBeGreaterThanOrEqual(1)
  },
  5 * 60_000,
)

const kills = 12
/** Yesterday by the machine's own clock, which a desk of its own process keeps. */
const day = localDay(new Date(Date.now() - 86_400_000))

type Acknowledged = Map<number, { ticket: string; photoId: number; number: string }>

/** A screen that sends photo after photo and saves a visit with each, until the desk is gone. */
async function visitUntilGone(
  { client, send }: Screen,
  photos: Buffer[],
  acknowledged: Acknowledged,
  began: () => void,
): Promise<void> {
  for (let bytes = photos.pop(); bytes; bytes = photos.pop()) {
    const ticket = randomUUID()
    try {
      const { photos: taken } = await client.visits.takePhotos({ fileIds: [await send(bytes)] })
      const photoId = taken[0]!.id
      const visit = await client.visits.addVisit({
        ...theVisit,
        day,
        ticket,
        photoIds: [photoId],
        again: true,
      })
      const number = visit.needs.find(({ enquiry }) => enquiry)!.enquiry!.number
      acknowledged.set(visit.id, { ticket, photoId, number })
      began()
    } catch (error) {
      began()
      // Being gone is no refusal.
      if (error instanceof ORPCError) throw error
      return
    }
  }
}

type Screen = { client: Client; send: (bytes: Buffer) => Promise<number> }

/** Sends a photo as the screen does; rejects when the desk is gone. */
const sender =
  (origin: string, { device, session }: Tokens) =>
  async (bytes: Buffer): Promise<number> => {
    const answer = await fetch(`${origin}/files`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'x-file-name': 'IMG_0001.jpg',
        'x-device': device,
        authorization: `Bearer ${session}`,
      },
      body: new Uint8Array(bytes),
    })
    expect(answer.status).toBe(200)
    return ((await answer.json()) as { json: { id: number } }).json.id
  }

it(
  `a desk killed ${kills} times amid visits with photos loses none acknowledged, halves none, and names no missing file`,
  async () => {
    const folder = temporaryFolder()
    const tokens: Tokens = { device: '', session: '' }
    const acknowledged: Acknowledged = new Map()
    // Each another picture: what came before is not taken in again.
    const photos = await Promise.all(
      Array.from({ length: kills * 40 }, (_, nth) => jpeg(40 + (nth % 50), 30 + Math.floor(nth / 50))),
    )
    for (let kill = 0; kill < kills; kill += 1) {
      const desk = await startDesk(folder)
      const client = await signIn(desk, tokens)
      if (kill === 0) openFile(folder, addFamily)
      const screen = { client, send: sender(desk.origin, tokens) }
      let screens: Promise<void>[] = []
      await new Promise<void>((began) => {
        screens = [1, 2, 3].map(() => visitUntilGone(screen, photos, acknowledged, began))
      })
      // 10 to 150 ms after the first visit, spread evenly so that a run can be repeated.
      await new Promise((resolve) => setTimeout(resolve, 10 + ((kill * 37) % 140)))
      expect(await desk.end('SIGKILL')).toBe('SIGKILL')
      await Promise.all(screens)
    }

    openFile(folder, (db) => {
      checkFiles(db, folder)
      const stored = countVisits(db)
      const lost = [...acknowledged].filter(
        ([id, { ticket, photoId, number }]) =>
          value<string>(db, 'SELECT ticket FROM visit WHERE id = ?', id) !== ticket ||
          value<number>(db, 'SELECT visit_id FROM visit_photo WHERE id = ?', photoId) !== id ||
          value<number>(
            db,
            'SELECT visit_id FROM visit_need JOIN enquiry ON enquiry.id = enquiry_id WHERE number = ?',
            number,
          ) !== id,
      )
      expect(lost).toEqual([])
      expect(acknowledged.size).toBeGreaterThanOrEqual(kills)
      expect(verifyAudit(db, readAuditKey(folder))).toMatchObject({ firstBad: null })
      console.info(`visits: kills ${kills}, acknowledged ${acknowledged.size}, stored ${stored}, lost 0`)
    })
  },
  5 * 60_000,
)
