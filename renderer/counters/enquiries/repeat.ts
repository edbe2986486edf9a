import { useQuery } from '@pinia/colada'
import { computed, watch, type Ref } from 'vue'
import { client } from '../../shell/client.ts'
import type { Entry } from './entry.ts'

/** An earlier enquiry that the one being typed may repeat. */
export type Earlier = Awaited<ReturnType<typeof client.enquiries.similar>>[number]

export const becauseWords: Record<Earlier['because'], string> = {
  person: '同一人',
  household: '同一户',
  near: '同一栋楼、同一事项',
}

/** At most three that may be the very same matter; and those of the same cause next door, to be handled together. */
export function splitEarlier(found: readonly Earlier[]): { repeats: Earlier[]; near: Earlier[] } {
  return {
    repeats: found.filter(({ because }) => because !== 'near').slice(0, 3),
    near: found.filter(({ because }) => because === 'near'),
  }
}

/** What came before, as soon as it is known who asks or for whom; narrowed by the matter once it is chosen. */
export function useEarlier(entry: Ref<Entry>) {
  const known = computed(() => ({
    askerId: entry.value.asker?.id ?? null,
    subjectId: entry.value.forOther ? (entry.value.subject?.id ?? null) : null,
    matterId: entry.value.matterId,
  }))
  const { data } = useQuery({
    key: () => ['enquiry', 'similar', known.value],
    query: () => client.enquiries.similar({ ...known.value, except: null }),
    enabled: () => known.value.askerId !== null || known.value.subjectId !== null,
  })
  const earlier = computed(() => {
    const { askerId, subjectId } = known.value
    return splitEarlier(askerId === null && subjectId === null ? [] : (data.value ?? []))
  })
  // Handling together was said of these cases, not of whatever comes into sight next.
  watch(
    () => JSON.stringify(known.value),
    () => (entry.value.together = false),
  )
  return earlier
}
