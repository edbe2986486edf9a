import type { Community } from '../../contract/settings.ts'
import { row, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

const key = 'community'

const unset: Omit<Community, 'version'> = {
  name: '',
  phone: '',
  address: '',
  hours: '',
  lockMinutes: 10,
  textSize: 'standard',
}

/** The community as it signs its papers; empty texts before the set-up. */
export function readCommunity(db: Database): Community {
  const found = row<{ value: string; version: number }>(
    db,
    'SELECT value, version FROM setting WHERE key = ?',
    key,
  )
  if (!found) return { ...unset, version: 1 }
  return { ...unset, ...(JSON.parse(found.value) as Partial<Community>), version: found.version }
}

/** Writes over the present settings; part of the caller's act. Returns them as they stand now. */
export function writeCommunity(db: WritableDatabase, change: Partial<Omit<Community, 'version'>>): Community {
  const { version, ...current } = readCommunity(db)
  const next = { ...current, ...change }
  write(
    db,
    `INSERT INTO setting (key, value, version) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version`,
    key,
    JSON.stringify(next),
    version + 1,
  )
  return { ...next, version: version + 1 }
}

/** Saves the community's settings. CONFLICT `changed` when another screen saved first. */
export function changeCommunity(context: Context, input: Community): Community {
  return act(context, { action: 'settings.change-community', subject: 'settings' }, (db, note) => {
    const before = readCommunity(db)
    const { version, ...next } = input
    if (before.version !== version) fail('CONFLICT', { because: 'changed', current: before })
    const after = writeCommunity(db, next)
    note(before, after)
    return after
  })
}
