import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { issueNoonPaper, type Asked } from '../../../electron/counters/noon-class/paper.ts'
import { reportIncident } from '../../../electron/counters/noon-class/incidents.ts'
import { recordConsent } from '../../../electron/counters/people/consents.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { readDocument, renderDocument } from '../../../electron/workbench/documents.ts'
import { qrImage } from '../../../electron/workbench/qr.ts'
import type { Role } from '../../../electron/contract/access.ts'
import { openTestDesk, root, type TestDesk } from '../../fixture.ts'
import { settle, wordsOf } from '../enquiries/cases.ts'
import { refusal } from '../enquiries/counter.ts'
import { fact, moment, rename } from './facts.ts'
import { addLeave, badgeOf, classOf, sql, today } from './fill.ts'

/** A class of six in two groups at 12:00: in each group one is collected, one escorted, one goes alone. */
function open() {
  const desk = openTestDesk()
  settle(desk)
  const filled = classOf(desk)
  const come = (child: number) =>
    fact(desk, {
      childId: filled.childIds[child]!,
      groupId: filled.groupIds[child < 3 ? 0 : 1]!,
      day: today,
      kind: 'arrival',
    })
  return { desk, ...filled, come }
}

const asking = (paper: Asked['paper'], changed: Partial<Asked> = {}): Asked => ({
  paper,
  day: today,
  groupId: null,
  childId: null,
  month: null,
  ...changed,
})

function page(desk: TestDesk, paper: Asked['paper'], changed: Partial<Asked> = {}, role: Role = 'clerk') {
  const id = issueNoonPaper(desk.context(role), asking(paper, changed))
  return renderDocument(desk.desk, readDocument(desk.db, id)).html
}

const seen = (...given: Parameters<typeof page>) => wordsOf(page(...given))

describe('the roster', () => {
  test('tells room, teachers, times, who is expected and who on leave, and leaves room for a pen', () => {
    const { desk, childIds, groupIds } = open()
    addLeave(desk, childIds[1]!, today, '发烧')
    const words = seen(desk, 'roster', { groupId: groupIds[0]! })
    for (const wanted of [
      '第1组 · 午间课堂名册 2026年11月23日 星期一',
      '教室：1 号教室',
      '老师：老师',
      '12:10 前到',
      '14:00 前接走',
      '应到 2 人，请假 1 人',
      '到 时间',
      '签字',
      '接走 时间',
      '接走人 签字',
      '备注',
      '学生001',
      '学生002',
      '请假',
      '随队',
      '自己走',
    ]) {
      expect(words).toContain(wanted)
    }
    // Why a child is away is nobody's business who passes the desk.
    expect(words).not.toContain('发烧')
    expect(words).not.toContain('学生004')
  })

  test('marks an allergy by a sign in bold, and two of one name by a frame and what tells them apart', () => {
    const { desk, childIds } = open()
    sql(desk, "UPDATE child SET allergies = '花生、牛奶', mark = '戴眼镜' WHERE id = ?", childIds[0])
    rename(desk, childIds[0]!, '王小萱')
    rename(desk, childIds[5]!, '王小萱')
    const html = page(desk, 'roster')
    expect(html).toContain('<span class="allergy">▲ 花生、牛奶</span>')
    expect(html.match(/<span class="same">同名<\/span>/g)).toHaveLength(4)
    expect(wordsOf(html)).toContain('王小萱 同名 戴眼镜')
    expect(wordsOf(page(desk, 'roster'))).not.toContain('学生002 同名')
  })

  test('has the times that are known already', () => {
    const { desk, childIds, groupIds, pickupIds, come } = open()
    come(0)
    fact(desk, {
      childId: childIds[0]!,
      groupId: groupIds[0]!,
      day: today,
      kind: 'departure',
      time: '12:40',
      pickupId: pickupIds[0]!,
      by: '妈妈 家长1',
    })
    expect(seen(desk, 'roster')).toContain('12:02 12:40 妈妈 家长1接走')
  })

  test('says who may take each child, and of whoever must not nothing at all', () => {
    const { desk, childIds } = open()
    const add = (kind: string, name: string, toDay: string | null = null) =>
      sql(
        desk,
        `INSERT INTO pickup_person (child_id, kind, name, relation, reason, from_day, to_day, operator_id, created_at)
         VALUES (?, ?, ?, '亲戚', '法院判决', '2026-11-01', ?, 1, ?)`,
        childIds[0],
        kind,
        name,
        toDay,
        desk.clock().toISOString(),
      )
    add('authorised', '周奶奶')
    add('authorised', '旧保姆', '2026-11-22')
    add('authorised', '赵大海')
    add('forbidden', '赵大海')
    const words = seen(desk, 'roster')
    expect(words).toContain('妈妈 家长1、亲戚 周奶奶')
    expect(words).not.toMatch(/旧保姆|赵大海|法院/)
  })

  test('is of a teacher’s own groups, and of no other', () => {
    const { desk, groupIds } = open()
    const words = seen(desk, 'roster', {}, 'teacher')
    expect(words).toContain('第1组')
    expect(words).not.toContain('第2组')
    const asked = asking('roster', { groupId: groupIds[1]! })
    expect(refusal(() => issueNoonPaper(desk.context('teacher'), asked))).toEqual({
      code: 'NOT_FOUND',
      data: { what: 'group' },
    })
  })

  test('without anybody on it is no paper', () => {
    const { desk } = open()
    expect(
      refusal(() => issueNoonPaper(desk.context(), asking('roster', { day: '2026-05-11' }))),
    ).toMatchObject({ code: 'CONFLICT', data: { because: 'step' } })
  })
})

describe('the meal list', () => {
  test('has those with an allergy who eat today, then how many trays each group needs', () => {
    const { desk, childIds, come } = open()
    const allergic = (child: number, to: string) =>
      sql(desk, 'UPDATE child SET allergies = ? WHERE id = ?', to, childIds[child])
    allergic(0, '鸡蛋')
    allergic(1, '牛奶')
    allergic(5, '虾')
    addLeave(desk, childIds[5]!)
    come(0)
    const words = seen(desk, 'meal-list')
    expect(words).toContain('共 5 份')
    expect(words).toMatch(/学生001 三\S+ 第1组 ▲ 鸡蛋 .*学生002 三\S+ 第1组 ▲ 牛奶/)
    expect(words).toMatch(/第1组 1 号教室 3 1 2 第2组 2 号教室 2 0 1/)
    expect(words).not.toMatch(/学生003|学生006|虾/)
  })
})

describe('the escort list', () => {
  test('has who is here and goes in the group, by school, with places for the escort’s hand', () => {
    const { desk, childIds, come } = open()
    for (const child of [0, 1, 2, 4]) come(child)
    sql(desk, "UPDATE child SET school = '乙小学' WHERE id = ?", childIds[4])
    const html = page(desk, 'escort-list')
    const words = wordsOf(html)
    expect(html.match(/<section class="sheet">/g)).toHaveLength(2)
    for (const wanted of ['甲小学', '乙小学', '学生002', '学生005', '带队人签字', '离开时间', '共 1 人']) {
      expect(words).toContain(wanted)
    }
    expect(words).not.toMatch(/学生001|学生003/)
  })

  test('is no paper while nobody goes', () => {
    const { desk } = open()
    expect(refusal(() => issueNoonPaper(desk.context(), asking('escort-list')))).toMatchObject({
      code: 'CONFLICT',
      data: { because: 'step' },
    })
  })
})

describe('badges', () => {
  const cards = (html: string) => html.match(/<div class="card">/g)!.length

  test('carry name, class, group, the code in letters and as QR; ten on a sheet', () => {
    const desk = openTestDesk()
    classOf(desk, { groups: 1, children: 11 })
    const html = page(desk, 'badges')
    expect([cards(html), html.match(/<div class="sheet">/g)!.length]).toEqual([11, 2])
    const words = wordsOf(html)
    for (const wanted of ['学生001', '第1组', badgeOf(0), badgeOf(10)]) expect(words).toContain(wanted)
    expect(html.match(/<img class="qr" src="data:image/g)).toHaveLength(11)
  })

  test('are of one child, of one group, and of no child that left', () => {
    const { desk, childIds, groupIds } = open()
    expect(cards(page(desk, 'badges', { childId: childIds[0]! }))).toBe(1)
    expect(cards(page(desk, 'badges', { groupId: groupIds[1]! }))).toBe(3)
    sql(desk, 'UPDATE enrolment SET left_day = ? WHERE child_id = ?', today, childIds[5])
    expect(wordsOf(page(desk, 'badges', { groupId: groupIds[1]! }))).not.toContain('学生006')
    expect(cards(page(desk, 'badges', {}, 'teacher'))).toBe(3)
    const others = asking('badges', { childId: childIds[4]! })
    expect(refusal(() => issueNoonPaper(desk.context('teacher'), others))).toEqual({
      code: 'NOT_FOUND',
      data: { what: 'child' },
    })
  })

  test('have a QR that is drawn without script and with white around it', async () => {
    const svg = Buffer.from(qrImage('NOON-000001').split(',')[1]!, 'base64')
    expect(svg.toString()).not.toMatch(/script|href|style/)
    const { data, info } = await sharp(svg, { density: 300 })
      .grayscale()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const at = (x: number, y: number) => data[(y * info.width + x) * info.channels]!
    const module = info.width / 29
    // The corner of the first finder pattern lies four modules in.
    expect(at(Math.round(2 * module), Math.round(2 * module))).toBe(255)
    expect(at(Math.round(4.5 * module), Math.round(4.5 * module))).toBe(0)
  })
})

describe('the register on paper', () => {
  test('has days, marks, totals and places to sign', () => {
    const { desk, childIds, groupIds, come } = open()
    come(0)
    addLeave(desk, childIds[1]!, '2026-11-20')
    const words = seen(desk, 'register', { groupId: groupIds[0]!, month: '2026-11' })
    for (const wanted of [
      '2026年11月',
      '第1组 · 考勤表',
      '学生001',
      '√',
      '假',
      '？',
      '到的人数',
      '老师签字',
    ]) {
      expect(words).toContain(wanted)
    }
  })

  test('is of a month', () => {
    const { desk } = open()
    expect(refusal(() => issueNoonPaper(desk.context(), asking('register')))).toMatchObject({
      code: 'INVALID',
      data: { fields: [{ path: 'month', problem: 'required' }] },
    })
  })
})

describe('the copy of a child’s record', () => {
  function wholeRecord() {
    const given = open()
    const { desk, childIds } = given
    const childId = childIds[0]!
    rename(desk, childId, '丁小满')
    sql(
      desk,
      "UPDATE child SET allergies = '花生', health = '哮喘，随身带药', insurance = '学平险' WHERE id = ?",
      childId,
    )
    const personId = value<number>(desk.db, 'SELECT person_id FROM child WHERE id = ?', childId)!
    recordConsent(desk.context(), {
      personId,
      purpose: '午间课堂',
      givenBy: '丁妈妈',
      givenDay: '2026-11-12',
      wording: '2026 版',
    })
    sql(
      desk,
      `INSERT INTO pickup_person (child_id, kind, name, relation, reason, from_day, operator_id, created_at)
       VALUES (?, 'forbidden', '赵大海', '生父', '法院判决', '2026-11-01', 1, ?)`,
      childId,
      desk.clock().toISOString(),
    )
    fact(desk, { childId, groupId: given.groupIds[0]!, day: '2026-11-16', kind: 'arrival' })
    addLeave(desk, childId, '2026-11-17', '看牙')
    reportIncident(desk.context(), {
      childId,
      groupId: null,
      follows: null,
      kind: 'injury',
      happenedAt: moment('2026-11-16', '12:30'),
      what: '摔了一跤，另一位家长电话 13812345678',
      measures: '贴创可贴',
      called: ['监护人'],
      fileIds: [],
    })
    return { ...given, childId }
  }

  test('has all that is stored about the child, the guardian’s phone whole', () => {
    const { desk, childId } = wholeRecord()
    const words = seen(desk, 'child-record', { childId })
    for (const wanted of [
      '丁小满',
      '甲小学',
      '2017年5月4日',
      '花生',
      '哮喘，随身带药',
      '学平险',
      '家长1 妈妈 19900004417',
      '午间课堂 丁妈妈 2026年11月12日 2026 版 没有',
      '第1组 2026年11月13日',
      '2026年11月 1 1 0 4',
      '2026年11月17日 看牙',
      'SJ-2026-000001',
      '摔了一跤',
      '贴创可贴',
      '监护人签收',
    ]) {
      expect(words).toContain(wanted)
    }
  })

  test('says nothing of whoever must not collect it, and no number of somebody else', () => {
    const { desk, childId } = wholeRecord()
    expect(seen(desk, 'child-record', { childId })).not.toMatch(/赵大海|生父|法院|13812345678/)
  })

  test('is written down each time it is given, without a name', () => {
    const { desk, childId } = wholeRecord()
    const given = asking('child-record', { childId })
    const [first, second] = [
      issueNoonPaper(desk.context(), given),
      issueNoonPaper(desk.context('manager'), given),
    ]
    expect(second).not.toBe(first)
    const audited = rows<{ subject: string; changes: string }>(
      desk.db,
      "SELECT subject, changes FROM audit WHERE action = 'noon.child-copy'",
    )
    expect(audited.map(({ subject }) => subject)).toEqual([`noon-copy:${childId}`, `noon-copy:${childId}`])
    expect(JSON.parse(audited[0]!.changes)).toMatchObject({ whole: [null, true], document: [null, first] })
    expect(JSON.stringify(audited)).not.toContain('丁小满')
  })

  test('is of a child, and of one that the caller may see', () => {
    const { desk, childIds } = wholeRecord()
    expect(refusal(() => issueNoonPaper(desk.context(), asking('child-record')))).toMatchObject({
      code: 'INVALID',
      data: { fields: [{ path: 'childId', problem: 'required' }] },
    })
    const other = asking('child-record', { childId: childIds[5]! })
    expect(refusal(() => issueNoonPaper(desk.context('teacher'), other))).toEqual({
      code: 'NOT_FOUND',
      data: { what: 'child' },
    })
  })
})

test('a paper that has not changed is the same paper', () => {
  const { desk, come } = open()
  const issue = () => issueNoonPaper(desk.context(), asking('roster'))
  const first = issue()
  expect(issue()).toBe(first)
  come(0)
  expect(issue()).not.toBe(first)
})

test('markup in names, marks, classes and rooms stays text on every paper', () => {
  const { desk, childIds, groupIds, come } = open()
  const evil = `</style><script>alert(1)</script><img src=x>"'{{number}}`
  for (const childId of childIds) rename(desk, childId, evil)
  const spoil = (table: string, ...columns: string[]) =>
    columns.forEach((column) => sql(desk, `UPDATE ${table} SET ${column} = ? || id`, evil))
  spoil('child', 'mark', 'school', 'class', 'grade', 'allergies', 'health', 'insurance', 'badge')
  spoil('class_group', 'name', 'room')
  spoil('pickup_person', 'name', 'relation')
  spoil('guardian', 'name', 'relation', 'phone')
  sql(desk, "UPDATE child SET leaves = 'escort'")
  come(0)
  come(4)
  const childId = childIds[0]!
  const pages = [
    page(desk, 'roster'),
    page(desk, 'meal-list'),
    page(desk, 'escort-list'),
    page(desk, 'badges'),
    page(desk, 'register', { month: '2026-11', groupId: groupIds[0]! }),
    page(desk, 'child-record', { childId }),
  ]
  for (const html of pages) {
    expect(html).not.toMatch(/<script|<img src=x/)
    expect(html.match(/<\/style>/g)).toHaveLength(html.match(/<style>/g)!.length)
    expect(html).toContain('&lt;script&gt;alert(1)')
  }
})

test('lists that are read at arm’s length have no type under 13 points', () => {
  const thirteen = 13 * 0.3528
  for (const name of ['noon-roster', 'noon-meals', 'noon-escort', 'parts/large']) {
    const css = readFileSync(join(root, 'resources/documents', `${name}.html`), 'utf8')
    const sizes = [...css.matchAll(/font(?:-size)?:\s*([\d.]+)mm/g)].map((match) => Number(match[1]))
    for (const size of sizes) expect(size, name).toBeGreaterThanOrEqual(thirteen)
  }
})
