import { useMutation, useQueryCache } from '@pinia/colada'
import { computed, ref } from 'vue'
import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import type { PersonLine } from '../../../electron/contract/people.ts'
import { client } from '../../shell/client.ts'
import { useDraft } from '../../shell/drafts.ts'
import { sentenceFor } from '../../shell/sentences.ts'

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
  forOther: boolean
  subject: PersonLine | null
  subjectTyped: string
  title: string
  matterId: number | null
  channel: Channel
  words: string
  answering: boolean
  answer: string
}

export function emptyEntry(): Entry {
  return {
    ticket: '',
    asker: null,
    askerTyped: '',
    anonymous: false,
    givenName: '',
    givenPhone: '',
    forOther: false,
    subject: null,
    subjectTyped: '',
    title: '',
    matterId: null,
    channel: '窗口',
    words: '',
    answering: false,
    answer: '',
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

/** The new entry: its draft, accepting it, and the one accepted last. */
export function useEntry() {
  const entry = useDraft('enquiry-entry', emptyEntry())
  const { clear: forget, restored: kept } = entry
  /** What stands here was typed before a reload or a lock. */
  const restored = ref(kept)
  const accepted = ref<Enquiry | null>(null)
  const tried = ref(false)
  const cache = useQueryCache()

  const accepting = useMutation({
    mutation: (withAnswer: boolean) =>
      client.enquiries.accept({
        title: entry.value.title,
        words: entry.value.words,
        matterId: entry.value.matterId,
        channel: entry.value.channel,
        askerId: entry.value.asker?.id ?? null,
        givenName: entry.value.asker ? '' : entry.value.givenName,
        givenPhone: entry.value.asker ? '' : entry.value.givenPhone,
        anonymous: entry.value.anonymous,
        subjectId: entry.value.forOther ? (entry.value.subject?.id ?? null) : null,
        answer: withAnswer ? entry.value.answer : '',
        ticket: entry.value.ticket,
      }),
    onSuccess: (enquiry) => {
      accepted.value = enquiry
      cache.setQueryData(['enquiry', enquiry.id], enquiry)
      void cache.invalidateQueries({ key: ['enquiry', 'list'] })
      clear()
    },
  })

  const problems = computed(() => (tried.value ? problemsOf(entry.value, entry.value.answering) : {}))
  const sentence = computed(() => (accepting.error.value ? sentenceFor(accepting.error.value) : ''))

  /** Accepts; a second Enter while the first is on its way does nothing. Tells which field is in the way. */
  function accept(withAnswer: boolean): Field | null {
    if (accepting.isLoading.value) return null
    tried.value = true
    const wrong = Object.keys(problemsOf(entry.value, withAnswer))[0] as Field | undefined
    if (wrong) return wrong
    entry.value.ticket ||= crypto.randomUUID()
    accepting.mutate(withAnswer)
    return null
  }

  function clear() {
    const { channel } = entry.value
    forget()
    restored.value = false
    // The next one most often comes the same way.
    entry.value.channel = channel
    tried.value = false
    accepting.reset()
  }

  return {
    entry,
    restored,
    accepted,
    accept,
    clear,
    problems,
    sentence,
    busy: accepting.isLoading,
  }
}
