/** A source of chance that says the same for the same seed on every machine. */
export type Random = {
  /** In [0, 1). */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number
  chance(share: number): boolean
  pick<Item>(list: readonly Item[]): Item
  /** An index, chosen by weight. */
  weighted(weights: readonly number[]): number
  /** A version-4 UUID, as screens make them for tickets. */
  uuid(): string
  bytes(count: number): Buffer
}

/** sfc32, seeded through splitmix32: small, quick, passes PractRand; nothing secret hangs on it. */
export function openRandom(seed: number): Random {
  let mix = seed >>> 0
  const splitmix = () => {
    mix = (mix + 0x9e3779b9) | 0
    let word = mix ^ (mix >>> 16)
    word = Math.imul(word, 0x21f0aaad)
    word ^= word >>> 15
    word = Math.imul(word, 0x735a2d97)
    return (word ^ (word >>> 15)) >>> 0
  }
  let [a, b, c, counter] = [splitmix(), splitmix(), splitmix(), 1]
  const word = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (let warm = 0; warm < 12; warm += 1) word()

  const next = () => word() / 0x1_0000_0000
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => word() & 0xff))
  return {
    next,
    int,
    bytes,
    chance: (share) => next() < share,
    pick: (list) => list[int(0, list.length - 1)]!,
    weighted(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0)
      for (const [index, weight] of weights.entries()) {
        left -= weight
        if (left < 0) return index
      }
      return weights.length - 1
    },
    uuid() {
      const raw = bytes(16)
      raw[6] = (raw[6]! & 0x0f) | 0x40
      raw[8] = (raw[8]! & 0x3f) | 0x80
      const hex = raw.toString('hex')
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        '-',
      )
    },
  }
}
