import { useMutation, useQueryCache } from '@pinia/colada'
import { computed, ref } from 'vue'
import type { HarmReport } from '../../../../electron/contract/harm.ts'
import { dayOf, timeWords } from '../../../components/formats.ts'
import { client } from '../../../shell/client.ts'
import { useDraft } from '../../../shell/drafts.ts'
import { sentenceFor } from '../../../shell/sentences.ts'
import { instantOf } from './moments.ts'

type Form = { child: string; seen: string; told: HarmReport['told']; day: string | null; time: string }
export type HarmField = 'told' | 'toldAt' | 'child' | 'seen'

/** Why a report cannot be written down yet, by field and in the order of the form; empty when it can. */
export function problemsOf(
  { child, seen, told, day, time }: Form,
  now: Date,
): Partial<Record<HarmField, string>> {
  const problems: Partial<Record<HarmField, string>> = {}
  if (told.length === 0) problems.told = '告诉了谁？法律要求立即报告，先打电话再记'
  const at = instantOf(day, time)
  if (!at) problems.toldAt = '几点告诉的？写成 9:41 这样'
  else if (at > now.toISOString()) problems.toldAt = '不能晚于现在'
  if (!child.trim()) problems.child = '哪个孩子？不知道名字就写年龄、衣着、住处'
  if (!seen.trim()) problems.seen = '看到、听到了什么？一句话也行'
  return problems
}

/** A report being written: its draft, what is missing, and the report as it was written down. */
export function useHarmReport(enquiryId: number | null, follows: number | null) {
  const draft = useDraft<Form>(`harm-${follows ? `to-${follows}` : (enquiryId ?? 'new')}`, {
    child: '',
    seen: '',
    told: [],
    day: null,
    time: '',
  })
  const { clear } = draft
  const { child, seen, told } = draft.value
  // What was begun before keeps its time.
  if (!child && !seen && told.length === 0) {
    const now = new Date()
    Object.assign(draft.value, { day: dayOf(now), time: timeWords(now) })
  }
  const tried = ref(false)
  const cache = useQueryCache()

  const writing = useMutation({
    mutation: () =>
      client.enquiries.reportHarm({
        enquiryId,
        follows,
        child: draft.value.child,
        seen: draft.value.seen,
        told: [...draft.value.told],
        toldAt: instantOf(draft.value.day, draft.value.time)!,
      }),
    onSuccess: () => {
      clear()
      void cache.invalidateQueries({ key: ['harm'] })
    },
  })
  const problems = computed(() => (tried.value ? problemsOf(draft.value, new Date()) : {}))

  /** Writes it down; tells which field is in the way. */
  function write(): HarmField | null {
    if (writing.isLoading.value) return null
    tried.value = true
    const wrong = Object.keys(problemsOf(draft.value, new Date()))[0] as HarmField | undefined
    if (!wrong) writing.mutate()
    return wrong ?? null
  }

  return {
    draft,
    problems,
    write,
    written: writing.data,
    busy: writing.isLoading,
    sentence: computed(() => (writing.error.value ? sentenceFor(writing.error.value) : '')),
  }
}
