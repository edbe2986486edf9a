import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import type { PersonLine } from '../../../electron/contract/people.ts'

/** What may be edited on an enquiry. */
export type Details = {
  title: string
  words: string
  matterId: number | null
  channel: Enquiry['channel']
  asker: PersonLine | null
  anonymous: boolean
  givenName: string
  givenPhone: string
  idRefused: boolean
  subject: PersonLine | null
}

export function detailsOf(enquiry: Enquiry): Details {
  const { title, words, matterId, channel, anonymous, givenName, givenPhone, idRefused } = enquiry
  return {
    title,
    words,
    matterId,
    channel,
    anonymous,
    givenName,
    givenPhone,
    idRefused,
    asker: enquiry.askerPerson,
    subject: enquiry.subjectPerson,
  }
}

export function inputOf(details: Details) {
  const { asker, subject, ...rest } = details
  return { ...rest, askerId: asker?.id ?? null, subjectId: subject?.id ?? null }
}

export const fieldNames = {
  title: '什么事',
  matter: '事项',
  channel: '渠道',
  words: '原话',
  asker: '来访人',
  subject: '当事人',
  idRefused: '证件',
} as const
export type FieldName = keyof typeof fieldNames
const names = Object.keys(fieldNames) as FieldName[]

/** Which parts of the details a field of the comparison stands for. */
const parts: Record<FieldName, (keyof Details)[]> = {
  title: ['title'],
  matter: ['matterId'],
  channel: ['channel'],
  words: ['words'],
  asker: ['asker', 'anonymous', 'givenName', 'givenPhone'],
  subject: ['subject'],
  idRefused: ['idRefused'],
}

const plain = (value: Details[keyof Details]) =>
  value !== null && typeof value === 'object' ? value.id : typeof value === 'string' ? value.trim() : value

function same(field: FieldName, a: Details, b: Details): boolean {
  return parts[field].every((part) => plain(a[part]) === plain(b[part]))
}

/** Fields that differ between two states of the details. */
export function changedFields(before: Details, after: Details): FieldName[] {
  return names.filter((field) => !same(field, before, after))
}

export type Difference = {
  field: FieldName
  /** Taken unless the clerk says otherwise; null when both changed it and somebody has to choose. */
  choice: 'mine' | 'theirs' | null
}

/**
 * Three-way comparison: where only one of the two changed a field, that side is taken; where both did, the clerk
 * chooses. Fields that end up the same on both sides are no difference.
 */
export function compare(base: Details, mine: Details, theirs: Details): Difference[] {
  return names
    .filter((field) => !same(field, mine, theirs))
    .map((field) => {
      if (same(field, base, theirs)) return { field, choice: 'mine' }
      return { field, choice: same(field, base, mine) ? 'theirs' : null }
    })
}

/** Puts the chosen sides together. */
export function settle(differences: Difference[], mine: Details, theirs: Details): Details {
  const settled = { ...mine }
  for (const { field, choice } of differences) {
    if (choice !== 'theirs') continue
    for (const part of parts[field]) Object.assign(settled, { [part]: theirs[part] })
  }
  return settled
}

/** A field's content as it is read; `matterName` knows the catalogue. */
export function contentWords(
  field: FieldName,
  details: Details,
  matterName: (id: number | null) => string,
): string {
  if (field === 'matter') return matterName(details.matterId)
  if (field === 'idRefused') return details.idRefused ? '没出示' : '出示了，或没有问'
  if (field === 'subject') return details.subject?.name ?? '（本人）'
  if (field === 'asker')
    return (
      details.asker?.name ?? ([details.givenName, details.givenPhone].filter(Boolean).join(' ') || '匿名')
    )
  return details[field] || '（空）'
}
