import type { Incident, incidentKinds } from '../../contract/noon-reports.ts'
import { row, rows, type Database } from '../../database/open.ts'
import { localDay } from '../../workbench/calendar.ts'
import { maskIdNumber } from '../../workbench/masking.ts'
import {
  listed,
  spelledDay,
  spelledMoment,
  spelledMonth,
  withoutNumbers,
} from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { personAndMerged, survivor } from '../people/lines.ts'
import { readCommunity } from '../settings/community.ts'
import { mustSeeChild } from './access.ts'
import { daysOfChild } from './child-days.ts'
import { classWords } from './class-words.ts'
import { incidentsOfChild } from './incidents.ts'
import type { Draft } from './paper.ts'
import { maskIdTail } from './pickup-list.ts'
import { isForbidden } from './release.ts'

type ChildRow = {
  personId: number
  name: string
  sex: number
  birth: string | null
  idNumber: string
  school: string
  grade: string
  className: string
  mark: string
  allergies: string
  health: string
  leaves: keyof typeof ways
  insurance: string
  agreementDay: string | null
  badge: string
  photo: 0 | 1
}

const ways = { collected: '由登记的人接走', alone: '可以自己离开', escort: '随学校队伍返校' } as const
const sexes: Record<number, string> = { 1: '男', 2: '女' }
const kinds: Record<(typeof incidentKinds)[number], string> = {
  injury: '受伤',
  illness: '身体不适',
  allergy: '过敏',
  'left-alone': '自行离开',
  quarrel: '争执',
  stranger: '陌生人',
  other: '其他',
}

const dayOr = (day: string | null, otherwise: string) => (day === null ? otherwise : spelledDay(day))

function readChildRow(db: Database, childId: number): ChildRow {
  return row<ChildRow>(
    db,
    `SELECT p.id AS personId, p.name, p.sex, p.birth, p.id_number AS idNumber, c.school, c.grade,
       c.class AS className, c.mark, c.allergies, c.health, c.leaves, c.insurance, c.agreement_day AS agreementDay,
       c.badge, c.photo_id IS NOT NULL AS photo
     FROM child c JOIN person p ON p.id = c.person_id WHERE c.id = ?`,
    childId,
  )!
}

const guardiansOf = (db: Database, childId: number) =>
  rows<{ name: string; relation: string; phone: string }>(
    db,
    'SELECT name, relation, phone FROM guardian WHERE child_id = ? AND ended_day IS NULL ORDER BY position',
    childId,
  )

type Pickup = {
  name: string
  relation: string
  phone: string
  idTail: string
  fromDay: string
  toDay: string | null
}

/** Those who may collect it, or might once. Whoever must not stands on no copy, not even as one who might once. */
const pickupsOf = (db: Database, childId: number, today: string) =>
  rows<Pickup>(
    db,
    `SELECT name, relation, phone, id_tail AS idTail, from_day AS fromDay, to_day AS toDay FROM pickup_person
     WHERE child_id = ? AND kind = 'authorised' ORDER BY id`,
    childId,
  )
    .filter(({ name }) => !isForbidden(db, childId, today, name))
    .map(({ fromDay, toDay, idTail, ...who }) => ({
      ...who,
      idTail: maskIdTail(idTail),
      valid: `${spelledDay(fromDay)}起${toDay === null ? '' : `，至${spelledDay(toDay)}`}`,
    }))

/** Consents of the person's record and of those merged into it. */
function consentsOf(db: Database, personId: number) {
  const same = personAndMerged(db, survivor(db, personId) ?? personId)
  return rows<{
    purpose: string
    givenBy: string
    givenDay: string
    wording: string
    withdrawnDay: string | null
  }>(
    db,
    `SELECT purpose, given_by AS givenBy, given_day AS givenDay, wording, withdrawn_day AS withdrawnDay FROM consent
     WHERE person_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    JSON.stringify(same),
  ).map(({ givenDay, withdrawnDay, ...consent }) => ({
    ...consent,
    given: spelledDay(givenDay),
    withdrawn: withdrawnDay === null ? '' : spelledDay(withdrawnDay),
  }))
}

type Enrolled = { term: string; group: string; fromDay: string; leftDay: string | null; leftReason: string }

const enrolmentsOf = (db: Database, childId: number) =>
  rows<Enrolled>(
    db,
    `SELECT t.name AS term, g.name AS "group", e.from_day AS fromDay, e.left_day AS leftDay, e.left_reason AS leftReason
     FROM enrolment e JOIN class_group g ON g.id = e.group_id JOIN term t ON t.id = e.term_id
     WHERE e.child_id = ? ORDER BY e.from_day, e.id`,
    childId,
  )

const leavesOf = (db: Database, childId: number) =>
  rows<{ fromDay: string; toDay: string; reason: string; toldBy: string }>(
    db,
    `SELECT from_day AS fromDay, to_day AS toDay, reason, told_by AS toldBy FROM child_leave
     WHERE child_id = ? AND cancelled_at IS NULL ORDER BY from_day, id`,
    childId,
  ).map(({ fromDay, toDay, reason, toldBy }) => ({
    days: fromDay === toDay ? spelledDay(fromDay) : `${spelledDay(fromDay)}至${spelledDay(toDay)}`,
    reason,
    toldBy,
  }))

/** Days by month, from the first enrolment to the present. */
function attendanceOf(context: Context, childId: number, from: string | undefined, to: string) {
  if (from === undefined || from > to) return []
  const days = daysOfChild(context.desk, childId, { from, to })
  const months = Map.groupBy(days, ({ day }) => day.slice(0, 7))
  return [...months].sort().map(([month, list]) => {
    const count = (...states: string[]) => list.filter(({ state }) => states.includes(state)).length
    return {
      month: spelledMonth(month),
      present: count('in', 'out'),
      leave: count('leave'),
      absent: count('absent'),
      unexplained: count('expected'),
    }
  })
}

const incidentOf = ({ number, kind, happenedAt, what, measures, called, follows }: Incident) => ({
  number,
  kind: follows === null ? kinds[kind] : `${kinds[kind]}（补充）`,
  at: spelledMoment(happenedAt),
  what: withoutNumbers(what),
  measures: withoutNumbers(measures),
  called: called.join('、'),
})

/**
 * The copy of a child's record that its guardian may have (PIPL 45): all that is stored about the child, with the phones
 * of those who stand on it whole. Who must not collect it is not on it, and nobody's ID number is.
 */
export function childPaper(context: Context, childId: number): Draft {
  mustSeeChild(context, childId)
  const { db, clock } = context.desk
  const today = localDay(clock())
  const child = readChildRow(db, childId)
  const enrolments = enrolmentsOf(db, childId)
  return {
    kind: 'noon-child',
    title: `午间课堂学生档案 ${child.name}`,
    subject: `noon-child:${childId}`,
    data: {
      community: { name: readCommunity(db).name },
      number: '学生档案',
      printed: spelledDay(today),
      name: child.name,
      sex: sexes[child.sex] ?? '未登记',
      birth: dayOr(child.birth, '未登记'),
      idNumber: child.idNumber === '' ? '未登记' : maskIdNumber(child.idNumber),
      school: child.school,
      class: classWords(child),
      mark: child.mark,
      allergies: child.allergies,
      health: child.health,
      leaves: ways[child.leaves],
      insurance: child.insurance,
      agreement: dayOr(child.agreementDay, ''),
      badge: child.badge,
      photo: child.photo === 1,
      guardians: listed(guardiansOf(db, childId)),
      pickups: listed(pickupsOf(db, childId, today)),
      consents: listed(consentsOf(db, child.personId)),
      enrolments: listed(
        enrolments.map(({ fromDay, leftDay, ...rest }) => ({
          ...rest,
          from: spelledDay(fromDay),
          left: dayOr(leftDay, ''),
        })),
      ),
      absences: listed(leavesOf(db, childId)),
      attendance: listed(attendanceOf(context, childId, enrolments[0]?.fromDay, today)),
      incidents: listed(incidentsOfChild(db, childId).map(incidentOf)),
    },
  }
}
