import { describe, expect, test } from 'vitest'
import { listCoverageRows, coverageSheet } from '../../../electron/counters/visits/coverage-rows.ts'
import type { Asked } from '../../../electron/counters/visits/coverage-hits.ts'
import { rows } from '../../../electron/database/open.ts'
import { refusal } from '../enquiries/counter.ts'
import { cellsOf } from './sheets.ts'
import { addDoor, answerFor, knock, moveIn, need, openWalks, type Walks } from './walks.ts'

/** Four doors of the first grid and one of the second, which the other visitor answers for. */
function open() {
  const walks = openWalks()
  answerFor(walks, walks.visitorIds[1]!, walks.gridIds[1]!)
  const doors = ['1栋101', '1栋102', '2栋201', '10栋1001'].map((door) =>
    addDoor(walks, door, walks.gridIds[0]!),
  )
  doors.push(addDoor(walks, '3栋301', walks.gridIds[1]!))
  return { walks, doors }
}

const list = (
  walks: Walks,
  asked: Partial<Asked> & { what: Asked['what']; after?: number; limit?: number },
) =>
  listCoverageRows(walks.context('auditor'), {
    month: '2026-11',
    gridId: null,
    visitorId: null,
    limit: 50,
    ...asked,
  })
const doorsOf = (...given: Parameters<typeof list>) => list(...given).rows.map(({ door }) => door)

describe('the rows behind a number', () => {
  test('stand as one walks, each with the visit that makes it count', () => {
    const { walks, doors } = open()
    knock(walks, doors[3]!, '2026-11-02')
    const first = knock(walks, doors[0]!, '2026-11-02')
    const second = knock(walks, doors[0]!, '2026-11-09')
    const met = list(walks, { what: 'month-met' })
    expect(met.rows.map(({ door, visit }) => [door, visit!.day])).toEqual([
      ['1栋101', '2026-11-09'],
      ['10栋1001', '2026-11-02'],
    ])
    expect(met.rows[0]!.visit).toEqual({
      id: second.id,
      day: '2026-11-09',
      outcome: 'met',
      at: second.enteredAt,
    })
    // Covered by the first meeting of the year.
    expect(list(walks, { what: 'covered' }).rows[0]!.visit!.id).toBe(first.id)
    expect(doorsOf(walks, { what: 'not-covered' })).toEqual(['1栋102', '2栋201', '3栋301'])
  })

  test('have a door that was in vain on two days twice, and never cut it over two pages', () => {
    const { walks, doors } = open()
    knock(walks, doors[0]!, '2026-11-02', 'nobody')
    for (const day of ['2026-11-02', '2026-11-03', '2026-11-04']) knock(walks, doors[1]!, day, 'nobody')
    knock(walks, doors[2]!, '2026-11-05', 'refused')
    const first = list(walks, { what: 'month-in-vain', limit: 2 })
    expect(first.total).toBe(5)
    expect(first.rows.map(({ door, visit }) => [door, visit!.day])).toEqual([
      ['1栋101', '2026-11-02'],
      ['1栋102', '2026-11-02'],
      ['1栋102', '2026-11-03'],
      ['1栋102', '2026-11-04'],
    ])
    const next = list(walks, { what: 'month-in-vain', limit: 2, after: doors[1]! })
    expect(next.rows.map(({ door, visit }) => [door, visit!.outcome])).toEqual([['2栋201', 'refused']])
    expect(next.total).toBe(5)
  })

  test('go on after a door that has left the list meanwhile', () => {
    const { walks, doors } = open()
    expect(doorsOf(walks, { what: 'not-covered', limit: 2 })).toEqual(['1栋101', '1栋102'])
    knock(walks, doors[1]!, '2026-11-20')
    expect(doorsOf(walks, { what: 'not-covered', limit: 2, after: doors[1]! })).toEqual(['2栋201', '3栋301'])
  })

  test('of the empty and moved say why and since when', () => {
    const { walks, doors } = open()
    knock(walks, doors[2]!, '2026-11-03', 'vacant', { note: '邻居说空了半年' })
    expect(list(walks, { what: 'away' })).toMatchObject({
      total: 1,
      rows: [{ door: '2栋201', awayReason: '邻居说空了半年', awaySince: '2026-11-03', visit: null }],
    })
  })

  test('of key groups go by the group asked for, otherwise by the shortest interval', () => {
    const { walks, doors } = open()
    moveIn(walks, doors[0]!, '吴奶奶', { keyGroups: ['孤寡老人', '残疾'] })
    moveIn(walks, doors[1]!, '张大山', { keyGroups: ['残疾'] })
    knock(walks, doors[0]!, '2026-10-20')
    expect(doorsOf(walks, { what: 'key-overdue' })).toEqual(['1栋101', '1栋102'])
    expect(doorsOf(walks, { what: 'key-overdue', keyGroup: '残疾' })).toEqual(['1栋102'])
    expect(doorsOf(walks, { what: 'key-soon', keyGroup: '残疾' })).toEqual(['1栋101'])
    expect(list(walks, { what: 'key-overdue' }).rows[0]).toMatchObject({
      dueDay: '2026-11-19',
      keyGroups: ['孤寡老人', '残疾'],
    })
  })

  test('of agreed days and open needs have those that are to be done today', () => {
    const { walks, doors } = open()
    knock(walks, doors[0]!, '2026-11-10', 'met', { followUpDay: '2026-11-23' })
    knock(walks, doors[1]!, '2026-11-10', 'met', { followUpDay: '2026-11-24' })
    knock(walks, doors[2]!, '2026-11-10', 'met', { needs: [need('漏水')] })
    expect(doorsOf(walks, { what: 'follow-up' })).toEqual(['1栋101'])
    expect(doorsOf(walks, { what: 'open-need' })).toEqual(['2栋201'])
    knock(walks, doors[0]!, '2026-11-23', 'moved')
    expect(doorsOf(walks, { what: 'follow-up' })).toEqual([])
  })

  test('of a visitor are what they did, or the doors they answer for', () => {
    const { walks, doors } = open()
    const [worker, partner] = walks.visitorIds
    knock(walks, doors[0]!, '2026-11-02', 'met', { visitorIds: [partner!] })
    knock(walks, doors[1]!, '2026-11-02')
    expect(doorsOf(walks, { what: 'month-met', visitorId: partner! })).toEqual(['1栋101'])
    expect(doorsOf(walks, { what: 'month-met', visitorId: worker! })).toEqual(['1栋102'])
    expect(doorsOf(walks, { what: 'not-covered', visitorId: worker! })).toEqual(['2栋201', '10栋1001'])
    expect(doorsOf(walks, { what: 'not-covered', visitorId: partner! })).toEqual(['3栋301'])
  })

  test('of a month that has not come are refused', () => {
    const { walks } = open()
    expect(refusal(() => list(walks, { what: 'covered', month: '2027-01' }))).toMatchObject({
      code: 'INVALID',
    })
  })
})

describe('the sheet of a list', () => {
  test('masks names, hides which group somebody belongs to, and is written down', async () => {
    const { walks, doors } = open()
    moveIn(walks, doors[0]!, '吴奶奶', { keyGroups: ['孤寡老人'] })
    const { fileName, base64 } = await coverageSheet(walks.context('auditor'), {
      what: 'key-overdue',
      month: '2026-11',
      gridId: null,
      visitorId: null,
      keyGroup: '孤寡老人',
    })
    expect(fileName).toBe('走访 重点到期 2026-11.xlsx')
    const cells = cellsOf(base64)
    expect(cells).toEqual(expect.arrayContaining(['姓名', '1栋101', '吴*奶', '有', '今年未见、重点到期']))
    expect(cells.join()).not.toContain('吴奶奶')
    expect(cells).not.toContain('孤寡老人')
    const audit = rows<{ action: string; changes: string }>(
      walks.db,
      'SELECT action, changes FROM audit ORDER BY id DESC LIMIT 1',
    )[0]!
    expect(audit.action).toBe('visit.export')
    expect(JSON.parse(audit.changes)).toMatchObject({ rows: [null, 1], whole: [null, false] })
    expect(audit.changes).not.toMatch(/孤寡|吴/)
  })

  test('of the empty and moved has the reasons', async () => {
    const { walks, doors } = open()
    knock(walks, doors[2]!, '2026-11-03', 'moved', { note: '=搬到女儿家' })
    const { base64 } = await coverageSheet(walks.context(), {
      what: 'away',
      month: '2026-11',
      gridId: null,
      visitorId: null,
    })
    // A text that a spreadsheet would take for a formula is text.
    expect(cellsOf(base64)).toEqual(expect.arrayContaining(['不计入原因', "'=搬到女儿家", '2026-11-03']))
  })
})
