import { randomUUID } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDatabase, rows, value } from '../../electron/database/open.ts'
import { temporaryFolder } from '../fixture.ts'
import { clientOf, signIn, startDesk, type Client, type Tokens } from '../hosts/desk-process.ts'

async function accept(client: Client): Promise<string> {
  const { number } = await client.enquiries.accept({
    ...{ title: '楼道灯坏了', words: '', matterId: null, channel: '窗口', askerId: null, givenName: '' },
    ...{ givenPhone: '', anonymous: true, subjectId: null, answer: '', ticket: randomUUID() },
  })
  return number
}

/** Turns the first page of a table into junk, when all that was committed lies in the file itself. */
function spoil(folder: string, table: string): void {
  const path = join(folder, 'desk.sqlite3')
  const db = openDatabase(path)
  db.pragma('wal_checkpoint(TRUNCATE)')
  const page = value<number>(db, 'SELECT rootpage FROM sqlite_schema WHERE name = ?', table)!
  db.close()
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(4096, 0xee), 0, 4096, (page - 1) * 4096)
  closeSync(file)
}

const numbered = (place: number) => expect.stringMatching(new RegExp(`^ZX-\\d{4}-00000${place}$`)) as string

it.each([
  [
    'the numbers of a damaged file go on after a restore: those given since the backup lie on somebody’s paper',
    'setting',
    6,
  ],
  ['where not even the numbers can be read they go on from the backup', 'sequence', 3],
])(
  '%s',
  async (_, table, next) => {
    const folder = temporaryFolder()
    const tokens: Tokens = { device: '', session: '' }
    const first = await startDesk(folder)
    const before = await signIn(first, tokens)
    expect([await accept(before), await accept(before)]).toEqual([numbered(1), numbered(2)])
    // A clean close backs up.
    await first.end('SIGTERM')

    const second = await startDesk(folder)
    const since = await signIn(second, tokens)
    for (const place of [3, 4, 5]) expect(await accept(since)).toEqual(numbered(place))
    await second.end('SIGKILL')
    spoil(folder, table)
    if (table !== 'setting') spoil(folder, 'setting')

    const third = await startDesk(folder)
    const client = clientOf(third.origin, tokens)
    // The first look at the bad page ends it, if the start did not.
    await client.session.state({}).catch(() => null)
    const { trouble } = await client.session.state({})
    expect(trouble).toMatchObject({ kind: 'corrupt' })
    await client.session.restore({ backup: trouble!.backups[0]!.name })
    const restored = await signIn(third, tokens)
    expect(await accept(restored)).toEqual(numbered(next))
    await third.end('SIGKILL')

    // And so after a start, which carries nothing a second time.
    const fourth = await startDesk(folder)
    expect(await accept(await signIn(fourth, tokens))).toEqual(numbered(next + 1))
    await fourth.end('SIGTERM')
    const db = openDatabase(join(folder, 'desk.sqlite3'), { readonly: true })
    const carried = rows(db, "SELECT id FROM audit WHERE action = 'number.carry'")
    db.close()
    expect(carried).toHaveLength(table === 'sequence' ? 0 : 1)
  },
  60_000,
)
