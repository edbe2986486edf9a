import { expect, it } from 'vitest'
import { verifyAudit } from '../../electron/database/audit.ts'
import { readAuditKey } from '../../electron/database/folder.ts'
import { rows, value } from '../../electron/database/open.ts'
import { addDays } from '../../electron/workbench/calendar.ts'
import { temporaryFolder } from '../fixture.ts'
import type { Client } from '../hosts/desk-process.ts'
import { openFile, openScreens, setUpClass, startClockedDesk } from '../hosts/noon-desk.ts'

const kills = 20
const middle = '2026-11-23'
/** A noon of its own for each kill. */
const dayOf = (kill: number) => addDays(middle, kill - 10)
const noonOf = (day: string) => `${day}T04:00:00.000Z`

/** What the screens were told: which row is the child's arrival, and who was said to be in. */
type Acknowledged = { rows: Map<number, { childId: number; day: string }>; inOn: Set<string> }

/**
 * A screen taps one child after the other, each twice at once as an impatient finger does, and begins anew, until the desk
 * is gone. `began` is called with the first answer.
 */
async function tapUntilGone(
  screen: Client,
  day: string,
  childIds: number[],
  acknowledged: Acknowledged,
  began: () => void,
): Promise<void> {
  for (let tapped = 0; ; tapped += 1) {
    const childId = childIds[tapped % childIds.length]!
    const tap = () => screen.noonClass.arrive({ childIds: [childId], day, how: 'tap', at: null })
    try {
      for (const { arrived, already } of await Promise.all([tap(), tap()])) {
        for (const { attendanceId } of arrived) acknowledged.rows.set(attendanceId, { childId, day })
        for (const child of already) acknowledged.inOn.add(`${day} ${child}`)
      }
      began()
    } catch {
      return
    }
  }
}

it(
  `loses no acknowledged arrival and doubles none in ${kills} kills amid a burst`,
  async () => {
    const folder = temporaryFolder()
    const acknowledged: Acknowledged = { rows: new Map(), inOn: new Set() }
    const first = await startClockedDesk(folder, noonOf(middle))
    const { tokens, filled } = await setUpClass(first, folder, { day: middle, groups: 4, children: 200 })
    await first.end('SIGTERM')
    for (let kill = 0; kill < kills; kill += 1) {
      const day = dayOf(kill)
      const desk = await startClockedDesk(folder, noonOf(day))
      const screens = await openScreens(desk, tokens.device, 2)
      // Both screens begin at the same end, so that they meet on every child.
      let taps: Promise<void>[] = []
      await new Promise<void>((began) => {
        taps = screens.map((screen) => tapUntilGone(screen, day, filled.childIds, acknowledged, began))
      })
      // 20 to 200 ms into the burst, spread evenly so that a run can be repeated.
      await new Promise((resolve) => setTimeout(resolve, 20 + ((kill * 37) % 180)))
      expect(await desk.end('SIGKILL')).toBe('SIGKILL')
      await Promise.all(taps)
    }

    openFile(folder, (db) => {
      const stored = rows<{ id: number; childId: number; day: string; voided: number }>(
        db,
        "SELECT id, child_id AS childId, day, voided FROM attendance WHERE kind = 'arrival'",
      )
      const byId = new Map(stored.map((row) => [row.id, row]))
      const lost = [...acknowledged.rows].filter(([id, told]) => {
        const row = byId.get(id)
        return row?.childId !== told.childId || row.day !== told.day || row.voided !== 0
      })
      const isIn = new Set(stored.map(({ childId, day }) => `${day} ${childId}`))
      expect(lost).toEqual([])
      expect([...acknowledged.inOn].filter((child) => !isIn.has(child))).toEqual([])
      expect(isIn.size).toBe(stored.length)
      expect(acknowledged.rows.size).toBeGreaterThan(kills)
      // Each arrival and its audit row stand or fall together.
      expect(value(db, "SELECT count(*) FROM audit WHERE action = 'noon.arrive'")).toBe(stored.length)
      expect(verifyAudit(db, readAuditKey(folder))).toMatchObject({ firstBad: null })
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(db.pragma('foreign_key_check')).toEqual([])
      console.log(`kills ${kills}, acknowledged ${acknowledged.rows.size}, stored ${stored.length}, lost 0`)
    })
  },
  5 * 60_000,
)
