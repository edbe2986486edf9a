import type { ActivityLine, activityStates } from '../../contract/volunteer-activities.ts'
import type { activityKinds, Colour } from '../../contract/volunteer-fields.ts'
import { readTogether, rows } from '../../database/open.ts'
import { invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { align } from '../people/alignment.ts'
import { readQuery } from '../people/query.ts'
import { todayOf } from '../people/record.ts'
import { activityLines } from './activity-lines.ts'

export type Wanted = {
  query: string
  from?: string | undefined
  to?: string | undefined
  state: (typeof activityStates)[number] | 'all'
  colour?: Colour | null | undefined
  teamId?: number | undefined
  kind?: (typeof activityKinds)[number] | undefined
  own?: boolean | undefined
  seriesId?: number | undefined
  waits?: 'roll-call' | 'confirmation' | 'overdue' | 'national' | undefined
  after?: string | undefined
  limit: number
}

/** Records wait for a second person. */
export const waitsForSecond = `a.id IN (SELECT activity_id FROM service_record INDEXED BY service_record_waiting
  WHERE confirmed_at IS NULL AND reversed = 0 AND reverses IS NULL)`

/** Its day has come, and no sheet was entered. */
export const waitsForSheet = "a.state = 'planned' AND a.day <= @today"

const waiting = {
  'roll-call': waitsForSheet,
  confirmation: waitsForSecond,
  overdue: `a.confirm_by < @today AND (a.state = 'planned' OR a.state = 'held' AND ${waitsForSecond})`,
  // All is confirmed, and it was never entered there, or something came after it was. A party duty is none of theirs.
  national: `a.state = 'held' AND a.own = 1 AND a.kind <> 'party-duty' AND NOT ${waitsForSecond} AND EXISTS (
    SELECT 1 FROM service_record AS r WHERE r.activity_id = a.id AND (
      a.national_day IS NULL AND r.confirmed_at IS NOT NULL AND r.reversed = 0 AND r.reverses IS NULL
      OR r.entered_at > a.national_day || 'T15:59:59.999Z'))`,
} as const

/** Constant texts with their parameters: what was asked for only chooses among them. */
function whereOf(wanted: Wanted, today: string): { text: string; parameters: Record<string, unknown> } {
  const { from, to, state, colour, teamId, kind, own, seriesId, waits } = wanted
  const parts: string[] = []
  const parameters: Record<string, unknown> = {}
  const add = (text: string, more: Record<string, unknown> = {}) => {
    parts.push(` AND ${text}`)
    Object.assign(parameters, more)
  }
  if (from !== undefined) add('a.day >= @from', { from })
  if (to !== undefined) add('a.day <= @to', { to })
  if (state !== 'all') add('a.state = @state', { state })
  if (colour === null) add('a.colour IS NULL')
  else if (colour !== undefined) add('a.colour = @colour', { colour })
  if (teamId !== undefined) add('a.team_id = @teamId', { teamId })
  if (kind !== undefined) add('a.kind = @kind', { kind })
  if (own !== undefined) add('a.own = @own', { own: own ? 1 : 0 })
  if (seriesId !== undefined) add('a.series_id = @seriesId', { seriesId })
  if (waits !== undefined) {
    add(waiting[waits], waits === 'roll-call' || waits === 'overdue' ? { today } : {})
  }
  return { text: parts.join(''), parameters }
}

/**
 * Whether an activity is meant by what was typed: its number or a part of its name, in characters, pinyin or initials. Most
 * activities of a year share a few names, and each is looked at once.
 */
function meaning(query: string): (number: string, name: string) => boolean {
  const typed = query.trim().normalize('NFKC').toUpperCase()
  const { name: wanted } = readQuery(query)
  const known = new Map<string, boolean>()
  return (number, name) => {
    if (number.includes(typed)) return true
    let meant = known.get(name)
    if (meant === undefined) {
      meant =
        name.normalize('NFKC').toUpperCase().includes(typed) ||
        (wanted.length > 0 && align(wanted, name) !== null)
      known.set(name, meant)
    }
    return meant
  }
}

type Key = { day: string; id: number }

function readKey(after: string | undefined): Key | null {
  if (after === undefined) return null
  const match = /^(\d{4}-\d\d-\d\d) (\d{1,15})$/.exec(after)
  return match ? { day: match[1]!, id: Number(match[2]) } : invalid('after', 'key')
}

/** Newest day first, of planned ones the next first; a page of ids, one more than is shown. */
function pageOfIds({ desk }: Context, wanted: Wanted, today: string): Key[] {
  const key = readKey(wanted.after)
  const rising = wanted.state === 'planned'
  const { text, parameters } = whereOf(wanted, today)
  const beyond = key ? ` AND (a.day, a.id) ${rising ? '>' : '<'} (@keyDay, @keyId)` : ''
  const order = rising ? 'a.day, a.id' : 'a.day DESC, a.id DESC'
  const asked = wanted.query.trim() === '' ? null : meaning(wanted.query)
  const found = rows<Key & { number: string; name: string }>(
    desk.db,
    `SELECT a.id, a.day, a.number, a.name FROM activity AS a WHERE 1${text}${beyond} ORDER BY ${order} LIMIT @most`,
    {
      ...parameters,
      ...(key && { keyDay: key.day, keyId: key.id }),
      most: asked ? -1 : wanted.limit + 1,
    },
  )
  return asked ? found.filter(({ number, name }) => asked(number, name)).slice(0, wanted.limit + 1) : found
}

/** A page of activities. INVALID `to` `before-from`, `after` `key`. */
export function listActivities(
  context: Context,
  wanted: Wanted,
): { rows: ActivityLine[]; next: string | null } {
  const { from, to, limit } = wanted
  if (from !== undefined && to !== undefined && to < from) invalid('to', 'before-from')
  const { db } = context.desk
  const today = todayOf(context)
  return readTogether(db, () => {
    const found = pageOfIds(context, wanted, today)
    const shown = found.slice(0, limit)
    const last = found.length > limit ? shown.at(-1)! : null
    return {
      rows: activityLines(
        db,
        shown.map(({ id }) => id),
        today,
      ),
      next: last && `${last.day} ${last.id}`,
    }
  })
}
