import fc from 'fast-check'
import sharp from 'sharp'
import { expect, it, test } from 'vitest'
import { takenAtOf } from '../../electron/workbench/exif.ts'
import { photoTakenAt } from './sample-files.ts'

/** What sharp hands out of a photo taken at this time. */
const exifOf = async (time: string) => (await sharp(await photoTakenAt(time)).metadata()).exif!

/** A block of this byte order with DateTimeOriginal alone, as a camera writes it. */
function block(order: 'II' | 'MM', time: string): Buffer {
  const bytes = Buffer.alloc(64)
  const little = order === 'II'
  const u16 = (number: number, at: number) =>
    little ? bytes.writeUInt16LE(number, at) : bytes.writeUInt16BE(number, at)
  const u32 = (number: number, at: number) =>
    little ? bytes.writeUInt32LE(number, at) : bytes.writeUInt32BE(number, at)
  bytes.write(order, 0, 'latin1')
  u16(42, 2)
  u32(8, 4)
  // IFD0: one entry, the place of the Exif IFD; there one entry, the place of the text.
  u16(1, 8)
  for (const [number, at] of [
    [0x8769, 10],
    [4, 12],
    [1, 26],
    [0x9003, 28],
    [2, 30],
  ] as const)
    u16(number, at)
  u32(1, 14)
  u32(26, 18)
  u32(20, 32)
  u32(44, 36)
  bytes.write(time, 44, 'latin1')
  return bytes
}

test.each(['II', 'MM'] as const)('the camera’s time is Shanghai’s, whatever its byte order (%s)', (order) => {
  expect(takenAtOf(block(order, '2026:11:20 08:00:00'))).toBe('2026-11-20T00:00:00.000Z')
  expect(takenAtOf(Buffer.concat([Buffer.from('Exif\0\0'), block(order, '2026:11:20 00:30:00')]))).toBe(
    '2026-11-19T16:30:00.000Z',
  )
})

it('is read as it stands, right or wrong; who takes the photo in decides', async () => {
  expect(takenAtOf(await exifOf('1970:01:01 08:00:00'))).toBe('1970-01-01T00:00:00.000Z')
  expect(takenAtOf(await exifOf('2099:12:31 23:59:59'))).toBe('2099-12-31T15:59:59.000Z')
})

test.each([
  '0000:00:00 00:00:00',
  '2026:02:30 10:00:00',
  '2026:11:20 24:30:00',
  '2026-11-20 10:00:00',
  '    :  :     :  :  ',
  'yesterday at noon  ',
])('%j is no time', async (text) => {
  expect(takenAtOf(await exifOf(text))).toBeNull()
})

it('whatever stands in the block, it is a time or none, and ends', () => {
  expect(takenAtOf(undefined)).toBeNull()
  const whole = block('II', '2026:11:20 08:00:00')
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(63), fc.nat(255)), { maxLength: 12 }),
      fc.nat(64),
      (changes, length) => {
        const bytes = Buffer.from(whole)
        for (const [at, byte] of changes) bytes[at] = byte
        const found = takenAtOf(bytes.subarray(0, length))
        if (found !== null) expect(new Date(found).toISOString()).toBe(found)
      },
    ),
    { numRuns: 2000 },
  )
})
