/** What a stock-taking changes: counted less what stands in the books; NaN while nothing is counted. */
export const countDifference = (stock: number, counted: number): number => counted - stock

export type StockTyped = { cause: 'delivery' | 'correction'; amount: number; reason: string }

/**
 * What keeps a move of stock from being saved, by field. `amount` is the delivery, or what was counted; the reason of a
 * correction is kept in the audit.
 */
export function stockProblems(
  { cause, amount, reason }: StockTyped,
  stock: number,
): { amount?: string; reason?: string } {
  const whole = Number.isInteger(amount)
  if (cause === 'delivery') {
    return whole && amount >= 1 && amount <= 100_000 ? {} : { amount: '请写进了几份，1 到 100000' }
  }
  return {
    ...(!whole || amount < 0 || amount > 100_000
      ? { amount: '请写数到几份' }
      : countDifference(stock, amount) === 0
        ? { amount: '和账上一样，不用更正' }
        : {}),
    ...(reason.trim().length < 2 ? { reason: '请写明原因，至少两个字' } : {}),
  }
}

/** The last year whose points may expire: the rule lets them live to the end of the next year, so two years back. */
export const lastExpiringYear = (today: string): number => Number(today.slice(0, 4)) - 2
