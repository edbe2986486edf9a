import { computed, ref, watch } from 'vue'
import type { Activity } from '../../../../electron/contract/volunteer-activities.ts'
import type { VolunteerLine } from '../../../../electron/contract/volunteer-people.ts'
import { useDraft } from '../../../shell/drafts.ts'
import { useChecking } from './checking.ts'
import {
  emptyRow,
  emptySheet,
  isTouched,
  lineOf,
  linesOf,
  problemsOf,
  totalsOf,
  unreadable,
  type Problems,
  type SheetTyped,
  type Who,
} from './roll-call.ts'

/** What a sheet is filled in for; `recorded`: who has a standing record of this activity, on an earlier sheet. */
export type SheetOf = {
  activity: Activity
  members: readonly VolunteerLine[]
  recorded: ReadonlySet<number>
}

/** The state of a sheet: its lines, what is typed in them, and what the desk would make of them. */
export function useSheet(of: Readonly<SheetOf>) {
  const draft = useDraft<SheetTyped>(`roll-call-${of.activity.id}`, emptySheet())
  const { restored, clear: forget } = draft
  const began = restored && isTouched(draft.value, of.activity)
  const linesWith = (team: boolean) =>
    linesOf({ ...draft.value, team }, of.activity.signUps, of.members, of.recorded)
  const lines = computed(() => linesWith(draft.value.team))
  watch(
    lines,
    (all) => {
      for (const { id } of all) draft.value.rows[id] ??= emptyRow(of.activity)
    },
    { immediate: true },
  )
  const rowOf = (id: number) => draft.value.rows[id]!
  /** How many of the team stand on no line, when those who signed up stand alone on the sheet. */
  const moreOfTeam = computed(() => linesWith(true).length - lines.value.length)

  const came = computed(() => lines.value.filter(({ id }) => rowOf(id)?.came))
  const unread = computed(
    () =>
      new Map(
        came.value.flatMap(({ id }) => {
          const problems = unreadable(rowOf(id), of.activity)
          return Object.keys(problems).length ? [[id, problems] as const] : []
        }),
      ),
  )
  const handedIn = computed(() =>
    came.value.filter(({ id }) => !unread.value.has(id)).map(({ id }) => lineOf(id, rowOf(id), of.activity)),
  )
  const checking = useChecking(of.activity.id, () => handedIn.value)

  /** What the desk refused although the check had said nothing: another screen was quicker. */
  const refused = ref<ReadonlyMap<number, Problems>>(new Map())
  watch(handedIn, () => (refused.value = new Map()))
  const problems = computed(
    () =>
      new Map(
        came.value.map(({ id }) => [
          id,
          unread.value.get(id) ?? { ...refused.value.get(id), ...problemsOf(checking.checked.value.get(id)) },
        ]),
      ),
  )
  const totals = computed(() =>
    totalsOf(lines.value, draft.value.rows, checking.checked.value, problems.value),
  )

  /** The ticket of the lines as they stand: whoever hands in others after a lost answer hands in another sheet. */
  function ticket(): string {
    const text = JSON.stringify(handedIn.value)
    if (draft.value.ticketFor !== text)
      Object.assign(draft.value, { ticket: crypto.randomUUID(), ticketFor: text })
    return draft.value.ticket
  }
  /** Puts somebody on the sheet as there; who stands on it already is only ticked. */
  function add({ id, personId, number, name, age, consentMissing }: Who) {
    if (!lines.value.some((line) => line.id === id))
      draft.value.added.push({ id, personId, number, name, age, consentMissing })
    draft.value.rows[id] ??= emptyRow(of.activity)
    rowOf(id).came = true
  }
  function takeOff(id: number) {
    draft.value.added = draft.value.added.filter((one) => one.id !== id)
    delete draft.value.rows[id]
  }
  return {
    ...{ draft, began, lines, rowOf, moreOfTeam, handedIn, ...checking, refused, problems, totals },
    ...{ ticket, add, takeOff, forget },
  }
}
