import { join } from 'node:path'
import { openDatabase, rows, type Database } from '../../electron/database/open.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import { dayBounds } from '../../electron/counters/enquiries/limits.ts'
import { endDay } from '../../seeds/dataset/plan.ts'
import type { Client } from '../hosts/desk-process.ts'
import { oneYear, tenYears } from './accept.ts'
import { bareList, bareManager, bareOpen } from './bare-enquiries.ts'
import { copyOf, datasetOf } from './datasets.ts'
import { kill, signInManager, startHost } from './host.ts'
import { listQuestions, type ListQuestion } from './list-questions.ts'
import { growthOf, interleaveAsync, percentile, rowOf, timed, timedAsync, type Row } from './measure.ts'

/** 300,000 enquiries and a million and a half events. */
const stress = () => datasetOf('stress', { years: 10, stress: true })

const openFile = (folder: string) => openDatabase(join(folder, 'desk.sqlite3'), { readonly: true })

/** The present as the host has it, for the statements beside it. */
function present() {
  const at = new Date()
  const [morning, tonight] = dayBounds(localDay(at))
  return { at: at.toISOString(), morning, tonight }
}

/** Cases accepted since a day: dispatched ones with all that belongs to them, and plain ones, in turn. */
function casesOf(db: Database, since: string, count: number): number[] {
  const some = (which: 'IN' | 'NOT IN') =>
    rows<{ id: number }>(
      db,
      `SELECT id FROM enquiry WHERE accepted_day >= ? AND id ${which} (SELECT enquiry_id FROM assignment)
       ORDER BY (id * 7919) % 10007, id LIMIT ?`,
      since,
      count / 2,
    ).map(({ id }) => id)
  const plain = some('NOT IN')
  return some('IN').flatMap((id, nth) => [id, plain[nth]!])
}

const lastQuarter = { from: addDays(endDay, -90), to: endDay }
const lastYear = { from: addDays(endDay, -365), to: endDay }
const managerRounds = 120
const openRounds = 800

/** The slowest kinds of page, on stderr: which question a bad percentile comes from. */
function tellWorst(questions: ListQuestion[], samples: number[]): void {
  const byKind = new Map<string, number[]>()
  samples.forEach((sample, round) => {
    const { kind } = questions[round % questions.length]!
    byKind.set(kind, [...(byKind.get(kind) ?? []), sample])
  })
  const worst = [...byKind].map(([kind, list]) => ({
    kind,
    p50: percentile(list, 0.5),
    p95: percentile(list, 0.95),
  }))
  worst.sort((one, other) => other.p95 - one.p95)
  for (const { kind, p50, p95 } of worst.slice(0, 8)) {
    process.stderr.write(`enquiry.list ${kind}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms\n`)
  }
}

/** `enquiry.open enquiry.list enquiry.manager`: from the renderer's client to the answer, beside bare statements. */
async function benchStress(wanted: (name: string) => boolean): Promise<Row[]> {
  const names = ['enquiry.open', 'enquiry.list', 'enquiry.manager']
  if (!names.some(wanted)) return []
  const folder = copyOf(stress())
  const host = await startHost(folder)
  const db = openFile(folder)
  try {
    const { client } = await signInManager(host)
    const now = present()
    const made: Row[] = []
    if (wanted('enquiry.open')) {
      const ids = casesOf(db, '2000-01-01', openRounds)
      const bare = bareOpen(db)
      const ask = (round: number) => ids[round % ids.length]!
      const samples = await interleaveAsync(
        {
          app: (round) => timedAsync(() => client.enquiries.get({ id: ask(round) })),
          bare: async (round) => timed(() => bare(ask(round))),
        },
        openRounds,
      )
      made.push(rowOf('enquiry.open', 'ms', samples.app, samples.bare))
    }
    if (wanted('enquiry.list')) {
      const questions = listQuestions(db, now)
      const bare = bareList(db, now)
      const ask = (round: number) => questions[round % questions.length]!
      const samples = await interleaveAsync(
        {
          app: (round) => timedAsync(() => client.enquiries.list(ask(round).input)),
          bare: async (round) => timed(() => bare(ask(round))),
        },
        questions.length * 8,
        questions.length,
      )
      tellWorst(questions, samples.app)
      made.push(rowOf('enquiry.list', 'ms', samples.app, samples.bare))
    }
    if (wanted('enquiry.manager')) {
      const bare = bareManager(db, now, lastYear)
      const samples = await interleaveAsync(
        {
          app: () => timedAsync(() => client.enquiries.supervision(lastYear)),
          bare: async () => timed(bare),
        },
        managerRounds,
      )
      made.push(rowOf('enquiry.manager', 'ms', samples.app, samples.bare))
    }
    return made
  } finally {
    db.close()
    await kill(host)
  }
}

type Asking = (client: Client, round: number) => Promise<unknown>

/** Questions whose answers do not grow with the years, and that both files answer at the same length. */
async function sharedLists(one: Client, ten: Client, db: Database): Promise<ListQuestion[]> {
  const shared: ListQuestion[] = []
  for (const question of listQuestions(db, present()).filter(({ ageless }) => ageless)) {
    const [ofOne, ofTen] = [
      await one.enquiries.list(question.input),
      await ten.enquiries.list(question.input),
    ]
    if (ofOne.rows.length === ofTen.rows.length) shared.push(question)
  }
  return shared
}

/** `growth.enquiry.open growth.enquiry.list growth.enquiry.manager`: the same of the last ninety days, one year against ten. */
async function benchGrowth(wanted: (name: string) => boolean): Promise<Row[]> {
  const names = ['open', 'list', 'manager'].map((what) => `growth.enquiry.${what}`)
  if (!names.some(wanted)) return []
  const folders = [copyOf(oneYear()), copyOf(tenYears())] as const
  const [ofOne, ofTen] = [openFile(folders[0]), openFile(folders[1])]
  const hosts = [await startHost(folders[0]), await startHost(folders[1])] as const
  try {
    const { client: one } = await signInManager(hosts[0])
    const { client: ten } = await signInManager(hosts[1])
    const compare = async (name: string, rounds: number, asked: { one: Asking; ten: Asking }) => {
      const samples = await interleaveAsync(
        {
          one: (round) => timedAsync(() => asked.one(one, round)),
          ten: (round) => timedAsync(() => asked.ten(ten, round)),
        },
        rounds,
        Math.min(100, rounds),
      )
      return growthOf(name, samples.one, samples.ten)
    }
    const made: Row[] = []
    if (wanted('growth.enquiry.open')) {
      const cases = [ofOne, ofTen].map((db) => casesOf(db, lastQuarter.from, openRounds))
      const open =
        (ids: number[]): Asking =>
        (client, round) =>
          client.enquiries.get({ id: ids[round % ids.length]! })
      made.push(await compare('enquiry.open', openRounds, { one: open(cases[0]!), ten: open(cases[1]!) }))
    }
    if (wanted('growth.enquiry.list')) {
      const questions = await sharedLists(one, ten, ofOne)
      const list: Asking = (client, round) =>
        client.enquiries.list(questions[round % questions.length]!.input)
      made.push(await compare('enquiry.list', questions.length * 20, { one: list, ten: list }))
    }
    if (wanted('growth.enquiry.manager')) {
      const supervise: Asking = (client) => client.enquiries.supervision(lastQuarter)
      made.push(await compare('enquiry.manager', 3 * managerRounds, { one: supervise, ten: supervise }))
    }
    return made
  } finally {
    ofOne.close()
    ofTen.close()
    await Promise.all(hosts.map(kill))
  }
}

/** Opening a case, every kind of list page and the manager's page, and how they grow with the years. */
export async function benchEnquiries(wanted: (name: string) => boolean): Promise<Row[]> {
  return [...(await benchStress(wanted)), ...(await benchGrowth(wanted))]
}
