import { write, type WritableDatabase } from '../../electron/database/open.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import type { Resident } from './community.ts'
import { gradeNames, gradeOn } from './noon-terms.ts'
import { allergies, forbiddenReasons, health, marks, schools } from './noon-words.ts'
import { noonShares } from './plan.ts'
import type { Random } from './random.ts'
import type { Writer } from './writer.ts'

/** A child of the class as its teachers know it. */
export type Pupil = {
  id: number
  resident: Resident
  /** In the order in which they are called. */
  guardians: { id: number; name: string }[]
  /** Who may collect, as a departure names them; empty for those who leave otherwise. */
  collectors: { id: number; called: string }[]
  leaves: 'collected' | 'alone' | 'escort'
  allergic: boolean
  /** On leave until this day. */
  awayUntil: string
}

/** As the desk makes badges. */
const badgeSigns = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const adultAge = 20 * 365.25 * 86_400_000

/** Grown-ups of the child's door who can be called, parents before grandparents. */
function guardiansOf(child: Resident): Resident[] {
  const grown = child.household.members.filter(
    ({ birth, phone }) => phone !== '' && Date.parse(child.birth) - Date.parse(birth) >= adultAge,
  )
  return grown.sort((one, other) => (one.birth > other.birth ? -1 : 1)).slice(0, 3)
}

const relationOf = (child: Resident, birth: string) =>
  Date.parse(child.birth) - Date.parse(birth) > 2.3 * adultAge ? '祖辈' : '家长'

/** Of an age for the class on that day, and somebody at home can be called. */
export const mayCome = (resident: Resident, day: string) => {
  const grade = gradeOn(resident.birth, day)
  return grade >= 1 && grade <= 6 && guardiansOf(resident).length > 0
}

const wayOut = (random: Random, grade: number) =>
  (['collected', 'alone', 'escort'] as const)[
    random.weighted(grade <= 2 ? [55, 0, 45] : grade <= 4 ? [30, 10, 60] : [12, 48, 40])
  ]!

/** Writes down who comes to the class; part of the running transaction. */
export function openPupils(writer: Writer, random: Random) {
  const { audit } = writer

  function addCollectors(db: WritableDatabase, at: string, operatorId: number, pupil: Pupil): void {
    const today = localDay(new Date(at))
    const add = (kind: string, name: string, relation: string, phone: string, reason: string) =>
      write(
        db,
        `INSERT INTO pickup_person (child_id, kind, name, relation, phone, id_tail, reason, from_day, operator_id, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        pupil.id,
        kind,
        name,
        relation,
        phone,
        String(random.int(0, 9999)).padStart(4, '0'),
        reason,
        today,
        operatorId,
        at,
      ).id
    for (const { name, phone, birth } of guardiansOf(pupil.resident)) {
      const relation = relationOf(pupil.resident, birth)
      const id = add('authorised', name, relation, phone, '')
      pupil.collectors.push({ id, called: `${relation} ${name}` })
    }
    if (random.chance(noonShares.forbidden)) {
      const reason = random.pick(forbiddenReasons)
      add('forbidden', `${pupil.resident.name.charAt(0)}先生`, '亲属', '', reason)
    }
  }

  return {
    /** A child who was never in the class before: record, guardians, who may collect, consent. */
    add(db: WritableDatabase, at: string, operatorId: number, resident: Resident): Pupil {
      const today = localDay(new Date(at))
      const grade = gradeOn(resident.birth, today)
      const [leaves, allergic] = [wayOut(random, grade), random.chance(noonShares.allergic)]
      const { id } = write(
        db,
        `INSERT INTO child (person_id, school, grade, class, mark, allergies, health, leaves, insurance, agreement_day, badge)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        resident.id,
        random.pick(schools),
        `${gradeNames[grade]}年级`,
        `${gradeNames[grade]}(${random.int(1, 4)})班`,
        random.chance(0.1) ? random.pick(marks) : '',
        allergic ? random.pick(allergies) : '',
        random.pick(health),
        leaves,
        random.chance(0.8) ? '学平险' : '',
        today,
        Array.from({ length: 12 }, () => random.pick([...badgeSigns])).join(''),
      )
      const pupil: Pupil = {
        id,
        resident,
        guardians: [],
        collectors: [],
        leaves,
        allergic,
        awayUntil: '',
      }
      guardiansOf(resident).forEach(({ name, phone, birth }, position) => {
        const guardianId = write(
          db,
          'INSERT INTO guardian (child_id, position, name, relation, phone) VALUES (?, ?, ?, ?, ?)',
          id,
          position,
          name,
          relationOf(resident, birth),
          phone,
        ).id
        pupil.guardians.push({ id: guardianId, name })
      })
      if (leaves === 'collected') addCollectors(db, at, operatorId, pupil)
      write(
        db,
        'INSERT INTO consent (person_id, purpose, given_by, given_day, wording) VALUES (?, ?, ?, ?, ?)',
        resident.id,
        '午间课堂',
        pupil.guardians[0]!.name,
        today,
        '午间课堂告知书 第1版',
      )
      audit(db, {
        at,
        operatorId,
        action: 'noon.save-child',
        subject: `noon-child:${id}`,
        changes: JSON.stringify({ personId: [null, resident.id], leaves: [null, leaves] }),
      })
      return pupil
    },

    /** A year older: another class, and perhaps another way home. */
    moveUp(db: WritableDatabase, at: string, operatorId: number, pupil: Pupil): void {
      const grade = gradeOn(pupil.resident.birth, localDay(new Date(at)))
      if (pupil.leaves !== 'alone' && grade >= 5 && random.chance(0.3)) pupil.leaves = 'alone'
      write(
        db,
        'UPDATE child SET grade = ?, class = ?, leaves = ?, version = version + 1 WHERE id = ?',
        `${gradeNames[grade]}年级`,
        `${gradeNames[grade]}(${random.int(1, 4)})班`,
        pupil.leaves,
        pupil.id,
      )
      audit(db, {
        at,
        operatorId,
        action: 'noon.save-child',
        subject: `noon-child:${pupil.id}`,
        changes: '{"grade":"changed","class":"changed"}',
      })
    },

    enrol(
      db: WritableDatabase,
      at: string,
      operatorId: number,
      pupil: Pupil,
      place: { termId: number; groupId: number; fromDay: string },
    ): void {
      write(
        db,
        'INSERT INTO enrolment (child_id, term_id, group_id, from_day) VALUES (?, ?, ?, ?)',
        pupil.id,
        place.termId,
        place.groupId,
        place.fromDay,
      )
      audit(db, {
        at,
        operatorId,
        action: 'noon.enrol',
        subject: `noon-child:${pupil.id}`,
        changes: JSON.stringify({ groupId: [null, place.groupId], fromDay: [null, place.fromDay] }),
      })
    },

    /** Not expected any more from this day on. */
    withdraw(
      db: WritableDatabase,
      at: string,
      operatorId: number,
      pupil: Pupil,
      leaving: { termId: number; day: string; reason: string },
    ): void {
      write(
        db,
        `UPDATE enrolment SET left_day = max(from_day, ?), left_reason = ?
         WHERE child_id = ? AND term_id = ? AND left_day IS NULL`,
        leaving.day,
        leaving.reason,
        pupil.id,
        leaving.termId,
      )
      audit(db, {
        at,
        operatorId,
        action: 'noon.withdraw',
        subject: `noon-child:${pupil.id}`,
        reason: leaving.reason,
        changes: JSON.stringify({ leftDay: [null, leaving.day] }),
      })
    },

    /** Leave told beforehand, for a day or a few. */
    leave(
      db: WritableDatabase,
      at: string,
      operatorId: number,
      pupil: Pupil,
      told: { day: string; days: number; reason: string },
    ): void {
      pupil.awayUntil = addDays(told.day, told.days - 1)
      const { id } = write(
        db,
        'INSERT INTO child_leave (child_id, from_day, to_day, reason, told_by, at, operator_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
        pupil.id,
        told.day,
        pupil.awayUntil,
        told.reason,
        pupil.guardians[0]!.name,
        at,
        operatorId,
      )
      audit(db, {
        at,
        operatorId,
        action: 'noon.add-leave',
        subject: `noon:${pupil.id}`,
        changes: JSON.stringify({ leaveId: [null, id], fromDay: [null, told.day] }),
      })
    },
  }
}
export type Pupils = ReturnType<typeof openPupils>
