import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'

/*
 * Files as people bring them, good and bad. Without vitest, so that the scripts that get killed can use it as well.
 */

/** A picture with something to see in it, so that its bytes do not vanish when it is drawn anew. */
export function picture(width = 640, height = 480, seed = 1) {
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = ((at * seed) >> 5) ^ ((at / width) | 0)
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

export const jpeg = (width?: number, height?: number, seed?: number): Promise<Buffer> =>
  picture(width, height, seed).jpeg().toBuffer()

/** A photo as a phone takes it: on its side, with its place, its time and its owner. */
export const phonePhoto = (): Promise<Buffer> =>
  picture(800, 600)
    .withExif({
      IFD0: { Make: 'Phone of 王小明' },
      IFD2: { DateTimeOriginal: '2026:11:20 08:00:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '30/1 31/1 12/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '114/1 18/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>home</place></x:xmpmeta>')
    .jpeg()
    .toBuffer()

/** A photo as a phone takes it upright at this local time (`2026:11:20 08:00:00`), with its place; each seed another picture. */
export const photoTakenAt = (
  time: string,
  seed = 1,
  [width, height] = [800, 600] as [number, number],
): Promise<Buffer> =>
  picture(width, height, seed)
    .withExif({
      IFD0: { Make: 'Phone of 王小明' },
      IFD2: { DateTimeOriginal: time },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 31/1 12/1' },
    })
    .jpeg()
    .toBuffer()

export const pdf = (inside = 'a letter', bytes = 0): Buffer =>
  Buffer.concat([Buffer.from(`%PDF-1.7\n${inside}\n`), Buffer.alloc(bytes, 0x20), Buffer.from('\n%%EOF\n')])

function pngChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(type, 4, 'latin1')
  data.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}

/** A PNG that says it is so large, and holds next to nothing. */
export function pngOf(width: number, height: number, pixels: Buffer | null = randomBytes(32)): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits a channel, red, green and blue.
  header.set([8, 2, 0, 0, 0], 8)
  const chunks = [pngChunk('IHDR', header)]
  if (pixels) chunks.push(pngChunk('IDAT', pixels), pngChunk('IEND', Buffer.alloc(0)))
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])
}

const boxed = (brand: string) =>
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}`), Buffer.alloc(200)])
export const heic = boxed('heic')
export const avif = boxed('avif')

export const svg = Buffer.from(
  '<?xml version="1.0"?>\n<!-- a plan --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
)
export const html = Buffer.from(
  '<!doctype html><html><body><script>alert(1)</script><svg ></svg></body></html>',
)
export const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
/** An archive with one empty entry. */
export const zip = Buffer.from(`PK\x03\x04${'\0'.repeat(26)}PK\x05\x06${'\0'.repeat(18)}`, 'latin1')

/** Every file below the folder for photos and PDFs, as `ab/abcd….jpg`, sorted. */
export function filesOnDisk(folder: string, place = 'files'): string[] {
  try {
    return readdirSync(join(folder, place), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, place).length + 1))
      .sort()
  } catch {
    return []
  }
}
