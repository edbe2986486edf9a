import { consentPurposes, type Colour } from '../../contract/volunteer-fields.ts'
import type { VolunteerLine } from '../../contract/volunteer-people.ts'
import { readTogether, rows, value, type Database } from '../../database/open.ts'
import { invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { adultAge } from '../people/lines.ts'
import { align } from '../people/alignment.ts'
import { expressionsOf } from '../people/expressions.ts'
import { readQuery, type Query } from '../people/query.ts'
import { todayOf } from '../people/record.ts'
import { memberOn, volunteerLines, withPerson } from './lines.ts'
import { readVolunteerRules } from './rules.ts'

export type Wanted = {
  query: string
  state: 'present' | 'left' | 'all'
  teamId?: number | undefined
  colour?: Colour | undefined
  star?: number | undefined
  partyMember?: boolean | undefined
  lacks?: 'guardian-consent' | 'publish-consent' | 'national-number' | 'facts' | undefined
  after?: string | undefined
  limit: number
}

type Found = { rows: VolunteerLine[]; next: string | null; total: number }

/** Constant texts: what was asked for only chooses among them, and its values are parameters. */
const states = { present: ' AND v.left_day IS NULL', left: ' AND v.left_day IS NOT NULL', all: '' } as const

/** A consent in force on `@day`, given by the person or as one that was merged into it. */
const noConsent = (purpose: string) => `NOT EXISTS (
  WITH RECURSIVE same (id) AS (
    SELECT p.id UNION SELECT m.id FROM same JOIN person AS m INDEXED BY person_merged ON m.merged_into = same.id)
  SELECT 1 FROM same CROSS JOIN consent AS c ON c.person_id = same.id
  WHERE c.purpose = '${purpose}' AND c.given_day <= @day AND (c.withdrawn_day IS NULL OR c.withdrawn_day > @day))`

const lacking = {
  'guardian-consent': `p.birth > @bornBy AND ${noConsent(consentPurposes.guardian)}`,
  'publish-consent': noConsent(consentPurposes.publish),
  'national-number': "v.national_number = ''",
  // 令67号 Art 5, as the record names them.
  facts: `(p.sex NOT IN (1, 2) OR p.birth IS NULL OR p.id_number = '' OR p.household_id IS NULL OR v.skills = '[]'
    OR v.service_kinds = '[]' OR NOT EXISTS (SELECT 1 FROM person_phone WHERE person_id = p.id))`,
} as const

const minutesSql = `(SELECT coalesce(sum(minutes), 0) FROM service_record INDEXED BY service_record_hours
  WHERE counted = 1 AND volunteer_id = v.id)`

type Where = { text: string; parameters: Record<string, unknown> }

/** What narrows the rows, whatever the page. */
function whereOf(db: Database, wanted: Wanted, day: string): Where {
  const { state, teamId, colour, star, partyMember, lacks } = wanted
  const parts: string[] = [states[state]]
  const parameters: Record<string, unknown> = {}
  const add = (text: string, more: Record<string, unknown> = {}) => {
    parts.push(` AND ${text}`)
    Object.assign(parameters, more)
  }
  const inTeam = (text: string) =>
    `EXISTS (SELECT 1 FROM team_member AS m JOIN team AS t ON t.id = m.team_id
       WHERE m.volunteer_id = v.id AND ${text} AND ${memberOn})`
  if (teamId !== undefined) add(inTeam('m.team_id = @teamId'), { teamId, day })
  if (colour !== undefined) add(inTeam('t.colour = @colour'), { colour, day })
  if (partyMember !== undefined) add('v.party_member = @partyMember', { partyMember: partyMember ? 1 : 0 })
  if (star !== undefined) {
    const { starHours } = readVolunteerRules(db)
    const [least = 0, below = null] = [star === 0 ? 0 : starHours[star - 1], starHours[star]]
    add(`${minutesSql} >= @least`, { least: least * 60 })
    if (below !== null) add(`${minutesSql} < @below`, { below: below * 60 })
  }
  if (lacks !== undefined) add(lacking[lacks], lacks.endsWith('consent') ? { day } : {})
  // Who was born later has not come of age; a text, for 29 February of a year that has none sorts where it belongs.
  if (lacks === 'guardian-consent') parameters.bornBy = `${Number(day.slice(0, 4)) - adultAge}${day.slice(4)}`
  return { text: parts.join(''), parameters }
}

/** By number; the index of numbers is the order. */
function pageByNumber(db: Database, { text, parameters }: Where, { after, limit }: Wanted) {
  if (after !== undefined && !/^ZY-\d{4}-\d{6,12}$/.test(after)) invalid('after', 'key')
  const found = rows<{ id: number; number: string }>(
    db,
    `SELECT v.id, v.number FROM ${withPerson()}
     WHERE v.number > @after${text} ORDER BY v.number LIMIT @most`,
    { ...parameters, after: after ?? '', most: limit + 1 },
  )
  const shown = found.slice(0, limit)
  const total = value<number>(
    db,
    `SELECT count(*) FROM (SELECT 1 FROM ${withPerson()} WHERE 1${text} LIMIT 10000)`,
    ...(Object.keys(parameters).length > 0 ? [parameters] : []),
  )!
  return { ids: shown.map(({ id }) => id), next: found.length > limit ? shown.at(-1)!.number : null, total }
}

type Candidate = { id: number; number: string; name: string }
type Ranked = Candidate & { rank: number }

/** `zy-2026-12`, `ZY2026000012`, `2026-12`: one number. */
const wholeNumber = /^(?:ZY-?)?(\d{4})-(\d{1,6})$|^ZY(\d{4})(\d{6})$/

/** What was typed as a number, in the spelling of numbers: a whole one, or the end of one; null for anything else. */
function numberTyped(query: string): { whole: string } | { tail: string } | null {
  const typed = query
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/\p{Pd}/gu, '-')
    .toUpperCase()
  const match = wholeNumber.exec(typed)
  if (match) return { whole: `ZY-${match[1] ?? match[3]}-${(match[2] ?? match[4]!).padStart(6, '0')}` }
  return /^\d{1,6}$/.test(typed) ? { tail: typed } : null
}

// Ends are compared in the index of numbers alone: ten thousand take less than 2 ms.
const byTail = (where: string) => `
  SELECT v.id, v.number, p.name FROM ${withPerson()}
  WHERE substr(v.number, -@length) = @tail${where}`
const byWhole = (where: string) =>
  `SELECT v.id, v.number, p.name FROM ${withPerson()} WHERE v.number = @whole${where}`

/** The very number first, then those that only end so, by number. */
function withNumber(db: Database, typed: { whole: string } | { tail: string }, where: Where): Ranked[] {
  if ('whole' in typed) {
    return rows<Candidate>(db, byWhole(where.text), { ...where.parameters, ...typed }).map((one) => ({
      ...one,
      rank: 0,
    }))
  }
  const { tail } = typed
  const found = rows<Candidate>(db, byTail(where.text), { ...where.parameters, tail, length: tail.length })
  return found.map((one) => ({ ...one, rank: Number(one.number.slice(-6)) === Number(tail) ? 0 : 1 }))
}

/** Those whose person the search index names: found through the person's number, and through merges where there were any. */
const named = (table: 'person_search' | 'person_search_gone', where: string) => `
  SELECT v.id, v.number, p.name FROM ${table} AS s
  CROSS JOIN ${withPerson('ON v.person_id = s.rowid')}
  WHERE ${table} MATCH @match${where}`

const movedOn = (where: string) => `
  SELECT v.id, v.number, p.name FROM person AS gone INDEXED BY person_merged
  CROSS JOIN ${withPerson('ON v.person_id = gone.id')}
  WHERE gone.merged_into IS NOT NULL${where}`

/** Exact name, then a name that begins so, then one that holds it. */
function withName(db: Database, query: Query, where: Where): Ranked[] {
  const asked = expressionsOf({ ...query, tails: [] })
  if (!asked || query.name.length === 0) return []
  const { any, loose } = asked
  const match = loose === null ? any : `(${any}) OR (${loose})`
  const found = [
    ...rows<Candidate>(db, named('person_search', where.text), { ...where.parameters, match }),
    ...rows<Candidate>(db, named('person_search_gone', where.text), { ...where.parameters, match }),
    ...rows<Candidate>(
      db,
      movedOn(where.text),
      ...(Object.keys(where.parameters).length > 0 ? [where.parameters] : []),
    ),
  ]
  // The index keeps words, not their order: whether the name is meant is seen in the name.
  return found.flatMap((one) => {
    const met = align(query.name, one.name)
    return met ? [{ ...one, rank: met.exact ? 0 : met.begins ? 1 : 2 }] : []
  })
}

const keyOf = ({ rank, number }: Ranked) => `${rank} ${number}`

function pageByQuery(db: Database, where: Where, { query, after, limit }: Wanted) {
  if (after !== undefined && !/^[0-2] ZY-\d{4}-\d{6,12}$/.test(after)) invalid('after', 'key')
  const number = numberTyped(query)
  const found = (number ? withNumber(db, number, where) : withName(db, readQuery(query), where)).toSorted(
    (one, other) => one.rank - other.rank || (one.number < other.number ? -1 : 1),
  )
  const rest = after === undefined ? found : found.filter((one) => keyOf(one) > after)
  const shown = rest.slice(0, limit)
  return {
    ids: shown.map(({ id }) => id),
    next: rest.length > limit ? keyOf(shown.at(-1)!) : null,
    total: found.length,
  }
}

/**
 * A page of volunteers by number; with a `query` by name, pinyin, initials or number, best first, and whatever else was typed
 * finds nobody. INVALID `after` `key`.
 */
export function listVolunteers(context: Context, wanted: Wanted): Found {
  const { db } = context.desk
  const today = todayOf(context)
  return readTogether(db, () => {
    const where = whereOf(db, wanted, today)
    const { ids, next, total } =
      wanted.query.trim() === '' ? pageByNumber(db, where, wanted) : pageByQuery(db, where, wanted)
    return { rows: volunteerLines(db, ids, today), next, total }
  })
}
