import { lowerDrawing } from './draw-priority.ts'
import { invalid } from './errors.ts'
import { takenAtOf } from './exif.ts'
import { openTurns } from './turns.ts'

/** A photo as it is kept: upright, JPEG, without a word about where, when and with what it was taken. */
export type Photo = { jpeg: Buffer; small: Buffer; width: number; height: number }

/** What a file's first bytes say it is; names and declared types are never asked. */
export type FileType = 'photo' | 'pdf' | 'heic' | 'svg' | 'unknown'

/** More pixels than this are refused by the header, before anything is decoded. */
const mostPixels = 50_000_000
/** Longest side of what is kept, enough to read a document that was photographed. */
const longest = 2560
const longestSmall = 320

const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1']

/** By magic bytes. HEIC and SVG are told apart only to say what to do about them. */
export function typeOf(bytes: Buffer): FileType {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to)
  if (text(0, 3) === '\xff\xd8\xff') return 'photo'
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'photo'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'photo'
  if (text(0, 5) === '%PDF-') return 'pdf'
  if (text(4, 8) === 'ftyp' && heicBrands.includes(text(8, 12))) return 'heic'
  // Whatever Unicode it is written in: without the zeros and the byte order mark it begins as a tag.
  const start = text(0, 2048)
    .replaceAll('\0', '')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
  if (/^\s*</.test(start) && !/<html/i.test(start) && /<svg[\s>]/i.test(start)) return 'svg'
  return 'unknown'
}

/** Loaded with the first photo: a desk that never sees one does not pay its 25 MB. */
async function loadSharp() {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}

/** One for each core of a desk's PC: a third of a second each, and some twenty megabytes while it lasts. */
const drawing = openTurns(2)

/**
 * Decodes a JPEG, PNG or WebP and draws it anew, so that of the bytes that came only the picture is left: no EXIF,
 * no GPS, nothing appended. `takenAt` is what the camera noted, right or wrong.
 * INVALID `file`: `too-many-pixels`, or `damaged` when any part of it cannot be read.
 */
export function readPhoto(bytes: Buffer): Promise<Photo & { takenAt: string | null }> {
  return drawing(async () => {
    const sharp = await loadSharp()
    const header = await sharp(bytes, { limitInputPixels: false })
      .metadata()
      .catch(() => invalid('file', 'damaged'))
    lowerDrawing()
    if (header.width * header.height > mostPixels) invalid('file', 'too-many-pixels')
    try {
      const { data: jpeg, info } = await sharp(bytes, { failOn: 'error', limitInputPixels: mostPixels })
        .autoOrient()
        .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#fff' })
        // Huffman tables made for each photo would save a twentieth of its size and cost half as much memory again.
        .jpeg({ quality: 82, optimiseCoding: false })
        .toBuffer({ resolveWithObject: true })
      const small = await sharp(jpeg)
        .resize({ width: longestSmall, height: longestSmall, fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 76 })
        .toBuffer()
      return { jpeg, small, width: info.width, height: info.height, takenAt: takenAtOf(header.exif) }
    } catch {
      return invalid('file', 'damaged')
    }
  })
}
