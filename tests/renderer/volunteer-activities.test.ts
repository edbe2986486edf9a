import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActivityLine } from '../../electron/contract/volunteer-activities.ts'
import {
  activityKinds,
  clock,
  colours,
  colourWords,
  minutesOf,
  spanProblem as spanProblemOfDesk,
} from '../../electron/contract/volunteer-fields.ts'
import type { ServiceRecord } from '../../electron/contract/volunteer-records.ts'
import { volunteers } from '../../electron/contract/volunteers.ts'
import {
  asked,
  byMonth,
  deadlineOf,
  placeOf,
  readLooking,
  views,
  waitsOf,
  type Looking,
} from '../../renderer/counters/volunteers/activities/activities.ts'
import {
  activityInput,
  daysOf,
  emptyActivity,
  problemsOf as activityProblems,
  seriesInput,
  type ActivityTyped,
} from '../../renderer/counters/volunteers/activities/activity-form.ts'
import {
  clockOf,
  clockProblem,
  isClock,
  readArrived,
  readLeft,
  spanProblem,
  tidyClock,
} from '../../renderer/counters/volunteers/activities/clock.ts'
import {
  barredFromReversing,
  confirmedWords,
  inOrder,
  timesWords,
  whyWords,
} from '../../renderer/counters/volunteers/activities/records.ts'
import {
  emptyRow,
  emptySheet,
  isTouched,
  lineOf,
  linesOf,
  nextOpen,
  problemsOf,
  readLength,
  refusedLines,
  totalsOf,
  unreadable,
  usualReasons,
  type Checked,
  type RowTyped,
  type Who,
} from '../../renderer/counters/volunteers/activities/roll-call.ts'
import {
  colourNames,
  colourOrder,
  colourWorks,
  kindOrder,
  pointsWords,
} from '../../renderer/counters/volunteers/words.ts'
import { problemInWords } from '../../renderer/shell/sentences.ts'

const today = '2026-11-30'
const times = { starts: '09:00', ends: '11:00', own: true }
const row = (more: Partial<RowTyped> = {}): RowTyped => ({ ...emptyRow(times), came: true, ...more })
const one = (id: number): Who => ({
  ...{ id, personId: id + 100, number: `ZY-2026-00000${id}`, name: `志愿者${id}`, age: 40 },
  consentMissing: false,
})
const checkedLine = (volunteerId: number, more: Partial<Checked> = {}): Checked => ({
  ...{ volunteerId, minutes: 120, how: 'full', flags: [], needsReason: false, others: [], problems: [] },
  ...more,
})

describe('the words of the volunteers', () => {
  test('say every colour of the contract in its order, with its work', () => {
    expect(colourOrder).toEqual(colours)
    expect(kindOrder).toEqual(activityKinds)
    for (const colour of colours)
      expect({ colour: colourNames[colour], work: colourWorks[colour] }).toEqual(colourWords[colour])
  })

  test('tell points that come from points that go', () => {
    expect([pointsWords(4), pointsWords(-30)]).toEqual(['+4 分', '−30 分'])
  })
})

describe('a time on the sheet', () => {
  test.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['9点半', '09:30'],
    ['２４：００', '24:00'],
    ['24', '24:00'],
  ])('%s is read as %s', (typed, kept) => expect(tidyClock(typed)).toBe(kept))

  test.each([
    ['', 'required'],
    ['上午', 'time-of-day'],
    ['9:61', 'time-of-day'],
    ['25:00', 'more-than-a-day'],
    ['2500', 'more-than-a-day'],
  ])('%s is no time: %s', (typed, problem) => {
    expect(clockProblem(typed)).toBe(problem)
    expect(problemInWords(problem)).not.toBe(problemInWords('no such word'))
  })

  test('may be written as minutes late or early', () => {
    expect(['+20', '迟20', '迟到 20分', '９：２０'].map((typed) => readArrived(typed, '09:00'))).toEqual(
      Array(4).fill('09:20'),
    )
    expect(['-30', '早30', '早退30分钟', '10:30'].map((typed) => readLeft(typed, '11:00'))).toEqual(
      Array(4).fill('10:30'),
    )
    // A bare number is a time of the day, and never below nought nor beyond midnight.
    expect(readArrived('20', '09:00')).toBe('20:00')
    expect([readArrived('+999', '23:00'), readLeft('-999', '01:00')]).toEqual(['24:00', '00:00'])
  })

  test('is one exactly where the desk takes it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,2}:?[0-9]{2}$/), (typed) => {
        const time = tidyClock(typed)
        expect(isClock(time)).toBe(clock.safeParse(time).success)
        expect(clockProblem(typed) === null).toBe(isClock(time))
      }),
    )
  })

  test('ends where the desk says that it may end', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 })
    fc.assert(
      fc.property(minute, minute, (from, to) => {
        const [starts, ends] = [clockOf(from), clockOf(to)]
        expect(minutesOf(starts)).toBe(from)
        expect(spanProblem(starts, ends)).toBe(spanProblemOfDesk(starts, ends))
      }),
    )
  })
})

describe('the sheet of a roll-call', () => {
  const signUps = [one(1), one(2)]
  const team = [one(2), one(3)]

  test('has who signed up; the team stands in where nobody did, or beside when it is wanted', () => {
    const ids = (...sheet: Parameters<typeof linesOf>) => linesOf(...sheet).map(({ id }) => id)
    expect(ids(emptySheet(), signUps, team, new Set())).toEqual([1, 2])
    expect(ids(emptySheet(), [], team, new Set())).toEqual([2, 3])
    expect(ids({ added: [one(9), one(1)], team: true }, signUps, team, new Set())).toEqual([1, 2, 3, 9])
    expect(ids({ added: [one(9)], team: true }, signUps, team, new Set([2, 9]))).toEqual([1, 3])
  })

  test('begins with the times of the activity and nobody looked at', () => {
    expect(emptyRow(times)).toMatchObject({ came: null, arrived: '09:00', left: '11:00' })
    const sheet = { ...emptySheet(), rows: { 1: emptyRow(times) } }
    expect(isTouched(sheet, times)).toBe(false)
    expect(isTouched({ ...sheet, rows: { 1: { ...emptyRow(times), came: false } } }, times)).toBe(true)
    expect(isTouched({ ...sheet, added: [one(1)] }, times)).toBe(true)
  })

  test('says what cannot be read in its own field, and leaves the rest to the desk', () => {
    expect(unreadable(row(), times)).toEqual({})
    expect(unreadable(row({ arrived: '上午', left: '25:00', break: '半小时' }), times)).toEqual({
      arrived: problemInWords('time-of-day'),
      left: problemInWords('more-than-a-day'),
      breakMinutes: '写分钟数，如 30',
    })
    expect(unreadable(row({ left: '08:00' }), times)).toEqual({ left: problemInWords('before-start') })
    expect(unreadable(row({ arrived: '23:00', left: '01:00' }), times)).toEqual({
      left: problemInWords('across-midnight'),
    })
  })

  test('takes a length alone only of another organisation', () => {
    const elsewhere = { ...times, own: false }
    expect(['90', '1.5小时', '１５０分', '2h'].map(readLength)).toEqual([90, 90, 150, 120])
    expect(['0', '半天', '-5'].map(readLength)).toEqual([null, null, null])
    expect(lineOf(4, row({ minutes: '1.5小时', break: '30' }), elsewhere)).toMatchObject({
      ...{ arrived: null, left: null, minutes: 90, breakMinutes: 0 },
    })
    expect(lineOf(4, row({ minutes: '90' }), times)).toMatchObject({ arrived: '09:00', minutes: null })
    expect(unreadable(row({ minutes: '25小时' }), elsewhere)).toHaveProperty('minutes')
    expect(unreadable(row({ minutes: '很久' }), elsewhere)).toHaveProperty('minutes')
  })

  test('hands in whatever can be read as the contract takes it', () => {
    const input = volunteers.saveRollCall['~orpc'].inputSchema!
    const typed = fc.record({
      arrived: fc.constantFrom('9', '09:00', '+20', '迟15', '8点半', 'x', ''),
      left: fc.constantFrom('11', '-30', '早退10', '24:00', '25:00', '08:00'),
      break: fc.constantFrom('', '30', '1439', '1440', 'x'),
      minutes: fc.constantFrom('', '90', '25小时', '2小时', 'x'),
      reason: fc.constantFrom('', ' 堵车 '),
      rating: fc.constantFrom(null, 1, 5),
    })
    fc.assert(
      fc.property(typed, fc.boolean(), (more, own) => {
        const of = { ...times, own }
        fc.pre(Object.keys(unreadable(row(more), of)).length === 0)
        const lines = [lineOf(7, row(more), of)]
        const sent = { ticket: '8f14e45f-ceea-467f-a8d5-3f2b9c1d7e60', activityId: 1, lines }
        expect(input['~standard'].validate(sent)).not.toHaveProperty('issues')
      }),
    )
  })

  test('shows the desk’s problems in words, each in its field', () => {
    const problems = [
      { field: 'reason', problem: 'required' },
      { field: 'volunteerId', problem: 'consent-missing' },
    ]
    expect(problemsOf(checkedLine(1, { problems }))).toEqual({
      reason: '请写原因',
      volunteerId: '未成年，那天没有监护人同意，不能记时长',
    })
    expect(problemsOf(undefined)).toEqual({})
  })

  test('has a sentence of its own for everything that may be wrong with a line', () => {
    const words = [
      ...['before-start', 'across-midnight', 'time-of-day', 'more-than-a-day', 'required', 'not-both'],
      ...['own-activity', 'longer-than-service', 'unknown', 'twice', 'before-joining', 'after-leaving'],
      ...['consent-missing', 'recorded', 'future', 'not-yet'],
    ].map(problemInWords)
    expect(new Set(words).size).toBe(words.length)
    expect(words).not.toContain(problemInWords('no such word'))
  })

  test('finds refused lines again by whom they are about', () => {
    const fields = {
      'lines.1.volunteerId': '已有记录',
      'lines.1.left': '太晚',
      ticket: '不对',
      'lines.9.left': '?',
    }
    expect(refusedLines(fields, [{ volunteerId: 5 }, { volunteerId: 6 }])).toEqual(
      new Map([[6, { volunteerId: '已有记录', left: '太晚' }]]),
    )
  })

  test('adds up at its foot, and tells a missing reason from what is wrong', () => {
    const lines = [1, 2, 3, 4, 5].map(one)
    const rows = { 1: row(), 2: row(), 3: row(), 4: row({ came: false }), 5: row({ came: null }) }
    const checked = new Map([
      [1, checkedLine(1)],
      [2, checkedLine(2, { minutes: 90, how: 'late', flags: ['overlap'] })],
      [3, checkedLine(3, { minutes: null })],
      [4, checkedLine(4)],
    ])
    const problems = new Map([
      [2, { reason: '请写原因' }],
      [3, { left: '看不懂', reason: '请写原因' }],
    ])
    expect(totalsOf(lines, rows, checked, problems)).toEqual({
      ...{ came: 3, absent: 1, open: 1, minutes: 210, flagged: 1, reasons: 1, wrong: 1 },
    })
  })

  test('leads the hand to the next open line, from the top when none is below', () => {
    const lines = [1, 2, 3].map(one)
    expect(nextOpen(lines, (id) => id !== 2)).toBe(1)
    expect(nextOpen(lines, (id) => id !== 2, 1)).toBe(3)
    expect(nextOpen(lines, (id) => id === 1, 3)).toBe(1)
    expect(nextOpen(lines, () => false)).toBeNull()
  })

  test('offers usual reasons only where one is needed', () => {
    expect(usualReasons({ how: 'full', flags: [] })).toEqual([])
    for (const how of ['late', 'left-early', 'late-and-left-early'] as const)
      expect(usualReasons({ how, flags: [] })).not.toEqual([])
    for (const flag of ['overlap', 'long-day', 'beyond'] as const)
      expect(usualReasons({ how: 'full', flags: [flag] })).not.toEqual([])
  })
})

describe('the list of activities', () => {
  const line = (more: Partial<ActivityLine> = {}) => ({
    ...{ day: '2026-11-28', state: 'planned' as const, records: 0, unconfirmed: 0, overdue: false },
    ...{ workingDaysLeft: 9, nationalDay: null, own: true, kind: 'service' as const, ...more },
  })
  const waits = (more: Partial<ActivityLine> = {}) => waitsOf(line(more), today).map(({ words }) => words)

  test('says what each waits for, with its deadline in working days', () => {
    expect(waits()).toEqual(['待点名', '还剩 9 个工作日'])
    expect(waits({ day: today })).toEqual(['今天'])
    expect(waits({ day: '2026-12-28' })).toEqual([])
    expect(waits({ state: 'held', records: 5, unconfirmed: 2, workingDaysLeft: 2 })).toEqual([
      ...['待确认 2 人', '还剩 2 个工作日'],
    ])
    expect(waits({ state: 'held', records: 5 })).toEqual(['未录入全国系统'])
    expect(waits({ state: 'held', records: 5, nationalDay: today })).toEqual(['已录入全国系统'])
    expect(waits({ state: 'cancelled' })).toEqual(['已取消'])
  })

  test('asks for the national system only where hours count', () => {
    expect(waits({ state: 'held', records: 5, own: false })).toEqual([])
    expect(waits({ state: 'held', records: 5, kind: 'party-duty' })).toEqual([])
  })

  test('warns two working days ahead and says when it is too late', () => {
    expect(deadlineOf(line({ workingDaysLeft: 3 })).tone).toBe('')
    expect(deadlineOf(line({ workingDaysLeft: 2 })).tone).toBe('warn')
    expect(deadlineOf(line({ workingDaysLeft: 0 }))).toEqual({ words: '今天到期', tone: 'warn' })
    expect(deadlineOf(line({ workingDaysLeft: -3, overdue: true }))).toEqual({
      ...{ words: '已超期 3 个工作日', tone: 'bad' },
    })
  })

  test('keeps what is looked at in its address', () => {
    const lookings = fc.record<Looking>({
      view: fc.constantFrom(...views),
      colour: fc.constantFrom(null, ...colours),
      seriesId: fc.constantFrom(null, 1, 17),
    })
    fc.assert(
      fc.property(lookings, (looking) => {
        expect(readLooking(placeOf(looking))).toEqual(looking)
      }),
    )
    expect(readLooking({ see: 'x', colour: 'pink', series: 'x' })).toEqual({
      ...{ view: 'now', colour: null, seriesId: null },
    })
  })

  test('asks for what is next, for what is past, and over all times for a word or a series', () => {
    const looking = { view: 'now', colour: null, seriesId: null } as const
    expect(asked(looking, '', today)).toEqual({ query: '', state: 'planned', from: today })
    expect(asked({ ...looking, view: 'past' }, '', today)).toEqual({ query: '', to: today })
    expect(asked({ ...looking, view: 'overdue' }, '', today)).toEqual({ query: '', waits: 'overdue' })
    expect(asked({ ...looking, view: 'past' }, '楼道', today)).toEqual({ query: '楼道' })
    expect(asked({ ...looking, seriesId: 3 }, '', today)).toEqual({ query: '', seriesId: 3 })
  })

  test('stands under its months, in the order it came', () => {
    const days = ['2026-03-28', '2026-03-05', '2026-02-28'].map((day) => ({ day }))
    expect(byMonth(days).map(({ month, rows }) => [month, rows.length])).toEqual([
      ['2026-03', 2],
      ['2026-02', 1],
    ])
  })
})

describe('an activity that is typed', () => {
  const typed = (more: Partial<ActivityTyped> = {}): ActivityTyped => ({
    ...emptyActivity(today, '涂新社区'),
    ...{ name: '清洁楼道', place: '广场', content: '清洁', inCharge: '周队长', ...more },
  })

  test('is on the next 28th unless said otherwise', () => {
    expect(emptyActivity('2026-11-28', '').day).toBe('2026-11-28')
    expect(emptyActivity('2026-11-29', '').day).toBe('2026-12-28')
    expect(emptyActivity('2026-12-30', '').day).toBe('2027-01-28')
  })

  test('says everything that Art 7 wants and is not there', () => {
    expect(activityProblems(typed())).toEqual({})
    expect(Object.keys(activityProblems(emptyActivity(today, ''))).sort()).toEqual([
      ...['content', 'inCharge', 'name', 'organiser', 'place'],
    ])
    expect(activityProblems(typed({ day: null }))).toHaveProperty('day')
    expect(activityProblems(typed({ capacity: '很多' }))).toHaveProperty('capacity')
    expect(activityProblems(typed({ starts: '11', ends: '9' }))).toHaveProperty('ends')
    expect(activityProblems(typed({ starts: '22:00', ends: '2:00' })).ends).toBe(
      problemInWords('across-midnight'),
    )
  })

  test('becomes a series of days, the last of shorter months', () => {
    const months = { fromMonth: '2026-12', toMonth: '2027-03' }
    expect(daysOf({ ...months, dayOfMonth: '28' })).toEqual([
      ...['2026-12-28', '2027-01-28', '2027-02-28', '2027-03-28'],
    ])
    expect(daysOf({ ...months, dayOfMonth: '31' })[2]).toBe('2027-02-28')
    const series = { monthly: true, fromMonth: '2026-12' }
    expect(activityProblems(typed({ ...series, toMonth: '2026-11' }))).toHaveProperty('toMonth')
    expect(activityProblems(typed({ ...series, toMonth: '2028-11' }))).toEqual({})
    expect(activityProblems(typed({ ...series, toMonth: '2028-12' }))).toHaveProperty('toMonth')
    expect(activityProblems(typed({ ...series, toMonth: '2027-01', dayOfMonth: '32' }))).toHaveProperty(
      'dayOfMonth',
    )
  })

  test('is handed in as the contract takes it, new, changed and in series', () => {
    const save = volunteers.saveActivity['~orpc'].inputSchema!
    const ready = typed({ ticket: '8f14e45f-ceea-467f-a8d5-3f2b9c1d7e60', starts: '9', capacity: '２０' })
    expect(save['~standard'].validate(activityInput(ready, null))).not.toHaveProperty('issues')
    const changed = activityInput(ready, { id: 3, version: 2 })
    expect(save['~standard'].validate(changed)).not.toHaveProperty('issues')
    expect(changed).toMatchObject({ id: 3, version: 2, ticket: null, starts: '09:00', capacity: 20 })
    const series = volunteers.createSeries['~orpc'].inputSchema!
    expect(series['~standard'].validate(seriesInput(ready))).not.toHaveProperty('issues')
  })
})

describe('the records of an activity', () => {
  const record = (id: number, more: Partial<ServiceRecord> = {}) =>
    ({
      ...{ id, number: `ZY-${id}`, arrived: '09:00', left: '11:00', breakMinutes: 0, how: 'full' },
      ...{ flags: [], reason: '', confirmed: null, reverses: null, reversedBy: null, ...more },
    }) as ServiceRecord
  const confirmed = { by: '李主任', at: '2026-11-30T01:00:00.000Z' }

  test('show first what a second person must look at, and a reversing row under its own', () => {
    const shown = inOrder([
      record(1, { confirmed }),
      record(2),
      record(3, { how: 'late' }),
      record(4, { flags: ['overlap'] }),
      record(5, { reversedBy: 6 }),
      record(6, { reverses: 5 }),
    ])
    expect(shown.map((one) => one.record.id)).toEqual([5, 3, 4, 2, 1])
    expect(shown.map((one) => one.reversal?.id ?? null)).toEqual([6, null, null, null, null])
  })

  test('are taken back by a clerk only while nobody has confirmed them', () => {
    expect(barredFromReversing(record(1), 'clerk')).toBe('')
    expect(barredFromReversing(record(1, { confirmed }), 'clerk')).not.toBe('')
    expect(barredFromReversing(record(1, { confirmed }), 'manager')).toBe('')
    expect(barredFromReversing(record(1, { reversedBy: 2 }), 'manager')).not.toBe('')
    expect(barredFromReversing(record(2, { reverses: 1 }), 'manager')).not.toBe('')
  })

  test('say when and why', () => {
    expect(timesWords(record(1, { breakMinutes: 30 }))).toBe('09:00–11:00，休息 30 分')
    expect(timesWords(record(1, { arrived: null, left: null }))).toBe('只知时长')
    expect(whyWords(record(1, { how: 'late', reason: '堵车' }))).toBe('迟到：堵车')
    expect(whyWords(record(1, { reason: '收拾场地' }))).toBe('收拾场地')
    expect(confirmedWords(58, 6990, 116)).toBe('已确认 58 人，共 116 小时 30 分，记积分 116 分')
    expect(confirmedWords(1, 60, 0)).toBe('已确认 1 人，共 1 小时')
  })
})
