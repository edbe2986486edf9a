import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { row, rows, value } from '../../electron/database/open.ts'
import { addActivity, addPointRule, addVolunteers, sql } from '../counters/volunteers/service.ts'
import { signIn, type Client, type DeskProcess, type Tokens } from './desk-process.ts'
import { openFile, startClockedDesk } from './noon-desk.ts'
import { addClerk, balanceOf, everNegative, managerId, openScreensOf, sheetOf } from './volunteer-desk.ts'

/** Eight screens of one desk, over real HTTP: four of the clerk who enters, four of the manager who confirms. */
let folder: string
let desk: DeskProcess
let clerks: Client[]
let managers: Client[]

beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'desk-volunteers-')), 'data')
  desk = await startClockedDesk(folder, '2026-11-23T04:00:00.000Z')
  const tokens: Tokens = { device: '', session: '' }
  await signIn(desk, tokens)
  const clerkId = addClerk(folder)
  openFile(folder, (db) => addPointRule(db, { perHour: 5 }))
  clerks = await openScreensOf(desk, { device: tokens.device, operatorId: clerkId }, 4)
  managers = await openScreensOf(desk, { device: tokens.device, operatorId: managerId }, 4)
})
afterAll(async () => {
  await desk.end('SIGTERM')
  expect(desk.log()).toBe('')
  rmSync(join(folder, '..'), { recursive: true })
})

const screens = () => [...clerks, ...managers]
const settled = <Result>(from: readonly Client[], call: (screen: Client) => Promise<Result>) =>
  Promise.allSettled(from.map(call))

/** What those were told who came too late. */
const refusals = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
const answers = <Result>(results: PromiseSettledResult<Result>[]) =>
  results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))

const setUp = (people: number) =>
  openFile(folder, (db) => ({ activityId: addActivity(db), volunteerIds: addVolunteers(db, people) }))

/** Volunteers who have ten points each: two hours, entered and confirmed. */
async function served(
  people: number,
): Promise<{ activityId: number; volunteerIds: number[]; recordIds: number[] }> {
  const { activityId, volunteerIds } = setUp(people)
  const lines = sheetOf(volunteerIds)
  const { recordIds } = await clerks[0]!.volunteers.saveRollCall({
    ticket: crypto.randomUUID(),
    activityId,
    lines,
  })
  await managers[0]!.volunteers.confirmRecords({ activityId, recordIds: null })
  return { activityId, volunteerIds, recordIds }
}

function addGift(points: number, stock: number): number {
  return openFile(folder, (db) => {
    const id = sql(db, 'INSERT INTO gift (name, points) VALUES (?, ?)', `大米 ${crypto.randomUUID()}`, points)
    sql(
      db,
      `INSERT INTO gift_move (gift_id, amount, cause, at, operator_id)
       VALUES (?, ?, 'delivery', '2026-11-01T00:00:00.000Z', 1)`,
      id,
      stock,
    )
    return id
  })
}

const redeem = (
  screen: Client,
  volunteerId: number,
  giftId: number,
  points: number,
  ticket = crypto.randomUUID(),
) => screen.volunteers.redeem({ ticket, volunteerId, giftId, amount: 1, points, collector: '' })
const stockOf = (giftId: number) =>
  openFile(folder, (db) => value<number>(db, 'SELECT sum(amount) FROM gift_move WHERE gift_id = ?', giftId))
const pointsOf = (volunteerId: number) => openFile(folder, (db) => balanceOf(db, volunteerId))
const nothingBelowNought = () => expect(openFile(folder, everNegative)).toEqual([])

describe('eight screens at once', () => {
  it('save one sheet with its ticket: one roll-call, and all are told the same', async () => {
    const { activityId, volunteerIds } = setUp(30)
    const ticket = crypto.randomUUID()
    const lines = sheetOf(volunteerIds)
    const results = await settled(screens(), (screen) =>
      screen.volunteers.saveRollCall({ ticket, activityId, lines }),
    )
    const [first, ...others] = answers(results)
    expect(others).toHaveLength(7)
    for (const other of others) expect(other.recordIds).toEqual(first!.recordIds)
    expect(
      openFile(folder, (db) =>
        row(
          db,
          `SELECT (SELECT count(*) FROM roll_call WHERE activity_id = @activityId) AS sheets,
             (SELECT count(*) FROM service_record WHERE activity_id = @activityId) AS records`,
          { activityId },
        ),
      ),
    ).toEqual({ sheets: 1, records: 30 })
  })

  it('enter one sheet each for the same people: one stands, the others are told who is recorded', async () => {
    const { activityId, volunteerIds } = setUp(5)
    const lines = sheetOf(volunteerIds)
    const results = await settled(screens(), (screen) =>
      screen.volunteers.saveRollCall({ ticket: crypto.randomUUID(), activityId, lines }),
    )
    expect(answers(results)).toHaveLength(1)
    const recorded = volunteerIds.map((_, nth) => ({ path: `lines.${nth}.volunteerId`, problem: 'recorded' }))
    for (const refusal of refusals(results)) {
      expect(refusal).toMatchObject({ code: 'INVALID', data: { fields: recorded } })
    }
  })

  it('confirm one roll-call: one does, whoever entered it may not, and points post once', async () => {
    const { activityId, volunteerIds } = setUp(40)
    const lines = sheetOf(volunteerIds)
    const { recordIds } = await clerks[0]!.volunteers.saveRollCall({
      ticket: crypto.randomUUID(),
      activityId,
      lines,
    })
    const confirm = (screen: Client) => screen.volunteers.confirmRecords({ activityId, recordIds: null })
    const [own, others] = await Promise.all([settled(clerks, confirm), settled(managers, confirm)])
    expect(answers(own)).toEqual([])
    expect(answers(others)).toMatchObject([{ confirmed: recordIds, own: [], points: 400 }])
    for (const refusal of refusals(others)) {
      expect(refusal).toMatchObject({ code: 'CONFLICT', data: { because: 'step', current: [] } })
    }
    const posted = openFile(folder, (db) =>
      rows<{ recordId: number; points: number }>(
        db,
        `SELECT p.record_id AS recordId, p.points FROM point_entry AS p JOIN service_record AS r ON r.id = p.record_id
         WHERE r.activity_id = ? ORDER BY p.record_id`,
        activityId,
      ),
    )
    expect(posted).toEqual(recordIds.map((recordId) => ({ recordId, points: 10 })))
  })

  it('spend one balance: it pays for three gifts of three points, and never goes below nought', async () => {
    const { volunteerIds } = await served(1)
    const [volunteerId] = volunteerIds as [number]
    const giftId = addGift(3, 100)
    const results = await settled(screens(), (screen) => redeem(screen, volunteerId, giftId, 3))
    expect(answers(results)).toHaveLength(3)
    for (const refusal of refusals(results)) {
      expect(refusal).toMatchObject({
        code: 'CONFLICT',
        data: { because: 'balance', current: { points: 1 } },
      })
    }
    expect([pointsOf(volunteerId), stockOf(giftId)]).toEqual([1, 97])
    nothingBelowNought()
  })

  it('hand out the last gift: exactly one gets it, and only they pay', async () => {
    const { volunteerIds } = await served(8)
    const giftId = addGift(10, 1)
    const results = await Promise.allSettled(
      screens().map((screen, nth) => redeem(screen, volunteerIds[nth]!, giftId, 10)),
    )
    expect(answers(results)).toHaveLength(1)
    for (const refusal of refusals(results)) {
      expect(refusal).toMatchObject({
        code: 'CONFLICT',
        data: { because: 'stock', current: { id: giftId, stock: 0 } },
      })
    }
    expect(stockOf(giftId)).toBe(0)
    const balances = volunteerIds.map(pointsOf).toSorted((one, other) => one - other)
    expect(balances).toEqual([0, ...Array<number>(7).fill(10)])
    nothingBelowNought()
  })

  it('send one redemption with its ticket: it is paid once', async () => {
    const { volunteerIds } = await served(1)
    const [volunteerId] = volunteerIds as [number]
    const giftId = addGift(2, 5)
    const ticket = crypto.randomUUID()
    const results = await settled(screens(), (screen) => redeem(screen, volunteerId, giftId, 2, ticket))
    expect(new Set(answers(results).map(({ redemption }) => redemption.number)).size).toBe(1)
    expect([pointsOf(volunteerId), stockOf(giftId)]).toEqual([8, 4])
  })

  it('spend a balance while its record is reversed: what is gone is written off, nothing more', async () => {
    const { volunteerIds, recordIds } = await served(1)
    const [volunteerId, recordId] = [volunteerIds[0]!, recordIds[0]!]
    const giftId = addGift(4, 100)
    const [[reversed], spent] = await Promise.all([
      settled([managers[0]!], (screen) => screen.volunteers.reverseRecord({ recordId, reason: '替人签到' })),
      settled([...clerks, ...managers.slice(1)], (screen) => redeem(screen, volunteerId, giftId, 4)),
    ])
    expect(reversed).toMatchObject({ status: 'fulfilled' })
    const gifts = answers(spent).length
    expect(gifts).toBeLessThanOrEqual(2)
    const [taken] = openFile(folder, (db) =>
      rows<{ points: number; writtenOff: number }>(
        db,
        "SELECT points, written_off AS writtenOff FROM point_entry WHERE volunteer_id = ? AND cause = 'service-reversal'",
        volunteerId,
      ),
    )
    expect(taken).toEqual({ points: gifts * 4 - 10, writtenOff: gifts * 4 })
    expect(pointsOf(volunteerId)).toBe(0)
    nothingBelowNought()
  })
})
