import type { VolunteerRules } from '../../contract/volunteer-rules.ts'
import { row, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

type Kept = Omit<VolunteerRules, 'version'>

const key = 'volunteers'

const unset: Kept = {
  // MZ/T 061-2015: one to five stars.
  starHours: [100, 300, 600, 1000, 1500],
  pointsExpire: 'never',
  flaggedDayHours: 8,
  // 令67号 Art 11.
  confirmDays: 10,
  activeHours: 5,
  // 民发〔2015〕149号: at least seven days.
  objectionDays: 7,
}

/** The rules by which hours and points are counted, the usual ones where nobody changed them. */
export function readVolunteerRules(db: Database): VolunteerRules {
  const found = row<{ value: string; version: number }>(
    db,
    'SELECT value, version FROM setting WHERE key = ?',
    key,
  )
  const kept = { ...unset, ...(found && (JSON.parse(found.value) as Partial<Kept>)) }
  // More days could be kept before the contract knew the limit of Art 11.
  return { ...kept, confirmDays: Math.min(kept.confirmDays, unset.confirmDays), version: found?.version ?? 1 }
}

/** Saves the rules: stars follow at once, deadlines and flags stay as they are. CONFLICT `changed` with what stands. */
export function changeVolunteerRules(context: Context, input: VolunteerRules): VolunteerRules {
  return act(
    context,
    { action: 'volunteer.change-rules', subject: 'volunteer-setup', also: () => ['volunteer', 'today'] },
    (db, note) => {
      const before = readVolunteerRules(db)
      if (before.version !== input.version) fail('CONFLICT', { because: 'changed', current: before })
      const { version, ...kept } = input
      write(
        db,
        `INSERT INTO setting (key, value, version) VALUES (?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version`,
        key,
        JSON.stringify(kept),
        version + 1,
      )
      const after = readVolunteerRules(db)
      note(before, after)
      return after
    },
  )
}

/** Stars for confirmed minutes: 0 to 5. */
export const starOf = (minutes: number, { starHours }: Pick<VolunteerRules, 'starHours'>): number =>
  starHours.filter((hours) => minutes >= hours * 60).length
