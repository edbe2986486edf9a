import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase, type Database } from '../../electron/database/open.ts'
import { fillClass, type Filled } from '../counters/noon-class/fill.ts'
import { pin } from '../fixture.ts'
import { clientOf, signIn, startDesk, type Client, type DeskProcess, type Tokens } from './desk-process.ts'

const main = fileURLToPath(new URL('clocked-desk.ts', import.meta.url))

/** Sets the clock of the desk on this folder. */
export const setClock = (folder: string, instant: string) => writeFileSync(`${folder}.clock`, instant)

/** The desk as a process of its own, its clock at a moment that the test holds. */
export function startClockedDesk(folder: string, instant: string): Promise<DeskProcess> {
  setClock(folder, instant)
  return startDesk(folder, { main })
}

/** The file of a desk at work, as another process sees it. */
export function openFile<Result>(folder: string, look: (db: Database) => Result): Result {
  const db = openDatabase(join(folder, 'desk.sqlite3'))
  try {
    return look(db)
  } finally {
    db.close()
  }
}

/** Sets a fresh desk up with a class of so many children around this day; `tokens` are the first manager's. */
export async function setUpClass(
  desk: DeskProcess,
  folder: string,
  size: { day: string; groups: number; children: number },
): Promise<{ tokens: Tokens; client: Client; filled: Filled }> {
  const tokens: Tokens = { device: '', session: '' }
  const client = await signIn(desk, tokens)
  const filled = openFile(folder, (db) => fillClass(db, { ...size, operatorId: 1 }))
  return { tokens, client, filled }
}

/** So many screens of one paired device, each signed in by itself, one after the other as the PIN check wants it. */
export async function openScreens(desk: DeskProcess, device: string, count: number): Promise<Client[]> {
  const screens: Client[] = []
  for (let screen = 0; screen < count; screen += 1) {
    const tokens: Tokens = { device, session: '' }
    const client = clientOf(desk.origin, tokens)
    tokens.session = (await client.session.signIn({ operatorId: 1, pin })).token
    screens.push(client)
  }
  return screens
}
