import { expect, vi } from 'vitest'
import { drawSheet, readSheets, turnSheet, unlike } from './sheets.ts'
import type { Spooler } from './spooler.ts'

/** The share of dots that smoothing may leave without ink beside them. */
export const smoothed = 0.02

/** Points by which a printer's own A4 or A5 may differ from the sheet's. */
const rounding = 2

/** The last of so many sheets, once they lie in the tray. */
export const comesOut = (spooler: Spooler, count: number): Promise<string> =>
  vi.waitFor(
    () => {
      expect(spooler.printed()).toHaveLength(count)
      return spooler.printed().at(-1)!
    },
    { timeout: 30_000, interval: 100 },
  )

/** What came out, held as it reads: a sheet across goes through a printer turned, one way or the other. */
export async function held(issued: string, printed: string, by: [number, number] = [0, 0]): Promise<string> {
  const was = await drawSheet(issued)
  const ways = await Promise.all([0, 1, 2, 3].map((quarters) => turnSheet(printed, quarters)))
  const misses = await Promise.all(ways.map(async (file) => unlike(was, await drawSheet(file), by)))
  return ways[misses.indexOf(Math.min(...misses))]!
}

/** The same pages of the same size with the same signs on them. */
export async function expectSame(issued: string, printed: string): Promise<void> {
  const [was, is] = await sheetsOf(issued, printed)
  expect(is.signs).toBe(was.signs)
}

async function sheetsOf(issued: string, printed: string) {
  const [was, is] = [await readSheets(issued), await readSheets(printed)]
  expect(is.pages).toBe(was.pages)
  expect(was.signs.length).toBeGreaterThan(100)
  for (const side of [0, 1]) expect(Math.abs(is.size[side]! - was.size[side]!)).toBeLessThan(rounding)
  return [was, is] as const
}

/** In place of a sign that was drawn and whose name was lost on the way through PostScript, where a font has two weights. */
const nameless = /\p{Cc}/u

/** The same, but for signs that only the eye can read on what came out: their dots are compared elsewhere. */
export async function expectSameButNames(issued: string, printed: string): Promise<void> {
  const [was, is] = await sheetsOf(issued, printed)
  const [named, lost] = [[...is.signs], [...was.signs]].map((signs) =>
    signs.filter((sign) => !nameless.test(sign)),
  )
  expect(is.signs.length).toBeLessThanOrEqual(was.signs.length)
  for (const sign of named!) {
    const at = lost!.indexOf(sign)
    expect(at, `${sign} was not on the sheet`).toBeGreaterThanOrEqual(0)
    lost!.splice(at, 1)
  }
  expect(lost!.length).toBeLessThan(was.signs.length * 0.1)
}
