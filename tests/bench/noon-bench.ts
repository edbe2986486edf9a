import { join } from 'node:path'
import { openDatabase } from '../../electron/database/open.ts'
import type { Client } from '../hosts/desk-process.ts'
import { bareBoard } from './bare-noon.ts'
import { kill, signInClerk, startHost } from './host.ts'
import { growthOf, interleaveAsync, rowOf, timed, timedAsync, type Row } from './measure.ts'
import { noonFile, type NoonFile } from './noon-class.ts'
import { allFollow, hear, openScreens, watch } from './noon-screens.ts'

const [few, many] = [10_000, 1_200_000]
const boardRounds = 400
const screensAtOnce = 4
/** Children of one noon, a tap on one screen after the other every so many ms: 120 in twelve seconds, five times the need. */
const taps = 120
const tapEvery = 100
const tapRounds = 4
/** Bursts of all two hundred children, and how many taps of a screen are under way at once. */
const bursts = 40
const fingers = 4

const arrive = (client: Client, day: string, childId: number) =>
  client.noonClass.arrive({ childIds: [childId], day, how: 'tap', at: null })

/** Takes back whatever stands today, departures before their arrivals: the noon begins anew. */
async function beginAnew(client: Client, day: string): Promise<void> {
  for (const state of ['out', 'in'] as const) {
    const { tiles } = await client.noonClass.board({ day, groupId: null })
    const attendanceIds = tiles.filter((tile) => tile.state === state).map((tile) => tile.attendanceId!)
    if (attendanceIds.length > 0) await client.noonClass.undo({ attendanceIds, reason: '撤销' })
  }
}

/** `noon.board` and its growth, from the renderer's client to the answer, beside the bare statements. */
async function benchBoard(wanted: (name: string) => boolean, large: NoonFile): Promise<Row[]> {
  const grows = wanted('growth.noon.board')
  if (!wanted('noon.board') && !grows) return []
  const small = noonFile(few)
  const hosts = [await startHost(large.folder), await startHost(small.folder)] as const
  const beside = openDatabase(join(large.folder, 'desk.sqlite3'), { readonly: true })
  try {
    const [{ client: ofMany }, { client: ofFew }] = [await signInClerk(hosts[0]), await signInClerk(hosts[1])]
    const bare = bareBoard(beside, large)
    const open = (client: Client, { day }: NoonFile) =>
      timedAsync(() => client.noonClass.board({ day, groupId: null }))
    const samples = await interleaveAsync(
      {
        many: () => open(ofMany, large),
        bare: async () => timed(bare),
        few: () => open(ofFew, small),
      },
      boardRounds,
      50,
    )
    const made: Row[] = []
    if (wanted('noon.board')) made.push(rowOf('noon.board', 'ms', samples.many, samples.bare))
    if (grows) made.push(growthOf('noon.board', samples.few, samples.many))
    return made
  } finally {
    beside.close()
    await Promise.all(hosts.map(kill))
  }
}

/** `noon.tap-to-others`: from a tap to the moment another screen's feed and its board of all children show it. */
async function tapToOthers(screens: readonly Client[], { day, childIds }: NoonFile): Promise<Row> {
  const samples: number[] = []
  for (let round = -1; round < tapRounds; round += 1) {
    await beginAnew(screens[0]!, day)
    const watchers = await Promise.all(screens.map((screen) => watch(screen, day)))
    await allFollow(screens)
    const tapped = new Map<number, number>()
    const calls: Promise<unknown>[] = []
    for (let nth = 0; nth < taps; nth += 1) {
      tapped.set(nth, performance.now())
      calls.push(arrive(screens[nth % screensAtOnce]!, day, childIds[nth]!))
      await new Promise((over) => setTimeout(over, tapEvery))
    }
    await Promise.all(calls)
    while (watchers.some(({ shown }) => shown.size < taps)) await new Promise((over) => setTimeout(over, 5))
    await Promise.all(watchers.map(({ stop }) => stop()))
    if (round < 0) continue
    for (const [nth, at] of tapped) {
      watchers.forEach(({ shown }, screen) => {
        if (screen !== nth % screensAtOnce) samples.push(shown.get(childIds[nth]!)! - at)
      })
    }
  }
  return rowOf('noon.tap-to-others', 'ms', samples)
}

/** `noon.arrivals`: four screens bring two hundred children in as fast as the desk answers, all of them hearing of each. */
async function arrivals(screens: readonly Client[], { day, childIds }: NoonFile): Promise<Row> {
  const stop = await hear(screens)
  const perSecond: number[] = []
  for (let burst = -3; burst < bursts; burst += 1) {
    await beginAnew(screens[0]!, day)
    const waiting = [...childIds]
    const finger = async (screen: Client) => {
      for (let child = waiting.pop(); child !== undefined; child = waiting.pop())
        await arrive(screen, day, child)
    }
    const took = await timedAsync(() =>
      Promise.all(screens.flatMap((screen) => Array.from({ length: fingers }, () => finger(screen)))),
    )
    if (burst >= 0) perSecond.push(childIds.length / (took / 1000))
  }
  await stop()
  return rowOf('noon.arrivals', '/s', perSecond)
}

async function benchTaps(wanted: (name: string) => boolean, file: NoonFile): Promise<Row[]> {
  const [shown, brought] = [wanted('noon.tap-to-others'), wanted('noon.arrivals')]
  if (!shown && !brought) return []
  const host = await startHost(file.folder)
  try {
    const screens = await openScreens(host, screensAtOnce)
    return [
      ...(shown ? [await tapToOthers(screens, file)] : []),
      ...(brought ? [await arrivals(screens, file)] : []),
    ]
  } finally {
    await kill(host)
  }
}

const names = ['noon.board', 'growth.noon.board', 'noon.tap-to-others', 'noon.arrivals']

/** The noon on 1.2 million rows of attendance: the board, a tap as the others see it, and arrivals in a burst. */
export async function benchNoon(wanted: (name: string) => boolean): Promise<Row[]> {
  if (!names.some(wanted)) return []
  const file = noonFile(many)
  return [...(await benchBoard(wanted, file)), ...(await benchTaps(wanted, file))]
}
