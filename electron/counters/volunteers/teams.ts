import { colours, type Colour } from '../../contract/volunteer-fields.ts'
import type { Team } from '../../contract/volunteer-teams.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { nameNow } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { memberOn } from './lines.ts'

type TeamRow = Omit<Team, 'leader' | 'active'> & {
  active: 0 | 1
  leaderId: number | null
  leaderNumber: string | null
  leaderName: string | null
}

const teamSql = (where: string) => `
  SELECT t.id, t.colour, t.name, t.active, t.version, v.id AS leaderId, v.number AS leaderNumber,
    ${nameNow('p')} AS leaderName,
    (SELECT count(DISTINCT m.volunteer_id) FROM team_member AS m WHERE m.team_id = t.id AND ${memberOn}) AS members,
    (SELECT count(*) FROM activity AS a WHERE a.team_id = t.id AND a.day BETWEEN @first AND @last
       AND EXISTS (SELECT 1 FROM service_record WHERE activity_id = a.id AND reversed = 0 AND reverses IS NULL))
      AS activities,
    (SELECT coalesce(sum(r.minutes), 0) FROM activity AS a
     CROSS JOIN service_record AS r INDEXED BY service_record_day
       ON r.counted = 1 AND r.day = a.day AND r.activity_id = a.id
     WHERE a.team_id = t.id AND a.day BETWEEN @first AND @last) AS minutes
  FROM team AS t
  LEFT JOIN volunteer AS v ON v.id = t.leader_id
  LEFT JOIN person AS p ON p.id = v.person_id
  WHERE ${where} ORDER BY t.position`

const every = teamSql('1')
const one = teamSql('t.id = @id')

const periodOf = (today: string) => {
  const year = today.slice(0, 4)
  return { day: today, first: `${year}-01-01`, last: `${year}-12-31` }
}

const toTeam = ({ active, leaderId, leaderNumber, leaderName, ...team }: TeamRow): Team => ({
  ...team,
  active: active === 1,
  leader: leaderId === null ? null : { id: leaderId, number: leaderNumber!, name: leaderName! },
})

/** One team as it is today. NOT_FOUND `team`. */
export function readTeam(db: Database, id: number, today: string): Team {
  const found = row<TeamRow>(db, one, { id, ...periodOf(today) })
  return found ? toTeam(found) : fail('NOT_FOUND', { what: 'team' })
}

/** All teams in the order of the colours, those that are no more last. */
export function listTeams(context: Context): Team[] {
  const place = ({ active, colour }: Team) => (active ? 0 : colours.length) + colours.indexOf(colour)
  return rows<TeamRow>(context.desk.db, every, periodOf(todayOf(context)))
    .map(toTeam)
    .sort((before, after) => place(before) - place(after))
}

/** NOT_FOUND `team`; CONFLICT `changed`; INVALID `colour` `fixed`. */
function checkSeen(db: Database, input: TeamFields & { id: number }, today: string): Team {
  const before = readTeam(db, input.id, today)
  if (before.version !== input.version) fail('CONFLICT', { because: 'changed', current: before })
  if (before.colour !== input.colour) invalid('colour', 'fixed')
  return before
}

/** A team has one name of its own: CONFLICT `duplicate` with the one that bears it. */
function checkName(db: Database, name: string, except: number | null, today: string): void {
  const bearer = value<number>(db, 'SELECT id FROM team WHERE name = ? AND id IS NOT ?', name, except)
  if (bearer !== undefined) {
    fail('CONFLICT', { because: 'duplicate', current: readTeam(db, bearer, today) })
  }
}

/** NOT_FOUND `volunteer`; INVALID `leaderId` `left`. */
function checkLeader(db: Database, leaderId: number): void {
  const found =
    row<{ leftDay: string | null }>(db, 'SELECT left_day AS leftDay FROM volunteer WHERE id = ?', leaderId) ??
    fail('NOT_FOUND', { what: 'volunteer' })
  if (found.leftDay !== null) invalid('leaderId', 'left')
}

/**
 * A volunteer is in the team from this day on. Whose time in it goes on or ends no earlier goes on in that; false for one who
 * is in it already, without an end.
 */
export function enterTeam(
  db: WritableDatabase,
  teamId: number,
  volunteerId: number,
  fromDay: string,
): boolean {
  const last = row<{ id: number; toDay: string | null }>(
    db,
    `SELECT id, to_day AS toDay FROM team_member WHERE team_id = ? AND volunteer_id = ? AND (to_day IS NULL OR to_day >= ?)
     ORDER BY to_day IS NULL DESC, to_day DESC LIMIT 1`,
    teamId,
    volunteerId,
    fromDay,
  )
  if (last?.toDay === null) return false
  if (last) write(db, 'UPDATE team_member SET to_day = NULL WHERE id = ?', last.id)
  else {
    write(
      db,
      'INSERT INTO team_member (team_id, volunteer_id, from_day) VALUES (?, ?, ?)',
      teamId,
      volunteerId,
      fromDay,
    )
  }
  return true
}

type TeamFields = {
  version: number | null
  colour: Colour
  name: string
  leaderId: number | null
  active: boolean
}

function writeTeam(db: WritableDatabase, id: number | null, fields: TeamFields): number {
  const { colour, name, leaderId, active } = fields
  if (id === null) {
    return write(
      db,
      `INSERT INTO team (colour, name, leader_id, active, position)
       VALUES (?, ?, ?, ?, (SELECT coalesce(max(position), -1) + 1 FROM team))`,
      colour,
      name,
      leaderId,
      active ? 1 : 0,
    ).id
  }
  write(
    db,
    'UPDATE team SET name = ?, leader_id = ?, active = ?, version = version + 1 WHERE id = ?',
    name,
    leaderId,
    active ? 1 : 0,
    id,
  )
  return id
}

const notedOf = (team: Team) => ({
  colour: team.colour,
  team: team.name,
  leaderId: team.leader?.id ?? null,
  active: team.active,
})

/**
 * Adds a team (no id) or changes one; a new leader who is no member becomes one today. CONFLICT `changed`, `duplicate`
 * (name); NOT_FOUND `team`, `volunteer`; INVALID `colour` `fixed`, `leaderId` `left`.
 */
export function saveTeam(context: Context, { id, ...fields }: TeamFields & { id: number | null }): Team {
  const today = todayOf(context)
  const also = () => ['volunteer']
  return act(context, { action: 'volunteer.save-team', subject: 'volunteer-setup', also }, (db, note) => {
    const before = id === null ? null : checkSeen(db, { id, ...fields }, today)
    checkName(db, fields.name, id, today)
    const { leaderId } = fields
    if (leaderId !== null && leaderId !== before?.leader?.id) checkLeader(db, leaderId)
    const saved = writeTeam(db, id, fields)
    if (leaderId !== null && leaderId !== before?.leader?.id) enterTeam(db, saved, leaderId, today)
    const after = readTeam(db, saved, today)
    note(before && notedOf(before), { id: saved, ...notedOf(after) })
    return after
  })
}
