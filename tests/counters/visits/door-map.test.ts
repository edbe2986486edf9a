import { describe, expect, test } from 'vitest'
import { mergeHouseholds } from '../../../electron/counters/people/household-merge.ts'
import { readDoorMap } from '../../../electron/counters/visits/door-map.ts'
import { refusal } from '../enquiries/counter.ts'
import { addDoor, knock, longAgo, moveIn, openWalks } from './walks.ts'

describe('the map of a grid', () => {
  test('draws its doors by compound, building and unit, each as one counts them', () => {
    const walks = openWalks()
    const [grid, other] = walks.gridIds
    for (const door of ['2栋1单元1002', '2栋1单元302', '2栋2单元101', '10栋101']) {
      addDoor(walks, door, grid!, '桂花苑')
    }
    addDoor(walks, '2栋1单元101', grid!)
    addDoor(walks, '2栋1单元102', other!)
    const map = readDoorMap(walks.context('auditor'), grid!)
    expect(
      map.map(({ estate, building, units }) => [
        estate,
        building,
        units.map(({ unit, doors }) => [unit, doors.map(({ number }) => number)]),
      ]),
    ).toEqual([
      ['', '2', [['1', ['101']]]],
      [
        '桂花苑',
        '2',
        [
          ['1', ['302', '1002']],
          ['2', ['101']],
        ],
      ],
      ['桂花苑', '10', [['', ['101']]]],
    ])
  })

  test('tells of each door the last meeting, who is gone, and which key group is due', () => {
    const walks = openWalks()
    const [grid] = walks.gridIds
    const doors = ['1栋1', '1栋2', '1栋3', '1栋4', '1栋5'].map((door) => addDoor(walks, door, grid!))
    longAgo(walks, doors[0]!, '2024-05-01')
    knock(walks, doors[0]!, '2026-11-20', 'nobody')
    knock(walks, doors[1]!, '2026-11-20', 'moved')
    moveIn(walks, doors[2]!, '吴奶奶', { keyGroups: ['孤寡老人'] })
    moveIn(walks, doors[3]!, '周爷爷', { keyGroups: ['孤寡老人'] })
    knock(walks, doors[3]!, '2026-11-20')
    mergeHouseholds(walks.context('manager'), { into: doors[0]!, from: doors[4]!, reason: '一户两条' })
    const [building] = readDoorMap(walks.context(), grid!)
    expect(building!.units[0]!.doors).toEqual([
      {
        householdId: doors[0],
        number: '1',
        lastMetDay: '2024-05-01',
        away: null,
        keyGroup: false,
        overdue: false,
      },
      {
        householdId: doors[1],
        number: '2',
        lastMetDay: null,
        away: 'moved',
        keyGroup: false,
        overdue: false,
      },
      { householdId: doors[2], number: '3', lastMetDay: null, away: null, keyGroup: true, overdue: true },
      {
        householdId: doors[3],
        number: '4',
        lastMetDay: '2026-11-20',
        away: null,
        keyGroup: true,
        overdue: false,
      },
    ])
  })

  test('of an empty grid is empty, of none is refused', () => {
    const walks = openWalks()
    expect(readDoorMap(walks.context(), walks.gridIds[0]!)).toEqual([])
    expect(refusal(() => readDoorMap(walks.context(), 99))).toEqual({
      code: 'NOT_FOUND',
      data: { what: 'grid' },
    })
  })
})
