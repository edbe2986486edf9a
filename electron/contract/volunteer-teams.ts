import { z } from 'zod'
import { desk, procedure } from './access.ts'
import { day, id, text, version } from './fields.ts'
import { colours, readers } from './volunteer-fields.ts'
import { volunteerLine } from './volunteer-people.ts'

const none = z.strictObject({})

export const team = z.object({
  id,
  colour: z.enum(colours),
  name: z.string(),
  leader: z.object({ id, number: z.string(), name: z.string() }).nullable(),
  active: z.boolean(),
  /** Members today. */
  members: z.int(),
  /** This year's activities with records, and confirmed own minutes of them. */
  activities: z.int(),
  minutes: z.int(),
  version,
})
export type Team = z.infer<typeof team>

/** Part of `volunteers`. */
export const volunteerTeamProcedures = {
  /** All teams in the order of the colours, inactive ones last. */
  teams: procedure(readers).input(none).output(z.array(team)),

  /**
   * Adds (no id) or changes. A colour may have several teams; a team keeps its colour: INVALID `colour` `fixed`. CONFLICT
   * `changed`, `duplicate` (name); NOT_FOUND `team`, `volunteer`; INVALID `leaderId` `left`.
   * A new leader who is no member becomes one today.
   */
  saveTeam: procedure(['manager'])
    .input(
      z.strictObject({
        id: id.nullable(),
        version: version.nullable(),
        colour: z.enum(colours),
        name: text(20),
        leaderId: id.nullable(),
        active: z.boolean(),
      }),
    )
    .output(team),

  /** Members of a day, the leader first, then by number. */
  members: procedure(readers)
    .input(z.strictObject({ teamId: id, day }))
    .output(z.array(volunteerLine.extend({ fromDay: day, toDay: day.nullable(), leader: z.boolean() }))),

  /**
   * Volunteers into a team, all in one act; who is a member already is told, not entered twice. INVALID `fromDay`
   * `before-joining` or `volunteerIds.0` `left`, `twice`; `teamId` `inactive`.
   */
  addMembers: procedure(desk)
    .input(z.strictObject({ teamId: id, volunteerIds: z.array(id).min(1).max(200), fromDay: day }))
    .output(z.object({ added: z.array(id), already: z.array(id) })),

  /** `toDay` = the last day in the team. CONFLICT `step` for no member; INVALID `toDay` `before-from`, `future`. */
  endMember: procedure(desk)
    .input(z.strictObject({ teamId: id, volunteerId: id, toDay: day }))
    .output(team),
}
