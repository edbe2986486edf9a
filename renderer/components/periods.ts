/** The spans a manager looks back over; the word stands in the address: /supervision?period=year. */
export const spans = { month: '本月', '30': '近30天', '90': '近90天', year: '今年' } as const
export type Span = keyof typeof spans
/** In their order: an object puts keys that look like numbers first. */
export const spanOrder = ['month', '30', '90', 'year'] as const satisfies Span[]

export function readSpan(value: unknown): Span {
  return typeof value === 'string' && Object.hasOwn(spans, value) ? (value as Span) : 'month'
}

/** The first and the last local day. */
export type Days = { from: string; to: string }

/** Another day, so many later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The local days of a span that ends today, both included. */
export function daysOf(span: Span, today: string): Days {
  if (span === 'month') return { from: `${today.slice(0, 7)}-01`, to: today }
  if (span === 'year') return { from: `${today.slice(0, 4)}-01-01`, to: today }
  return { from: dayAfter(today, 1 - Number(span)), to: today }
}

/** The days of one point of the flow: a day of a short period, a week cut at the ends of a long one. */
export function bucketOf(day: string, weekly: boolean, { from, to }: Days): Days {
  if (!weekly) return { from: day, to: day }
  const last = dayAfter(day, 6)
  return { from: day < from ? from : day, to: last > to ? to : last }
}

/** Whether the flow counts weeks: the desk does so for more than 31 days. */
export function isWeekly({ from, to }: Days): boolean {
  return to > dayAfter(from, 30)
}
