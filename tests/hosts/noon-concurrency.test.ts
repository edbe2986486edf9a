import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rows, value } from '../../electron/database/open.ts'
import { badgeOf, type Filled } from '../counters/noon-class/fill.ts'
import type { Client, DeskProcess } from './desk-process.ts'
import { openFile, openScreens, setClock, setUpClass, startClockedDesk } from './noon-desk.ts'

/** Four screens of the class on one desk, over real HTTP. Each test has a noon of its own. */
let folder: string
let desk: DeskProcess
let screens: Client[]
let filled: Filled
let day = '2026-11-20'

beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'desk-noon-')), 'data')
  desk = await startClockedDesk(folder, '2026-11-23T04:00:00.000Z')
  // 121: the last child tells the feeds apart.
  const made = await setUpClass(desk, folder, { day: '2026-11-23', groups: 4, children: 121 })
  filled = made.filled
  screens = await openScreens(desk, made.tokens.device, 4)
})
beforeEach(() => {
  day = `2026-11-${Number(day.slice(-2)) + 1}`
  setClock(folder, `${day}T04:00:00.000Z`)
})
afterAll(async () => {
  await desk.end('SIGTERM')
  expect(desk.log()).toBe('')
  rmSync(join(folder, '..'), { recursive: true })
})

const arrive = (screen: Client, childIds: number[]) =>
  screen.noonClass.arrive({ childIds, day, how: 'tap', at: null })

/** Arrivals of the day that stand, by child. */
const standing = () =>
  openFile(folder, (db) =>
    rows<{ childId: number; count: number }>(
      db,
      `SELECT child_id AS childId, count(*) AS count FROM attendance
       WHERE day = ? AND kind = 'arrival' AND voided = 0 GROUP BY child_id ORDER BY child_id`,
      day,
    ),
  )
const once = (childIds: number[]) =>
  childIds.toSorted((one, other) => one - other).map((childId) => ({ childId, count: 1 }))

/** Follows the change feed on a screen; `until` = everything heard up to and with this child. */
async function follow(screen: Client) {
  const stop = new AbortController()
  const feed = await screen.session.changes({}, { signal: stop.signal })
  const heard: (number | null)[] = []
  return {
    async until(child: number): Promise<(number | null)[]> {
      for await (const { topic, id } of feed) {
        if (topic === 'noon') heard.push(id)
        if (topic === 'noon' && id === child) break
      }
      stop.abort()
      return heard
    },
  }
}

/** Each screen in an order of its own, so that they meet on different children. */
const orderOf = (childIds: number[], screen: number) => {
  const from = Math.floor((screen * childIds.length) / 4)
  const turned = [...childIds.slice(from), ...childIds.slice(0, from)]
  return screen % 2 === 0 ? turned : turned.reverse()
}

/** Taps all of them, eight fingers at a time. */
async function tapAll(screen: Client, childIds: number[]) {
  const answers: Awaited<ReturnType<typeof arrive>>[] = []
  for (let from = 0; from < childIds.length; from += 8) {
    answers.push(
      ...(await Promise.all(childIds.slice(from, from + 8).map((child) => arrive(screen, [child])))),
    )
  }
  return answers
}

describe('four screens at once', () => {
  it('tap the same 120 children: 120 arrivals, and every screen hears of each exactly once', async () => {
    const [children, last] = [filled.childIds.slice(0, 120), filled.childIds[120]!]
    const feeds = await Promise.all(screens.map(follow))
    while ((await screens[0]!.settings.status({})).otherScreens < 3);
    const all = Promise.all(feeds.map((feed) => feed.until(last)))
    const answers = (
      await Promise.all(screens.map((screen, nth) => tapAll(screen, orderOf(children, nth))))
    ).flat()
    await arrive(screens[0]!, [last])

    const arrived = answers.flatMap((answer) => answer.arrived.map(({ childId }) => childId))
    expect(arrived.toSorted((one, other) => one - other)).toEqual(children)
    expect(answers.flatMap(({ already }) => already)).toHaveLength(3 * 120)
    expect(standing()).toEqual(once([...children, last]))
    for (const heard of await all) {
      expect(heard.at(-1)).toBe(last)
      expect(heard.slice(0, -1).toSorted((one, other) => one! - other!)).toEqual(children)
    }
    const board = await screens[3]!.noonClass.board({ day, groupId: null })
    expect(board.tiles.map(({ state }) => state)).toEqual(Array(121).fill('in'))
    const acts = openFile(folder, (db) =>
      value<number>(
        db,
        "SELECT count(*) FROM audit WHERE action = 'noon.arrive' AND changes LIKE '%' || ? || '%'",
        day,
      ),
    )
    expect(acts).toBe(121)
  })

  it('sign whole groups in while single children are tapped: one arrival each', async () => {
    const children = filled.childIds
    const whole = [screens[0]!, screens[1]!].map((screen) => arrive(screen, children))
    const single = [screens[2]!, screens[3]!].map((screen, nth) => tapAll(screen, orderOf(children, nth)))
    const answers = [...(await Promise.all(whole)), ...(await Promise.all(single)).flat()]
    expect(answers.flatMap(({ arrived }) => arrived)).toHaveLength(121)
    expect(standing()).toEqual(once(children))
  })

  it('scan one badge at once: one arrival, and all four are shown the child', async () => {
    const scans = await Promise.all(
      screens.map((screen) => screen.noonClass.scan({ badge: badgeOf(0), day })),
    )
    expect(scans.filter(({ arrived }) => arrived)).toHaveLength(1)
    expect(scans.map(({ tile }) => [tile.childId, tile.state])).toEqual(
      Array(4).fill([filled.childIds[0], 'in']),
    )
    expect(standing()).toEqual(once([filled.childIds[0]!]))
  })

  it('hand one child over at once: it is given to one, the others are shown to whom', async () => {
    const [childId, pickupId] = [filled.childIds[0]!, filled.pickupIds[0]!]
    await arrive(screens[0]!, [childId])
    const releases = await Promise.allSettled(
      screens.map((screen) => screen.noonClass.release({ childId, day, pickupId, escort: '', at: null })),
    )
    expect(releases.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const release of releases) {
      if (release.status === 'fulfilled') continue
      expect(release.reason).toMatchObject({
        code: 'CONFLICT',
        data: { because: 'step', current: { childId, state: 'out', note: '妈妈 家长1接走' } },
      })
    }
    const departures = openFile(folder, (db) =>
      value(db, "SELECT count(*) FROM attendance WHERE day = ? AND kind = 'departure'", day),
    )
    expect(departures).toBe(1)
  })

  it('undo one arrival at once: one takes it back, and the child may come again', async () => {
    const childId = filled.childIds[0]!
    const { arrived } = await arrive(screens[0]!, [childId])
    const undone = await Promise.allSettled(
      screens.map((screen) =>
        screen.noonClass.undo({ attendanceIds: [arrived[0]!.attendanceId], reason: '撤销' }),
      ),
    )
    expect(undone.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(standing()).toEqual([])
    expect((await arrive(screens[1]!, [childId])).arrived).toHaveLength(1)
  })
})
