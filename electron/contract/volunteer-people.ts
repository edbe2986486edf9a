import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { day, id, limit, optionalText, reason, sex, text, version } from './fields.ts'
import { after, colours, query, readers, year } from './volunteer-fields.ts'

export const teamMark = z.object({ id, colour: z.enum(colours), name: z.string() })

/** One line that tells a volunteer from a name-sake; phone and ID number stand nowhere in it. */
export const volunteerLine = z.object({
  id,
  /** `ZY-2026-000123`, never the ID number. */
  number: z.string(),
  personId: id,
  name: z.string(),
  sex,
  /** Whole years today; null without a birth day. */
  age: z.int().nullable(),
  minor: z.boolean(),
  teams: z.array(teamMark),
  partyMember: z.boolean(),
  joinedDay: day,
  leftDay: day.nullable(),
  /** Confirmed own service, all years, in minutes. */
  minutes: z.int(),
  star: z.int().min(0).max(5),
  /** 志愿服务信息公示 stands today. */
  mayPublish: z.boolean(),
  /** A minor without the guardian's consent in force (未成年人参加志愿服务): may sign up, not stand in a roll-call. */
  consentMissing: z.boolean(),
})
export type VolunteerLine = z.infer<typeof volunteerLine>

/** A consent of the person's record; null where none was ever given. */
const consent = z.object({ id, givenBy: z.string(), givenDay: day, withdrawnDay: day.nullable() }).nullable()

/** Facts that 令67号 Art 5 asks for. */
export const art5Facts = ['sex', 'birth', 'idNumber', 'door', 'phone', 'skills', 'serviceKinds'] as const

export const volunteer = volunteerLine.extend({
  /** Of the same person, whose records were merged: each keeps its own hours and points; the ranking adds them up. */
  otherNumbers: z.array(z.object({ id, number: z.string(), minutes: z.int() })),
  leftReason: z.string(),
  nationalNumber: z.string(),
  nationalDay: day.nullable(),
  skills: z.array(z.string()),
  serviceKinds: z.array(z.string()),
  note: z.string(),
  birth: day.nullable(),
  /** Masked; `people.reveal` shows one with a reason. */
  phone: z.string().nullable(),
  idNumber: z.string().nullable(),
  door: z.string().nullable(),
  /** What is still missing of Art 5. */
  gaps: z.array(z.enum(art5Facts)),
  publishConsent: consent,
  /** Of minors; null for adults too. */
  guardianConsent: consent,
  /** All teams, past ones too, newest first. */
  memberships: z.array(teamMark.extend({ fromDay: day, toDay: day.nullable() })),
  leads: z.array(teamMark),
  hours: z.object({
    /** Confirmed own service in minutes; only these make stars. */
    confirmed: z.int(),
    thisYear: z.int(),
    activities: z.int(),
    unconfirmed: z.int(),
    /** Noted beside, never added: other organisations', training, party duties. */
    elsewhere: z.int(),
    training: z.int(),
    partyDuty: z.int(),
    byYear: z.array(z.object({ year, minutes: z.int(), activities: z.int() })),
  }),
  /** Null with five stars. */
  nextStar: z.object({ star: z.int(), minutesLeft: z.int() }).nullable(),
  points: z.int(),
  version,
})
export type Volunteer = z.infer<typeof volunteer>

const fields = {
  nationalNumber: optionalText(40),
  nationalDay: day.nullable(),
  skills: z.array(text(20)).max(20),
  serviceKinds: z.array(text(20)).max(20),
  partyMember: z.boolean(),
  note: optionalText(500),
}
const seen = { id, version }

/** Part of `volunteers`. */
export const volunteerPeopleProcedures = {
  /** By number; with a `query` by name, pinyin, initials or number, best first. `total` counts up to 10,000. */
  list: procedure(readers)
    .input(
      z.strictObject({
        query,
        state: z.enum(['present', 'left', 'all']).default('present'),
        teamId: id.optional(),
        colour: z.enum(colours).optional(),
        star: z.int().min(0).max(5).optional(),
        partyMember: z.boolean().optional(),
        /** Minors without consent; those without 公示 consent; not in the national system; Art 5 facts missing. */
        lacks: z.enum(['guardian-consent', 'publish-consent', 'national-number', 'facts']).optional(),
        after,
        limit,
      }),
    )
    .output(z.object({ rows: z.array(volunteerLine), next: z.string().nullable(), total: z.int() })),

  /** One volunteer's whole record. Opening a minor's is written to the audit. */
  volunteer: procedure(readers).input(z.strictObject({ id })).output(volunteer),

  /** The volunteer that a person is; null when they are none. Follows a merged person. */
  ofPerson: procedure(readers)
    .input(z.strictObject({ personId: id }))
    .output(volunteerLine.nullable()),

  /**
   * Registers a person as a volunteer and gives the number. CONFLICT `duplicate` (current = the line) when they are one;
   * NOT_FOUND `person`, `team`; INVALID `joinedDay` `future`/`before-birth`, `nationalDay` `future`, `personId` `departed`
   * for one who is dead, `teamIds.0` `inactive`.
   */
  register: procedure(desk)
    .input(
      z.strictObject({ personId: id, joinedDay: day, teamIds: z.array(id).max(7).default([]), ...fields }),
    )
    .output(volunteer),

  /**
   * CONFLICT `changed`; INVALID `joinedDay` `future`, `before-birth`, `after-record` (a record stands before it),
   * `after-leaving`, `nationalDay` `future`.
   */
  change: procedure(desk)
    .input(z.strictObject({ ...seen, joinedDay: day, ...fields }))
    .output(volunteer),

  /**
   * Leaves on `leftDay`, the last day on which service may be recorded; teams end with it, a team that was led has no
   * leader, sign-ups later than it are cancelled. CONFLICT `step` when gone already, `changed`; INVALID `leftDay` `future`,
   * `before-joining`, `before-record`.
   */
  leave: procedure(desk)
    .input(z.strictObject({ ...seen, leftDay: day, reason }))
    .output(volunteer),

  /** Comes back: the same number, hours and points. CONFLICT `step` when not gone, `changed`. */
  rejoin: procedure(desk)
    .input(z.strictObject({ ...seen, reason }))
    .output(volunteer),
}
