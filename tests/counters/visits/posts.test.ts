import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listGrids } from '../../../electron/counters/people/grids.ts'
import { readCoverage } from '../../../electron/counters/visits/coverage.ts'
import { addPost, areaVisitors, endPost, type PostFields } from '../../../electron/counters/visits/posts.ts'
import { countVisits } from '../../../electron/counters/visits/today.ts'
import { readVisitor, saveVisitor } from '../../../electron/counters/visits/visitors.ts'
import { value } from '../../../electron/database/open.ts'
import { addDays } from '../../../electron/workbench/calendar.ts'
import { openTestDesk } from '../../fixture.ts'
import { refusal, today } from '../people/people.ts'

/** A desk with one visitor and its grids. */
function open() {
  const test = openTestDesk()
  const manager = test.context('manager')
  const grids = listGrids(test.db, today).map(({ id }) => id)
  const add = (name: string) =>
    saveVisitor(manager, {
      id: null,
      version: null,
      name,
      kind: 'staff',
      phone: '',
      operatorId: null,
      active: true,
    })
  const visitor = add('李网格')
  const post: PostFields = {
    visitorId: visitor.id,
    kind: 'area',
    gridId: grids[0]!,
    duty: '网格员',
    fromDay: '2026-01-01',
    toDay: null,
  }
  return { ...test, manager, grids, visitor, post, add }
}
const invalidAs = (path: string, problem: string) => ({
  code: 'INVALID',
  data: { fields: [{ path, problem }] },
})

describe('a post', () => {
  it('stands with its grid and days, and the grid shows who has it', () => {
    const { db, manager, grids, visitor, post, published } = open()
    published.length = 0
    const { posts } = addPost(manager, post)
    expect(posts).toEqual([{ id: posts[0]!.id, ...post, grid: '第一网格' }])
    expect(listGrids(db, today).find(({ id }) => id === grids[0])!.staff).toEqual([
      { id: posts[0]!.id, name: '李网格', duty: '网格员', phone: '' },
    ])
    expect(published).toEqual([
      { topic: 'visitor', id: visitor.id },
      { topic: 'visit-setup', id: null },
      { topic: 'grid', id: null },
      { topic: 'visit', id: null },
    ])
  })

  it('of a line needs no grid, every other one does', () => {
    const { manager, post } = open()
    expect(addPost(manager, { ...post, kind: 'line', gridId: null, duty: '民政' }).posts).toMatchObject([
      { kind: 'line', gridId: null, grid: null, duty: '民政' },
    ])
    for (const kind of ['area', 'households'] as const) {
      expect(refusal(() => addPost(manager, { ...post, kind, gridId: null }))).toEqual(
        invalidAs('gridId', 'required'),
      )
    }
    expect(refusal(() => addPost(manager, { ...post, gridId: 999 }))).toEqual(invalidAs('gridId', 'unknown'))
  })

  it('is not given to one who goes no more, or to nobody', () => {
    const { manager, visitor, post } = open()
    saveVisitor(manager, { ...visitor, active: false })
    expect(refusal(() => addPost(manager, post))).toEqual(invalidAs('visitorId', 'unknown'))
    expect(refusal(() => addPost(manager, { ...post, visitorId: 99 }))).toEqual(
      invalidAs('visitorId', 'unknown'),
    )
  })

  it('does not end before it begins', () => {
    const { manager, post } = open()
    expect(refusal(() => addPost(manager, { ...post, toDay: '2025-12-31' }))).toEqual(
      invalidAs('toDay', 'before-from'),
    )
    const id = addPost(manager, { ...post, toDay: '2026-01-01' }).posts[0]!.id
    expect(refusal(() => endPost(manager, { postId: id, toDay: '2025-12-31' }))).toEqual(
      invalidAs('toDay', 'before-from'),
    )
  })

  it('runs once at a time; another grid, another kind and another line are other posts', () => {
    const { db, manager, grids, visitor, post, add } = open()
    addPost(manager, post)
    expect(refusal(() => addPost(manager, { ...post, duty: '网格长', fromDay: '2026-11-24' }))).toEqual({
      code: 'CONFLICT',
      data: { because: 'overlap', current: readVisitor(db, visitor.id) },
    })
    addPost(manager, { ...post, kind: 'households' })
    addPost(manager, { ...post, gridId: grids[1]! })
    addPost(manager, { ...post, visitorId: add('王网格').id })
    const line = { ...post, kind: 'line', gridId: null } as const
    addPost(manager, { ...line, duty: '民政' })
    addPost(manager, { ...line, duty: '计生' })
    expect(refusal(() => addPost(manager, { ...line, duty: '民政' }))).toMatchObject({
      data: { because: 'overlap' },
    })
    expect(readVisitor(db, visitor.id).posts).toHaveLength(5)
  })

  it('may begin anew on the day after its last', () => {
    const { manager, post } = open()
    addPost(manager, { ...post, toDay: '2026-06-30' })
    expect(refusal(() => addPost(manager, { ...post, fromDay: '2026-06-30' }))).toMatchObject({
      data: { because: 'overlap' },
    })
    const { posts } = addPost(manager, { ...post, fromDay: '2026-07-01' })
    // The running one stands first.
    expect(posts.map(({ fromDay, toDay }) => [fromDay, toDay])).toEqual([
      ['2026-07-01', null],
      ['2026-01-01', '2026-06-30'],
    ])
  })

  it('never runs twice on a day, whatever is given and in which order', () => {
    const { db, manager, post, visitor } = open()
    const day = fc.integer({ min: 0, max: 40 }).map((days) => addDays('2026-01-01', days))
    fc.assert(
      fc.property(fc.array(fc.tuple(day, fc.option(day)), { minLength: 1, maxLength: 12 }), (spans) => {
        db.exec('DELETE FROM grid_post')
        for (const [fromDay, toDay] of spans) {
          if (toDay !== null && toDay < fromDay) continue
          const taken = readVisitor(db, visitor.id).posts.some(
            (other) => (toDay === null || other.fromDay! <= toDay) && (other.toDay ?? '9999') >= fromDay,
          )
          const give = () => addPost(manager, { ...post, fromDay, toDay })
          if (taken) expect(refusal(give)).toMatchObject({ data: { because: 'overlap' } })
          else expect(give().posts.some((one) => one.fromDay === fromDay && one.toDay === toDay)).toBe(true)
        }
        for (let days = 0; days <= 41; days += 1) {
          const on = addDays('2026-01-01', days)
          const running = readVisitor(db, visitor.id).posts.filter(
            ({ fromDay, toDay }) => fromDay! <= on && (toDay ?? '9999') >= on,
          )
          expect(running.length).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('the end of a post', () => {
  it('is its last day: it runs on that day and not on the next', () => {
    const { db, manager, grids, post } = open()
    const { posts } = addPost(manager, post)
    const ended = endPost(manager, { postId: posts[0]!.id, toDay: today })
    expect(ended.posts).toMatchObject([{ toDay: today }])
    expect(areaVisitors(db, today)).toEqual(new Map([[grids[0], 1]]))
    expect(areaVisitors(db, '2026-11-24')).toEqual(new Map())
  })

  it('may be brought forward, not put off, and what is over stays over', () => {
    const { db, manager, visitor, post } = open()
    const id = addPost(manager, { ...post, toDay: '2026-12-31' }).posts[0]!.id
    const over = { code: 'CONFLICT', data: { because: 'step', current: readVisitor(db, visitor.id) } }
    expect(refusal(() => endPost(manager, { postId: id, toDay: '2027-01-01' }))).toEqual(over)
    expect(endPost(manager, { postId: id, toDay: '2026-11-22' }).posts[0]!.toDay).toBe('2026-11-22')
    expect(refusal(() => endPost(manager, { postId: id, toDay: '2026-11-20' }))).toMatchObject({
      data: { because: 'step' },
    })
    expect(refusal(() => endPost(manager, { postId: 99, toDay: today }))).toEqual({
      code: 'NOT_FOUND',
      data: { what: 'post' },
    })
  })

  it('is told by its days in the audit', () => {
    const { db, manager, post } = open()
    const id = addPost(manager, post).posts[0]!.id
    endPost(manager, { postId: id, toDay: today })
    expect(JSON.parse(value<string>(db, 'SELECT changes FROM audit ORDER BY id DESC LIMIT 1')!)).toEqual({
      toDay: [null, today],
    })
  })
})

describe('the goal of a grid', () => {
  it('counts who answers for it once, on their last day too and on the day alone', () => {
    const { db, manager, grids, post, add } = open()
    addPost(manager, { ...post, toDay: '2026-10-31' })
    addPost(manager, { ...post, fromDay: '2026-11-01', duty: '网格长' })
    addPost(manager, { ...post, visitorId: add('王网格').id })
    addPost(manager, { ...post, visitorId: add('社工').id, kind: 'households' })
    const leaver = add('周网格')
    addPost(manager, { ...post, visitorId: leaver.id })
    saveVisitor(manager, { ...leaver, active: false })
    expect(areaVisitors(db, today)).toEqual(new Map([[grids[0], 3]]))
    expect(areaVisitors(db, '2026-11-24')).toEqual(new Map([[grids[0], 2]]))
    // 今日 asks for as much as the coverage page, that day too.
    expect(countVisits(db, today).monthGoal).toBe(readCoverage(manager, '2026-11').all.monthGoal)
    expect(areaVisitors(db, '2025-12-31')).toEqual(new Map())
  })
})
