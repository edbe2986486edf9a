import { describe, expect, test } from 'vitest'
import { consentPurposes } from '../../../electron/contract/volunteer-fields.ts'
import { issueVolunteerPaper, type Asked } from '../../../electron/counters/volunteers/paper.ts'
import {
  correctYear,
  freezeYear,
  lockYear,
  publishYear,
} from '../../../electron/counters/volunteers/pioneer.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { reverseRedemption } from '../../../electron/counters/volunteers/redemptions.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { readDocument, renderDocument } from '../../../electron/workbench/documents.ts'
import type { TestDesk } from '../../fixture.ts'
import { settle, wordsOf } from '../enquiries/cases.ts'
import { refusal } from '../enquiries/counter.ts'
import { addGift, handOver } from './points.ts'
import {
  addActivity,
  addConsent,
  addPointRule,
  addVolunteer,
  conflict,
  invalidFields,
  notFound,
  openTestDesk,
  personOf,
  serve,
  sql,
} from './service.ts'

const asking = (paper: Asked['paper'], changed: Partial<Asked>): Asked => ({
  paper,
  activityId: null,
  volunteerId: null,
  redemptionId: null,
  year: null,
  ...changed,
})

function page(desk: TestDesk, paper: Asked['paper'], changed: Partial<Asked>): string {
  const id = issueVolunteerPaper(desk.context(), asking(paper, changed))
  return renderDocument(desk.desk, readDocument(desk.db, id)).html
}

const seen = (...given: Parameters<typeof page>) => wordsOf(page(...given))

/** A desk whose hours give ten points each, and somebody with two hours. */
function open() {
  const desk = openTestDesk()
  settle(desk)
  addPointRule(desk.db, { perHour: 10 })
  const volunteer = addVolunteer(desk.db, { name: '周建国' })
  serve(desk, volunteer, 120, { day: '2026-10-28', name: '河边清洁' })
  return { desk, volunteer }
}

const signUp = (desk: TestDesk, activityId: number, volunteerId: number) =>
  sql(
    desk.db,
    `INSERT INTO activity_sign_up (activity_id, volunteer_id, at, operator_id)
     VALUES (?, ?, '2026-11-20T01:00:00.000Z', 1)`,
    activityId,
    volunteerId,
  )

describe('the sign-in sheet', () => {
  test('names who signed up, leaves lines for others, and tells whose guardian has not consented', () => {
    const { desk, volunteer } = open()
    const child = addVolunteer(desk.db, { name: '林小雨', birth: '2012-05-04' })
    const activityId = addActivity(desk.db, { day: '2026-11-28' })
    signUp(desk, activityId, volunteer)
    signUp(desk, activityId, child)
    const words = seen(desk, 'sign-in-sheet', { activityId })
    for (const wanted of [
      '河边清洁 · 志愿服务签到表',
      '2026年11月28日 星期六',
      '09:00—11:00',
      '地点：河边',
      '负责人：队长',
      '绿 · 生态环保',
      '已报名 2 人',
      '本人签字',
      '1 周建国 ZY-2026-000001',
      '2 林小雨 缺 ZY-2026-000002',
      '缺 未满 18 岁',
    ]) {
      expect(words).toContain(wanted)
    }
    expect(page(desk, 'sign-in-sheet', { activityId }).match(/<td class="place">/g)).toHaveLength(16)
  })

  test('is not made for a cancelled activity, and says what does not count', () => {
    const { desk } = open()
    const cancelled = addActivity(desk.db, { state: 'cancelled' })
    expect(refusal(() => page(desk, 'sign-in-sheet', { activityId: cancelled }))).toMatchObject(
      conflict('step'),
    )
    const training = addActivity(desk.db, { kind: 'training' })
    expect(seen(desk, 'sign-in-sheet', { activityId: training })).toContain('培训，不计服务时长')
    expect(seen(desk, 'sign-in-sheet', { activityId: training })).not.toContain('缺 未满')
  })
})

describe('the volunteer file', () => {
  test('keeps ID number and phone masked, and other hours apart', () => {
    const { desk, volunteer } = open()
    const person = personOf(desk.db, volunteer)
    sql(desk.db, "UPDATE person SET id_number = '11010519491231002X' WHERE id = ?", person)
    sql(
      desk.db,
      "INSERT INTO person_phone (person_id, number, position) VALUES (?, '13812345678', 0)",
      person,
    )
    serve(desk, volunteer, 90, { day: '2026-11-02', kind: 'training', name: '急救培训' })
    const html = page(desk, 'volunteer-file', { volunteerId: volunteer })
    const words = wordsOf(html)
    for (const wanted of [
      '志愿者服务档案',
      'ZY-2026-000001',
      '周建国',
      '110***********002X',
      '138****5678',
      '本社区确认的志愿服务 2 小时，1 场',
      '未定星级',
      '另记，不计入上面的时长：培训 1 小时 30 分',
      '2026年 2 小时 1 场',
      '急救培训 培训',
      '信息公示 未登记',
    ]) {
      expect(words).toContain(wanted)
    }
    expect(html).not.toContain('11010519491231002X')
    expect(html).not.toContain('13812345678')
  })

  test("of a minor tells of the guardian's consent, and is written down as a reading", () => {
    const { desk } = open()
    const child = addVolunteer(desk.db, { name: '林小雨', birth: '2012-05-04' })
    addConsent(desk.db, child, consentPurposes.guardian, '2026-01-05')
    expect(seen(desk, 'volunteer-file', { volunteerId: child })).toContain('监护人 本人于2026年1月5日同意')
    expect(value(desk.db, "SELECT count(*) FROM audit WHERE action = 'volunteer.read'")).toBe(1)
  })
})

describe('the redemption slip', () => {
  test('says what was handed over, for how many points, what is left, and has a line for the signature', () => {
    const { desk, volunteer } = open()
    const gift = addGift(desk, { name: '大米', points: 8 })
    const { redemption } = handOver(desk, volunteer, gift, { amount: 2, collector: '周小红' })
    handOver(desk, volunteer, addGift(desk, { name: '香皂', points: 1 }))
    const words = seen(desk, 'redemption-slip', { redemptionId: redemption.id })
    for (const wanted of [
      '积分兑换单',
      redemption.number,
      '大米 × 2',
      '用去积分 16 分',
      // As it was then, not as it is now.
      '剩余积分 4 分',
      '代领人 周小红',
      '代领人签字：',
      '志愿服务时长和星级不变',
    ]) {
      expect(words).toContain(wanted)
    }
  })

  test('that was taken back says so, and is signed by nobody', () => {
    const { desk, volunteer } = open()
    const { redemption } = handOver(desk, volunteer, addGift(desk, { points: 8 }))
    reverseRedemption(desk.context(), { redemptionId: redemption.id, returned: true, reason: '拿错了' })
    const words = seen(desk, 'redemption-slip', { redemptionId: redemption.id })
    expect(words).toContain('已撤销（2026年11月23日 21:41）：拿错了。礼品已退回。')
    expect(words).not.toContain('签字')
  })
})

describe('the points statement', () => {
  test('lists every cause with the balance after it, oldest first', () => {
    const { desk, volunteer } = open()
    const recordId = serve(desk, volunteer, 60, { day: '2026-11-02', name: '清扫楼道' })
    const { redemption } = handOver(desk, volunteer, addGift(desk, { points: 25 }))
    reverseRecord(desk.context('manager'), { recordId, reason: '替人签到' })
    const words = seen(desk, 'points-statement', { volunteerId: volunteer })
    expect(words).toContain('现有积分 0 分')
    expect(words).toContain(
      `2026-11-23 服务 河边清洁 +20 20 2026-11-23 服务 清扫楼道 +10 30 ` +
        `2026-11-23 兑换 ${redemption.number} 大米 × 1 −25 5 2026-11-23 撤销服务记录 清扫楼道 另有 5 分已用掉或到期，核销 −5 0`,
    )
    expect(words).toContain('核销未抵 5 分')
  })

  test('of nobody with points says so', () => {
    const { desk } = open()
    const words = seen(desk, 'points-statement', { volunteerId: addVolunteer(desk.db) })
    expect(words).toContain('还没有积分记录')
    expect(words).not.toContain('以前结转')
  })
})

describe('the publication list', () => {
  /** Three who served, the second as long as the third; only the first consents. */
  function published(places = 2) {
    const desk = openTestDesk()
    settle(desk)
    const people = ['王小明', '李大山', '赵水生'].map((name) => addVolunteer(desk.db, { name }))
    people.forEach((id, nth) => serve(desk, id, nth === 0 ? 200 : 95, { day: '2026-10-28', rating: 5 }))
    addConsent(desk.db, people[0]!, consentPurposes.publish, '2026-01-05')
    const lock = { year: 2026, version: null, untilDay: '2026-11-22' }
    const { version } = lockYear(desk.context('manager'), lock)
    const list = { year: 2026, version, places, objectionsUntil: '2026-12-07' }
    return { desk, people, year: publishYear(desk.context('manager'), list) }
  }

  test('has whole names only of those who consent, and tells ties, rule and the end of objections', () => {
    const { desk } = published()
    const words = seen(desk, 'publication-list', { year: 2026 })
    for (const wanted of [
      '2026年度志愿先锋公示',
      '2026年12月7日（含当天）前向服务台提出',
      '1 王小明 ZY-2026-000001 3 小时 20 分 1 5.00',
      '2 并列 李*山 ZY-2026-000002 1 小时 35 分 1 5.00',
      '2 并列 赵*生 ZY-2026-000003',
      '先比时长，再比场次，再比平均评价',
    ]) {
      expect(words).toContain(wanted)
    }
    expect(words).not.toContain('更正')
    expect(page(desk, 'publication-list', { year: 2026 })).not.toContain('李大山')
  })

  test('lists corrections without the words of whoever objected, and is final once frozen', () => {
    const { desk, people, year } = published(1)
    const correction = { year: 2026, volunteerId: people[1]!, kind: 'exclude', reason: '邻居举报' } as const
    const { version } = correctYear(desk.context('manager'), { ...correction, version: year.version })
    expect(seen(desk, 'publication-list', { year: 2026 })).toContain(
      '李*山 ZY-2026-000002 不再参加排名 第 2 名 → 无名次',
    )
    desk.clock.set('2026-12-08T01:00:00.000Z')
    freezeYear(desk.context('manager'), { year: 2026, version })
    const words = seen(desk, 'publication-list', { year: 2026 })
    expect(words).toContain('2026年度志愿先锋名单 最终名单')
    expect(words).toContain('名单已经确定')
    expect(words).not.toContain('邻居举报')
    expect(words).not.toContain('赵')
  })

  test('is not made before the year is published', () => {
    const { desk } = open()
    expect(refusal(() => page(desk, 'publication-list', { year: 2026 }))).toMatchObject(conflict('step'))
    lockYear(desk.context('manager'), { year: 2026, version: null, untilDay: '2026-11-22' })
    expect(refusal(() => page(desk, 'publication-list', { year: 2026 }))).toMatchObject(conflict('step'))
  })
})

test.each([
  ['sign-in-sheet', 'activityId', 'activity'],
  ['volunteer-file', 'volunteerId', 'volunteer'],
  ['redemption-slip', 'redemptionId', 'redemption'],
  ['points-statement', 'volunteerId', 'volunteer'],
  ['publication-list', 'year', null],
] as const)('a %s needs its %s, and one that exists', (paper, field, what) => {
  const { desk } = open()
  expect(refusal(() => page(desk, paper, {}))).toEqual(invalidFields([field, 'required']))
  if (what) expect(refusal(() => page(desk, paper, { [field]: 4711 }))).toEqual(notFound(what))
})

test('a paper that still says the same is the same paper, and a changed one is a new one', () => {
  const { desk, volunteer } = open()
  const issue = () =>
    issueVolunteerPaper(desk.context(), asking('points-statement', { volunteerId: volunteer }))
  const first = issue()
  expect(issue()).toBe(first)
  serve(desk, volunteer, 60, { day: '2026-11-02' })
  expect(issue()).not.toBe(first)
  expect(rows(desk.db, "SELECT 1 FROM audit WHERE action = 'document.issue'")).toHaveLength(2)
})
