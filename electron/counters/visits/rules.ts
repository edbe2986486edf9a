import type { VisitRules } from '../../contract/visit-posts.ts'
import { row, rows, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { listKeyGroups } from '../people/grids.ts'

/** What the setting keeps; intervals stand in a table of their own, where the suggestion reads them. */
type Kept = Omit<VisitRules, 'version' | 'intervals'>

const key = 'visits'

const unset: Kept = {
  // 每月走访25户左右 (seed article; domain, second finding).
  monthGoal: 25,
  patrolItems: [
    '消防通道',
    '消防设施',
    '电梯运行',
    '门禁监控',
    '电动车停放充电',
    '垃圾清运',
    '环境卫生',
    '公共设施',
    '绿化养护',
    '物业公示',
  ],
}

function stored(db: Database): { kept: Partial<Kept>; version: number } {
  const found = row<{ value: string; version: number }>(
    db,
    'SELECT value, version FROM setting WHERE key = ?',
    key,
  )
  return found
    ? { kept: JSON.parse(found.value) as Partial<Kept>, version: found.version }
    : { kept: {}, version: 1 }
}

/** The rules of visiting, the usual ones where nobody changed them; intervals in the order of the key groups. */
export function readVisitRules(db: Database): VisitRules {
  const { kept, version } = stored(db)
  return {
    ...unset,
    ...kept,
    intervals: rows<VisitRules['intervals'][number]>(
      db,
      `SELECT key_group AS keyGroup, days FROM visit_interval JOIN key_group ON name = key_group ORDER BY position`,
    ),
    version,
  }
}

function checkRules(db: Database, { intervals, patrolItems }: VisitRules): void {
  const groups = intervals.map(({ keyGroup }) => keyGroup)
  const known = new Set(listKeyGroups(db))
  if (groups.some((group) => !known.has(group))) invalid('intervals', 'unknown')
  if (new Set(groups).size < groups.length) invalid('intervals', 'duplicate')
  if (new Set(patrolItems).size < patrolItems.length) invalid('patrolItems', 'duplicate')
}

function writeIntervals(db: WritableDatabase, intervals: VisitRules['intervals']): void {
  write(db, 'DELETE FROM visit_interval')
  for (const { keyGroup, days } of intervals) {
    write(db, 'INSERT INTO visit_interval (key_group, days) VALUES (?, ?)', keyGroup, days)
  }
}

/**
 * Saves the rules; who is due and how far the month is follows at once, patrols that were walked keep their list. INVALID
 * `intervals` `unknown`, `duplicate`, `patrolItems` `duplicate`; CONFLICT `changed` when another screen saved first.
 */
export function changeVisitRules(context: Context, input: VisitRules): VisitRules {
  return act(
    context,
    { action: 'visit.change-rules', subject: 'visit-setup', also: () => ['visit', 'patrol', 'today'] },
    (db, note) => {
      const before = readVisitRules(db)
      if (before.version !== input.version) fail('CONFLICT', { because: 'changed', current: before })
      checkRules(db, input)
      const { version, intervals, ...kept } = input
      write(
        db,
        `INSERT INTO setting (key, value, version) VALUES (?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version`,
        key,
        JSON.stringify(kept),
        version + 1,
      )
      writeIntervals(db, intervals)
      const after = readVisitRules(db)
      note(before, after)
      return after
    },
  )
}
