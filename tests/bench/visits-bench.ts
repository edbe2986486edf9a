import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { openDatabase, row, rows, type Database } from '../../electron/database/open.ts'
import { localDay } from '../../electron/workbench/calendar.ts'
import { endDay } from '../../seeds/dataset/plan.ts'
import type { Client } from '../hosts/desk-process.ts'
import { bareCoverage, bareHousehold, barePlan } from './bare-visits.ts'
import { copyOf, datasetOf } from './datasets.ts'
import { kill, signInManager, startHost } from './host.ts'
import { interleaveAsync, rowOf, timed, timedAsync, type Row } from './measure.ts'

/** 8,000 households, 100,000 visits and 300,000 photos. */
const stress = () => datasetOf('stress', { years: 10, stress: true })

const planRounds = 150
const coverageRounds = 120
const householdRounds = 800

/** The last month of the dataset; the host counts up to its own day. */
const month = endDay.slice(0, 7)

/** How much there is, on stderr, so that the rows say what they were measured on. */
function tellSize(db: Database): void {
  const size = row<{ households: number; visits: number; photos: number }>(
    db,
    `SELECT (SELECT count(*) FROM household) AS households, (SELECT count(*) FROM visit) AS visits,
       (SELECT count(*) FROM visit_photo) AS photos`,
  )!
  process.stderr.write(`${size.households} households, ${size.visits} visits, ${size.photos} photos\n`)
}

/** Households with many visits and with few, in turn. */
function householdsOf(db: Database): number[] {
  const some = (order: string) =>
    rows<{ id: number }>(
      db,
      `SELECT household_id AS id FROM visit GROUP BY household_id ORDER BY count(*) ${order}, household_id LIMIT ?`,
      householdRounds / 2,
    ).map(({ id }) => id)
  const few = some('ASC')
  return some('DESC').flatMap((id, nth) => [id, few[nth] ?? id])
}

/** Suggests doors of the whole community and makes a round of them, as the screen does. */
async function plan(client: Client, visitorId: number): Promise<void> {
  const { doors } = await client.visits.suggest({ gridId: null, limit: 25 })
  await client.visits.planRound({
    ticket: randomUUID(),
    day: localDay(new Date()),
    gridId: null,
    visitorIds: [visitorId],
    householdIds: doors.map(({ householdId }) => householdId),
  })
}

/** `visit.plan visit.coverage visit.household`: from the renderer's client to the answer, beside bare statements. */
export async function benchVisits(wanted: (name: string) => boolean): Promise<Row[]> {
  if (!['visit.plan', 'visit.coverage', 'visit.household'].some(wanted)) return []
  const folder = copyOf(stress())
  const host = await startHost(folder)
  const db = openDatabase(join(folder, 'desk.sqlite3'), { readonly: true })
  try {
    tellSize(db)
    const { client } = await signInManager(host)
    const today = localDay(new Date())
    const made: Row[] = []
    if (wanted('visit.plan')) {
      const visitorId = (await client.visits.visitors({})).find(({ active }) => active)!.id
      const bare = barePlan(db, today)
      const samples = await interleaveAsync(
        { app: () => timedAsync(() => plan(client, visitorId)), bare: async () => timed(bare) },
        planRounds,
      )
      made.push(rowOf('visit.plan', 'ms', samples.app, samples.bare))
    }
    if (wanted('visit.coverage')) {
      const bare = bareCoverage(db, today)
      const samples = await interleaveAsync(
        {
          app: () => timedAsync(() => client.visits.coverage({ month })),
          bare: async () => timed(bare),
        },
        coverageRounds,
      )
      made.push(rowOf('visit.coverage', 'ms', samples.app, samples.bare))
    }
    if (wanted('visit.household')) {
      const ids = householdsOf(db)
      const bare = bareHousehold(db, today)
      const ask = (round: number) => ids[round % ids.length]!
      const samples = await interleaveAsync(
        {
          app: (round) => timedAsync(() => client.visits.household({ id: ask(round) })),
          bare: async (round) => timed(() => bare(ask(round))),
        },
        householdRounds,
      )
      made.push(rowOf('visit.household', 'ms', samples.app, samples.bare))
    }
    return made
  } finally {
    db.close()
    await kill(host)
  }
}
