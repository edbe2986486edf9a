import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backupName, keptBackups, readBackupName } from '../../electron/database/backup-list.ts'

const hour = 60 * 60 * 1000
const day = 24 * hour
const now = new Date('2026-11-23T09:41:00.000Z')

type Entry = { name: string; at: string }
const entry = (at: number): Entry => {
  const instant = new Date(at).toISOString()
  return { name: instant, at: instant }
}
/** Backups of up to two years, in no order, some of them of a clock that runs ahead. */
const list = fc
  .uniqueArray(fc.integer({ min: -2 * day, max: 730 * day }), { maxLength: 200 })
  .map((ages) => ages.map((age) => entry(now.getTime() - age)))
const ageOf = (backup: Entry) => Math.max(0, now.getTime() - Date.parse(backup.at))

describe('of the backups', () => {
  test('the newest always stays', () => {
    fc.assert(
      fc.property(list, (backups) => {
        fc.pre(backups.length > 0)
        const newest = backups.reduce((one, other) => (one.at > other.at ? one : other))
        expect(keptBackups(backups, now).has(newest.name)).toBe(true)
      }),
    )
  })

  test('the ten newest of the last day stay', () => {
    fc.assert(
      fc.property(list, (backups) => {
        const recent = backups.filter((backup) => ageOf(backup) < day).sort((a, b) => (a.at < b.at ? 1 : -1))
        const kept = keptBackups(backups, now)
        for (const backup of recent.slice(0, 10)) expect(kept).toContain(backup.name)
      }),
    )
  })

  test('one stays for every day of the week, week of the month and month of the year that has any', () => {
    fc.assert(
      fc.property(list, (backups) => {
        const kept = keptBackups(backups, now)
        for (const [span, count] of [
          [day, 7],
          [7 * day, 4],
          [30 * day, 12],
        ] as const) {
          for (const backup of backups.filter((backup) => ageOf(backup) < span * count)) {
            const number = Math.floor(Date.parse(backup.at) / span)
            const same = backups.filter(
              (other) => kept.has(other.name) && Math.floor(Date.parse(other.at) / span) === number,
            )
            expect(same.length).toBeGreaterThan(0)
          }
        }
      }),
    )
  })

  test('there are never more than forty, and none is made up', () => {
    fc.assert(
      fc.property(list, (backups) => {
        const kept = keptBackups(backups, now)
        expect(kept.size).toBeLessThanOrEqual(Math.min(backups.length, 40))
        for (const name of kept) expect(backups.map((backup) => backup.name)).toContain(name)
      }),
    )
  })

  test('thinning out twice is the same as once', () => {
    fc.assert(
      fc.property(list, (backups) => {
        const once = backups.filter((backup) => keptBackups(backups, now).has(backup.name))
        expect(keptBackups(once, now).size).toBe(once.length)
      }),
    )
  })

  test('a desk that closes every evening for two years can go back a day, a week, a month and a year', () => {
    let backups: Entry[] = []
    for (let evening = 0; evening < 730; evening += 1) {
      const at = now.getTime() + evening * day
      backups = [...backups, entry(at)]
      const kept = keptBackups(backups, new Date(at))
      backups = backups.filter((backup) => kept.has(backup.name))
    }
    const last = now.getTime() + 729 * day
    const ages = backups.map((backup) => (last - Date.parse(backup.at)) / day)
    for (const [least, most] of [
      [0, 0],
      [1, 1],
      [6, 7],
      [14, 28],
      [30, 60],
      [300, 360],
    ] as const) {
      expect(
        ages.some((age) => age >= least && age <= most),
        `between ${least} and ${most} days`,
      ).toBe(true)
    }
    expect(backups.length).toBeLessThanOrEqual(25)
  })
})

test('a name says when and why, and only such names are backups', () => {
  expect(backupName(new Date('2026-11-23T09:41:00.123Z'), 'demand')).toBe(
    'desk-20261123T094100123Z-demand.sqlite3',
  )
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
      (at) => {
        expect(readBackupName(backupName(at, 'close'))).toEqual({ at: at.toISOString(), kind: 'close' })
      },
    ),
  )
  for (const name of [
    'desk-20261123T094100123Z-demand.sqlite3.partial',
    'desk-20261123T094100123Z-other.sqlite3',
    'desk-20269923T094100123Z-demand.sqlite3',
    '../desk-20261123T094100123Z-demand.sqlite3',
    'desk-20261123T094100123Z-demand.sqlite3\n',
    'audit.key',
  ]) {
    expect([name, readBackupName(name)]).toEqual([name, null])
  }
})
