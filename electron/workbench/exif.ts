/** Numbers of a TIFF block in its own byte order; outside of it they throw RangeError. */
type Reader = { u16: (at: number) => number; u32: (at: number) => number }

/** Where the value of a tag of this directory lies, and how long it is; null without the tag. */
function entry({ u16, u32 }: Reader, ifd: number, tag: number): { count: number; at: number } | null {
  for (let index = 0; index < u16(ifd); index += 1) {
    const at = ifd + 2 + 12 * index
    if (u16(at) === tag) return { count: u32(at + 4), at: at + 8 }
  }
  return null
}

const exifPlace = 0x8769
const dateTimeOriginal = 0x9003
const headerLength = 6

/**
 * When the camera says a photo was taken (EXIF DateTimeOriginal), as a UTC instant; null when it says nothing that is a
 * time. Cameras note the time on the wall without a zone: here that is Shanghai's. `exif` as sharp hands it out.
 */
export function takenAtOf(exif: Buffer | undefined): string | null {
  const block = exif?.subarray(exif.toString('latin1', 0, 4) === 'Exif' ? headerLength : 0)
  if (!block || block.length < 8) return null
  const little = block.toString('latin1', 0, 2) === 'II'
  const reader: Reader = little
    ? { u16: (at) => block.readUInt16LE(at), u32: (at) => block.readUInt32LE(at) }
    : { u16: (at) => block.readUInt16BE(at), u32: (at) => block.readUInt32BE(at) }
  try {
    const place = entry(reader, reader.u32(4), exifPlace)
    const time = place && entry(reader, reader.u32(place.at), dateTimeOriginal)
    if (!time || time.count < 19) return null
    const at = reader.u32(time.at)
    return instantOf(block.toString('latin1', at, at + 19))
  } catch (error) {
    // A place that lies outside of the block.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** `2026:11:20 08:00:00` of Shanghai as UTC; null when no such day or time exists, as with the zeros of an unset clock. */
function instantOf(text: string): string | null {
  const [, date, time] = /^(\d{4}:\d{2}:\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text) ?? []
  if (!date || !time) return null
  const local = `${date.replaceAll(':', '-')}T${time}.000`
  const asUtc = new Date(`${local}Z`)
  // 30 February would become 2 March.
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString() !== `${local}Z`) return null
  return new Date(`${local}+08:00`).toISOString()
}
