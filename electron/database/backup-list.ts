import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { placesOf } from './place.ts'

export type BackupKind = 'close' | 'demand' | 'migration'

/** A verified backup, as contract/settings.ts shows it. */
export type Backup = { name: string; at: string; bytes: number; kind: BackupKind }

const pattern = /^desk-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(close|demand|migration)\.sqlite3$/

/** `desk-20261123T094100123Z-demand.sqlite3`: says when and why, sorts by time. */
export function backupName(at: Date, kind: BackupKind): string {
  return `desk-${at.toISOString().replace(/[-:.]/g, '')}-${kind}.sqlite3`
}

/** When and why, read off a name; null when no backup of ours is called so. */
export function readBackupName(name: string): { at: string; kind: BackupKind } | null {
  const found = pattern.exec(name)
  if (!found) return null
  const [, year, month, day, hour, minute, second, thousandth, kind] = found
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${thousandth}Z`)
  return Number.isNaN(at.getTime()) ? null : { at: at.toISOString(), kind: kind as BackupKind }
}

/** The backups of a folder, newest first. A file only bears such a name when it was checked and is whole. */
export function listBackups(folder: string): Backup[] {
  const { backups } = placesOf(folder)
  let names: string[]
  try {
    names = readdirSync(backups)
  } catch {
    return []
  }
  return names
    .flatMap((name) => {
      const known = readBackupName(name)
      const stat = known && statSync(join(backups, name), { throwIfNoEntry: false })
      return stat?.isFile() ? [{ name, ...known!, bytes: stat.size }] : []
    })
    .sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : one.name < other.name ? 1 : -1))
}

const hour = 60 * 60 * 1000
const day = 24 * hour
/** After the last day: one for each of so many spans of time, counted back from now. */
const tiers = [
  { span: day, count: 7 },
  { span: 7 * day, count: 4 },
  { span: 30 * day, count: 12 },
]
const recent = 10

/**
 * Which backups stay: the ten newest of the last day, then one a day for a week, one a week for four weeks, one a
 * month for a year, and the newest always. In each span the oldest stays, for it is the one that grows into the next,
 * wider span: otherwise a desk that is closed every evening would never own a backup older than a week.
 * Spans are counted from the epoch, not from now, so that a span's chosen one stays the same from day to day.
 */
export function keptBackups(list: readonly { name: string; at: string }[], now: Date): Set<string> {
  const newestFirst = [...list].sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
  const kept = new Set(newestFirst.slice(0, 1).map((backup) => backup.name))
  // A clock that was set back makes backups of tomorrow; they are as good as new.
  const age = (backup: { at: string }) => Math.max(0, now.getTime() - Date.parse(backup.at))
  for (const backup of newestFirst.filter((backup) => age(backup) < day).slice(0, recent))
    kept.add(backup.name)
  for (const { span, count } of tiers) {
    const oldest = new Map<number, string>()
    for (const backup of newestFirst) {
      if (age(backup) < count * span) oldest.set(Math.floor(Date.parse(backup.at) / span), backup.name)
    }
    for (const name of oldest.values()) kept.add(name)
  }
  return kept
}
