import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expiryPreview, runExpiry } from '../../../electron/counters/volunteers/expiry.ts'
import { readStatement } from '../../../electron/counters/volunteers/ledger.ts'
import { confirmedRecordsOf } from '../../../electron/counters/volunteers/records-of-period.ts'
import { reverseRedemption } from '../../../electron/counters/volunteers/redemptions.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { row, rows } from '../../../electron/database/open.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { addGift, balanceOf, handOver, letExpire, stockOf } from './points.ts'
import {
  addActivity,
  addPointRule,
  addVolunteer,
  confirm,
  conflict,
  invalidFields,
  line,
  openTestDesk,
  save,
} from './service.ts'

const perHour = 10
const perAttendance = 2
const years = [2023, 2024, 2025, 2026] as const
/** On the test clock's day the points of these may expire; those of 2025 are good to the end of 2026. */
const expirable = [2023, 2024] as const

/** What became of things, kept by the test in plain lists: no number of the desk is used to reckon another. */
type Service = {
  recordId: number
  activityId: number
  minutes: number
  year: number
  state: 'entered' | 'confirmed' | 'reversed'
  /** Posted once, when it was confirmed. */
  gave: number
  /** Had expired when it was reversed, and was not taken again. */
  spared: number
}
type Handed = { id: number; points: number; amount: number; reversed: boolean }
type Model = {
  services: Service[]
  handed: Handed[]
  /** Every change of the balance, in its order. */
  moves: { points: number; year: number; kind: 'earned' | 'spent' | 'expired' }[]
  expired: Set<number>
  writtenOff: number
  stock: number
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
const balance = ({ moves }: Model) => sum(moves.map(({ points }) => points))

/** The oldest points are spent first: what was earned up to a year, less all that ever went. */
function leftOf({ moves }: Model, year: number): number {
  const earned = moves.filter((move) => move.kind === 'earned' && move.year <= year)
  const gone = moves.filter(({ kind }) => kind !== 'earned')
  return Math.max(0, sum(earned.map(({ points }) => points)) + sum(gone.map(({ points }) => points)))
}

const kinds = ['enter', 'confirm', 'reverse', 'redeem', 'take-back', 'expire'] as const
type Step = { what: (typeof kinds)[number]; nth: number; size: number }
const weights = { enter: 4, confirm: 5, reverse: 3, redeem: 4, 'take-back': 2, expire: 2 } as const
const steps = fc.array(
  fc.record<Step>({
    what: fc.oneof(...kinds.map((kind) => ({ weight: weights[kind], arbitrary: fc.constant(kind) }))),
    nth: fc.nat(11),
    size: fc.integer({ min: 1, max: 400 }),
  }),
  { minLength: 6, maxLength: 24 },
)

const clockText = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/**
 * What had expired of a service that is taken back now: the expiries of its year or later ones, less what others were spared
 * of them, each of those as far as it can out of earlier expiries, which this one has no part in.
 */
function expiredOf({ services, moves }: Model, { year, gave }: Service): number {
  const expiries = moves
    .filter(({ kind }) => kind === 'expired')
    .map((move) => ({ ...move, left: -move.points }))
  expiries.sort((one, other) => one.year - other.year)
  for (const other of services.toSorted((one, two) => two.year - one.year)) {
    let { spared } = other
    for (const expiry of expiries.filter((one) => one.year >= other.year)) {
      const part = Math.min(spared, expiry.left)
      expiry.left -= part
      spared -= part
    }
    expect(spared).toBe(0)
  }
  return Math.min(gave, sum(expiries.filter((one) => one.year >= year).map(({ left }) => left)))
}

type Scene = { desk: TestDesk; volunteer: number; gift: { id: number; points: number }; model: Model }

function enter({ desk, volunteer, model }: Scene, { nth, size }: Step): void {
  const year = years[nth % years.length]!
  const activityId = addActivity(desk.db, { day: `${year}-03-28`, starts: '00:00', ends: clockText(size) })
  const there = line(volunteer, { arrived: '00:00', left: clockText(size), reason: '连场' })
  const { recordIds } = save(desk, activityId, [there])
  model.services.push({
    recordId: recordIds[0]!,
    activityId,
    minutes: size,
    year,
    state: 'entered',
    gave: 0,
    spared: 0,
  })
}

function confirmOne({ desk, model }: Scene, { nth }: Step): void {
  const service = model.services[nth % model.services.length]
  if (!service) return
  const call = () => confirm(desk, service.activityId)
  // Confirmed twice it would give its points twice.
  if (service.state !== 'entered') return void expect(refusal(call)).toMatchObject(conflict('step'))
  const gave = Math.floor((service.minutes * perHour) / 60) + perAttendance
  expect(call().points).toBe(gave)
  service.state = 'confirmed'
  service.gave = gave
  model.moves.push({ points: gave, year: service.year, kind: 'earned' })
}

function reverseOne({ desk, model }: Scene, { nth }: Step): void {
  const service = model.services[nth % model.services.length]
  if (!service) return
  const call = () =>
    reverseRecord(desk.context('manager'), { recordId: service.recordId, reason: '替人签到' })
  if (service.state === 'reversed') return void expect(refusal(call)).toMatchObject(conflict('step'))
  // What expired is gone already; of the rest, what the balance does not have was spent and is written off.
  const spared = expiredOf(model, service)
  const owed = service.gave - spared
  const taken = Math.min(owed, balance(model))
  expect(call().writtenOff).toBe(owed - taken)
  if (service.state === 'confirmed') model.moves.push({ points: -taken, year: service.year, kind: 'earned' })
  service.state = 'reversed'
  service.spared = spared
  model.writtenOff += owed - taken
}

function redeemOne({ desk, volunteer, gift, model }: Scene, { nth }: Step): void {
  const amount = 1 + (nth % 3)
  const call = () => handOver(desk, volunteer, gift, { amount })
  const points = amount * gift.points
  if (model.stock < amount) return void expect(refusal(call)).toMatchObject(conflict('stock'))
  if (balance(model) < points) {
    const current = { points: balance(model) }
    return void expect(refusal(call)).toMatchObject(conflict('balance', { current }))
  }
  const made = call()
  model.handed.push({ id: made.redemption.id, points, amount, reversed: false })
  model.moves.push({ points: -points, year: 2026, kind: 'spent' })
  model.stock -= amount
  expect(made).toMatchObject({ points: balance(model), gift: { stock: model.stock } })
}

function takeBackOne({ desk, model }: Scene, { nth, size }: Step): void {
  const handed = model.handed[nth % model.handed.length]
  if (!handed) return
  const returned = size % 2 === 0
  const call = () =>
    reverseRedemption(desk.context(), { redemptionId: handed.id, returned, reason: '拿错了' })
  if (handed.reversed) return void expect(refusal(call)).toMatchObject(conflict('step'))
  const settled = Math.min(handed.points, model.writtenOff)
  expect(call().settled).toBe(settled)
  handed.reversed = true
  model.writtenOff -= settled
  model.moves.push({ points: handed.points - settled, year: 2026, kind: 'spent' })
  if (returned) model.stock += handed.amount
}

function expire({ desk, volunteer, model }: Scene, { nth }: Step): void {
  const manager = desk.context('manager')
  const year = expirable[nth % expirable.length]!
  const { volunteers, points, rows: found } = expiryPreview(manager, year)
  const own = found.find(({ volunteerId }) => volunteerId === volunteer)
  runExpiry(manager, { year, volunteers, points, reason: '年度清零' })
  if (model.expired.has(year)) return
  const left = leftOf(model, year)
  expect(own?.points ?? 0).toBe(left)
  if (left === 0) return
  model.expired.add(year)
  model.moves.push({ points: -left, year, kind: 'expired' })
}

const takes = {
  enter,
  confirm: confirmOne,
  reverse: reverseOne,
  redeem: redeemOne,
  'take-back': takeBackOne,
  expire,
} as const

/** Hours, points, what is written off and stock, as the desk tells them and as the test reckons them. */
function compare({ desk, volunteer, gift, model }: Scene): void {
  const confirmed = model.services.filter(({ state }) => state === 'confirmed')
  const hours = confirmedRecordsOf(desk.db, volunteer, '2000-01-01', '2099-12-31')
  expect(hours.map(({ id }) => id).sort()).toEqual(confirmed.map(({ recordId }) => recordId).sort())
  expect(sum(hours.map(({ minutes }) => minutes))).toBe(sum(confirmed.map(({ minutes }) => minutes)))

  const statement = readStatement(desk.context(), { volunteerId: volunteer, limit: 100 })
  const reckoned = { points: balance(model), writtenOff: model.writtenOff }
  expect(statement).toMatchObject(reckoned)
  expect(balanceOf(desk, volunteer)).toBe(reckoned.points)
  // Newest first: read backwards, each balance is the sum of the rows so far.
  let reached = 0
  for (const entry of statement.rows.toReversed()) {
    reached += entry.points
    expect(entry.balance).toBe(reached)
    expect(reached).toBeGreaterThanOrEqual(0)
  }
  expect(stockOf(desk, gift.id)).toBe(model.stock)
  expect(model.stock).toBeGreaterThanOrEqual(0)
  // What was given and spent is balanced in the whole: nobody gains by a reversed record.
  const worth = sum(confirmed.map(({ gave }) => gave))
  const spent = sum(model.handed.filter(({ reversed }) => !reversed).map(({ points }) => points))
  const expired = -sum(model.moves.filter(({ kind }) => kind === 'expired').map(({ points }) => points))
  const spared = sum(model.services.map((service) => service.spared))
  expect(spared).toBeLessThanOrEqual(expired)
  expect(reckoned.points - reckoned.writtenOff).toBe(worth - spent - expired + spared)
}

test('whatever is entered, confirmed, reversed, redeemed, taken back and expires: hours, points and stock add up', () => {
  const desk = openTestDesk()
  letExpire(desk)
  addPointRule(desk.db, { perHour, perAttendance })
  let nth = 0
  fc.assert(
    fc.property(steps, (sequence) => {
      nth += 1
      const stock = 4
      const gift = addGift(desk, { name: `大米 ${nth}`, points: 7 }, stock)
      const model: Model = { services: [], handed: [], moves: [], expired: new Set(), writtenOff: 0, stock }
      const scene: Scene = { desk, volunteer: addVolunteer(desk.db), gift, model }
      for (const step of sequence) {
        takes[step.what](scene, step)
        compare(scene)
      }
    }),
    { numRuns: 60 },
  )
  // Of all of them together: once for each record, each redemption and each year, and never below nought.
  expect(
    rows(
      desk.db,
      `SELECT cause, record_id, redemption_id, year FROM point_entry
       GROUP BY cause, record_id, redemption_id, iif(cause = 'expiry', volunteer_id || ' ' || year, NULL)
       HAVING count(*) > 1`,
    ),
  ).toEqual([])
  expect(
    row(
      desk.db,
      `SELECT count(*) AS entries FROM point_entry AS e CROSS JOIN service_record AS r ON r.id = e.record_id
       WHERE e.cause = 'service' AND r.confirmed_at IS NULL`,
    ),
  ).toEqual({ entries: 0 })
})

test('points that are still good do not expire', () => {
  const desk = openTestDesk()
  letExpire(desk)
  expect(refusal(() => expiryPreview(desk.context('manager'), 2025))).toEqual(
    invalidFields(['year', 'too-early']),
  )
})

test('what expired of a reversed record is not taken a second time out of later points', () => {
  const desk = openTestDesk()
  letExpire(desk)
  addPointRule(desk.db, { perHour: 10, perAttendance: 0 })
  const volunteer = addVolunteer(desk.db)
  const gift = addGift(desk, { points: 5 }, 1)
  const serve = (day: string) => {
    const activityId = addActivity(desk.db, { day, starts: '09:00', ends: '10:00' })
    const { recordIds } = save(desk, activityId, [line(volunteer, { arrived: '09:00', left: '10:00' })])
    confirm(desk, activityId)
    return recordIds[0]!
  }
  const [first, second] = [serve('2023-03-28'), serve('2023-04-28')]
  handOver(desk, volunteer, gift)
  const manager = desk.context('manager')
  runExpiry(manager, { year: 2023, volunteers: 1, points: 15, reason: '年度清零' })
  serve('2026-03-28')
  expect(balanceOf(desk, volunteer)).toBe(10)

  // Fifteen of the twenty expired: all of the first one, half of the second one. The gift was bought with the rest.
  expect(reverseRecord(manager, { recordId: first, reason: '替人签到' }).writtenOff).toBe(0)
  expect(balanceOf(desk, volunteer)).toBe(10)
  expect(reverseRecord(manager, { recordId: second, reason: '替人签到' }).writtenOff).toBe(0)
  expect(balanceOf(desk, volunteer)).toBe(5)
})
