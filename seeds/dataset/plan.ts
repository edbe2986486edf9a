import { addDays } from '../../electron/workbench/calendar.ts'

/** Raised whenever the same seed gives other content; the benches key their cache by it. */
export const generatorVersion = 2

/** The dataset's last day, so that it never depends on when it was made. */
export const endDay = '2026-11-23'

export type Options = {
  years: number
  seed?: number
  /** The stress column of domain 4 instead of the ten-year one. */
  stress?: boolean
  /** So many people and a few weeks of enquiries: for measuring search. */
  people?: number
  /** A share of everything, for tests. */
  scale?: number
}

export type Plan = {
  seed: number
  startDay: string
  endDay: string
  /** On the first day. */
  people: number
  /** Per year, after it. */
  newPeople: number
  newHouseholds: number
  enquiries: number
}

/**
 * The sizes of domain 4. Base 2,400 households and 7,000 people; after ten years 3,500 and 18,000 with those who
 * moved away, and 100,000 enquiries; stress 8,000, 40,000 and 300,000.
 */
export function planOf({ years, seed = 1, stress = false, people, scale = 1 }: Options): Plan {
  if (people !== undefined) {
    const startDay = addDays(endDay, -28)
    return { seed, startDay, endDay, people, newPeople: 0, newHouseholds: 0, enquiries: 10_000 * scale }
  }
  return {
    seed,
    startDay: addDays(endDay, -Math.round(years * 365.25)),
    endDay,
    people: 7000 * scale,
    newPeople: (stress ? 3300 : 1100) * scale,
    newHouseholds: (stress ? 560 : 110) * scale,
    enquiries: (stress ? 30_000 : 10_000) * scale,
  }
}
