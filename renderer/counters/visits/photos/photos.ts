import { useQuery, useQueryCache } from '@pinia/colada'
import { ref } from 'vue'
import type { WaitingPhoto } from '../../../../electron/contract/visit-photos.ts'
import { dayOf, dayWords, durationWords, timeWords } from '../../../components/formats.ts'
import { photoMarkWords } from '../words.ts'
import { client } from '../../../shell/client.ts'
import { sentenceFor } from '../../../shell/sentences.ts'

/** So many wait on the screen at a time; the next come when these are placed. */
const mostShown = 120

export function useWaitingPhotos(may: () => boolean) {
  return useQuery({
    key: ['visit-photo', 'waiting'],
    query: () => client.visits.waitingPhotos({ limit: mostShown }),
    enabled: may,
  })
}

/** Visits of a day, for a photo that is placed by hand. */
export function useVisitsOfDay(day: () => string | null) {
  return useQuery({
    key: () => ['visit', 'of-day', day() ?? ''],
    query: () => client.visits.visitsOfDay({ day: day()! }),
    enabled: () => day() !== null,
  })
}

/** Runs one change of photos after the other; what went wrong is told in `sentence`. */
export function usePhotoChange() {
  const cache = useQueryCache()
  const busy = ref(false)
  const sentence = ref('')
  async function change(call: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    sentence.value = ''
    try {
      await call()
      await cache.invalidateQueries({ key: ['visit-photo'] })
      return true
    } catch (error) {
      sentence.value = sentenceFor(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { change, busy, sentence }
}

type Proposal = WaitingPhoto['proposals'][number]

/** Farther apart than this the proposal is a guess: said in colour and words, and kept apart from the others. */
const farMinutes = 60

/** Photos that most likely belong together: to one visit, to a day without one, or to no time at all. */
export type PhotoGroup = {
  key: string
  photos: WaitingPhoto[]
  /** The visit proposed for all of them. */
  proposal: Proposal | null
  /** It is a guess. */
  far: boolean
  /** The local day on which they were taken; null when no time is known. */
  day: string | null
}

/** In the order of their first photo: oldest first, those without a time at the end. */
export function groupsOf(photos: readonly WaitingPhoto[]): PhotoGroup[] {
  const groups = new Map<string, PhotoGroup>()
  for (const photo of photos) {
    const [proposal = null] = photo.proposals
    const day = photo.takenAt && dayOf(photo.takenAt)
    const far = (proposal?.minutes ?? 0) > farMinutes
    const key = proposal
      ? `visit-${proposal.visitId}${far ? '-far' : ''}`
      : `day-${day ?? photo.timeProblem ?? ''}`
    const group = groups.get(key)
    if (group) group.photos.push(photo)
    else groups.set(key, { key, photos: [photo], proposal, far, day })
  }
  return [...groups.values()]
}

/** How far apart photos and visit are: 同一分钟, 相差 2 分钟, 相差 2–9 分钟, 相差 2 小时以上, 走访没记时间，只有日子对得上. */
export function apartWords({ photos, proposal, far }: PhotoGroup): string {
  const minutes = photos
    .map(({ proposals }) => proposals.find(({ visitId }) => visitId === proposal?.visitId)?.minutes)
    .filter((found) => found !== null && found !== undefined)
  if (minutes.length === 0) return '走访没记时间，只有日子对得上'
  const [least, most] = [Math.min(...minutes), Math.max(...minutes)]
  if (most === 0) return '同一分钟'
  if (far) return `相差 ${durationWords(least)}以上，请核对`
  return least === most ? `相差 ${most} 分钟` : `相差 ${least}–${most} 分钟`
}

/** Why there is no proposal. */
export function noProposalWords({ day, photos }: PhotoGroup): string {
  if (day) return `${dayWords(day)}拍的，那天没有走访记录`
  const problem = photos[0]?.timeProblem
  if (problem === 'too-old') return '相机的时间没有调过（2000 年以前），请手工选走访'
  if (problem === 'future') return '相机的时间比现在还晚，请手工选走访'
  return '照片里没有拍摄时间，请手工选走访'
}

/** What a photo is called for those who do not see it: 10:21 的照片 IMG_1.jpg. */
export const photoName = ({ takenAt, file, mark }: WaitingPhoto): string =>
  `${takenAt ? `${timeWords(takenAt)} ` : ''}${file.name}${mark ? `，${photoMarkWords[mark]}` : ''}`
