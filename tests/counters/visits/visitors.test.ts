import { describe, expect, it } from 'vitest'
import { addPost } from '../../../electron/counters/visits/posts.ts'
import {
  listVisitors,
  readVisitor,
  saveVisitor,
  type VisitorFields,
} from '../../../electron/counters/visits/visitors.ts'
import { listGrids } from '../../../electron/counters/people/grids.ts'
import { value } from '../../../electron/database/open.ts'
import { openTestDesk } from '../../fixture.ts'
import { refusal } from '../people/people.ts'

const fields: VisitorFields = {
  id: null,
  version: null,
  name: '李网格',
  kind: 'staff',
  phone: '19900000001',
  operatorId: null,
  active: true,
}

describe('a visitor', () => {
  it('that is added has no post yet, and every screen hears of it', () => {
    const { db, context, published } = openTestDesk()
    const saved = saveVisitor(context('manager'), fields)
    expect(saved).toEqual({ ...fields, id: saved.id, posts: [], version: 1 })
    expect(listVisitors(db)).toEqual([saved])
    expect(published.map(({ topic }) => topic)).toEqual(['visitor', 'visit-setup', 'grid', 'visit'])
  })

  it('may bear the name of another one: people do', () => {
    const { db, context } = openTestDesk()
    saveVisitor(context('manager'), fields)
    saveVisitor(context('manager'), { ...fields, phone: '19900000002' })
    expect(listVisitors(db).map(({ phone }) => phone)).toEqual(['19900000001', '19900000002'])
  })

  it('is one operator at the most, and an operator is one visitor', () => {
    const { context } = openTestDesk()
    const operatorId = context('clerk').operator!.id
    const first = saveVisitor(context('manager'), { ...fields, operatorId })
    expect(refusal(() => saveVisitor(context('manager'), { ...fields, operatorId }))).toEqual({
      code: 'CONFLICT',
      data: { because: 'duplicate', current: first },
    })
    expect(refusal(() => saveVisitor(context('manager'), { ...fields, operatorId: 999 }))).toEqual({
      code: 'INVALID',
      data: { fields: [{ path: 'operatorId', problem: 'unknown' }] },
    })
    // Saved again they stay the operator that they are.
    expect(saveVisitor(context('manager'), { ...first, kind: 'social-worker' })).toMatchObject({
      operatorId,
      version: 2,
    })
  })

  it('is not overwritten by a screen that has not seen the newest one', () => {
    const { db, context } = openTestDesk()
    const stale = saveVisitor(context('manager'), fields)
    const current = saveVisitor(context('manager'), { ...stale, phone: '19900000003' })
    expect(refusal(() => saveVisitor(context('manager'), { ...stale, phone: '' }))).toEqual({
      code: 'CONFLICT',
      data: { because: 'changed', current },
    })
    expect(readVisitor(db, stale.id).phone).toBe('19900000003')
  })

  it('that nobody has is not found', () => {
    const { db, context } = openTestDesk()
    const nowhere = { code: 'NOT_FOUND', data: { what: 'visitor' } }
    expect(refusal(() => readVisitor(db, 99))).toEqual(nowhere)
    expect(refusal(() => saveVisitor(context('manager'), { ...fields, id: 99, version: 1 }))).toEqual(nowhere)
  })

  it('who goes no more stays on the list, last; their posts end today, and what had not begun never was', () => {
    const { db, context } = openTestDesk()
    const manager = context('manager')
    const grids = listGrids(db, '2026-11-23').map(({ id }) => id)
    const leaver = saveVisitor(manager, fields)
    const other = saveVisitor(manager, { ...fields, name: '王网格' })
    const post = { visitorId: leaver.id, kind: 'area', duty: '' } as const
    addPost(manager, { ...post, gridId: grids[0]!, fromDay: '2026-01-01', toDay: null })
    addPost(manager, { ...post, gridId: grids[1]!, fromDay: '2026-01-01', toDay: '2026-06-30' })
    addPost(manager, { ...post, gridId: grids[2]!, fromDay: '2026-12-01', toDay: null })
    const left = saveVisitor(manager, { ...leaver, active: false })
    expect(left).toMatchObject({ active: false, version: 2 })
    expect(left.posts.map(({ gridId, toDay }) => [gridId, toDay])).toEqual([
      [grids[0], '2026-11-23'],
      [grids[1], '2026-06-30'],
    ])
    expect(listVisitors(db).map(({ id }) => id)).toEqual([other.id, leaver.id])
  })

  it('leaves in the audit that name and number changed, not which they are', () => {
    const { db, context } = openTestDesk()
    saveVisitor(context('manager'), fields)
    const changes = value<string>(db, 'SELECT changes FROM audit ORDER BY id DESC LIMIT 1')!
    expect(JSON.parse(changes)).toMatchObject({ name: 'changed', phone: 'changed', kind: [null, 'staff'] })
    expect(changes).not.toMatch(/李网格|1990/)
  })
})
