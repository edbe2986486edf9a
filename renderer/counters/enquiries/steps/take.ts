import { useMutation, useQueryCache } from '@pinia/colada'
import { computed, ref, watch } from 'vue'
import type { Enquiry, Step } from '../../../../electron/contract/enquiries.ts'
import type { Attachment } from '../../../../electron/contract/files.ts'
import { conflictOf } from '../../../components/conflict.ts'
import { toast } from '../../../components/toast.ts'
import { client } from '../../../shell/client.ts'
import { useDraft } from '../../../shell/drafts.ts'
import { sentenceFor } from '../../../shell/sentences.ts'
import { changedFields, detailsOf, fieldNames } from '../details.ts'
import { stateWords, stepWords } from '../words.ts'

/** What every form of a step is given: the enquiry as the screen shows it, and which department it is about. */
export type StepProps = { enquiry: Enquiry; step: Step; assignmentId: number | null }
/** The step whose form is open, none for '', and the department it is about. */
export type OpenStep = { step: Step | ''; assignmentId: number | null }
export type StepEmits = { taken: [enquiry: Enquiry]; cancel: [] }

/** An enquiry as a screen showed it, and the files that the step brings along. */
export type Seen = { id: number; version: number; fileIds?: number[] }

/** What another screen changed between two readings: fields, then steps with who took them. */
export function changedBetween(before: Enquiry, after: Enquiry): string {
  const fields = changedFields(detailsOf(before), detailsOf(after)).map((name) => fieldNames[name])
  const events = after.events.filter((event) => !before.events.some((seen) => seen.id === event.id))
  return [...fields, ...events.map((event) => `${event.operator}${stepWords[event.step]}`)].join('、')
}

/** Puts an enquiry that a step gave back on the screen, and lets the lists ask again. */
export function useShown() {
  const cache = useQueryCache()
  return (saved: Enquiry) => {
    cache.setQueryData(['enquiry', saved.id], saved)
    void cache.invalidateQueries({ key: ['enquiry', 'list'] })
  }
}

/**
 * One step of an enquiry, handed in with the version the screen shows. When another screen was first, nothing is
 * lost: what changed is told, the screen shows it, and the next press is on what stands now.
 */
export function useTaking(enquiry: () => Enquiry) {
  const show = useShown()
  const meanwhile = ref('')
  const taking = useMutation({
    mutation: (call: (seen: Seen) => Promise<Enquiry>) =>
      call({ id: enquiry().id, version: enquiry().version }),
    onSuccess: (saved) => {
      meanwhile.value = ''
      show(saved)
    },
    onError: (error) => {
      const conflict = conflictOf(error)
      const current = conflict?.current as Enquiry | undefined
      if (!current || (conflict?.because !== 'changed' && conflict?.because !== 'step')) return
      const what = changedBetween(enquiry(), current) || '另一块屏幕保存过'
      meanwhile.value =
        conflict.because === 'changed'
          ? `您写的还在，没有提交。刚才有变化：${what}。请看一眼上面，再按一次。`
          : `您写的还在，没有提交。这件事现在${stateWords[current.state]}，不能这样办了。`
      show(current)
    },
  })
  const sentence = computed(
    () => meanwhile.value || (taking.error.value ? sentenceFor(taking.error.value) : ''),
  )

  /** The enquiry afterwards, or null when it was refused; `sentence` then says why. */
  async function take(call: (seen: Seen) => Promise<Enquiry>): Promise<Enquiry | null> {
    if (taking.isLoading.value) return null
    try {
      return await taking.mutateAsync(call)
    } catch {
      return null
    }
  }
  return { take, busy: taking.isLoading, sentence, meanwhile }
}

/** Takes a step back that the table lets be taken back; the events keep both. */
const ways: Partial<Record<Step, (seen: Seen) => Promise<Enquiry>>> = {
  close: (seen) => client.enquiries.reopen({ ...seen, reason: '刚才点错了，撤销办结' }),
  withdraw: (seen) => client.enquiries.reopen({ ...seen, reason: '刚才点错了，恢复办理' }),
  dispatch: (seen) => client.enquiries.recall({ ...seen, reason: '刚才点错了，撤回派单' }),
}

/**
 * The form of one step: what is typed in it as a draft, and how it is handed in. A taken step empties the draft, says
 * so, and offers to take it back for five seconds where the table has a way.
 */
export function useStepForm<Typed extends object>(
  props: StepProps,
  emit: (event: 'taken', enquiry: Enquiry) => void,
  initial: Typed,
) {
  const { enquiry, step, assignmentId } = props
  const draft = useDraft(`enquiry-${step}-${enquiry.id}-${assignmentId ?? 0}`, {
    ...initial,
    files: [] as Attachment[],
  })
  const { clear, restored: kept } = draft
  const restored = ref(kept)
  /** Files are on their way or were refused; handed in now, the step would be without them. */
  const uploading = ref(false)
  /** It was handed in all the same, and waits for somebody to look. */
  const held = ref(false)
  watch(uploading, () => (held.value = false))
  const taking = useTaking(() => props.enquiry)
  const show = useShown()

  async function handIn(
    call: (seen: Seen) => Promise<Enquiry>,
    said: string | ((saved: Enquiry) => string),
  ): Promise<void> {
    held.value = uploading.value
    if (held.value) return
    const fileIds = draft.value.files.map((file) => file.id)
    const saved = await taking.take((seen) => call({ ...seen, fileIds }))
    if (!saved) return
    clear()
    const back = ways[step]
    const words = typeof said === 'string' ? said : said(saved)
    toast.ok(words, back && (async () => show(await back({ id: saved.id, version: saved.version }))))
    emit('taken', saved)
  }
  function startOver() {
    clear()
    restored.value = false
  }
  const keepFiles = (files: Attachment[]) => void (draft.value.files = files)
  const keepUploading = (busy: boolean) => void (uploading.value = busy)
  return { ...taking, draft, restored, uploading, held, startOver, handIn, keepFiles, keepUploading }
}
