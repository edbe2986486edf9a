import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** What a write-ahead log holds of committed transactions. */
export type WalContent = {
  /** The newest committed first page (it carries the header), when the log has one. */
  firstPage: Buffer | null
  /** Every page with a committed copy in the log. */
  pages: Set<number>
  /** Size of the database in pages after the last commit in the log. */
  size: number
}

const headerBytes = 32
const frameHeaderBytes = 24

function readAt(opened: number, into: Buffer, position: number): boolean {
  return readSync(opened, into, 0, into.length, position) === into.length
}

/** SQLite's running checksum over pairs of 32-bit words. */
function checksum(bytes: Buffer, little: boolean, sums: [number, number]): [number, number] {
  let [first, second] = sums
  for (let at = 0; at < bytes.length; at += 8) {
    const left = little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
    const right = little ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4)
    first = (first + left + second) >>> 0
    second = (second + right + first) >>> 0
  }
  return [first, second]
}

/**
 * Reads a `-wal` file as SQLite's recovery would, without SQLite and without touching anything: up to the last frame
 * that commits and whose checksum fits. Null when there is nothing in it that recovery would use.
 * Format: https://www.sqlite.org/fileformat2.html#walformat
 */
export function readWal(file: string): WalContent | null {
  let opened: number
  try {
    opened = openSync(file, 'r')
  } catch {
    return null
  }
  try {
    const header = Buffer.alloc(headerBytes)
    if (fstatSync(opened).size <= headerBytes || !readAt(opened, header, 0)) return null
    const magic = header.readUInt32BE(0)
    if (magic !== 0x377f0682 && magic !== 0x377f0683) return null
    const little = magic === 0x377f0682
    let sums = checksum(header.subarray(0, 24), little, [0, 0])
    if (sums[0] !== header.readUInt32BE(24) || sums[1] !== header.readUInt32BE(28)) return null

    const pageSize = header.readUInt32BE(8)
    const frame = Buffer.alloc(frameHeaderBytes + pageSize)
    const found: WalContent = { firstPage: null, pages: new Set(), size: 0 }
    let waiting = new Set<number>()
    let waitingFirst: Buffer | null = null
    for (let at = headerBytes; readAt(opened, frame, at); at += frame.length) {
      if (!frame.subarray(8, 16).equals(header.subarray(16, 24))) break
      sums = checksum(frame.subarray(0, 8), little, sums)
      sums = checksum(frame.subarray(frameHeaderBytes), little, sums)
      if (sums[0] !== frame.readUInt32BE(16) || sums[1] !== frame.readUInt32BE(20)) break
      const page = frame.readUInt32BE(0)
      waiting.add(page)
      if (page === 1) waitingFirst = Buffer.from(frame.subarray(frameHeaderBytes))
      const size = frame.readUInt32BE(4)
      if (size === 0) continue
      for (const number of waiting) found.pages.add(number)
      if (waitingFirst) found.firstPage = waitingFirst
      found.size = size
      waiting = new Set()
      waitingFirst = null
    }
    return found.size > 0 ? found : null
  } finally {
    closeSync(opened)
  }
}
