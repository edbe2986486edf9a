/** Where the orientation of a JPEG stands, as one byte of its EXIF block; the block must have one. */
export function orientationPlace(jpeg: Buffer): number {
  const block = jpeg.indexOf('Exif\0\0', 0, 'latin1') + 6
  const little = jpeg.toString('latin1', block, block + 2) === 'II'
  const u16 = (at: number) => (little ? jpeg.readUInt16LE(at) : jpeg.readUInt16BE(at))
  const ifd = block + (little ? jpeg.readUInt32LE(block + 4) : jpeg.readUInt32BE(block + 4))
  for (let index = 0; index < u16(ifd); index += 1) {
    const entry = ifd + 2 + 12 * index
    if (u16(entry) === 0x0112) return entry + (little ? 8 : 9)
  }
  throw new Error('a photo without its orientation')
}
