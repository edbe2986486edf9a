import type { Rules } from '../../contract/rules.ts'
import { row, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { calendarKnownThrough } from '../../workbench/calendar.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

/** Rules as they are kept; the years of the calendar belong to the program. */
type Kept = Omit<Rules, 'version' | 'calendarThrough'>

const key = 'rules'

const unset: Kept = {
  workHours: [
    { from: '08:30', to: '12:00' },
    { from: '13:30', to: '17:30' },
  ],
  // Five working days, as the ordinance on Weifang's 12345 line has it (domain 1.4).
  usualLimit: { amount: 5, unit: 'day' },
  arriveHours: 4,
  followUpDays: 3,
  soonDays: 1,
  notOurs: [],
  childProtection: { name: '', phone: '' },
  ratingsShownFrom: 5,
}

/** What was written over the usual rules, and which version that is; null while nobody did. */
function stored(db: Database): { kept: Partial<Kept>; version: number } | null {
  const found = row<{ value: string; version: number }>(
    db,
    'SELECT value, version FROM setting WHERE key = ?',
    key,
  )
  return found ? { kept: JSON.parse(found.value) as Partial<Kept>, version: found.version } : null
}

/** The desk's rules; the usual ones where nobody changed them. */
export function readRules(db: Database): Rules {
  const { kept, version } = stored(db) ?? { kept: {}, version: 1 }
  return { ...unset, ...kept, version, calendarThrough: calendarKnownThrough() }
}

/** Whether rules were ever written. */
export function rulesStand(db: Database): boolean {
  return stored(db) !== null
}

/** Writes over the present rules; part of the caller's act. Returns them as they stand now. */
export function writeRules(db: WritableDatabase, change: Partial<Kept>): Rules {
  const { kept, version } = stored(db) ?? { kept: {}, version: 1 }
  write(
    db,
    `INSERT INTO setting (key, value, version) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version`,
    key,
    JSON.stringify({ ...kept, ...change }),
    version + 1,
  )
  return readRules(db)
}

/**
 * Saves the rules. Limits that run already keep their day; what counts as 临期 and which ratings are shown changes at
 * once. CONFLICT `changed` when another screen saved first.
 */
export function changeRules(context: Context, input: Omit<Rules, 'calendarThrough'>): Rules {
  return act(
    context,
    { action: 'settings.change-rules', subject: 'settings', also: () => ['enquiry', 'today'] },
    (db, note) => {
      const before = readRules(db)
      const { version, ...next } = input
      if (before.version !== version) fail('CONFLICT', { because: 'changed', current: before })
      const after = writeRules(db, next)
      note(before, after)
      return after
    },
  )
}
