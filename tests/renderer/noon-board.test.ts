import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { absenceReasons, childStates, type Alarm, type Tile } from '../../electron/contract/noon-days.ts'
import {
  between,
  countsOf,
  justNow,
  keptTiles,
  laidOver,
  mayArrive,
  mayGoWithEscort,
  movedTo,
  narrowed,
  readShow,
  showOrder,
  stillToLay,
  wholeGroup,
  type Ahead,
  type Patch,
} from '../../renderer/counters/noon-class/board.ts'
import { calleesOf, nextCall } from '../../renderer/counters/noon-class/calls.ts'
import { matching, readScan } from '../../renderer/counters/noon-class/scan.ts'
import {
  alarmSince,
  classAndMark,
  namesInWords,
  reasonsOfAbsence,
  standing,
} from '../../renderer/counters/noon-class/words.ts'
import { inTurn } from '../../renderer/shell/changes.ts'

const at = (time: string) => new Date(`2026-11-23T${time}:00.000+08:00`).toISOString()
const now = new Date(at('12:18'))

const tile = (childId: number, more: Partial<Tile> = {}): Tile => ({
  childId,
  groupId: 1,
  name: `孩子${childId}`,
  sameName: false,
  mark: '',
  class: '三(2)班',
  photoId: null,
  allergies: '',
  state: 'expected',
  at: null,
  note: '',
  alarmSince: null,
  alarm: null,
  leaves: 'collected',
  trayChecked: false,
  attendanceId: null,
  ...more,
})

describe('a tile says how its child stands', () => {
  test.each([
    [{ state: 'expected' }, '应到'],
    [{ state: 'expected', alarm: 'missing', alarmSince: at('12:10') }, '未到 8 分钟'],
    [{ state: 'in', at: at('12:02') }, '12:02 签到'],
    [{ state: 'in', at: at('12:02'), alarm: 'not-collected', alarmSince: at('11:00') }, '未接 1 小时 18 分'],
    [{ state: 'out', at: at('12:40'), note: '妈妈 王芳接走' }, '12:40 妈妈 王芳接走'],
    [{ state: 'leave', note: '家长来电' }, '请假 · 家长来电'],
    [{ state: 'absent', note: '病了' }, '缺席 · 病了'],
    [{ state: 'leave' }, '请假'],
  ] as [Partial<Tile>, string][])('%j: %s', (more, words) => expect(standing(tile(1, more), now)).toBe(words))

  test('at the very minute an alarm counts no minutes yet', () => {
    expect(alarmSince('missing', at('12:18'), now)).toBe('未到')
  })

  test('the mark stands beside the class only where somebody bears the same name', () => {
    const marked = { class: '三(1)班', mark: '戴眼镜' }
    expect(classAndMark({ ...marked, sameName: true })).toBe('三(1)班 · 戴眼镜')
    expect(classAndMark({ ...marked, sameName: false })).toBe('三(1)班')
  })

  test('many names are a few and a count', () => {
    expect(namesInWords(['甲', '乙'])).toBe('甲、乙')
    expect(namesInWords(['甲', '乙', '丙'])).toBe('甲、乙 等 3 人')
  })

  test('every reason of the contract is offered, in its order', () => {
    expect(reasonsOfAbsence).toEqual(absenceReasons)
  })
})

const anyTile = (childId: number): fc.Arbitrary<Tile> =>
  fc
    .record({
      state: fc.constantFrom(...childStates),
      leaves: fc.constantFrom('collected' as const, 'alone' as const, 'escort' as const),
      alarmed: fc.boolean(),
      minute: fc.integer({ min: 0, max: 59 }),
      groupId: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ state, leaves, alarmed, minute, groupId }) => {
      const alarm =
        alarmed && state === 'expected' ? 'missing' : alarmed && state === 'in' ? 'not-collected' : null
      const came = state === 'in' || state === 'out'
      return tile(childId, {
        ...{ state, leaves, groupId, alarm, alarmSince: alarm && at('12:10') },
        ...{
          at: came ? at(`12:${String(minute).padStart(2, '0')}`) : null,
          attendanceId: came ? childId : null,
        },
      })
    })
const anyTiles = fc
  .integer({ min: 0, max: 30 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyTile(index + 1))))

describe('the chips of the board', () => {
  test('each opens as many children as it counts', () => {
    fc.assert(
      fc.property(anyTiles, (tiles) => {
        const counts = countsOf(tiles)
        for (const show of showOrder) expect(narrowed(tiles, show)).toHaveLength(counts[show])
        // Everybody is somewhere, once.
        expect(counts.in + counts.waiting + counts.leave + counts.out + counts.absent).toBe(tiles.length)
        expect(counts.due).toBe(tiles.length - counts.leave)
        expect(counts.missing).toBeLessThanOrEqual(counts.waiting)
        expect(counts.left).toBeLessThanOrEqual(counts.in)
      }),
    )
  })

  test('the address names one of them or none', () => {
    expect(readShow('missing')).toBe('missing')
    for (const odd of ['', 'constructor', 'toString', undefined, ['in'], 7]) expect(readShow(odd)).toBeNull()
  })
})

describe('several at once', () => {
  test('the whole group is everybody who is expected, not who told of leave or was explained', () => {
    const tiles = [
      tile(1),
      tile(2, { state: 'leave' }),
      tile(3, { state: 'absent' }),
      tile(4, { state: 'in' }),
      tile(5, { alarm: 'missing', alarmSince: at('12:10') }),
    ]
    expect(wholeGroup(tiles)).toEqual([1, 5])
  })

  test('only who is not here may come, only who is here and may may go with the escort', () => {
    fc.assert(
      fc.property(anyTile(1), (one) => {
        expect(mayArrive(one)).toBe(one.state !== 'in' && one.state !== 'out')
        expect(mayGoWithEscort(one)).toBe(one.state === 'in' && one.leaves === 'escort')
      }),
    )
  })

  test('Shift takes all between two tiles, whichever was first; the first alone when there was none', () => {
    const tiles = [1, 2, 3, 4, 5].map((id) => tile(id))
    expect(between(tiles, 2, 4)).toEqual([2, 3, 4])
    expect(between(tiles, 4, 2)).toEqual([2, 3, 4])
    expect(between(tiles, null, 3)).toEqual([3])
    // The other is not on this narrowed board.
    expect(between(tiles, 9, 3)).toEqual([3])
    expect(between(tiles, 2, 9)).toEqual([])
  })
})

describe('what this screen did', () => {
  const came: Patch = { state: 'in', at: at('12:18'), note: '', attendanceId: 7 }
  const missing = tile(1, { alarm: 'missing', alarmSince: at('12:10') })

  test('shows at once and ends the alarm', () => {
    const [shown] = laidOver([missing], 5, new Map([[1, { patch: came, answered: null }]]))
    expect(shown).toMatchObject({ state: 'in', at: at('12:18'), alarm: null, alarmSince: null })
  })

  test('never flickers: it stays over every board that was asked for before the answer, and over none after', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20 }), fc.option(fc.nat({ max: 20 })), (asked, answered) => {
        const ahead: Ahead = new Map([[1, { patch: came, answered }]])
        const [shown] = laidOver([missing], asked, ahead)
        const known = answered !== null && asked >= answered
        expect(shown!.state).toBe(known ? 'expected' : 'in')
        // What is forgotten changes nothing of what is shown.
        expect(laidOver([missing], asked, stillToLay(ahead, asked))).toEqual([shown])
        expect(stillToLay(ahead, asked).size).toBe(known ? 0 : 1)
      }),
    )
  })

  test('touches nobody else, and keeps a tile that did not change the same object', () => {
    fc.assert(
      fc.property(anyTiles, anyTiles, (before, after) => {
        const kept = keptTiles(before, after)
        expect(kept).toEqual(after)
        const same = kept.filter((one) => before.includes(one))
        expect(same.length).toBe(
          after.filter((one) => before.some((was) => JSON.stringify(was) === JSON.stringify(one))).length,
        )
        expect(laidOver(kept, 1, new Map())).toEqual(kept)
      }),
    )
  })
})

test('刚刚 shows who came or went last, the newest first', () => {
  const tiles = [
    tile(1, { state: 'in', at: at('12:02'), attendanceId: 1 }),
    tile(2, { state: 'out', at: at('12:05'), attendanceId: 5 }),
    tile(3),
    tile(4, { state: 'in', at: at('12:02'), attendanceId: 2 }),
  ]
  expect(justNow(tiles, 3).map(({ childId }) => childId)).toEqual([2, 4, 1])
  expect(justNow(tiles, 1)).toHaveLength(1)
})

const constant = <Size extends Record<string, number>>(size: Size) =>
  Object.fromEntries(Object.entries(size).map(([name, value]) => [name, fc.constant(value)])) as {
    [Name in keyof Size]: fc.Arbitrary<number>
  }

describe('arrow keys on the board', () => {
  test('never lead off it, and lead back where they came from within full rows', () => {
    const place = fc
      .record({ columns: fc.integer({ min: 1, max: 9 }), count: fc.integer({ min: 1, max: 60 }) })
      .chain((size) => fc.record({ ...constant(size), at: fc.nat({ max: size.count - 1 }) }))
    fc.assert(
      fc.property(place, ({ columns, count, at: from }) => {
        for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']) {
          const to = movedTo(key, from, count, columns)
          if (to === null) continue
          expect(to).toBeGreaterThanOrEqual(0)
          expect(to).toBeLessThan(count)
        }
        const down = movedTo('ArrowDown', from, count, columns)
        if (down === from + columns) expect(movedTo('ArrowUp', down, count, columns)).toBe(from)
        // Every tile is reached by going on to the right.
        if (from < count - 1) expect(movedTo('ArrowRight', from, count, columns)).toBe(from + 1)
      }),
    )
  })

  test('down from above a short last row leads to its last tile', () => {
    expect(movedTo('ArrowDown', 4, 8, 6)).toBe(7)
    expect(movedTo('ArrowDown', 7, 8, 6)).toBeNull()
    expect(movedTo('a', 0, 8, 6)).toBeNull()
  })
})
describe('what is scanned or typed', () => {
  const one = tile(1, { name: '王小明' })
  const twins = [tile(2, { name: '王子萱' }), tile(3, { name: '王子萱' })]

  test.each([
    ['7K9M2PXQ4RTA', []],
    // A Chinese input method's full width, and the caps lock the other way round.
    ['７Ｋ９Ｍ２ＰＸＱ４ＲＴＡ', []],
    [' 7k9m2pxq4rta ', [one]],
    // Forged or from elsewhere: the desk says that it is none.
    ['https://example.org/abc', []],
    ['ABCDEFGHJKMN', []],
  ])('%j is a badge', (typed, matches) => expect(readScan(typed, matches).kind).toBe('badge'))

  test('whole pinyin of twelve letters is a child, not a badge', () => {
    expect(readScan('wangxiaoming', [one])).toEqual({ kind: 'child', tile: one })
  })

  test('several of one name are never taken by Enter alone', () => {
    expect(readScan('王子萱', twins)).toEqual({ kind: 'several' })
    expect(readScan('没有的人', [])).toEqual({ kind: 'nobody' })
  })

  test('a child is found by characters, by initials, and by the pinyin that the desk knows', () => {
    const tiles = [
      tile(1, { name: '曾明宇', state: 'in' }),
      tile(2, { name: '曾明远' }),
      tile(3, { name: '李梓轩' }),
    ]
    const found = (typed: string, byPinyin: number[] = []) =>
      matching(tiles, typed, new Set(byPinyin)).map(({ childId }) => childId)
    // Who is still to come stands first.
    expect(found('明')).toEqual([2, 1])
    expect(found('zmy')).toEqual([2, 1])
    expect(found('liz')).toEqual([])
    expect(found('liz', [3])).toEqual([3])
    expect(found('  ')).toEqual([])
  })
})

describe('whom to call next', () => {
  type Calls = Pick<Alarm, 'guardians' | 'school' | 'calls'>
  const alarm = (...calls: [guardian: string | null, result: Alarm['calls'][number]['result']][]): Calls => ({
    guardians: [
      { id: 11, name: '王芳', relation: '妈妈', phone: '199****1111' },
      { id: 12, name: '李强', relation: '爸爸', phone: '199****2222' },
    ],
    school: '涂新小学',
    calls: calls.map(([guardian, result], id) => ({
      ...{ id, guardian, result, text: '', at: at('12:11'), operator: '周老师' },
    })),
  })
  const next = (...calls: Parameters<typeof alarm>) => nextCall(alarm(...calls))?.words ?? null

  test('妈妈, then 爸爸, then the school', () => {
    expect(next()).toBe('妈妈')
    expect(next(['王芳', 'no-answer'])).toBe('爸爸')
    expect(next(['王芳', 'no-answer'], ['李强', 'refused'])).toBe('学校')
  })

  test('whoever was called out of turn is left out', () => {
    expect(next(['李强', 'no-answer'])).toBe('妈妈')
    expect(next(['李强', 'no-answer'], ['王芳', 'no-answer'])).toBe('学校')
  })

  test('from the beginning again when nobody answered', () => {
    expect(next(['王芳', 'no-answer'], ['李强', 'no-answer'], [null, 'no-answer'])).toBe('妈妈')
  })

  test('nobody once somebody was reached: then the reason is due', () => {
    expect(next(['王芳', 'no-answer'], ['李强', 'reached'])).toBeNull()
  })

  test('without a guardian there is the school', () => {
    expect(calleesOf({ guardians: [], school: '' }).map(({ words }) => words)).toEqual(['学校'])
  })
})

describe('a topic that changes faster than its screens load', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** A reload that takes so many milliseconds; when each began. */
  function slowReload(takes: number, fails = false) {
    const began: number[] = []
    let running = 0
    const reload = async () => {
      running += 1
      expect(running).toBe(1)
      began.push(Date.now() - zero)
      await new Promise((done) => setTimeout(done, takes))
      running -= 1
      if (fails) throw new Error('no answer')
    }
    const zero = Date.now()
    return { began, changed: inTurn(reload, 60) }
  }

  test('is loaded at once, and once more for all that came meanwhile', async () => {
    const { began, changed } = slowReload(100)
    for (let count = 0; count < 50; count += 1) changed('noon')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(began).toEqual([0, 100])
  })

  test('is loaded no more often than the pause allows, and the last change is always shown', async () => {
    const { began, changed } = slowReload(5)
    for (let count = 0; count < 30; count += 1) {
      changed('noon')
      await vi.advanceTimersByTimeAsync(10)
    }
    const lastChange = 290
    await vi.advanceTimersByTimeAsync(1_000)
    expect(began).toEqual([0, 60, 120, 180, 240, 300])
    expect(began.at(-1)).toBeGreaterThan(lastChange)
  })

  test('is loaded again after an error', async () => {
    const { began, changed } = slowReload(5, true)
    changed('noon')
    changed('noon')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(began).toEqual([0, 60])
  })

  test('does not wait for another topic', async () => {
    const began: string[] = []
    const changed = inTurn((topic) => {
      began.push(topic)
      return new Promise(() => {})
    })
    changed('noon')
    changed('enquiry')
    expect(began).toEqual(['noon', 'enquiry'])
  })
})
