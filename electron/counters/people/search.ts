import type { PersonHit } from '../../contract/overview.ts'
import type { PersonLine } from '../../contract/people.ts'
import { rows, type Database } from '../../database/open.ts'
import { maskIdNumber, maskPhone } from '../../workbench/masking.ts'
import { align } from './alignment.ts'
import { expressionsOf, type Expressions } from './expressions.ts'
import { personLines } from './lines.ts'
import type { Query } from './query.ts'

/** Up to eight of a kind stand in the box (contract: overview.search). */
export const mostHits = 8

// No ORDER BY rank: bm25 over a broad prefix reads every match (6 ms for `zh` at 100,000 people), while the first
// few of a narrower question come in 0.02 ms, among the moved and dead or those with open business in 0.01 ms.
const among = {
  here: 'SELECT rowid AS id FROM person_search WHERE person_search MATCH ? LIMIT ?',
  gone: 'SELECT rowid AS id FROM person_search_gone WHERE person_search_gone MATCH ? LIMIT ?',
  open: 'SELECT rowid AS id FROM person_search_open WHERE person_search_open MATCH ? LIMIT ?',
} as const

type Tier = () => number[]

/** The first that match, one more than can be shown, so that it shows when there are more. */
function ask(db: Database, table: keyof typeof among, expression: string | null): number[] {
  if (expression === null) return []
  return rows<{ id: number }>(db, among[table], expression, mostHits + 1).map(({ id }) => id)
}

/** Eight ids: those `found` already, then from the first tier that has them on. */
function collect(tiers: Tier[], found: number[] = []): number[] {
  const chosen = new Set(found)
  for (const tier of tiers) {
    for (const id of tier()) {
      chosen.add(id)
      if (chosen.size === mostHits) return [...chosen]
    }
  }
  return [...chosen]
}

/**
 * Eight candidates. The order of asking is the order of answers: exact name, within it open business; then open
 * business; then names that begin so; within each of them who lives here before who left.
 */
function findIds(db: Database, { exact, prefix, any, loose, broad, spelled }: Expressions): number[] {
  const open = (expression: string | null) => () => ask(db, 'open', expression)
  const here = (expression: string | null) => () => ask(db, 'here', expression)
  const gone = (expression: string | null) => () => ask(db, 'gone', expression)

  // A whole spelling is the quickest question and often has more bearers than can be shown: no need of another.
  const bearers = spelled ? here(exact)() : null
  const sure: Tier[] = [open(exact), () => bearers ?? here(exact)()]
  if (bearers && bearers.length >= mostHits) return collect(sure)
  if (!broad) {
    // A narrow question has few answers in all: one look finds them, and they are put in order afterwards.
    const few = here(any)()
    if (few.length <= mostHits) few.push(...gone(any)())
    if (few.length < mostHits && loose !== null) return collect([open(loose), here(loose), gone(loose)], few)
    if (few.length <= mostHits) return few
  }
  return collect([
    ...sure,
    gone(exact),
    open(prefix),
    open(any),
    here(prefix),
    here(any),
    gone(prefix),
    gone(any),
  ])
}

type Facts = { phones: string[]; idNumber: string }

function factsOf(db: Database, ids: number[]): Map<number, Facts> {
  const found = rows<{ id: number; idNumber: string; phones: string }>(
    db,
    `SELECT person.id, id_number AS idNumber,
       (SELECT json_group_array(number) FROM person_phone WHERE person_id = person.id) AS phones
     FROM json_each(?) AS wanted CROSS JOIN person ON person.id = wanted.value`,
    JSON.stringify(ids),
  )
  return new Map(
    found.map(({ id, idNumber, phones }) => [id, { idNumber, phones: JSON.parse(phones) as string[] }]),
  )
}

/** The masked fact that ends as typed, with that end marked. Masks keep the ends of what they hide. */
function matchedFact(
  facts: Facts,
  tails: string[],
): { matched: 'phone' | 'idNumber'; fact: PersonHit['fact']; whole: boolean } | null {
  for (const tail of tails) {
    const phone = facts.phones.find((number) => number.replace(/\D/g, '').endsWith(tail))
    const isId = phone === undefined && facts.idNumber.toLowerCase().endsWith(tail)
    if (phone === undefined && !isId) continue
    const text = phone === undefined ? maskIdNumber(facts.idNumber) : maskPhone(phone)
    const fact = {
      text,
      marks: [[Math.max(0, text.length - tail.length), text.length]] as [number, number][],
    }
    const whole = (phone?.replace(/\D/g, '') ?? facts.idNumber).length === tail.length
    return { matched: isId ? 'idNumber' : 'phone', fact, whole }
  }
  return null
}

type Ranked = { hit: PersonHit; rank: number[] }

function asHit(person: PersonLine, query: Query, facts: Facts | undefined): Ranked | null {
  const named = query.name.length > 0 ? align(query.name, person.name) : null
  const fact = facts ? matchedFact(facts, query.tails) : null
  // The index keeps words, not their order: 章伟张 holds all of 张wei, and is not meant.
  if (query.name.length > 0 ? !named : !fact) return null
  const hit: PersonHit = {
    person,
    matched: named?.how ?? fact!.matched,
    nameMarks: named?.marks ?? [],
    fact: fact?.fact ?? null,
  }
  const { exact, begins } = named ?? { exact: fact!.whole, begins: false }
  return { hit, rank: [exact, person.openEnquiries > 0, begins, person.departure === null].map(Number) }
}

/** The order of answers: exact name, open business, beginning of the name, lives here; then as they came. */
function better(one: Ranked, other: Ranked): number {
  const differing = one.rank.findIndex((value, index) => value !== other.rank[index])
  return differing === -1 ? 0 : other.rank[differing]! - one.rank[differing]!
}

/** People for the one search, best first, eight at the most. Never throws, whatever was typed. */
export function findPeople(db: Database, query: Query, today: string): PersonHit[] {
  const expressions = expressionsOf(query)
  if (!expressions) return []
  const ids = findIds(db, expressions)
  if (ids.length === 0) return []
  const facts = query.tails.length > 0 ? factsOf(db, ids) : null
  return personLines(db, ids, today)
    .map((person) => asHit(person, query, facts?.get(person.id)))
    .filter((ranked) => ranked !== null)
    .sort(better)
    .map(({ hit }) => hit)
}

/** Those at these doors as hits, who live there before who left, open business first. */
export function residents(
  db: Database,
  householdIds: number[],
  except: Set<number>,
  today: string,
): PersonHit[] {
  const ids = rows<{ id: number }>(
    db,
    `SELECT person.id FROM json_each(?) AS wanted CROSS JOIN person ON person.household_id = wanted.value
     WHERE merged_into IS NULL
     ORDER BY departure IS NOT NULL, wanted.key, relation <> '户主', person.id LIMIT ?`,
    JSON.stringify(householdIds),
    mostHits + except.size,
  ).map((person) => person.id)
  const lines = personLines(db, ids.filter((id) => !except.has(id)).slice(0, mostHits), today)
  return lines
    .sort((one, other) => Number(other.openEnquiries > 0) - Number(one.openEnquiries > 0))
    .map((person) => ({ person, matched: 'door', nameMarks: [], fact: null }))
}
