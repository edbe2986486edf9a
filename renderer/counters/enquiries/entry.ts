import { useMutation, useQueryCache } from '@pinia/colada'
import { computed, ref } from 'vue'
import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import type { PersonLine } from '../../../electron/contract/people.ts'
import { toast } from '../../components/toast.ts'
import { client } from '../../shell/client.ts'
import { useDraft } from '../../shell/drafts.ts'
import { sentenceFor } from '../../shell/sentences.ts'
import type { Earlier } from './repeat.ts'

export type Channel = Enquiry['channel']

/** What stands in the form of a new enquiry; kept as a draft, so that a lock or a reload loses nothing. */
export type Entry = {
  /** One per walk-in, made when it is first handed in: the same entry sent twice is one enquiry. */
  ticket: string
  asker: PersonLine | null
  askerTyped: string
  anonymous: boolean
  givenName: string
  givenPhone: string
  /** Would not show a card; served all the same. */
  idRefused: boolean
  forOther: boolean
  subject: PersonLine | null
  subjectTyped: string
  title: string
  matterId: number | null
  channel: Channel
  words: string
  answering: boolean
  answer: string
  /** Handled together with those of the same building and matter. */
  together: boolean
  /** Only asks how an earlier enquiry stands: which, and in what words. */
  progressOf: number | null
  progressAsked: string
}

export function emptyEntry(): Entry {
  return {
    ticket: '',
    asker: null,
    askerTyped: '',
    anonymous: false,
    givenName: '',
    givenPhone: '',
    idRefused: false,
    forOther: false,
    subject: null,
    subjectTyped: '',
    title: '',
    matterId: null,
    channel: '窗口',
    words: '',
    answering: false,
    answer: '',
    together: false,
    progressOf: null,
    progressAsked: '',
  }
}

/** Puts a registered person into the field of the asker. */
export function askedBy(entry: Entry, person: PersonLine): void {
  Object.assign(entry, {
    asker: person,
    askerTyped: person.name,
    anonymous: false,
    givenName: '',
    givenPhone: '',
  })
}

export type Field = 'asker' | 'subject' | 'title' | 'answer'
type Problems = Partial<Record<Field, string>>

/** Why an entry cannot be accepted yet, by field; empty when it can. */
export function problemsOf(entry: Entry, withAnswer: boolean): Problems {
  const problems: Problems = {}
  if (!entry.asker && !entry.anonymous && !entry.givenName)
    problems.asker = entry.askerTyped.trim()
      ? '请从列表里选定来访人，或选“新登记”“匿名来访”'
      : '谁来问？输入姓名，或选“匿名来访”'
  if (entry.forOther && !entry.subject) problems.subject = '替谁问？请选当事人，或取消“替别人问”'
  if (!entry.title.trim()) problems.title = '什么事？几个字就行'
  if (withAnswer && !entry.answer.trim()) problems.answer = '当场办结要写一句答复'
  return problems
}

/** Puts an enquiry just accepted together with those of one cause; on its own it stands either way. */
async function handleTogether({ id, version, title }: Enquiry, withIds: number[]): Promise<void> {
  try {
    await client.enquiries.link({ id, version, groupId: null, title, withIds })
    toast.ok(`已和另外 ${withIds.length} 件并在一起`)
  } catch (error) {
    toast.error(`已受理，但没有并到一起：${sentenceFor(error)}`)
  }
}

/** The new entry: its draft, accepting it, asking only how an earlier one stands, and what came of it last. */
export function useEntry() {
  const entry = useDraft('enquiry-entry', emptyEntry())
  const { clear: forget, restored: kept } = entry
  /** What stands here was typed before a reload or a lock. */
  const restored = ref(kept)
  const accepted = ref<Enquiry | null>(null)
  /** The earlier enquiry on which a question for its progress was just written down. */
  const progress = ref<Enquiry | null>(null)
  const tried = ref(false)
  const cache = useQueryCache()

  const accepting = useMutation({
    mutation: ({ withAnswer }: { withAnswer: boolean; together: number[] }) =>
      client.enquiries.accept({
        title: entry.value.title,
        words: entry.value.words,
        matterId: entry.value.matterId,
        channel: entry.value.channel,
        askerId: entry.value.asker?.id ?? null,
        givenName: entry.value.asker ? '' : entry.value.givenName,
        givenPhone: entry.value.asker ? '' : entry.value.givenPhone,
        anonymous: entry.value.anonymous,
        idRefused: entry.value.idRefused,
        subjectId: entry.value.forOther ? (entry.value.subject?.id ?? null) : null,
        answer: withAnswer ? entry.value.answer : '',
        ticket: entry.value.ticket,
      }),
    onSuccess: (enquiry, { together }) => {
      accepted.value = enquiry
      cache.setQueryData(['enquiry', enquiry.id], enquiry)
      void cache.invalidateQueries({ key: ['enquiry', 'list'] })
      clear()
      if (together.length > 0) void handleTogether(enquiry, together)
    },
  })

  const asking = useMutation({
    mutation: ({ id, version }: Pick<Earlier, 'id' | 'version'>) =>
      client.enquiries.ask({
        id,
        version,
        channel: entry.value.channel,
        text: entry.value.progressAsked,
      }),
    onSuccess: (enquiry) => {
      progress.value = enquiry
      cache.setQueryData(['enquiry', enquiry.id], enquiry)
      clear()
    },
    // Another screen moved it: what comes up then is how it stands now, and Enter goes through.
    onError: () => void cache.invalidateQueries({ key: ['enquiry', 'similar'] }),
  })

  const problems = computed(() => (tried.value ? problemsOf(entry.value, entry.value.answering) : {}))
  const sentence = computed(() => (accepting.error.value ? sentenceFor(accepting.error.value) : ''))
  const askSentence = computed(() => (asking.error.value ? sentenceFor(asking.error.value) : ''))

  /**
   * Accepts, and puts it together with others of one cause; a second Enter while the first is on its way does nothing.
   * Tells which field is in the way.
   */
  function accept(withAnswer: boolean, together: number[]): Field | null {
    if (accepting.isLoading.value) return null
    tried.value = true
    const wrong = Object.keys(problemsOf(entry.value, withAnswer))[0] as Field | undefined
    if (wrong) return wrong
    entry.value.ticket ||= crypto.randomUUID()
    accepting.mutate({ withAnswer, together })
    return null
  }

  /** No new enquiry: writes down on an earlier one that somebody asked how it stands. */
  function askProgress(earlier: Pick<Earlier, 'id' | 'version'>) {
    if (!asking.isLoading.value && entry.value.progressAsked.trim()) asking.mutate(earlier)
  }

  function clear() {
    const { channel } = entry.value
    forget()
    restored.value = false
    // The next one most often comes the same way.
    entry.value.channel = channel
    tried.value = false
    accepting.reset()
    asking.reset()
  }

  return {
    entry,
    restored,
    accepted,
    progress,
    accept,
    askProgress,
    askSentence,
    clear,
    problems,
    sentence,
    busy: accepting.isLoading,
  }
}
