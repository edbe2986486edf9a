import { join } from 'node:path'
import {
  openDatabase,
  rows,
  transact,
  value,
  write,
  type WritableDatabase,
} from '../../electron/database/open.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import { oneYear } from './accept.ts'
import { copyOf } from './datasets.ts'

/** Of the issue: ten years of the largest community (domain 4). */
const volunteers = 10_000
const records = 200_000
const perActivity = 80
const years = 10
/** People of the monthly 28th, all of them signed up. */
export const sheetSize = 300

export type VolunteerFile = {
  folder: string
  /** The last whole year that is not locked: its ranking is made of the records. */
  year: number
  volunteerIds: number[]
  /** Past activities that nobody recorded, and who signed up for each. */
  sheets: { activityId: number; volunteerIds: number[] }[]
}

/** Whoever the dataset has, and so many more invented people that ten thousand serve. */
function addVolunteers(db: WritableDatabase, from: string): number[] {
  const missing = volunteers - value<number>(db, 'SELECT count(*) FROM volunteer')!
  const free = `SELECT count(*) FROM person WHERE merged_into IS NULL AND departure IS NULL AND birth < '2000'
    AND id NOT IN (SELECT person_id FROM volunteer)`
  const persons = missing - value<number>(db, free)!
  write(
    db,
    `INSERT INTO person (name, sex, birth, relation, created_at)
     WITH RECURSIVE nth (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM nth WHERE n < @persons)
     SELECT '志愿' || n, 0, '1970-05-04', '其他', @from || 'T01:00:00.000Z' FROM nth WHERE @persons > 0`,
    { persons, from },
  )
  write(
    db,
    `INSERT INTO volunteer (person_id, number, joined_day, created_at)
     SELECT id, printf('ZY-2000-%06d', row_number() OVER (ORDER BY id)), @from, @from || 'T01:00:00.000Z'
     FROM person WHERE merged_into IS NULL AND departure IS NULL AND birth < '2000'
       AND id NOT IN (SELECT person_id FROM volunteer) ORDER BY id LIMIT @missing`,
    { missing: Math.max(0, missing), from },
  )
  // Whoever of the dataset joined later than they, or is a minor without consent, stands on no sheet of the bench.
  return rows<{ id: number }>(
    db,
    `SELECT volunteer.id FROM volunteer JOIN person ON person.id = person_id
     WHERE left_day IS NULL AND joined_day <= ? AND birth < '2000' ORDER BY volunteer.id`,
    from,
  ).map(({ id }) => id)
}

function addActivity(db: WritableDatabase, number: string, day: string, state: 'planned' | 'held'): number {
  return write(
    db,
    `INSERT INTO activity (number, name, kind, own, day, starts, ends, place, content, organiser, in_charge, colour, state,
       confirm_by, operator_id, created_at)
     VALUES (?, '志愿服务日', 'service', 1, ?, '08:30', '11:00', '社区广场', '清洁楼道', '志愿联盟', '队长', 'green', ?, ?, 1, ?)`,
    number,
    day,
    state,
    addDays(day, 14),
    `${day}T00:00:00.000Z`,
  ).id
}

/** An activity of the past whose records a second person confirmed; its people are consecutive in a shuffled order. */
function addPast(db: WritableDatabase, nth: number, day: string, volunteerIds: readonly number[]): void {
  const activityId = addActivity(db, `HD-2000-${String(nth).padStart(6, '0')}`, day, 'held')
  const rollCallId = write(
    db,
    'INSERT INTO roll_call (activity_id, ticket, at, operator_id) VALUES (?, ?, ?, 1)',
    activityId,
    `bench-${nth}`,
    `${day}T03:30:00.000Z`,
  ).id
  const people = Array.from(
    { length: perActivity },
    (_, place) => volunteerIds[((nth * perActivity + place) * 7919) % volunteerIds.length]!,
  )
  write(
    db,
    `INSERT INTO service_record (activity_id, volunteer_id, roll_call_id, day, year, kind, own, arrived, left, minutes, how,
       rating, entered_by, entered_at)
     SELECT @activityId, value, @rollCallId, @day, CAST(substr(@day, 1, 4) AS INTEGER), 'service', 1, '08:30',
       printf('11:%02d', value % 50), 150 + value % 50, 'full', nullif(value % 6, 0), 1, @day || 'T03:30:00.000Z'
     FROM json_each(@people)`,
    { activityId, rollCallId, day, people: JSON.stringify(people) },
  )
}

/** Confirmed by a second operator, and their points posted: less than an hour gives none, and an entry of none is no entry. */
function confirmAll(db: WritableDatabase): void {
  write(
    db,
    `UPDATE service_record SET confirmed_by = (SELECT id FROM operator WHERE id <> 1 LIMIT 1),
       confirmed_at = day || 'T06:00:00.000Z', counted = (own = 1 AND kind = 'service')
     WHERE confirmed_at IS NULL AND reversed = 0 AND reverses IS NULL AND entered_by = 1`,
  )
  write(
    db,
    `INSERT INTO point_entry (volunteer_id, points, cause, record_id, year, day, at, operator_id)
     SELECT volunteer_id, minutes / 60, 'service', id, year, day, confirmed_at, 1 FROM service_record
     WHERE counted = 1 AND minutes >= 60 AND id NOT IN (SELECT record_id FROM point_entry WHERE record_id IS NOT NULL)`,
  )
}

/** Sheets of the last days that wait to be entered. */
function addSheets(
  db: WritableDatabase,
  count: number,
  today: string,
  volunteerIds: readonly number[],
): VolunteerFile['sheets'] {
  return Array.from({ length: count }, (_, nth) => {
    const day = addDays(today, -1 - (nth % 25))
    const people = Array.from(
      { length: sheetSize },
      (_, place) => volunteerIds[((nth * 2 * sheetSize + place) * 31) % volunteerIds.length]!,
    )
    const activityId = addActivity(db, `HD-2001-${String(nth).padStart(6, '0')}`, day, 'planned')
    write(
      db,
      `INSERT INTO activity_sign_up (activity_id, volunteer_id, at, operator_id)
       SELECT ?, value, ?, 1 FROM json_each(?)`,
      activityId,
      `${day}T00:00:00.000Z`,
      JSON.stringify(people),
    )
    return { activityId, volunteerIds: people }
  })
}

/** A copy of a year's dataset that is filled up to ten thousand volunteers and two hundred thousand records. */
export function volunteerFile(sheets: number): VolunteerFile {
  const folder = copyOf(oneYear())
  const today = localDay(new Date())
  const year = Number(today.slice(0, 4)) - 1
  const db = openDatabase(join(folder, 'desk.sqlite3'))
  try {
    return transact(db, (file) => {
      const volunteerIds = addVolunteers(file, `${year - years}-01-01`)
      const activities = Math.ceil(
        (records - value<number>(file, 'SELECT count(*) FROM service_record')!) / perActivity,
      )
      for (let nth = 0; nth < activities; nth += 1) {
        const back = Math.floor((nth * years * 365) / activities)
        addPast(file, nth, addDays(`${year}-12-31`, -back), volunteerIds)
      }
      confirmAll(file)
      const waiting = addSheets(file, sheets, today, volunteerIds)
      const total = value<number>(file, 'SELECT count(*) FROM service_record')!
      process.stderr.write(`made ${total} service records of ${volunteerIds.length} volunteers\n`)
      let open = year
      while (value(file, 'SELECT 1 FROM pioneer_year WHERE year = ?', open)) open -= 1
      return { folder, year: open, volunteerIds, sheets: waiting }
    })
  } finally {
    db.close()
  }
}
