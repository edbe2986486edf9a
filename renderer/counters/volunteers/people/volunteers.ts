import { useInfiniteQuery, useMutation, useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type { Colour } from '../../../../electron/contract/volunteer-fields.ts'
import type { Volunteer } from '../../../../electron/contract/volunteer-people.ts'
import { conflictOf } from '../../../components/conflict.ts'
import { client } from '../../../shell/client.ts'
import { sentenceFor } from '../../../shell/sentences.ts'
import { useSession } from '../../../shell/session.ts'

export type VolunteerFilter = {
  query: string
  state: 'present' | 'left' | 'all'
  teamId?: number
  colour?: Colour
  star?: number
  partyMember?: boolean
  lacks?: 'guardian-consent' | 'publish-consent' | 'national-number' | 'facts'
}

/** Volunteers by number, or best first while something is typed; page after page, null asks nothing. */
export function useVolunteers(filter: () => VolunteerFilter | null, limit = 40) {
  const query = useInfiniteQuery({
    key: () => ['volunteer', 'list', limit, JSON.stringify(filter())],
    query: ({ pageParam }) =>
      client.volunteers.list({ ...filter()!, limit, ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: () => filter() !== null,
  })
  const pages = computed(() => query.data.value?.pages ?? [])
  return {
    ...query,
    volunteers: computed(() => pages.value.flatMap(({ rows }) => rows)),
    total: computed(() => pages.value[0]?.total ?? 0),
  }
}

/** One whole record. Opening a minor's is written down, so coming back to the window does not open it again. */
export function useVolunteer(id: () => number | null) {
  return useQuery({
    key: () => ['volunteer', id() ?? 0],
    query: () => client.volunteers.volunteer({ id: id()! }),
    enabled: () => id() !== null,
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  })
}

/** Whether the operator may look at volunteers: teachers work with children only. The core decides; this only hides. */
export function useMayLook() {
  const session = useSession()
  return computed(() => !!session.operator && session.operator.role !== 'teacher')
}

/** The volunteer that a person is; null when none. A null id asks nothing. */
export function useVolunteerOf(personId: () => number | null) {
  const may = useMayLook()
  return useQuery({
    key: () => ['volunteer', 'of-person', personId() ?? 0],
    query: () => client.volunteers.ofPerson({ personId: personId()! }),
    enabled: () => personId() !== null && may.value,
  })
}

export function useTeams() {
  const query = useQuery({
    key: ['volunteer-setup', 'teams'],
    query: () => client.volunteers.teams({}),
  })
  return {
    ...query,
    teams: computed(() => query.data.value ?? []),
    active: computed(() => (query.data.value ?? []).filter((team) => team.active)),
  }
}

export function useVolunteerRules() {
  return useQuery({ key: ['volunteer-setup', 'rules'], query: () => client.volunteers.rules({}) })
}

/** Service records of a volunteer, newest first, reversed and reversing ones too. */
export function useRecords(volunteerId: () => number) {
  const query = useInfiniteQuery({
    key: () => ['volunteer', volunteerId(), 'records'],
    query: ({ pageParam }) =>
      client.volunteers.records({
        volunteerId: volunteerId(),
        state: 'all',
        limit: 30,
        ...(pageParam ? { after: pageParam } : {}),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  return { ...query, records: computed(() => query.data.value?.pages.flatMap(({ rows }) => rows) ?? []) }
}

/** Puts a saved record on the screen; lists, teams and the person's page ask again. */
export function useShownVolunteer() {
  const cache = useQueryCache()
  return (saved: Volunteer) => {
    cache.setQueryData(['volunteer', saved.id], saved)
    for (const part of ['list', 'of-person']) void cache.invalidateQueries({ key: ['volunteer', part] })
    void cache.invalidateQueries({ key: ['volunteer-setup', 'teams'] })
  }
}

type Seen = { id: number; version: number }

/**
 * One change of a volunteer's record, handed in with the version on the screen. When another screen was first, what stands
 * now is shown, what was typed stays, and the next press is on what stands.
 */
export function useVolunteerStep(volunteer: () => Volunteer) {
  const show = useShownVolunteer()
  const step = useMutation({
    mutation: (call: (seen: Seen) => Promise<Volunteer>) =>
      call({ id: volunteer().id, version: volunteer().version }),
    onSuccess: show,
    onError: (error) => {
      const conflict = conflictOf(error)
      if (conflict?.because === 'changed' && conflict.current) show(conflict.current as Volunteer)
    },
  })
  const sentence = computed(() => (step.error.value ? sentenceFor(step.error.value) : ''))

  /** The record afterwards, or null when it was refused; `sentence` then says why. */
  async function take(call: (seen: Seen) => Promise<Volunteer>): Promise<Volunteer | null> {
    if (step.isLoading.value) return null
    try {
      return await step.mutateAsync(call)
    } catch {
      return null
    }
  }
  return { take, busy: step.isLoading, sentence, error: step.error, forget: step.reset }
}

/** Writes a consent of the person's record down; whoever shows it asks again. */
export async function giveConsent(of: {
  personId: number
  purpose: string
  givenBy: string
  givenDay: string
}): Promise<void> {
  await client.people.consent({ ...of, wording: '2026 版告知书' })
}
