import type { Gift, PointEntry, Redemption } from '../../../../electron/contract/volunteer-points.ts'
import { conflictOf } from '../../../components/conflict.ts'
import { sentenceFor } from '../../../shell/sentences.ts'

/** How many of a gift these points and this stock reach. */
export const mostOf = (gift: Pick<Gift, 'points' | 'stock'>, points: number): number =>
  Math.max(0, Math.min(gift.stock, Math.floor(points / gift.points), 1000))

/** Why a gift cannot be had now, as it stands on its card; '' when it can. */
export function lackWords(gift: Pick<Gift, 'points' | 'stock'>, points: number): string {
  if (gift.stock <= 0) return '已经领完'
  return gift.points > points ? `还差 ${gift.points - points} 分` : ''
}

/** What is being redeemed, as the screen showed it. */
export type Wanted = { gift: Pick<Gift, 'id' | 'name' | 'points'>; amount: number }

export const costOf = ({ gift, amount }: Wanted): number => gift.points * amount

const nothing = '没有兑换，积分和库存都没有动。'

/**
 * Why a redemption was refused: what happened, that nothing was booked, and what stands now. Another screen may have taken
 * the points or the last gift between the look and the press.
 */
export function refusalWords(error: unknown, wanted: Wanted): string {
  const conflict = conflictOf(error)
  const current = (conflict?.current ?? {}) as { points?: number; stock?: number }
  switch (conflict?.because) {
    case 'balance': {
      const now = current.points === undefined ? '积分不够了' : `现在只有 ${current.points} 分`
      return `积分刚才变了（另一块屏幕兑换过，或有记录被冲销）：${now}，这次要 ${costOf(wanted)} 分。${nothing}`
    }
    case 'stock': {
      const left = current.stock ?? 0
      const now = left > 0 ? `现在只剩 ${left} 份` : '已经没有了'
      return `“${wanted.gift.name}”刚被领走（另一块屏幕）：${now}。${nothing}${left > 0 ? '' : '请换一样。'}`
    }
    case 'changed': {
      const now = current.points === undefined ? '价格刚才改了' : `现在每份 ${current.points} 分`
      return `“${wanted.gift.name}”的价格刚才改了：${now}。${nothing}看一下新价格，再按一次。`
    }
    case 'duplicate':
      return '刚才那一次已经兑换成功，单子在左边的明细里；这一次没有再兑。'
    default:
      return sentenceFor(error)
  }
}

/**
 * Why what is chosen can no longer be had, when points or stock changed on another screen before the press; '' when it can.
 */
export function shortWords(
  gift: Pick<Gift, 'name' | 'points' | 'stock'>,
  amount: number,
  points: number,
): string {
  const cost = gift.points * amount
  if (amount > gift.stock) return `“${gift.name}”刚被领走，现在还有 ${Math.max(0, gift.stock)} 份。${nothing}`
  return cost > points ? `现在只有 ${points} 分，这次要 ${cost} 分。${nothing}` : ''
}

/** What a row says of points that could not be taken back, or were settled; '' when nothing. */
export function writtenOffWords({ writtenOff }: Pick<PointEntry, 'writtenOff'>): string {
  if (writtenOff > 0) return `另有 ${writtenOff} 分已经用掉，记为欠分`
  return writtenOff < 0 ? `先抵掉欠分 ${-writtenOff} 分` : ''
}

/** Ids of redemptions that a row of the statement took back. */
export const reversedIn = (rows: readonly PointEntry[]): ReadonlySet<number> =>
  new Set(rows.flatMap((row) => (row.cause === 'redemption-reversal' ? [row.redemptionId ?? 0] : [])))

/** 大米 × 2 · 40 分. */
export const redemptionWords = ({ gift, amount, points }: Pick<Redemption, 'gift' | 'amount' | 'points'>) =>
  `${gift}${amount > 1 ? ` × ${amount}` : ''} · ${points} 分`

/** The gift of a digit key: 1 to 9 in the order of the cards. */
export function giftAtKey<One>(key: string, gifts: readonly One[]): One | null {
  return /^[1-9]$/.test(key) ? (gifts[Number(key) - 1] ?? null) : null
}
