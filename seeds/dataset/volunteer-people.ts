import { colours, consentPurposes } from '../../electron/contract/volunteer-fields.ts'
import { rows, write, type WritableDatabase } from '../../electron/database/open.ts'
import { addDays, ageOn } from '../../electron/workbench/calendar.ts'
import { nextNumber } from '../../electron/workbench/numbering.ts'
import type { Community, Resident } from './community.ts'
import { volunteerShares } from './plan.ts'
import type { Random } from './random.ts'
import { leaveReasons, serviceKinds, skills } from './volunteer-words.ts'
import type { Writer } from './writer.ts'

/** Somebody who serves now. */
export type Serving = {
  id: number
  resident: Resident
  joinedDay: string
  partyMember: boolean
  /** False for a minor whose guardian did not consent. */
  mayServe: boolean
}

/** The volunteers of the dataset: who registers, in which team, and who leaves. */
export function openVolunteerPeople(writer: Writer, random: Random, community: Community) {
  const serving: Serving[] = []
  const known = new Set<Resident>()
  let teams: number[] | null = null

  const some = (list: readonly string[], most: number) => [
    ...new Set(Array.from({ length: random.int(0, most) }, () => random.pick(list))),
  ]

  /** Somebody of the community who may serve and does not yet; null when chance finds nobody. */
  function newcomer(day: string): Resident | null {
    for (let tries = 0; tries < 60 && community.residents.length > 0; tries += 1) {
      const resident = random.pick(community.residents)
      const age = ageOn(resident.birth, day)
      if (known.has(resident) || age < 10 || age > 78) continue
      if (age < 18 && random.chance(0.85)) continue
      return resident
    }
    return null
  }

  function consent(db: WritableDatabase, { id, household, name }: Resident, purpose: string, day: string) {
    const isGuardian = purpose === consentPurposes.guardian
    write(
      db,
      'INSERT INTO consent (person_id, purpose, given_by, given_day, wording) VALUES (?, ?, ?, ?, ?)',
      id,
      purpose,
      isGuardian ? (household.members[0]?.name ?? '监护人') : name,
      day,
      `${purpose}告知书 第1版`,
    )
  }

  function enterTeam(db: WritableDatabase, volunteerId: number, day: string): void {
    teams ??= colours.map(
      (colour) => rows<{ id: number }>(db, 'SELECT id FROM team WHERE colour = ? ORDER BY id', colour)[0]!.id,
    )
    const first = random.int(0, 6)
    for (const nth of new Set(
      random.chance(volunteerShares.secondTeam) ? [first, random.int(0, 6)] : [first],
    )) {
      const insert = 'INSERT INTO team_member (team_id, volunteer_id, from_day) VALUES (?, ?, ?)'
      write(db, insert, teams[nth], volunteerId, day)
      write(
        db,
        'UPDATE team SET leader_id = ?, version = version + 1 WHERE id = ? AND leader_id IS NULL',
        volunteerId,
        teams[nth],
      )
    }
  }

  return {
    serving,

    register(db: WritableDatabase, at: string, day: string): void {
      const resident = newcomer(day)
      if (!resident) return
      known.add(resident)
      const operatorId = random.pick(writer.clerks)
      const partyMember = ageOn(resident.birth, day) >= 25 && random.chance(volunteerShares.partyMembers)
      const inNational = random.chance(volunteerShares.national)
      const { id } = write(
        db,
        `INSERT INTO volunteer (person_id, number, joined_day, national_number, national_day, skills, service_kinds,
           party_member, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        resident.id,
        nextNumber(db, 'ZY', Number(day.slice(0, 4))),
        day,
        inNational ? `4300${random.int(10_000_000, 99_999_999)}` : '',
        inNational ? day : null,
        JSON.stringify(some(skills, 2)),
        JSON.stringify(some(serviceKinds, 2)),
        partyMember ? 1 : 0,
        at,
      )
      enterTeam(db, id, day)
      if (random.chance(volunteerShares.mayPublish)) consent(db, resident, consentPurposes.publish, day)
      const isMinor = ageOn(resident.birth, day) < 18
      const guardian = isMinor && random.chance(volunteerShares.guardianConsent)
      if (guardian) consent(db, resident, consentPurposes.guardian, day)
      writer.audit(db, {
        at,
        operatorId,
        action: 'volunteer.register',
        subject: `volunteer:${id}`,
        changes: JSON.stringify({ personId: [null, resident.id], joinedDay: [null, day] }),
      })
      serving.push({ id, resident, joinedDay: day, partyMember, mayServe: !isMinor || guardian })
    },

    /** Once a month: those who moved away or died serve no more, and here and there somebody stops. */
    leave(db: WritableDatabase, at: string, day: string): void {
      const gone = (one: Serving) =>
        !one.resident.household.members.includes(one.resident) || random.chance(volunteerShares.leaves)
      // The last day lies after everything that was recorded of them: the month before is entered by then.
      const leftDay = addDays(day, -1)
      for (const one of serving.filter((other) => other.joinedDay < leftDay && gone(other))) {
        serving.splice(serving.indexOf(one), 1)
        const operatorId = random.pick(writer.clerks)
        const reason = random.pick(leaveReasons)
        write(
          db,
          'UPDATE volunteer SET left_day = ?, left_reason = ?, version = version + 1 WHERE id = ?',
          leftDay,
          reason,
          one.id,
        )
        write(
          db,
          'UPDATE team_member SET to_day = ? WHERE volunteer_id = ? AND to_day IS NULL',
          leftDay,
          one.id,
        )
        write(db, 'UPDATE team SET leader_id = NULL, version = version + 1 WHERE leader_id = ?', one.id)
        writer.audit(db, {
          at,
          operatorId,
          reason,
          action: 'volunteer.leave',
          subject: `volunteer:${one.id}`,
          changes: JSON.stringify({ leftDay: [null, leftDay] }),
        })
      }
    },
  }
}
export type VolunteerPeople = ReturnType<typeof openVolunteerPeople>
