import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useRoute, type LocationQuery } from 'vue-router'
import { client } from '../../../shell/client.ts'
import { useVolunteer } from '../../volunteers/people/volunteers.ts'
import { isIssuable, type Whom } from './issue-form.ts'

const idIn = (query: LocationQuery, name: string) => {
  const id = Number(query[name])
  return Number.isInteger(id) && id > 0 ? id : null
}

/**
 * For whom, as the address says it: `of` a volunteer, `person` who is none, `replaces` a voided certificate, `request` one that
 * was approved. Null while it is not known yet. `closed`: the request was not approved, is issued already, or never was.
 */
export function useWhom() {
  const route = useRoute()
  const replacesId = computed(() => idIn(route.query, 'replaces'))
  const requestId = computed(() => idIn(route.query, 'request'))
  const { data: replaced, error: lost } = useQuery({
    key: () => ['certificate', replacesId.value ?? 0],
    query: () => client.certificates.certificate({ id: replacesId.value! }),
    enabled: () => replacesId.value !== null,
  })
  const { data: requests, error: unread } = useQuery({
    key: ['certificate-request', 'all'],
    query: () => client.certificates.requests({ state: 'all' }),
    enabled: () => requestId.value !== null,
  })
  const asked = computed(() => requests.value?.find(({ id }) => id === requestId.value))
  const request = computed(() => (asked.value && isIssuable(asked.value) ? asked.value : null))
  const closed = computed(() => !!requestId.value && !!requests.value && request.value === null)
  const whom = computed<Whom | null>(() => {
    const from = requestId.value ? request.value?.wanted : replacesId.value ? replaced.value : null
    if (from) {
      const { volunteerId, personId } = from
      return volunteerId === null ? { volunteerId, personId } : { volunteerId, personId: null }
    }
    if (requestId.value || replacesId.value) return null
    const [volunteerId, personId] = [idIn(route.query, 'of'), idIn(route.query, 'person')]
    return volunteerId === null && personId === null ? null : { volunteerId, personId }
  })
  const { data: volunteer, error: unknown } = useVolunteer(() => whom.value?.volunteerId ?? null)
  const { data: person, error: nobody } = useQuery({
    key: () => ['person', whom.value?.personId ?? 0],
    query: () => client.people.get({ id: whom.value!.personId! }),
    enabled: () => !!whom.value?.personId,
    refetchOnWindowFocus: false,
  })
  const error = computed(() => lost.value ?? unread.value ?? unknown.value ?? nobody.value ?? null)
  const name = computed(() => volunteer.value?.name ?? person.value?.name ?? '')
  return { whom, volunteer, name, replaced, request, requestId, replacesId, closed, error }
}
