import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activityKinds, colours, type Colour } from '../../../electron/contract/volunteer-fields.ts'
import { ageBands, reportWhats } from '../../../electron/contract/volunteer-reports.ts'
import { reportRows, type ReportRow } from '../../../electron/counters/volunteers/report-rows.ts'
import { runExpiry } from '../../../electron/counters/volunteers/expiry.ts'
import { reportSheet } from '../../../electron/counters/volunteers/report-sheet.ts'
import { readReport } from '../../../electron/counters/volunteers/report.ts'
import { reverseRedemption } from '../../../electron/counters/volunteers/redemptions.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { rows } from '../../../electron/database/open.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { cellsOf, formulasOf, typesOf } from '../visits/sheets.ts'
import { addGift, handOver, letExpire } from './points.ts'
import {
  addActivity,
  addPointRule,
  addVolunteer,
  confirm,
  invalidFields,
  line,
  openTestDesk,
  save,
  serve,
  sql,
} from './service.ts'

const period = { from: '2026-01-01', to: '2026-11-23' }
type Asked = Omit<Parameters<typeof reportRows>[1], 'limit' | 'after'>

/** All rows behind a number, page by page. */
function allRows(desk: TestDesk, asked: Asked, limit = 7): { rows: ReportRow[]; total: number } {
  const found: ReportRow[] = []
  let after: string | undefined
  for (;;) {
    const page = reportRows(desk.context('auditor'), { ...asked, after, limit })
    found.push(...page.rows)
    if (page.next === null) return { rows: found, total: page.total }
    after = page.next
  }
}

const report = (desk: TestDesk, asked = period) => readReport(desk.context('auditor'), asked)
const sum = (list: readonly ReportRow[], what: 'minutes' | 'points') =>
  list.reduce((total, one) => total + one[what]!, 0)

const asBeginner = { minutes: 0, volunteers: 0, activities: 0, attendances: 0 }

describe('the report', () => {
  test('counts confirmed own service alone, and tells the rest beside it', () => {
    const desk = openTestDesk()
    const [one, two] = [addVolunteer(desk.db), addVolunteer(desk.db)]
    serve(desk, one, 90, { day: '2026-03-28' })
    serve(desk, two, 60, { day: '2026-03-28' })
    serve(desk, one, 45, { day: '2026-04-28', kind: 'training' })
    serve(desk, one, 50, { day: '2026-04-29', kind: 'party-duty' })
    serve(desk, one, 55, { day: '2026-04-30', own: false })
    serve(desk, one, 70, { day: '2025-12-31' })
    save(desk, addActivity(desk.db, { day: '2026-05-28' }), [line(one)])
    const recordId = serve(desk, one, 30, { day: '2026-06-28' })
    reverseRecord(desk.context('manager'), { recordId, reason: '替人签到' })
    const found = report(desk)
    expect(found.total).toEqual({ minutes: 150, volunteers: 2, activities: 2, attendances: 2 })
    expect(found.beside).toEqual({
      unconfirmed: { records: 1, minutes: 120 },
      elsewhere: { records: 1, minutes: 55 },
      training: { records: 1, minutes: 45 },
      partyDuty: { records: 1, minutes: 50 },
    })
    expect(found.byMonth.map(({ month }) => month)).toEqual(
      Array.from({ length: 11 }, (_, nth) => `2026-${String(nth + 1).padStart(2, '0')}`),
    )
    expect(found.byMonth[2]).toEqual({ month: '2026-03', ...found.total })
    expect(found.byMonth[3]).toEqual({ month: '2026-04', ...asBeginner })
    expect(found.byColour.map(({ colour }) => colour)).toEqual([...colours, null])
    expect(found.byColour[3]).toEqual({ colour: 'green', ...found.total })
  })

  test('calls active who served more than five hours in the year of the last day, up to that day', () => {
    const desk = openTestDesk()
    const [exactly, more, before, later] = [300, 301, 0, 0].map((minutes) => {
      const volunteer = addVolunteer(desk.db)
      if (minutes > 0) serve(desk, volunteer, minutes, { day: '2026-02-01' })
      return volunteer
    })
    serve(desk, before!, 400, { day: '2025-12-31' })
    serve(desk, later!, 400, { day: '2026-11-01' })
    const asked = { from: '2025-11-01', to: '2026-10-31' }
    expect(report(desk, asked).active).toEqual({ year: 2026, volunteers: 1 })
    expect(allRows(desk, { ...asked, what: 'active' }).rows).toMatchObject([
      { volunteerId: more, minutes: 301, number: 'ZY-2026-000002' },
    ])
    expect(report(desk).active).toEqual({ year: 2026, volunteers: 2 })
    expect(exactly).toBe(1)
  })

  test('knows who was registered on the last day, who joined and who left', () => {
    const desk = openTestDesk()
    addVolunteer(desk.db, { joinedDay: '2020-01-01' })
    addVolunteer(desk.db, { joinedDay: '2026-11-23' })
    addVolunteer(desk.db, { joinedDay: '2020-01-01', leftDay: '2026-11-23' })
    addVolunteer(desk.db, { joinedDay: '2026-01-01', leftDay: '2026-11-22' })
    addVolunteer(desk.db, { joinedDay: '2020-01-01', leftDay: '2025-12-31' })
    expect(report(desk)).toMatchObject({ registered: 3, joined: 2, left: 2, stars: [3, 0, 0, 0, 0, 0] })
    expect(allRows(desk, { ...period, what: 'left' }).rows).toMatchObject([
      { number: 'ZY-2026-000003', day: '2026-11-23' },
      { number: 'ZY-2026-000004', day: '2026-11-22' },
    ])
  })

  test.each([
    ['2008-11-23', '18-34'],
    ['2008-11-24', 'under-18'],
    ['1991-11-24', '18-34'],
    ['1991-11-23', '35-59'],
    ['1966-11-23', '60-69'],
    ['1956-11-23', '70-and-over'],
    [null, 'unknown'],
  ])('counts one born on %s among %s', (birth, band) => {
    const desk = openTestDesk()
    addVolunteer(desk.db, { birth })
    expect(
      report(desk)
        .byAge.filter(({ registered }) => registered > 0)
        .map((one) => one.band),
    ).toEqual([band])
  })

  test('counts gifts handed over and not taken back, and points on the day on which they were posted', () => {
    const desk = openTestDesk()
    addPointRule(desk.db, { perHour: 10 })
    const volunteer = addVolunteer(desk.db)
    serve(desk, volunteer, 180, { day: '2025-03-28' })
    const gift = addGift(desk, { points: 8 })
    handOver(desk, volunteer, gift)
    const { redemption } = handOver(desk, volunteer, gift, { amount: 2 })
    reverseRedemption(desk.context(), { redemptionId: redemption.id, returned: true, reason: '拿错了' })
    expect(report(desk).points).toEqual({ earned: 30, redeemed: 8, expired: 0, redemptions: 1 })
    expect(allRows(desk, { ...period, what: 'redemptions' }).rows).toMatchObject([
      { volunteerId: volunteer, points: 8, note: 'DH-2026-000001 大米 × 1', day: '2026-11-23' },
    ])
  })

  test('opens the points that were earned and taken back, each with its service', () => {
    const desk = openTestDesk()
    addPointRule(desk.db, { perHour: 10 })
    const volunteer = addVolunteer(desk.db)
    serve(desk, volunteer, 180, { day: '2026-03-28', name: '清洁家园' })
    const wrong = serve(desk, volunteer, 60, { day: '2026-04-28', name: '健康义诊' })
    reverseRecord(desk.context('manager'), { recordId: wrong, reason: '替人签到' })
    expect(report(desk).points).toMatchObject({ earned: 30 })
    expect(allRows(desk, { ...period, what: 'earned' }).rows).toMatchObject([
      { activity: '健康义诊', points: -10, note: '替人签到', day: '2026-11-23' },
      { activity: '健康义诊', points: 10, note: '' },
      { activity: '清洁家园', points: 30, note: '' },
    ])
  })

  test('opens the points that expired, with their year', () => {
    const desk = openTestDesk()
    letExpire(desk)
    addPointRule(desk.db, { perHour: 10 })
    const volunteer = addVolunteer(desk.db)
    serve(desk, volunteer, 180, { day: '2024-03-28' })
    runExpiry(desk.context('manager'), { year: 2024, volunteers: 1, points: 30, reason: '年度清零' })
    expect(report(desk).points).toMatchObject({ expired: 30 })
    expect(allRows(desk, { ...period, what: 'expired' })).toMatchObject({
      total: 1,
      rows: [{ volunteerId: volunteer, points: 30, note: '2024年及以前的积分' }],
    })
  })

  test('is of a period that ends after it begins, of four hundred days at the most', () => {
    const desk = openTestDesk()
    const calls = [
      (asked: typeof period) => report(desk, asked),
      (asked: typeof period) => allRows(desk, { ...asked, what: 'records' }),
    ]
    for (const call of calls) {
      expect(refusal(() => call({ from: '2026-11-02', to: '2026-11-01' }))).toEqual(
        invalidFields(['to', 'before-from']),
      )
      expect(refusal(() => call({ from: '2025-01-01', to: '2026-02-06' }))).toEqual(
        invalidFields(['to', 'too-long']),
      )
      expect(() => call({ from: '2025-01-01', to: '2026-02-05' })).not.toThrow()
    }
    expect(
      refusal(() => reportRows(desk.context(), { ...period, what: 'records', limit: 5, after: 'x' })),
    ).toEqual(invalidFields(['after', 'key']))
  })
})

const births = ['2012-05-04', '2000-05-04', '1980-05-04', '1962-05-04', '1950-05-04', null]
const someone = fc.record({
  birth: fc.constantFrom(...births),
  joinedDay: fc.constantFrom('2020-01-01', '2026-02-01'),
  leftDay: fc.constantFrom(null, null, '2026-10-31', '2026-11-30'),
})
const service = fc.record({
  who: fc.nat(20),
  day: fc.constantFrom('2025-12-28', '2026-02-28', '2026-03-28', '2026-09-28', '2026-11-20'),
  minutes: fc.integer({ min: 1, max: 900 }),
  kind: fc.constantFrom('service' as const, 'service' as const, ...activityKinds),
  own: fc.constantFrom(true, true, true, false),
  colour: fc.constantFrom<Colour | null>('red', 'green', 'purple', null),
  confirmed: fc.constantFrom(true, true, false),
  reversed: fc.constantFrom(false, false, false, true),
})
const scenes = fc.record({
  people: fc.array(someone, { minLength: 1, maxLength: 8 }),
  services: fc.array(service, { maxLength: 20 }),
  gifts: fc.array(fc.record({ who: fc.nat(20), back: fc.boolean() }), { maxLength: 4 }),
})
type SceneOf<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Scene> ? Scene : never

/** A desk with all of this on it; minors have their guardian's consent. */
function fill({ people, services, gifts }: SceneOf<typeof scenes>): TestDesk {
  const desk = openTestDesk()
  addPointRule(desk.db, { perHour: 10 })
  const ids = people.map((facts) => addVolunteer(desk.db, facts))
  sql(
    desk.db,
    `INSERT INTO consent (person_id, purpose, given_by, given_day, wording)
     SELECT person_id, '未成年人参加志愿服务', '母亲', '2020-01-01', '同意' FROM volunteer`,
  )
  for (const { who, day, minutes, kind, own, colour, confirmed, reversed } of services) {
    const nth = who % ids.length
    const { joinedDay, leftDay } = people[nth]!
    if (day < joinedDay || (leftDay !== null && day > leftDay)) continue
    const left = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    const activityId = addActivity(desk.db, { day, kind, own, starts: '00:00', ends: left })
    sql(desk.db, 'UPDATE activity SET colour = ? WHERE id = ?', colour, activityId)
    const there = line(ids[nth]!, { arrived: '00:00', left, reason: '连场' })
    const { recordIds } = save(desk, activityId, [there])
    if (confirmed) confirm(desk, activityId)
    if (reversed) reverseRecord(desk.context('manager'), { recordId: recordIds[0]!, reason: '替人签到' })
  }
  const gift = addGift(desk, { points: 1 })
  for (const { who, back } of gifts) {
    const volunteer = ids[who % ids.length]!
    try {
      const { redemption } = handOver(desk, volunteer, gift)
      if (back)
        reverseRedemption(desk.context(), { redemptionId: redemption.id, returned: true, reason: '拿错了' })
    } catch {
      // Without points nothing is handed over.
    }
  }
  return desk
}

type CountedGroup = { minutes: number; volunteers: number; activities: number; attendances: number }

/** The four numbers of a group are those of its rows, page by page. */
function groupIsItsRows(desk: TestDesk, group: CountedGroup, narrowing: Partial<Asked>): void {
  const ask = (what: Asked['what']) => allRows(desk, { ...period, ...narrowing, what })
  const records = ask('records')
  expect(records).toMatchObject({ total: group.attendances })
  expect(records.rows).toHaveLength(group.attendances)
  expect(sum(records.rows, 'minutes')).toBe(group.minutes)
  for (const what of ['volunteers', 'activities'] as const) {
    const list = ask(what)
    expect(list.total).toBe(group[what])
    expect(list.rows).toHaveLength(group[what])
    expect(sum(list.rows, 'minutes')).toBe(group.minutes)
  }
  expect(new Set(records.rows.map(({ volunteerId }) => volunteerId)).size).toBe(group.volunteers)
}

test('whatever was recorded: every number of the report is the total of its rows', () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const desk = fill(scene)
      const found = report(desk)
      const count = (what: Asked['what'], narrowing: Partial<Asked> = {}) => {
        const list = allRows(desk, { ...period, ...narrowing, what })
        expect(list.rows).toHaveLength(list.total)
        return list
      }
      groupIsItsRows(desk, found.total, {})
      for (const group of found.byColour) groupIsItsRows(desk, group, { colour: group.colour })
      for (const group of found.byMonth) groupIsItsRows(desk, group, { month: group.month })
      for (const group of found.byAge) {
        groupIsItsRows(desk, group, { age: group.band })
        expect(count('registered', { age: group.band }).total).toBe(group.registered)
      }
      found.stars.forEach((volunteers, star) => expect(count('registered', { star }).total).toBe(volunteers))
      for (const what of ['registered', 'joined', 'left'] as const)
        expect(count(what).total).toBe(found[what])
      expect(count('active').total).toBe(found.active.volunteers)
      for (const [what, beside] of [
        ['unconfirmed', found.beside.unconfirmed],
        ['elsewhere', found.beside.elsewhere],
        ['training', found.beside.training],
        ['party-duty', found.beside.partyDuty],
      ] as const) {
        const list = count(what)
        expect({ records: list.total, minutes: sum(list.rows, 'minutes') }).toEqual(beside)
      }
      const redeemed = count('redemptions')
      expect(redeemed.total).toBe(found.points.redemptions)
      expect(sum(redeemed.rows, 'points')).toBe(found.points.redeemed)
      for (const what of ['earned', 'expired'] as const)
        expect(sum(count(what).rows, 'points')).toBe(found.points[what])
      // The groups are the whole, once each.
      for (const groups of [found.byColour, found.byMonth, found.byAge]) {
        expect(groups.reduce((total, { minutes }) => total + minutes, 0)).toBe(found.total.minutes)
        expect(groups.reduce((total, { attendances }) => total + attendances, 0)).toBe(
          found.total.attendances,
        )
      }
      expect(found.stars.reduce((total, volunteers) => total + volunteers, 0)).toBe(found.registered)
      expect(found.byAge.map(({ band }) => band)).toEqual(ageBands)
    }),
    { numRuns: 10 },
  )
})

describe('the sheet of a number', () => {
  const sheetOf = async (desk: TestDesk, changed: Partial<Parameters<typeof reportSheet>[1]> = {}) => {
    const made = await reportSheet(desk.context(), {
      ...period,
      what: 'records',
      whole: false,
      reason: '',
      ...changed,
    })
    return made
  }

  test('has masked names and text cells only, and is written down', async () => {
    const desk = openTestDesk()
    const volunteer = addVolunteer(desk.db, { name: '周建国' })
    serve(desk, volunteer, 90, { day: '2026-03-28', name: '=HYPERLINK("x")' })
    const { fileName, base64 } = await sheetOf(desk)
    expect(fileName).toBe('志愿服务记录 2026-01-01 至 2026-11-23.xlsx')
    expect(cellsOf(base64)).toEqual([
      ...['编号', '姓名', '活动', '日期', '分钟', '时长', '情况说明'],
      ...['ZY-2026-000001', '周*国', `'=HYPERLINK("x")`, '2026-03-28', '90', '1 小时 30 分', '全天保障'],
    ])
    expect(new Set(typesOf(base64))).toEqual(new Set(['s']))
    expect(formulasOf(base64)).toBe(0)
    expect(rows(desk.db, "SELECT reason FROM audit WHERE action = 'volunteer.export'")).toEqual([
      { reason: null },
    ])
  })

  test('has whole names for a reason, which stands in the audit', async () => {
    const desk = openTestDesk()
    serve(desk, addVolunteer(desk.db, { name: '周建国' }), 90)
    await expect(sheetOf(desk, { whole: true })).rejects.toMatchObject(invalidFields(['reason', 'required']))
    const { base64 } = await sheetOf(desk, { whole: true, reason: '街道要名单', what: 'volunteers' })
    expect(cellsOf(base64)).toEqual([
      ...['编号', '姓名', '分钟', '时长'],
      ...['ZY-2026-000001', '周建国', '90', '1 小时 30 分'],
    ])
    expect(rows(desk.db, "SELECT reason FROM audit WHERE action = 'volunteer.export'")).toEqual([
      { reason: '街道要名单' },
    ])
  })

  test.each(reportWhats)('of %s has a line for each row behind it', async (what) => {
    const desk = openTestDesk()
    addPointRule(desk.db, { perHour: 10 })
    const volunteer = addVolunteer(desk.db, { joinedDay: '2026-02-01' })
    serve(desk, volunteer, 360, { day: '2026-03-28' })
    for (const kind of ['training', 'party-duty'] as const)
      serve(desk, volunteer, 60, { day: '2026-03-29', kind })
    serve(desk, volunteer, 60, { day: '2026-03-30', own: false })
    save(desk, addActivity(desk.db), [line(volunteer)])
    addVolunteer(desk.db, { leftDay: '2026-05-01' })
    handOver(desk, volunteer, addGift(desk))
    letExpire(desk)
    serve(desk, addVolunteer(desk.db), 60, { day: '2024-03-28' })
    runExpiry(desk.context('manager'), { year: 2024, volunteers: 1, points: 10, reason: '年度清零' })
    const { total } = allRows(desk, { ...period, what })
    const { base64 } = await sheetOf(desk, { what })
    const cells = cellsOf(base64)
    const columns = cells.findIndex((text) => text.startsWith('ZY-') || text.startsWith('HD-'))
    expect(total).toBeGreaterThan(0)
    // Headings and rows; an empty cell is not stored.
    expect(Math.ceil(typesOf(base64).length / columns)).toBe(1 + total)
  })

  test('is of the same periods as the report', async () => {
    const desk = openTestDesk()
    await expect(sheetOf(desk, { to: '2025-01-01' })).rejects.toMatchObject(
      invalidFields(['to', 'before-from']),
    )
  })
})
