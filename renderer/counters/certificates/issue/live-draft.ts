import { useQuery } from '@pinia/colada'
import { onBeforeUnmount, ref, watch } from 'vue'
import type { Wanted } from '../../../../electron/contract/certificate-records.ts'
import { client } from '../../../shell/client.ts'
import { useLivePreview } from '../../settings/certificates/preview.ts'

/**
 * What would stand on the sheet and what keeps it from being issued, and the sheet itself; both follow what is chosen and
 * typed, when the hands rest. `wanted` null: nothing is asked.
 */
export function useLiveDraft(wanted: () => Wanted | null) {
  const rested = ref<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => JSON.stringify(wanted()),
    (text, before) => {
      clearTimeout(timer)
      const rest = () => (rested.value = text === 'null' ? null : text)
      if (before === undefined || before === 'null') rest()
      else timer = setTimeout(rest, 200)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => clearTimeout(timer))

  const asked = () => JSON.parse(rested.value!) as Wanted
  const { data: draft, error } = useQuery({
    key: () => ['certificate', 'draft', rested.value ?? ''],
    query: () => client.certificates.draft(asked()),
    enabled: () => rested.value !== null,
    placeholderData: (before) => before,
  })
  const preview = useLivePreview(() => client.certificates.preview(asked()), 0)
  // Drawn anew too when something else was confirmed or set up meanwhile: the draft says so.
  watch(
    () => [rested.value, JSON.stringify(draft.value)],
    () => rested.value !== null && draft.value && !draft.value.problems.includes('period') && preview.soon(),
    { immediate: true },
  )
  return { draft, error, path: preview.path, failure: preview.failure, again: preview.now }
}
