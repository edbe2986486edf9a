import { describe, expect, test } from 'vitest'
import {
  listGifts,
  moveStock,
  saveGift,
  type GiftInput,
} from '../../../electron/counters/volunteers/gifts.ts'
import { rows } from '../../../electron/database/open.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import { addGift, giftInput, stockOf } from './points.ts'
import { conflict, invalidFields, notFound, openTestDesk, sql } from './service.ts'

const change = (desk: TestDesk, changed: Partial<GiftInput>) =>
  saveGift(desk.context('manager'), giftInput(changed))
const move = (desk: TestDesk, giftId: number, amount: number, reason = '', cause?: 'delivery') =>
  moveStock(desk.context('manager'), { giftId, cause: cause ?? 'correction', amount, reason })

const addFile = (desk: TestDesk, kind: 'image' | 'pdf') =>
  sql(
    desk.db,
    `INSERT INTO file (sha256, kind, name, bytes, operator_id, created_at)
     VALUES (?, ?, '大米', 10, 1, '2026-11-23T01:00:00.000Z')`,
    kind.padEnd(64, '0'),
    kind,
  )

describe('a gift', () => {
  test('is listed by name, a withdrawn one only on request', () => {
    const desk = openTestDesk()
    addGift(desk, { name: '香皂' })
    addGift(desk, { name: '大米', active: false })
    addGift(desk, { name: '毛巾' })
    expect(listGifts(desk.context(), { all: false }).map(({ name }) => name)).toEqual(['毛巾', '香皂'])
    expect(listGifts(desk.context(), { all: true }).map(({ name }) => name)).toEqual(['大米', '毛巾', '香皂'])
  })

  test('begins without stock, and is changed by who saw it last', () => {
    const desk = openTestDesk()
    const made = change(desk, {})
    expect(made).toEqual({ ...giftInput({ id: made.id, version: 1 }), stock: 0 })
    const now = change(desk, { id: made.id, version: 1, points: 12 })
    expect(now).toMatchObject({ points: 12, version: 2 })
    expect(refusal(() => change(desk, { id: made.id, version: 1, points: 9 }))).toEqual(
      conflict('changed', { current: now }),
    )
    expect(refusal(() => change(desk, { id: made.id, version: null }))).toEqual(
      invalidFields(['version', 'required']),
    )
    expect(refusal(() => change(desk, { id: 4711, version: 1 }))).toEqual(notFound('gift'))
  })

  test('has a name of its own', () => {
    const desk = openTestDesk()
    const rice = change(desk, {})
    const soap = change(desk, { name: '香皂' })
    expect(refusal(() => change(desk, {}))).toEqual(conflict('duplicate', { current: rice }))
    expect(refusal(() => change(desk, { ...soap, name: '大米' }))).toEqual(
      conflict('duplicate', { current: rice }),
    )
    expect(change(desk, { id: rice.id, version: 1, description: '5 公斤' })).toMatchObject({ version: 2 })
  })

  test('may have a photo, and nothing else for one', () => {
    const desk = openTestDesk()
    const photoId = addFile(desk, 'image')
    expect(change(desk, { photoId })).toMatchObject({ photoId })
    expect(refusal(() => change(desk, { name: '香皂', photoId: addFile(desk, 'pdf') }))).toEqual(
      invalidFields(['photoId', 'not-an-image']),
    )
    expect(refusal(() => change(desk, { name: '香皂', photoId: 4711 }))).toEqual(notFound('file'))
    // A photo that shows somebody's child or papers.
    sql(desk.db, 'UPDATE file SET restricted = 1 WHERE id = ?', photoId)
    expect(refusal(() => change(desk, { name: '香皂', photoId }))).toEqual(
      invalidFields(['photoId', 'not-an-image']),
    )
  })
})

describe('the stock', () => {
  test('is the sum of deliveries and corrections, each kept with its reason', () => {
    const desk = openTestDesk()
    const { id } = addGift(desk, {}, 5)
    expect(move(desk, id, 3, '', 'delivery')).toMatchObject({ stock: 8 })
    expect(move(desk, id, -8, '盘点短少')).toMatchObject({ stock: 0 })
    expect(move(desk, id, 1, '盘点多出')).toMatchObject({ stock: 1 })
    expect(rows(desk.db, 'SELECT amount, cause, reason FROM gift_move ORDER BY id')).toEqual([
      { amount: 5, cause: 'delivery', reason: '' },
      { amount: 3, cause: 'delivery', reason: '' },
      { amount: -8, cause: 'correction', reason: '盘点短少' },
      { amount: 1, cause: 'correction', reason: '盘点多出' },
    ])
    expect(desk.published).toContainEqual({ topic: 'gift', id })
  })

  test('is never corrected below nought', () => {
    const desk = openTestDesk()
    const gift = addGift(desk, {}, 5)
    expect(refusal(() => move(desk, gift.id, -6, '盘点短少'))).toEqual(conflict('stock', { current: gift }))
    expect(stockOf(desk, gift.id)).toBe(5)
  })

  test('moves by something, for a reason', () => {
    const desk = openTestDesk()
    const { id } = addGift(desk)
    expect(refusal(() => move(desk, id, 0, '盘点'))).toEqual(invalidFields(['amount', 'nought']))
    expect(refusal(() => move(desk, id, -1, '', 'delivery'))).toEqual(
      invalidFields(['amount', 'not-positive']),
    )
    for (const reason of ['', '少']) {
      expect(refusal(() => move(desk, id, 1, reason))).toEqual(invalidFields(['reason', 'required']))
    }
    expect(refusal(() => move(desk, 4711, 1, '盘点'))).toEqual(notFound('gift'))
  })
})
