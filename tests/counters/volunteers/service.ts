import type { RollCallLine } from '../../../electron/contract/volunteer-records.ts'
import { confirmRecords } from '../../../electron/counters/volunteers/confirm.ts'
import { saveRollCall } from '../../../electron/counters/volunteers/roll-call.ts'
import { insertPerson } from '../../../electron/counters/people/persons.ts'
import { transact, write, type Database, type WritableDatabase } from '../../../electron/database/open.ts'
import { addWorkingDays } from '../../../electron/workbench/calendar.ts'
import { openTestDesk as openDesk, type TestDesk } from '../../fixture.ts'

/** The day of the test clock, a Monday. */
export const today = '2026-11-23'

/** In the evening: what was served today is over, and may be recorded. */
export const openTestDesk = (options: Parameters<typeof openDesk>[0] = {}) =>
  openDesk({ start: '2026-11-23T13:41:00.000Z', ...options })

/** A row that another counter's screen would write. Returns its id. */
export function sql(db: Database, text: string, ...parameters: unknown[]): number {
  return transact(db, (file) => write(file, text, ...parameters)).id
}

type VolunteerFacts = { name?: string; birth?: string | null; joinedDay?: string; leftDay?: string | null }

function insertVolunteer(file: WritableDatabase, number: string, facts: VolunteerFacts): number {
  const {
    name = `志愿${number.slice(-3)}`,
    birth = '1980-05-04',
    joinedDay = '2020-01-01',
    leftDay = null,
  } = facts
  const at = `${joinedDay}T01:00:00.000Z`
  const personId = insertPerson(
    file,
    {
      name,
      sex: 0,
      birth,
      relation: '其他',
      householdId: null,
      registeredElsewhere: false,
      keyGroups: [],
      note: '',
      idNumber: '',
      phones: [],
    },
    at,
  )
  return write(
    file,
    'INSERT INTO volunteer (person_id, number, joined_day, left_day, created_at) VALUES (?, ?, ?, ?, ?)',
    personId,
    number,
    joinedDay,
    leftDay,
    at,
  ).id
}

/** Numbers up to this one are given away: what the counter itself makes goes on after it. */
const keepNumbers = (file: WritableDatabase, kind: string, last: number) =>
  write(
    file,
    `INSERT INTO sequence (kind, year, last) VALUES (?, 2026, ?)
     ON CONFLICT (kind, year) DO UPDATE SET last = max(last, excluded.last)`,
    kind,
    last,
  )

/** So many volunteers with numbers in their order, by plain SQL: quick, and any process may read them. */
export function addVolunteers(db: Database, count: number, facts: VolunteerFacts = {}): number[] {
  return transact(db, (file) => {
    const { last } = file
      .prepare('SELECT coalesce(max(CAST(substr(number, -6) AS INTEGER)), 0) AS last FROM volunteer')
      .get() as { last: number }
    keepNumbers(file, 'ZY', last + count)
    return Array.from({ length: count }, (_, nth) =>
      insertVolunteer(file, `ZY-2026-${String(last + nth + 1).padStart(6, '0')}`, facts),
    )
  })
}

export const addVolunteer = (db: Database, facts: VolunteerFacts = {}): number =>
  addVolunteers(db, 1, facts)[0]!

export const personOf = (db: Database, volunteerId: number): number =>
  (db.prepare('SELECT person_id FROM volunteer WHERE id = ?').get(volunteerId) as { person_id: number })
    .person_id

type ActivityFacts = {
  name?: string
  kind?: 'service' | 'training' | 'party-duty'
  own?: boolean
  day?: string
  starts?: string
  ends?: string
  state?: 'planned' | 'cancelled'
}

let made = 0

/** 09:00 to 11:00 of today, own service of the green colour, unless it is said otherwise. */
export function addActivity(db: Database, facts: ActivityFacts = {}): number {
  const {
    name = '河边清洁',
    kind = 'service',
    own = true,
    day = today,
    starts = '09:00',
    ends = '11:00',
  } = facts
  made += 1
  transact(db, (file) => keepNumbers(file, 'HD', made))
  return sql(
    db,
    `INSERT INTO activity (number, name, kind, own, day, starts, ends, place, content, organiser, in_charge, colour, state,
       confirm_by, operator_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, '河边', '捡拾垃圾', '志愿联盟', '队长', 'green', ?, ?, 1, ?)`,
    `HD-2026-${String(made).padStart(6, '0')}`,
    name,
    kind,
    own ? 1 : 0,
    day,
    starts,
    ends,
    facts.state ?? 'planned',
    addWorkingDays(day, 10),
    `${day}T00:00:00.000Z`,
  )
}

/** One volunteer there from the beginning to the end. */
export const line = (volunteerId: number, changed: Partial<RollCallLine> = {}): RollCallLine => ({
  volunteerId,
  arrived: '09:00',
  left: '11:00',
  minutes: null,
  breakMinutes: 0,
  reason: '',
  rating: null,
  ...changed,
})

/** Saves a sheet with a ticket of its own; the clerk enters it. */
export const save = (test: TestDesk, activityId: number, lines: RollCallLine[]) =>
  saveRollCall(test.context(), { ticket: crypto.randomUUID(), activityId, lines })

/** The manager confirms what waits of an activity. */
export const confirm = (test: TestDesk, activityId: number, recordIds: number[] | null = null) =>
  confirmRecords(test.context('manager'), { activityId, recordIds })

/** Records of an activity of its own, confirmed: so many minutes from 00:00 on. Returns the record. */
export function serve(
  test: TestDesk,
  volunteerId: number,
  minutes: number,
  facts: ActivityFacts & { rating?: number | null } = {},
): number {
  const until = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  const activityId = addActivity(test.db, { ...facts, starts: '00:00', ends: until })
  const reason = '全天保障'
  const { recordIds } = save(test, activityId, [
    line(volunteerId, { arrived: '00:00', left: until, reason, rating: facts.rating ?? null }),
  ])
  confirm(test, activityId)
  return recordIds[0]!
}

/** A consent of the person behind a volunteer, to be named in lists or of a minor's guardian. */
export const addConsent = (
  db: Database,
  volunteerId: number,
  purpose: string,
  givenDay: string,
  withdrawnDay: string | null = null,
) =>
  sql(
    db,
    `INSERT INTO consent (person_id, purpose, given_by, given_day, wording, withdrawn_day)
     VALUES (?, ?, '本人', ?, '同意', ?)`,
    personOf(db, volunteerId),
    purpose,
    givenDay,
    withdrawnDay,
  )

export const addPointRule = (
  db: Database,
  rule: { kind?: 'service' | 'training'; perHour?: number; perAttendance?: number; fromDay?: string } = {},
) =>
  sql(
    db,
    `INSERT INTO point_rule (kind, per_hour, per_attendance, from_day, operator_id, created_at)
     VALUES (?, ?, ?, ?, 1, '2020-01-01T00:00:00.000Z')`,
    rule.kind ?? 'service',
    rule.perHour ?? 1,
    rule.perAttendance ?? 0,
    rule.fromDay ?? '2020-01-01',
  )

export const invalidFields = (...fields: [path: string, problem: string][]) => ({
  code: 'INVALID',
  data: { fields: fields.map(([path, problem]) => ({ path, problem })) },
})
export const conflict = (because: string, more: object = {}) => ({
  code: 'CONFLICT',
  data: { because, ...more },
})
export const notFound = (what: string) => ({ code: 'NOT_FOUND', data: { what } })
export const forbidden = { code: 'FORBIDDEN', data: undefined }
