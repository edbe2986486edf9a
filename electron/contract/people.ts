import { z } from 'zod'
import { desk, everyone, procedure } from './access.ts'
import { day, id, instant, optionalText, phone, reason, sex, text, version } from './fields.ts'
import { readIdNumber, tidyIdNumber } from './id-number.ts'
import { grid } from './settings.ts'

const none = z.strictObject({})

/** An 18-digit number that passes GB 11643, or nothing. */
export const idNumber = z
  .string()
  .max(40)
  .transform(tidyIdNumber)
  .refine((value) => value === '' || readIdNumber(value) !== null, 'id-number')

/** Relation to the head of the household (公通字[1995]91号 与户主关系, shortened). */
export const relations = ['户主', '配偶', '子女', '父母', '孙辈', '兄弟姐妹', '祖辈', '租客', '其他'] as const

const doorFields = {
  gridId: id.nullable(),
  /** Compound (小区/院落), where blocks of two compounds share numbers; may be empty. */
  estate: optionalText(30),
  /** `3栋2单元501`, `3-2-501` … parsed by the core; INVALID `door` when it is no door. */
  door: text(40),
  note: optionalText(500),
}

export const household = z.object({
  id,
  gridId: id.nullable(),
  grid: z.string().nullable(),
  estate: z.string(),
  building: z.string(),
  unit: z.string(),
  number: z.string(),
  /** As it is written: `3栋2单元501`, with the compound in front where there is one. */
  door: z.string(),
  note: z.string(),
  version,
})
export type Household = z.infer<typeof household>

/** One line that tells a person from a name-sake. Phones and ID numbers are masked here, always. */
export const personLine = z.object({
  id,
  name: z.string(),
  sex,
  birth: day.nullable(),
  /** Whole years today; null without a birth day. */
  age: z.int().nullable(),
  minor: z.boolean(),
  householdId: id.nullable(),
  door: z.string().nullable(),
  relation: z.string(),
  phone: z.string().nullable(),
  keyGroups: z.array(z.string()),
  departure: z.enum(['moved', 'dead']).nullable(),
  openEnquiries: z.int(),
})
export type PersonLine = z.infer<typeof personLine>

export const consent = z.object({
  id,
  purpose: z.string(),
  givenBy: z.string(),
  givenDay: day,
  wording: z.string(),
  withdrawnDay: day.nullable(),
})

export const person = personLine.extend({
  /** `430***********1234` or null. */
  idNumber: z.string().nullable(),
  /** Masked, in order; reveal by position. */
  phones: z.array(z.string()),
  registeredElsewhere: z.boolean(),
  departureDay: day.nullable(),
  note: z.string(),
  version,
  household: household.nullable(),
  /** The others at the same door. */
  members: z.array(personLine),
  consents: z.array(consent),
  /** Records merged into this one that can still be taken apart. */
  merged: z.array(z.object({ mergeId: id, personId: id, name: z.string(), at: instant })),
})
export type Person = z.infer<typeof person>

const personFields = {
  name: text(40),
  sex,
  birth: day.nullable(),
  relation: z.enum(relations),
  householdId: id.nullable(),
  registeredElsewhere: z.boolean(),
  keyGroups: z.array(text(20)).max(20),
  note: optionalText(1000),
}

/** What a new person may look like: who already stands there and which of their facts matched. */
export const duplicate = z.object({
  person: personLine,
  matched: z.array(z.enum(['idNumber', 'nameAndBirth', 'nameAndPhone'])),
})
export type Duplicate = z.infer<typeof duplicate>

const likeness = z.strictObject({
  name: optionalText(40),
  birth: day.nullable(),
  idNumber: optionalText(40),
  phones: z.array(optionalText(40)).max(10),
  /** The person being edited, who is not their own duplicate. */
  except: id.optional(),
})

export const people = {
  /** One person with household and members. Opening a minor's record is written to the audit. */
  get: procedure(everyone).input(z.strictObject({ id })).output(person),

  /** Who may be the same person, strongest match first. Never by name alone. */
  duplicates: procedure(desk).input(likeness).output(z.array(duplicate)),

  /**
   * Registers a person. CONFLICT `duplicate` (current = list of `duplicate`) unless every match is named in
   * `notTheSame`. Birth and sex are taken from the ID number where they are missing; INVALID when they contradict it.
   */
  register: procedure(desk)
    .input(
      z.strictObject({
        ...personFields,
        idNumber,
        phones: z.array(phone).max(5),
        notTheSame: z.array(id).max(50).default([]),
      }),
    )
    .output(personLine),

  /** Saves changes. `idNumber` and `phones` left out stay as they are (the screen only knows their masks). */
  change: procedure(desk)
    .input(
      z.strictObject({
        id,
        version,
        ...personFields,
        idNumber: idNumber.optional(),
        phones: z.array(phone).max(5).optional(),
      }),
    )
    .output(person),

  /** Marks as moved away or dead on a day, or takes the mark back with `departure: null`. */
  depart: procedure(desk)
    .input(
      z.strictObject({
        id,
        version,
        departure: z.enum(['moved', 'dead']).nullable(),
        day: day.nullable(),
        reason,
      }),
    )
    .output(person),

  /** Shows one masked field whole. Needs a reason; audited. `position` picks the phone. */
  reveal: procedure(desk)
    .input(
      z.strictObject({
        id,
        field: z.enum(['phone', 'idNumber']),
        position: z.int().min(0).max(9).default(0),
        reason,
      }),
    )
    .output(z.object({ value: z.string() })),

  /** Makes `from` part of `into`: both histories show there. Empty fields of `into` are filled from `from`. */
  merge: procedure(desk)
    .input(z.strictObject({ into: id, from: id, reason }))
    .output(person),

  /** Takes a merge apart again; what it filled in is taken back where nobody changed it since. */
  unmerge: procedure(desk)
    .input(z.strictObject({ mergeId: id, reason }))
    .output(person),

  /** Records a consent (PIPL 14, 31: who gave it, when, which wording). */
  consent: procedure(desk)
    .input(
      z.strictObject({
        personId: id,
        purpose: text(60),
        givenBy: text(40),
        givenDay: day,
        wording: text(60),
      }),
    )
    .output(person),

  withdrawConsent: procedure(desk).input(z.strictObject({ id, day, reason })).output(person),

  /** People by household or key group, paged by key (name order is the screen's business; here: newest first). */
  list: procedure(everyone)
    .input(
      z.strictObject({
        gridId: id.optional(),
        keyGroup: text(20).optional(),
        before: id.optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ rows: z.array(personLine), total: z.int() })),

  household: procedure(everyone)
    .input(z.strictObject({ id }))
    .output(z.object({ household, members: z.array(personLine) })),

  /** CONFLICT `duplicate` (current = the household) when this door stands already. */
  addHousehold: procedure(desk).input(z.strictObject(doorFields)).output(household),
  changeHousehold: procedure(desk)
    .input(z.strictObject({ id, version, ...doorFields }))
    .output(household),

  /**
   * One door that stands twice, written in two ways: everybody and everything of `from` goes over to `into`, and `from`
   * is found no more; opening it gives `into`. INVALID `from` `same`; CONFLICT `step` (current = the household that it
   * is now) when one of the two was merged away already.
   */
  mergeHouseholds: procedure(desk)
    .input(z.strictObject({ into: id, from: id, reason }))
    .output(household),

  grids: procedure(everyone).input(none).output(z.array(grid)),
  /** Adds (no id) or changes a grid; its people are those who have a post there (visits.addPost). */
  saveGrid: procedure(['manager'])
    .input(
      z.strictObject({
        id: id.nullable(),
        name: text(20),
        area: optionalText(100),
      }),
    )
    .output(grid),

  /** Key groups that may be chosen: 孤寡老人, 困难群体 … */
  keyGroups: procedure(everyone).input(none).output(z.array(z.string())),
}
