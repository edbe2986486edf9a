/**
 * A day as clerks type it: `1949-10-1`, `1949.10.1`, `19491001`, `1949年10月1日`, full-width digits. Null when it is no
 * real day.
 */
export function readDay(typed: string): string | null {
  const text = typed.normalize('NFKC').replace(/\s/g, '')
  const match = /^(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(text)
  if (!match) return null
  const month = (match[2] ?? match[4])!.padStart(2, '0')
  const day = (match[3] ?? match[5])!.padStart(2, '0')
  const written = `${match[1]}-${month}-${day}`
  const date = new Date(`${written}T00:00:00.000Z`)
  // 2023-02-29 would roll over to March; a real day comes back unchanged.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : null
}
