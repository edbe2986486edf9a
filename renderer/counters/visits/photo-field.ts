import { useQueryCache } from '@pinia/colada'
import { computed, ref } from 'vue'
import type { WaitingPhoto } from '../../../electron/contract/visit-photos.ts'
import { dayOf } from '../../components/formats.ts'
import { sentenceForFile, upload } from '../../components/files/upload.ts'
import { client } from '../../shell/client.ts'

/** Waiting photos that a visit of this day may choose from: those taken on it, and those chosen already. */
export function offered(
  waiting: readonly WaitingPhoto[],
  day: string | null,
  chosen: readonly number[],
): WaitingPhoto[] {
  return waiting.filter(
    ({ id, takenAt }) => chosen.includes(id) || (takenAt !== null && day !== null && dayOf(takenAt) === day),
  )
}

/** Takes photos in from this form, one after the other; each is told to `taken`, and what is wrong with one stops no other. */
export function useAttach(taken: (photoId: number) => void) {
  const cache = useQueryCache()
  const left = ref(0)
  const problems = ref<string[]>([])

  async function one(file: File): Promise<void> {
    try {
      const { photos } = await client.visits.takePhotos({ fileIds: [(await upload(file)).id] })
      if (photos[0]) taken(photos[0].id)
      else problems.value.push(`${file.name}：以前导入过，没有重复添加`)
    } catch (error) {
      problems.value.push(`${file.name}：${sentenceForFile(error)}`)
    }
  }
  async function attach(files: readonly File[]): Promise<void> {
    problems.value = []
    left.value += files.length
    for (const file of files) {
      await one(file)
      left.value -= 1
    }
    await cache.invalidateQueries({ key: ['visit-photo'] })
  }
  return { attach, left, busy: computed(() => left.value > 0), problems }
}
