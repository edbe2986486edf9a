import { spelledDay, spelledMoment } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { balanceAfter } from './ledger.ts'
import type { Draft } from './paper.ts'
import { readRedemption } from './redemptions.ts'

/** What was handed over for how many points, with a line for the signature. NOT_FOUND `redemption`. */
export function redemptionSlip({ desk }: Context, redemptionId: number): Draft {
  const { db } = desk
  const made = readRedemption(db, redemptionId)
  const { name, phone, address, hours } = readCommunity(db)
  return {
    kind: 'redemption-slip',
    title: `积分兑换单 ${made.number}`,
    subject: `redemption:${redemptionId}`,
    data: {
      community: { name, phone, address, hours },
      number: made.number,
      day: spelledDay(made.day),
      at: spelledMoment(made.at),
      volunteer: made.name,
      volunteerNumber: made.volunteerNumber,
      gift: made.gift,
      amount: made.amount,
      points: made.points,
      balance: balanceAfter(db, redemptionId),
      collector: made.collector,
      operator: made.operator,
      reversed: made.reversed && {
        at: spelledMoment(made.reversed.at),
        reason: made.reversed.reason,
        returned: made.reversed.returned,
      },
    },
  }
}
