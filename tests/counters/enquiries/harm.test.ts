import { describe, expect, test } from 'vitest'
import { listHarmReports, reportHarm } from '../../../electron/counters/enquiries/harm.ts'
import { rows, transact, value, write } from '../../../electron/database/open.ts'
import { openTestDesk } from '../../fixture.ts'
import { accept, refusal } from './counter.ts'

type Input = Parameters<typeof reportHarm>[1]

const suspicion = (changed: Partial<Input> = {}): Input => ({
  enquiryId: null,
  follows: null,
  child: '三年级男生，住 3 栋',
  seen: '手臂有成片的淤青，说不敢回家',
  told: ['公安机关（110）', '社区未成年人保护专人'],
  toldAt: '2026-11-23T01:38:00.000Z',
  ...changed,
})

describe('a suspicion of harm to a child', () => {
  test('is written down by anyone who serves residents, with a number of its own', () => {
    const { context } = openTestDesk()
    expect(reportHarm(context('teacher'), suspicion())).toEqual({
      id: 1,
      number: 'WB-2026-000001',
      at: '2026-11-23T01:41:00.000Z',
      operator: '老师',
      ...suspicion(),
    })
    expect(reportHarm(context('clerk'), suspicion()).number).toBe('WB-2026-000002')
  })

  test('knows the enquiry at which it was seen, and leaves that as it is', () => {
    const desk = openTestDesk()
    const enquiry = accept(desk)
    expect(reportHarm(desk.context('teacher'), suspicion({ enquiryId: enquiry.id })).enquiryId).toBe(
      enquiry.id,
    )
    const versionOf = 'SELECT version FROM enquiry WHERE id = ?'
    expect(value(desk.db, versionOf, enquiry.id)).toBe(enquiry.version)
  })

  test('takes the year of its number from the local day', () => {
    const { context } = openTestDesk({ start: '2026-12-31T16:00:00.000Z' })
    expect(reportHarm(context(), suspicion()).number).toBe('WB-2027-000001')
  })

  test('leaves in the audit that it was made, to whom it was told, and none of its words', () => {
    const { context, db } = openTestDesk()
    reportHarm(context(), suspicion())
    const [audited] = rows<{ subject: string; changes: string }>(
      db,
      "SELECT subject, changes FROM audit WHERE action = 'harm.report'",
    )
    expect(audited!.subject).toBe('harm:1')
    expect(JSON.parse(audited!.changes)).toEqual({
      enquiryId: [null, null],
      follows: [null, null],
      child: 'changed',
      seen: 'changed',
      told: [null, ['公安机关（110）', '社区未成年人保护专人']],
      toldAt: [null, '2026-11-23T01:38:00.000Z'],
    })
  })

  test('was told before it was written down; a screen whose clock is a little ahead is believed', () => {
    const { context } = openTestDesk()
    const at = (toldAt: string) => () => reportHarm(context(), suspicion({ toldAt }))
    expect(refusal(at('2026-11-23T01:42:00.001Z'))).toEqual({
      code: 'INVALID',
      data: { fields: [{ path: 'toldAt', problem: 'future' }] },
    })
    expect(at('2026-11-23T01:42:00.000Z')().number).toBe('WB-2026-000001')
  })

  test('about an enquiry or report that is not there is refused, and takes no number', () => {
    const { context, db } = openTestDesk()
    const refused = (changed: Partial<Input>) => refusal(() => reportHarm(context(), suspicion(changed)))
    expect(refused({ enquiryId: 99 })).toEqual({ code: 'NOT_FOUND', data: { what: 'enquiry' } })
    expect(refused({ follows: 99 })).toEqual({ code: 'NOT_FOUND', data: { what: 'harm' } })
    expect(rows(db, 'SELECT 1 FROM harm_report')).toEqual([])
    expect(rows(db, "SELECT 1 FROM sequence WHERE kind = 'WB'")).toEqual([])
  })

  test('that was told to the same twice was told once', () => {
    const { context } = openTestDesk()
    expect(reportHarm(context(), suspicion({ told: ['学校', '学校'] })).told).toEqual(['学校'])
  })
})

describe('the log of harm', () => {
  test('stands newest first; what adds to an addition adds to the first report', () => {
    const { context } = openTestDesk()
    const first = reportHarm(context(), suspicion())
    const second = reportHarm(context(), suspicion({ follows: first.id, told: ['学校'] }))
    reportHarm(context(), suspicion({ follows: second.id, told: ['监护人'] }))
    expect(listHarmReports(context('auditor')).map(({ id, follows }) => [id, follows])).toEqual([
      [3, 1],
      [2, 1],
      [1, null],
    ])
  })

  test('remembers each look at it, and no look makes a screen load it again', () => {
    const { context, db, published } = openTestDesk()
    reportHarm(context(), suspicion())
    published.length = 0
    listHarmReports(context('manager'))
    listHarmReports(context('auditor'))
    expect(
      rows(
        db,
        `SELECT operator.name, subject, changes FROM audit JOIN operator ON operator.id = operator_id
         WHERE action = 'harm.read' ORDER BY audit.id`,
      ),
    ).toEqual([
      { name: '主任', subject: 'harm-log', changes: null },
      { name: '监督', subject: 'harm-log', changes: null },
    ])
    expect(published.map(({ topic }) => topic)).not.toContain('harm')
  })

  test.each([
    ['changed', "UPDATE harm_report SET seen = '' WHERE id = 1"],
    ['deleted', 'DELETE FROM harm_report WHERE id = 1'],
    [
      'written over',
      `INSERT OR REPLACE INTO harm_report (id, number, child, seen, told, told_at, at, operator_id)
       SELECT id, 'WB-2026-000009', '', '', '[]', told_at, at, operator_id FROM harm_report`,
    ],
    [
      'written over by its number',
      `INSERT OR REPLACE INTO harm_report (id, number, child, seen, told, told_at, at, operator_id)
       SELECT 9, number, '', '', '[]', told_at, at, operator_id FROM harm_report`,
    ],
  ])('cannot be %s', (_how, statement) => {
    const { context, db } = openTestDesk()
    const report = reportHarm(context(), suspicion())
    expect(() => transact(db, (file) => write(file, statement))).toThrow('append-only')
    expect(listHarmReports(context('manager'))).toEqual([report])
  })
})
