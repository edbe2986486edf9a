import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { orientationPlace } from './photo-orientation.ts'
import { copyOf, datasetOf } from './datasets.ts'
import { kill, signInClerk, startHost } from './host.ts'
import { rowOf, timedAsync, type Row } from './measure.ts'

const photos = 200
/** So many on their way at a time, as the screen sends them. */
const atOnce = 3
const [width, height] = [4000, 3000]
const orientations = 8
/** A search so often in ms, as of somebody who types. */
const searchEvery = 50

/**
 * A photo of twelve megapixels and four megabytes, as from a phone: soft shapes with the grain of a sensor, its place, its
 * time. Each index another picture.
 */
async function phonePhoto(index: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const pixels = await sharp({ create: { width: 250, height: 188, channels: 3, noise, background: '#888' } })
    .resize(width, height, { kernel: 'cubic' })
    .raw()
    .toBuffer()
  let state = index + 1
  for (let at = 0; at < pixels.length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    pixels[at] = Math.max(0, Math.min(255, pixels[at]! + ((state >>> 16) & 31) - 16))
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .withExif({
      IFD0: { Make: 'Phone', Orientation: '1' },
      IFD2: { DateTimeOriginal: '2026:11:20 08:00:00' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 31/1 12/1' },
    })
    .jpeg({ quality: 90 })
    .toBuffer()
}

/** Two hundred different photos without drawing as many: each of 25 lies eight ways round. */
async function folderOfPhotos(): Promise<(index: number) => Buffer> {
  const bases: { bytes: Buffer; place: number }[] = []
  for (let index = 0; index < photos / orientations; index += 1) {
    const bytes = await phonePhoto(index)
    bases.push({ bytes, place: orientationPlace(bytes) })
  }
  return (index) => {
    const { bytes, place } = bases[index % bases.length]!
    const turned = Buffer.from(bytes)
    turned[place] = 1 + Math.floor(index / bases.length)
    return turned
  }
}

/** The most memory that the process ever held, in MB (10^6 bytes); photos are drawn in it and in no other. */
function peakMegabytes(pid: number): number {
  return (Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024) / 1e6
}

/**
 * `visit.photos visit.photos-memory visit.photos-search`: two hundred photos through the route as the screen sends them, each
 * taken in, while somebody searches in a file of 100,000 visits.
 */
export async function benchPhotos(wanted: (name: string) => boolean): Promise<Row[]> {
  const names = ['visit.photos', 'visit.photos-memory', 'visit.photos-search']
  if (!names.some(wanted)) return []
  const photoOf = await folderOfPhotos()
  const host = await startHost(copyOf(datasetOf('stress', { years: 10, stress: true })))
  try {
    const { client, tokens } = await signInClerk(host)
    const headers = {
      'x-device': tokens.device,
      authorization: `Bearer ${tokens.session}`,
      'content-type': 'application/octet-stream',
      'x-file-name': 'IMG_0001.jpg',
    }
    const bring = async (index: number) => {
      const body = new Uint8Array(photoOf(index))
      const answer = await fetch(`${host.origin}/files`, { method: 'POST', headers, body })
      if (!answer.ok) throw new Error(`a photo was refused: ${answer.status}`)
      const { json } = (await answer.json()) as { json: { id: number } }
      const { photos: taken } = await client.visits.takePhotos({ fileIds: [json.id] })
      if (taken.length !== 1) throw new Error('a photo was known before')
    }
    const questions = ['张', 'wang', 'lxh', '1234', '3-2-501']
    const search = (round: number) =>
      timedAsync(() => client.overview.search({ query: questions[round % questions.length]! }))
    for (let round = 0; round < 50; round += 1) await search(round)

    let next = 0
    let over = false
    const searches: number[] = []
    const searching = (async () => {
      for (let round = 0; !over; round += 1) {
        searches.push(await search(round))
        await new Promise((goOn) => setTimeout(goOn, searchEvery))
      }
    })()
    const lane = async () => {
      while (next < photos) await bring((next += 1) - 1)
    }
    const took = await timedAsync(() => Promise.all(Array.from({ length: atOnce }, lane)))
    over = true
    await searching
    const made = [
      rowOf('visit.photos', '/s', [photos / (took / 1000)]),
      rowOf('visit.photos-memory', 'MB', [peakMegabytes(host.child.pid!)]),
      rowOf('visit.photos-search', 'ms', searches),
    ]
    return made.filter(({ name }) => wanted(name))
  } finally {
    await kill(host)
  }
}
