import {
  listGifts,
  moveStock,
  saveGift,
  type GiftInput,
} from '../../../electron/counters/volunteers/gifts.ts'
import { readBalance } from '../../../electron/counters/volunteers/ledger.ts'
import { redeem } from '../../../electron/counters/volunteers/redeem.ts'
import { changeVolunteerRules, readVolunteerRules } from '../../../electron/counters/volunteers/rules.ts'
import { rows } from '../../../electron/database/open.ts'
import type { Gift } from '../../../electron/contract/volunteer-points.ts'
import type { TestDesk } from '../../fixture.ts'

export const giftInput = (changed: Partial<GiftInput> = {}): GiftInput => ({
  id: null,
  version: null,
  name: '大米',
  points: 10,
  description: '',
  photoId: null,
  active: true,
  ...changed,
})

/** A gift with so many of it in stock. */
export function addGift(test: TestDesk, changed: Partial<GiftInput> = {}, stock = 100): Gift {
  const gift = saveGift(test.context('manager'), giftInput(changed))
  if (stock === 0) return gift
  const delivery = { giftId: gift.id, cause: 'delivery', amount: stock, reason: '' } as const
  return moveStock(test.context('manager'), delivery)
}

/** The clerk hands gifts over at their price, with a ticket of its own. */
export const handOver = (
  test: TestDesk,
  volunteerId: number,
  gift: Pick<Gift, 'id' | 'points'>,
  changed: Partial<Parameters<typeof redeem>[1]> = {},
) => {
  const amount = changed.amount ?? 1
  const points = gift.points * amount
  const sent = { ticket: crypto.randomUUID(), volunteerId, giftId: gift.id, amount, points, collector: '' }
  return redeem(test.context(), { ...sent, ...changed })
}

export const balanceOf = (test: TestDesk, volunteerId: number): number =>
  readBalance(test.context(), volunteerId).points

export const stockOf = (test: TestDesk, giftId: number): number =>
  listGifts(test.context(), { all: true }).find(({ id }) => id === giftId)!.stock

/** The ledger as it was written, oldest first. */
export const ledgerOf = (test: TestDesk, volunteerId: number) =>
  rows<{ cause: string; points: number; year: number; writtenOff: number }>(
    test.db,
    `SELECT cause, points, year, written_off AS writtenOff FROM point_entry WHERE volunteer_id = ? ORDER BY id`,
    volunteerId,
  )

/** Points expire from now on at the end of the year after the one in which they were earned. */
export function letExpire(test: TestDesk): void {
  const rules = readVolunteerRules(test.db)
  changeVolunteerRules(test.context('manager'), { ...rules, pointsExpire: 'after-next-year' })
}
