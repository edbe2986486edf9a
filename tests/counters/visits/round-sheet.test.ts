import { describe, expect, test } from 'vitest'
import { roundSheet } from '../../../electron/counters/visits/round-sheet.ts'
import { rows, write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { cellsOf, formulasOf, typesOf } from './sheets.ts'
import { addDoor, knock, moveIn, openWalks, plan } from './walks.ts'

/** A round of two doors; at the first live two, one of a key group. */
function open() {
  const walks = openWalks()
  const doors = ['1栋101', '1栋102'].map((door) => addDoor(walks, door, walks.gridIds[0]!, '桂花苑'))
  const head = moveIn(walks, doors[0]!, '欧阳奶奶', { keyGroups: ['孤寡老人'] })
  moveIn(walks, doors[0]!, '张三', { relation: '租客' })
  const round = plan(walks, doors)
  const sheet = (whole: boolean, reason = '') => roundSheet(walks.context(), { id: round.id, whole, reason })
  const exports = () =>
    rows<{ subject: string; reason: string | null; changes: string }>(
      walks.db,
      "SELECT subject, reason, changes FROM audit WHERE action = 'visit.export' ORDER BY id",
    )
  return { walks, doors, head, round, sheet, exports }
}

describe('a round as a spreadsheet', () => {
  test('has a row a door, with what was entered of it', async () => {
    const { walks, doors, round, sheet } = open()
    knock(walks, doors[0]!, '2026-11-23', 'nobody', { roundId: round.id })
    const { fileName, base64 } = await sheet(false)
    expect(fileName).toBe(`走访 ${round.number}.xlsx`)
    expect(cellsOf(base64)).toEqual(
      expect.arrayContaining(['网格', '第一网格', '桂花苑 1栋101', '桂花苑 1栋102', '2026-11-23', '无人']),
    )
  })

  test('masks names and key groups unless they are asked for whole, and either way is written down', async () => {
    const { round, sheet, exports } = open()
    const masked = cellsOf((await sheet(false)).base64)
    expect(masked).toEqual(expect.arrayContaining(['欧**奶、张*', '有']))
    expect(masked.join()).not.toMatch(/欧阳奶奶|张三|孤寡老人/)
    const whole = cellsOf((await sheet(true, '街道核对')).base64)
    expect(whole).toEqual(expect.arrayContaining(['欧阳奶奶、张三', '孤寡老人']))
    expect(exports().map(({ subject, reason }) => [subject, reason])).toEqual([
      [`round-export:${round.id}`, null],
      [`round-export:${round.id}`, '街道核对'],
    ])
    expect(exports().map(({ changes }) => JSON.parse(changes) as object)).toMatchObject([
      { whole: [null, false] },
      { whole: [null, true] },
    ])
  })

  test('with whole names takes a reason; without one nothing leaves and nothing is written down', async () => {
    const { sheet, exports } = open()
    await expect(sheet(true, '急')).rejects.toMatchObject({
      code: 'INVALID',
      data: { fields: [{ path: 'reason', problem: 'required' }] },
    })
    expect(exports()).toEqual([])
  })

  test('has text in every cell and no formula, whatever somebody is called', async () => {
    const { walks, head, sheet } = open()
    act(walks.context(), { action: 'person.change', subject: 'person' }, (db) =>
      write(db, 'UPDATE person SET name = \'=HYPERLINK("http://x")\' WHERE id = ?', head),
    )
    const { base64 } = await sheet(true, '街道核对')
    expect(formulasOf(base64)).toBe(0)
    expect(new Set(typesOf(base64))).toEqual(new Set(['s']))
    expect(cellsOf(base64).filter((text) => text.startsWith('='))).toEqual([])
  })

  test('of no round is refused', async () => {
    const { walks } = open()
    await expect(roundSheet(walks.context(), { id: 99, whole: false, reason: '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      data: { what: 'round' },
    })
  })
})
