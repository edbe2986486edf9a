/** One line of the result. Times in ms unless `unit` says otherwise. */
export type Row = {
  name: string
  /** `/s` is the one where more is better: its percentiles count downwards, p95 is what 95 % of the samples reach. */
  unit: 'ms' | 's' | 'MB' | 'kB' | 'ratio' | '/s'
  n: number
  p50: number
  p95: number
  p99: number
  /** p50 of the bare work, measured in the same run between the samples of the app; null where there is none. */
  limit_p50: number | null
  /** p50 : limit_p50. */
  ratio: number | null
}

/** The value below which a share of the samples lies (nearest rank). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN
}

export function rowOf(
  name: string,
  unit: Row['unit'],
  samples: readonly number[],
  bare?: readonly number[],
): Row {
  const reached = (share: number) => percentile(samples, unit === '/s' ? 1 - share : share)
  const p50 = reached(0.5)
  const limit = bare && bare.length > 0 ? percentile(bare, 0.5) : null
  return {
    name,
    unit,
    n: samples.length,
    p50,
    p95: reached(0.95),
    p99: reached(0.99),
    limit_p50: limit,
    ratio: limit === null ? null : p50 / limit,
  }
}

/** Growth from one year to ten: the ratio of each percentile. */
export function growthOf(name: string, one: readonly number[], ten: readonly number[]): Row {
  const ratio = (share: number) => percentile(ten, share) / percentile(one, share)
  const p50 = ratio(0.5)
  return {
    name: `growth.${name}`,
    unit: 'ratio',
    n: Math.min(one.length, ten.length),
    p50,
    p95: ratio(0.95),
    p99: ratio(0.99),
    limit_p50: null,
    ratio: p50,
  }
}

/** Milliseconds that `work` takes. */
export function timed(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

export async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/**
 * Runs the contestants in turn, `rounds` times after `warmUp` unmeasured ones, each first as often as the others, so
 * that whatever else the machine does hits all of them. Returns the samples of each.
 */
export function interleave<Name extends string>(
  contestants: Record<Name, (round: number) => number>,
  rounds: number,
  warmUp = Math.min(50, rounds),
): Record<Name, number[]> {
  const names = Object.keys(contestants) as Name[]
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  global.gc?.()
  for (let round = -warmUp; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(Math.abs(round) + turn) % names.length]!
      const sample = contestants[name](Math.abs(round))
      if (round >= 0) samples[name].push(sample)
    }
  }
  return samples
}

/** The same for work that waits. */
export async function interleaveAsync<Name extends string>(
  contestants: Record<Name, (round: number) => Promise<number>>,
  rounds: number,
  warmUp = Math.min(20, rounds),
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contestants) as Name[]
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  global.gc?.()
  for (let round = -warmUp; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(Math.abs(round) + turn) % names.length]!
      const sample = await contestants[name](round < 0 ? rounds - round : round)
      if (round >= 0) samples[name].push(sample)
    }
  }
  return samples
}
