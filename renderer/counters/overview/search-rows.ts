import type { Found } from '../../../electron/contract/overview.ts'

type PersonHit = Found['people'][number]
type HouseholdHit = Found['households'][number]
type EnquiryHit = Found['enquiries'][number]
type RoundHit = Found['rounds'][number]
type VolunteerHit = Found['volunteers'][number]
type ActivityHit = Found['activities'][number]
type CertificateHit = Found['certificates'][number]

/** One row of the results; `index` is its place among all rows, `key` stays the same while it is shown. */
export type Row = { index: number; key: string } & (
  | { kind: 'person'; hit: PersonHit }
  | { kind: 'household'; hit: HouseholdHit }
  | { kind: 'enquiry'; hit: EnquiryHit }
  | { kind: 'round'; hit: RoundHit }
  | { kind: 'volunteer'; hit: VolunteerHit }
  | { kind: 'activity'; hit: ActivityHit }
  | { kind: 'certificate'; hit: CertificateHit }
)
export type Group = { name: string; rows: Row[] }

/** The results as they stand on screen, in groups, empty groups left out. */
export function groupsOf(found: Found): Group[] {
  let index = 0
  const people = found.people.map((hit): Row => ({
    kind: 'person',
    hit,
    index: index++,
    key: `p${hit.person.id}`,
  }))
  const households = found.households.map((hit): Row => ({
    kind: 'household',
    hit,
    index: index++,
    key: `h${hit.household.id}`,
  }))
  const enquiries = found.enquiries.map((hit): Row => ({
    kind: 'enquiry',
    hit,
    index: index++,
    key: `e${hit.enquiry.id}`,
  }))
  const rounds = found.rounds.map((hit): Row => ({
    kind: 'round',
    hit,
    index: index++,
    key: `r${hit.round.id}`,
  }))
  const volunteers = found.volunteers.map((hit): Row => ({
    kind: 'volunteer',
    hit,
    index: index++,
    key: `v${hit.volunteer.id}`,
  }))
  const activities = found.activities.map((hit): Row => ({
    kind: 'activity',
    hit,
    index: index++,
    key: `a${hit.activity.id}`,
  }))
  const certificates = found.certificates.map((hit): Row => ({
    kind: 'certificate',
    hit,
    index: index++,
    key: `c${hit.certificate.id}`,
  }))
  return [
    { name: '居民', rows: people },
    { name: '户', rows: households },
    { name: '咨询', rows: enquiries },
    { name: '走访单', rows: rounds },
    { name: '志愿者', rows: volunteers },
    { name: '志愿活动', rows: activities },
    { name: '证书', rows: certificates },
  ].filter((group) => group.rows.length > 0)
}

/** Where a row leads. */
export function placeOf(row: Row): string {
  if (row.kind === 'person') return `/people/${row.hit.person.id}`
  if (row.kind === 'household') return `/households/${row.hit.household.id}`
  if (row.kind === 'volunteer') return `/volunteers/people/${row.hit.volunteer.id}`
  if (row.kind === 'activity') return `/volunteers/${row.hit.activity.id}`
  if (row.kind === 'certificate') return `/certificates/${row.hit.certificate.id}`
  if (row.kind === 'round') return `/visits/rounds/${row.hit.round.id}`
  return `/enquiries/${row.hit.enquiry.id}`
}
