/** Weights and check characters of GB 11643-1999 (18-digit citizen identity number). */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** The check character for the first 17 digits (GB 11643-1999: weighted sum modulo 11). */
export function idNumberCheck(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return checks.charAt(sum % 11)
}

/** As typed or scanned -> 18 upper-case half-width characters without blanks. Does not check anything. */
export function tidyIdNumber(typed: string): string {
  return typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}

/** What a valid number tells: birth day (`1949-12-31`) and sex (GB/T 2261.1); null when the number is not valid. */
export function readIdNumber(number: string): { birth: string; sex: 1 | 2 } | null {
  if (!/^\d{17}[\dX]$/.test(number)) return null
  if (idNumberCheck(number) !== number[17]) return null
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  const date = new Date(`${birth}T00:00:00.000Z`)
  // 2023-02-29 would roll over to March; a real day comes back unchanged.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== birth) return null
  if (Number(number.slice(6, 10)) < 1800) return null
  return { birth, sex: Number(number[16]) % 2 === 1 ? 1 : 2 }
}
