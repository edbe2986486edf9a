import { useMutation, useQuery } from '@pinia/colada'
import { computed, ref, watch } from 'vue'
import type { Round } from '../../../electron/contract/visit-rounds.ts'
import { dayOf } from '../../components/formats.ts'
import { client } from '../../shell/client.ts'
import { useDraft } from '../../shell/drafts.ts'
import { sentenceFor } from '../../shell/sentences.ts'
import { useSession } from '../../shell/session.ts'
import { asked, emptyPlan, taken } from './plan.ts'
import { gridOf, useVisitors, visitorOf } from './visitors.ts'

/** The page of planning: what is chosen, the doors suggested for it, and making the round. */
export function usePlan() {
  const session = useSession()
  const today = dayOf(new Date())
  const plan = useDraft('visit-plan', emptyPlan())
  // A draft of yesterday: nobody plans a day that is over.
  if (!plan.value.day || plan.value.day < today) plan.value.day = today

  const { active, data: visitors, error: noVisitors } = useVisitors()
  function choose(visitorIds: number[]) {
    const first = (ids: number[]) => active.value.find(({ id }) => id === ids[0])
    const before = plan.value.visitorIds[0]
    plan.value.visitorIds = visitorIds
    if (before === visitorIds[0]) return
    // Whoever goes first goes to the own grid.
    plan.value.gridId = gridOf(first(visitorIds), today)
    plan.value.building = ''
  }
  const toggleVisitor = (id: number) =>
    choose(
      plan.value.visitorIds.includes(id)
        ? plan.value.visitorIds.filter((one) => one !== id)
        : [...plan.value.visitorIds, id],
    )
  watch(
    active,
    (known) => {
      if (!visitors.value) return
      const still = plan.value.visitorIds.filter((id) => known.some((visitor) => visitor.id === id))
      const own = visitorOf(known, session.operator?.id) ?? (known.length === 1 ? known[0] : undefined)
      if (still.length === 0 && own) choose([own.id])
      else if (still.length < plan.value.visitorIds.length) choose(still)
    },
    { immediate: true },
  )

  const suggestion = useQuery({
    key: () => ['visit', 'suggest', JSON.stringify(asked(plan.value))],
    query: () => client.visits.suggest(asked(plan.value)),
    placeholderData: (before) => before,
    // Who has never chosen anybody is asked first; then the grid is known.
    enabled: () => visitors.value !== undefined,
  })
  const doors = computed(() => suggestion.data.value?.doors ?? [])
  const going = computed(() => taken(doors.value, plan.value.left))

  const tried = ref(false)
  const problems = computed(() => {
    if (!tried.value) return {}
    return {
      ...(plan.value.visitorIds.length === 0 ? { visitors: '谁去？点一下名字' } : {}),
      ...(plan.value.visitorIds.length > 10 ? { visitors: '最多十个人一起去' } : {}),
      ...(plan.value.day ? {} : { day: '哪天去？' }),
    }
  })
  const making = useMutation({
    mutation: () => {
      const { visitorIds, gridId } = plan.value
      const householdIds = going.value.map(({ householdId }) => householdId)
      const round = { day: plan.value.day!, gridId, visitorIds, householdIds }
      const what = JSON.stringify(round)
      if (plan.value.ticketFor !== what)
        Object.assign(plan.value, { ticket: crypto.randomUUID(), ticketFor: what })
      return client.visits.planRound({ ticket: plan.value.ticket, ...round })
    },
    onSuccess: () => {
      Object.assign(plan.value, { left: [], ticket: '', ticketFor: '' })
    },
  })
  const sentence = computed(() => (making.error.value ? sentenceFor(making.error.value) : ''))

  /** The round, or null when it was not made: what is missing or wrong then stands on the page. */
  async function make(): Promise<Round | null> {
    tried.value = true
    if (making.isLoading.value || going.value.length === 0 || Object.keys(problems.value).length > 0)
      return null
    try {
      return await making.mutateAsync()
    } catch {
      return null
    }
  }
  return {
    ...{ plan, visitors, active, noVisitors, toggleVisitor, suggestion, doors, going },
    ...{ problems, sentence, make, making: making.isLoading },
  }
}
