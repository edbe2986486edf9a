import type { Row } from './measure.ts'

type Limit = { name: RegExp; of: 'p50' | 'p95' | 'p99' | 'ratio' } & ({ most: number } | { least: number })

/**
 * "Must reach" of the issues that opened the desk, brought enquiries to their end, opened the noon class, counted the
 * hours of volunteers and certified them.
 */
const limits: Limit[] = [
  { name: /^search\.(name|pinyin|initials|phone-tail|door|hostile)$/, of: 'p99', most: 3 },
  { name: /^search\.(name|pinyin|initials|phone-tail|door|hostile)$/, of: 'ratio', most: 2 },
  { name: /^search\.paint$/, of: 'p95', most: 50 },
  { name: /^enquiry\.accept$/, of: 'ratio', most: 3 },
  { name: /^enquiry\.accept\.http$/, of: 'p95', most: 10 },
  { name: /^enquiry\.open$/, of: 'p95', most: 15 },
  { name: /^enquiry\.list$/, of: 'p95', most: 20 },
  { name: /^enquiry\.manager$/, of: 'p95', most: 150 },
  { name: /^noon\.tap-to-others$/, of: 'p99', most: 150 },
  { name: /^noon\.arrivals$/, of: 'p95', least: 300 },
  { name: /^noon\.board$/, of: 'p95', most: 100 },
  { name: /^noon\.register$/, of: 'p95', most: 300 },
  { name: /^noon\.register-pdf$/, of: 'p95', most: 3000 },
  { name: /^volunteer\.roll-call$/, of: 'p95', most: 300 },
  { name: /^volunteer\.balance$/, of: 'p95', most: 5 },
  { name: /^volunteer\.ranking$/, of: 'p95', most: 200 },
  { name: /^visit\.plan$/, of: 'p95', most: 100 },
  { name: /^visit\.coverage$/, of: 'p95', most: 150 },
  { name: /^visit\.household$/, of: 'p95', most: 20 },
  { name: /^visit\.photos$/, of: 'p50', least: 4 },
  { name: /^visit\.photos-memory$/, of: 'p95', most: 400 },
  { name: /^visit\.photos-search$/, of: 'p95', most: 50 },
  { name: /^certificate\.pdf$/, of: 'p50', most: 400 },
  { name: /^certificate\.pdf$/, of: 'ratio', most: 1.3 },
  { name: /^certificate\.batch$/, of: 'p50', most: 60 },
  { name: /^certificate\.batch-memory$/, of: 'p95', most: 250 },
  { name: /^certificate\.batch-search$/, of: 'p95', most: 50 },
  { name: /^certificate\.verify$/, of: 'p95', most: 20 },
  { name: /^host\.start$/, of: 'p50', most: 600 },
  { name: /^host\.memory$/, of: 'p95', most: 160 },
  { name: /^screen\.first$/, of: 'p95', most: 1000 },
  { name: /^bundle\.first-load$/, of: 'p95', most: 400 },
  { name: /^growth\./, of: 'p50', most: 1.2 },
]

export type Verdict = { text: string; passed: boolean }

export function judge(row: Row): Verdict[] {
  return limits
    .filter(({ name, of }) => name.test(row.name) && row[of] !== null)
    .map((limit) => {
      const { of } = limit
      const [passed, bound] =
        'most' in limit
          ? [row[of]! <= limit.most, `<= ${limit.most}`]
          : [row[of]! >= limit.least, `>= ${limit.least}`]
      return { passed, text: `${passed ? 'ok' : 'FAIL'} ${of} ${bound}${of === 'ratio' ? 'x' : ''}` }
    })
}

function short(value: number | null, unit: Row['unit']): string {
  if (value === null) return ''
  if (unit === '/s') return value.toFixed(value < 100 ? 1 : 0)
  if (unit === 'ms') return value < 10 ? value.toFixed(3) : value.toFixed(1)
  return value.toFixed(2)
}

/** The result as a table for a terminal. */
export function tableOf(rows: Row[]): string {
  const head = ['name', 'unit', 'n', 'p50', 'p95', 'p99', 'bare p50', 'ratio', 'limit']
  const lines = rows.map((row) => [
    row.name,
    row.unit,
    String(row.n),
    ...[row.p50, row.p95, row.p99, row.limit_p50].map((value) => short(value, row.unit)),
    row.ratio === null || row.unit === 'ratio' ? '' : row.ratio.toFixed(2),
    judge(row)
      .map(({ text }) => text)
      .join(', '),
  ])
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]!.length)),
  )
  const print = (line: string[]) =>
    line
      .map((cell, column) =>
        column < 2 || column === 8 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd()
  return [print(head), print(widths.map((width) => '-'.repeat(width))), ...lines.map(print)].join('\n')
}
