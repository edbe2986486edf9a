import { useMutation, useQueryCache } from '@pinia/colada'
import { computed, ref } from 'vue'
import type { Visit } from '../../../electron/contract/visit-records.ts'
import { conflictOf } from '../../components/conflict.ts'
import { dayWords } from '../../components/formats.ts'
import { dismiss, toast } from '../../components/toast.ts'
import { client } from '../../shell/client.ts'
import { sentenceFor } from '../../shell/sentences.ts'
import { needsOf, visitFieldsOf, type Outing, type VisitTyped } from './entry.ts'
import { outcomeWords } from './words.ts'

export type Saving = {
  householdId: number
  roundId: number | null
  outing: Outing
  typed: VisitTyped
  photoIds: number[]
  /** A second knock on the same day, after being asked. */
  again: boolean
}

/** Lets everything that shows visits ask again. */
export function useShownVisit() {
  const cache = useQueryCache()
  return (visit: Pick<Visit, 'householdId'>) => {
    void cache.invalidateQueries({ key: ['visit'] })
    void cache.invalidateQueries({ key: ['round'] })
    void cache.invalidateQueries({ key: ['contacts'] })
    void cache.invalidateQueries({ key: ['household', visit.householdId] })
  }
}

/** Told after a save: the day of one that is entered late, door, outcome, and the numbers of what became an enquiry. */
export function savedWords(visit: Visit, now: Date = new Date()): string {
  const numbers = visit.needs.flatMap(({ enquiry }) => (enquiry ? [enquiry.number] : []))
  const said = `${visit.late ? `已补记 ${dayWords(visit.day, now)}` : '已记'} ${visit.door}：${outcomeWords[visit.outcome]}`
  return numbers.length ? `${said}，诉求编号 ${numbers.join('、')}` : said
}

/** Enters visits. When the door has one of that day already, `twice` holds it and nothing was saved. */
export function useVisitSaving() {
  const show = useShownVisit()
  const twice = ref<Visit | null>(null)
  const saving = useMutation({
    mutation: ({ householdId, roundId, outing, typed, photoIds, again }: Saving) => {
      return client.visits.addVisit({
        ...visitFieldsOf(typed, outing),
        ticket: typed.ticket,
        householdId,
        roundId,
        needs: needsOf(typed),
        photoIds,
        again,
      })
    },
    onSuccess: show,
    onError: (error) => {
      const conflict = conflictOf(error)
      if (conflict?.because === 'duplicate' && conflict.current) twice.value = conflict.current as Visit
    },
  })
  const sentence = computed(() => (saving.error.value && !twice.value ? sentenceFor(saving.error.value) : ''))

  /** The visit, or null when it was refused; `twice` or `sentence` then says why. */
  async function save(what: Saving): Promise<Visit | null> {
    if (saving.isLoading.value) return null
    twice.value = null
    what.typed.ticket ||= crypto.randomUUID()
    try {
      return await saving.mutateAsync(what)
    } catch {
      return null
    }
  }
  function forget() {
    twice.value = null
    saving.reset()
  }
  return { save, busy: saving.isLoading, error: saving.error, sentence, twice, forget }
}

/** Of the last save of this window, whichever form it was typed in. */
let told: number | null = null

/**
 * Says what was saved; for five seconds it can be taken back, unless an enquiry was made of it. The next save takes its
 * place: three of them would lie over the head of the round.
 */
export function useTold() {
  const show = useShownVisit()
  return (visit: Visit, undone: () => void = () => {}) => {
    const back = async () => {
      await client.visits.voidVisit({ id: visit.id, reason: '刚才记错了，马上撤销' })
      show(visit)
      undone()
    }
    if (told !== null) dismiss(told)
    told = toast.ok(savedWords(visit), visit.needs.some(({ enquiry }) => enquiry) ? undefined : back)
  }
}
