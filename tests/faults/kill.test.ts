import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { verifyAudit } from '../../electron/database/audit.ts'
import { readAuditKey } from '../../electron/database/folder.ts'
import { openDatabase, rows, value } from '../../electron/database/open.ts'
import { temporaryFolder } from '../fixture.ts'
import { signIn, startDesk, type Client, type Tokens } from '../hosts/desk-process.ts'

/** The promise of reliability.md: at least a hundred kills, none acknowledged lost. */
const kills = 100

const enquiry = {
  words: '',
  matterId: null,
  channel: '窗口' as const,
  askerId: null,
  givenName: '',
  givenPhone: '',
  anonymous: true,
  subjectId: null,
}

/** Two clerks enter without pause until the desk is gone; every answer they got is remembered. */
async function enterUntilGone(client: Client, acknowledged: Map<string, string>): Promise<void> {
  for (;;) {
    const ticket = randomUUID()
    try {
      const answer = acknowledged.size % 3 === 0 ? '当场答复' : ''
      const made = await client.enquiries.accept({ ...enquiry, title: `咨询 ${ticket}`, answer, ticket })
      acknowledged.set(made.number, ticket)
    } catch {
      return
    }
  }
}

describe('a desk that is killed while enquiries are written', () => {
  it(
    `loses none acknowledged in ${kills} kills`,
    async () => {
      const folder = temporaryFolder()
      const tokens: Tokens = { device: '', session: '' }
      const acknowledged = new Map<string, string>()
      for (let kill = 0; kill < kills; kill += 1) {
        const desk = await startDesk(folder)
        const client = await signIn(desk, tokens)
        const clerks = [enterUntilGone(client, acknowledged), enterUntilGone(client, acknowledged)]
        // 60 to 250 ms, spread evenly so that a run can be repeated.
        await new Promise((resolve) => setTimeout(resolve, 60 + ((kill * 37) % 190)))
        expect(await desk.end('SIGKILL')).toBe('SIGKILL')
        await Promise.all(clerks)
      }

      const db = openDatabase(join(folder, 'desk.sqlite3'))
      const stored = new Map(
        rows<{ number: string; ticket: string }>(db, 'SELECT number, ticket FROM enquiry').map((found) => [
          found.number,
          found.ticket,
        ]),
      )
      const lost = [...acknowledged].filter(([number, ticket]) => stored.get(number) !== ticket)
      expect(acknowledged.size).toBeGreaterThan(kills)
      expect(lost).toEqual([])
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(db.pragma('foreign_key_check')).toEqual([])
      expect(verifyAudit(db, readAuditKey(folder))).toMatchObject({ firstBad: null })

      // Number, first event and audit row stand or fall together, and no number is skipped or given twice.
      const total = stored.size
      expect(value(db, "SELECT last FROM sequence WHERE kind = 'ZX'")).toBe(total)
      expect(value(db, "SELECT count(*) FROM audit WHERE action = 'enquiry.accept'")).toBe(total)
      expect(value(db, "SELECT count(DISTINCT enquiry_id) FROM enquiry_event WHERE step = 'accept'")).toBe(
        total,
      )
      db.close()
      console.log(`kills ${kills}, acknowledged ${acknowledged.size}, stored ${total}, lost ${lost.length}`)
    },
    15 * 60_000,
  )
})
