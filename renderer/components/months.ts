/** 2026-11 -> 11月; another year than this one is named. */
export function monthWords(month: string, today: string): string {
  const [year, number] = month.split('-')
  return `${year === today.slice(0, 4) ? '' : `${year}年`}${Number(number)}月`
}

/** Another month, so many later. */
export function monthAfter(month: string, months: number): string {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year!, number! - 1 + months, 1)).toISOString().slice(0, 7)
}

/** A month as it stands in the address, or the one given when there is none. */
export function readMonth(value: unknown, otherwise: string): string {
  return typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(value) ? value : otherwise
}
