import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

/** WOFF2 (W3C, section 4.2): seven bits a byte, the highest says that another follows. Returns the value and what is next. */
function readBase128(bytes: Buffer, at: number): [value: number, next: number] {
  let value = 0
  for (let nth = 0; nth < 5; nth += 1) {
    const byte = bytes[at + nth]!
    value = value * 128 + (byte & 0x7f)
    if ((byte & 0x80) === 0) return [value, at + nth + 1]
  }
  throw new Error('a font with a length of no end')
}

const headerBytes = 48
/** Numbers of the known tables in a directory: cmap, and the two that are stored otherwise unless they say 3. */
const [cmapTable, glyfTable, locaTable, otherTable] = [0, 10, 11, 63]

/** The character map of a WOFF2 file, unpacked. */
function cmapOf(file: string): Buffer {
  const bytes = readFileSync(file)
  if (bytes.toString('latin1', 0, 4) !== 'wOF2') throw new Error('a font that is no WOFF2')
  let [at, start] = [headerBytes, 0]
  let place: [start: number, end: number] | null = null
  for (let tables = bytes.readUInt16BE(12); tables > 0; tables -= 1) {
    const flags = bytes[at]!
    const [table, version] = [flags & 63, flags >> 6]
    let [length, next] = readBase128(bytes, at + (table === otherTable ? 5 : 1))
    const isStoredOtherwise = table === glyfTable || table === locaTable ? version !== 3 : version !== 0
    if (isStoredOtherwise) [length, next] = readBase128(bytes, next)
    if (table === cmapTable) place = [start, start + length]
    start += length
    at = next
  }
  if (!place) throw new Error('a font without a character map')
  return brotliDecompressSync(bytes.subarray(at, at + bytes.readUInt32BE(20))).subarray(...place)
}

/** Format 4: segments of the basic plane. */
function addSegments(map: Buffer, points: Set<number>): void {
  const twice = map.readUInt16BE(6)
  for (let at = 0; at < twice; at += 2) {
    const last = map.readUInt16BE(14 + at)
    const first = map.readUInt16BE(16 + twice + at)
    const delta = map.readUInt16BE(16 + 2 * twice + at)
    const offsetAt = 16 + 3 * twice + at
    const offset = map.readUInt16BE(offsetAt)
    for (let point = first; point <= last && point < 0xffff; point += 1) {
      const place = offsetAt + offset + 2 * (point - first)
      const glyph = offset === 0 ? point + delta : place + 2 <= map.length ? map.readUInt16BE(place) : 0
      if ((glyph & 0xffff) !== 0) points.add(point)
    }
  }
}

/** Format 12: runs of any plane. */
function addRuns(map: Buffer, points: Set<number>): void {
  const count = map.readUInt32BE(12)
  for (let nth = 0; nth < count; nth += 1) {
    const at = 16 + 12 * nth
    const [first, last, glyph] = [map.readUInt32BE(at), map.readUInt32BE(at + 4), map.readUInt32BE(at + 8)]
    for (let point = first; point <= last; point += 1) if (glyph + point - first !== 0) points.add(point)
  }
}

const known = new Map<string, ReadonlySet<number>>()

/**
 * The code points for which a font file has a sign, by its own map (OpenType, `cmap`), read once. A `unicode-range` promises
 * more than its file holds: emoji, Hangul, and the private signs that old registers use for rare characters.
 */
export function signsOf(file: string): ReadonlySet<number> {
  const before = known.get(file)
  if (before) return before
  const cmap = cmapOf(file)
  const points = new Set<number>()
  for (let nth = cmap.readUInt16BE(2) - 1; nth >= 0; nth -= 1) {
    const map = cmap.subarray(cmap.readUInt32BE(4 + 8 * nth + 4))
    const format = map.readUInt16BE(0)
    if (format === 4) addSegments(map, points)
    if (format === 12) addRuns(map, points)
  }
  known.set(file, points)
  return points
}
