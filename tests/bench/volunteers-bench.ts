import { randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, type Database } from '../../electron/database/open.ts'
import type { Client } from '../hosts/desk-process.ts'
import { openBareBalance, openBareRanking, openBareRollCall } from './bare-volunteers.ts'
import { kill, signInClerk, startHost } from './host.ts'
import { interleaveAsync, rowOf, timed, timedAsync, type Row } from './measure.ts'
import { volunteerFile, type VolunteerFile } from './volunteers.ts'

const sheetRounds = 60
const sheetWarmUp = 5
const balanceRounds = 500
const rankingRounds = 100

type Sheet = VolunteerFile['sheets'][number]

/** The sheet as the screen sends it: all stayed to the end, with a word for those whose day was long. */
const send = (client: Client, { activityId, volunteerIds }: Sheet) =>
  client.volunteers.saveRollCall({
    ticket: randomUUID(),
    activityId,
    lines: volunteerIds.map((volunteerId) => ({
      volunteerId,
      arrived: '08:30',
      left: '11:00',
      minutes: null,
      reason: '如实登记',
    })),
  })

/** `volunteer.roll-call`: three hundred people, from the renderer's client to the answer; bare on a copy of the same file. */
async function rollCalls(client: Client, beside: Database, sheets: readonly Sheet[]): Promise<Row> {
  const bare = openBareRollCall(beside)
  const [waiting, besides] = [[...sheets], [...sheets]]
  const samples = await interleaveAsync(
    {
      app: () => timedAsync(() => send(client, waiting.pop()!)),
      bare: async () => bare(besides.pop()!),
    },
    sheetRounds,
    sheetWarmUp,
  )
  return rowOf('volunteer.roll-call', 'ms', samples.app, samples.bare)
}

async function balances(client: Client, beside: Database, volunteerIds: readonly number[]): Promise<Row> {
  const bare = openBareBalance(beside)
  const of = (round: number) => volunteerIds[(round * 7919) % volunteerIds.length]!
  const samples = await interleaveAsync(
    {
      app: (round) => timedAsync(() => client.volunteers.balance({ volunteerId: of(round) })),
      bare: async (round) => timed(() => bare(of(round))),
    },
    balanceRounds,
  )
  return rowOf('volunteer.balance', 'ms', samples.app, samples.bare)
}

async function rankings(client: Client, beside: Database, year: number): Promise<Row> {
  const bare = openBareRanking(beside, year)
  const samples = await interleaveAsync(
    {
      app: () => timedAsync(() => client.volunteers.ranking({ year, query: '' })),
      bare: async () => timed(bare),
    },
    rankingRounds,
  )
  return rowOf('volunteer.ranking', 'ms', samples.app, samples.bare)
}

const names = ['volunteer.roll-call', 'volunteer.balance', 'volunteer.ranking']

/** Ten thousand volunteers with two hundred thousand records: a sheet saved, a balance asked for, a year ranked. */
export async function benchVolunteers(wanted: (name: string) => boolean): Promise<Row[]> {
  if (!names.some(wanted)) return []
  const file = volunteerFile(sheetRounds + sheetWarmUp)
  const copy = join(file.folder, 'beside.sqlite3')
  cpSync(join(file.folder, 'desk.sqlite3'), copy)
  const beside = openDatabase(copy)
  const host = await startHost(file.folder)
  try {
    const { client } = await signInClerk(host)
    const made: Row[] = []
    if (wanted('volunteer.balance')) made.push(await balances(client, beside, file.volunteerIds))
    if (wanted('volunteer.ranking')) made.push(await rankings(client, beside, file.year))
    if (wanted('volunteer.roll-call')) made.unshift(await rollCalls(client, beside, file.sheets))
    return made
  } finally {
    beside.close()
    await kill(host)
  }
}
