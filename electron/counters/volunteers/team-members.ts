import type { VolunteerLine } from '../../contract/volunteer-people.ts'
import type { Team } from '../../contract/volunteer-teams.ts'
import { row, rows, value, write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { memberOn, topicsOf, volunteerLines } from './lines.ts'
import { enterTeam, readTeam } from './teams.ts'
import { servingOnce } from './volunteers.ts'

type Member = VolunteerLine & { fromDay: string; toDay: string | null; leader: boolean }

/** Members of a day, the leader first, then by number. NOT_FOUND `team`. */
export function listMembers(context: Context, { teamId, day }: { teamId: number; day: string }): Member[] {
  const { db } = context.desk
  const today = todayOf(context)
  const leaderId = readTeam(db, teamId, today).leader?.id ?? null
  const found = rows<{ id: number; fromDay: string; toDay: string | null }>(
    db,
    `SELECT m.volunteer_id AS id, min(m.from_day) AS fromDay, m.to_day AS toDay
     FROM team_member AS m JOIN volunteer AS v ON v.id = m.volunteer_id
     WHERE m.team_id = @teamId AND ${memberOn} GROUP BY m.volunteer_id
     ORDER BY m.volunteer_id IS NOT @leaderId, v.number`,
    { teamId, day, leaderId },
  )
  const lines = volunteerLines(
    db,
    found.map(({ id }) => id),
    today,
  )
  return lines.map((line, nth) => {
    const { fromDay, toDay } = found[nth]!
    return { ...line, fromDay, toDay, leader: line.id === leaderId }
  })
}

/**
 * Volunteers into a team, all in one act; who is in it already is told. NOT_FOUND `team`, `volunteer`; INVALID `teamId`
 * `inactive`, `fromDay` `before-joining`, `volunteerIds.N` `left`, `twice`.
 */
export function addMembers(
  context: Context,
  { teamId, volunteerIds, fromDay }: { teamId: number; volunteerIds: number[]; fromDay: string },
): { added: number[]; already: number[] } {
  const { db } = context.desk
  if (!readTeam(db, teamId, todayOf(context)).active) invalid('teamId', 'inactive')
  const serving = servingOnce(db, volunteerIds)
  serving.forEach(({ joinedDay, leftDay }, nth) => {
    if (leftDay !== null) invalid(`volunteerIds.${nth}`, 'left')
    if (fromDay < joinedDay) invalid('fromDay', 'before-joining')
  })
  const also = () => topicsOf('volunteer', volunteerIds)
  return act(context, { action: 'volunteer.add-members', subject: 'volunteer-setup', also }, (file, note) => {
    const added = volunteerIds.filter((id) => enterTeam(file, teamId, id, fromDay))
    note(null, { teamId, volunteerIds: added, fromDay })
    return { added, already: volunteerIds.filter((id) => !added.includes(id)) }
  })
}

/**
 * The last day of a volunteer in a team; one who leads it leads it no more. CONFLICT `step` for no member; NOT_FOUND `team`;
 * INVALID `toDay` `before-from`, `future`.
 */
export function endMember(
  context: Context,
  { teamId, volunteerId, toDay }: { teamId: number; volunteerId: number; toDay: string },
): Team {
  const today = todayOf(context)
  const also = () => [`volunteer:${volunteerId}`]
  return act(context, { action: 'volunteer.end-member', subject: 'volunteer-setup', also }, (db, note) => {
    readTeam(db, teamId, today)
    if (!value(db, 'SELECT 1 FROM volunteer WHERE id = ?', volunteerId))
      fail('NOT_FOUND', { what: 'volunteer' })
    const stands =
      row<{ id: number; fromDay: string }>(
        db,
        'SELECT id, from_day AS fromDay FROM team_member WHERE team_id = ? AND volunteer_id = ? AND to_day IS NULL',
        teamId,
        volunteerId,
      ) ?? fail('CONFLICT', { because: 'step' })
    if (toDay > today) invalid('toDay', 'future')
    if (toDay < stands.fromDay) invalid('toDay', 'before-from')
    write(db, 'UPDATE team_member SET to_day = ? WHERE id = ?', toDay, stands.id)
    write(
      db,
      'UPDATE team SET leader_id = NULL, version = version + 1 WHERE id = ? AND leader_id = ?',
      teamId,
      volunteerId,
    )
    note(null, { teamId, volunteerId, toDay })
    return readTeam(db, teamId, today)
  })
}
