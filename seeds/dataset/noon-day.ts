import { absenceReasons } from '../../electron/contract/noon-days.ts'
import { write, type WritableDatabase } from '../../electron/database/open.ts'
import type { Pupil } from './noon-pupils.ts'
import { escorts, otherReason, wrongTaps } from './noon-words.ts'
import { noonShares } from './plan.ts'
import type { Random } from './random.ts'
import { instantOf, type Schedule } from './schedule.ts'
import type { Writer } from './writer.ts'

/** Who is received in one room, and by whom. */
export type Group = { id: number; pupils: Pupil[]; teachers: number[] }

/** The times of every group of the dataset. */
export const times = { arriveBy: '12:10', leaveBy: '14:00' }

const minute = 60_000
/** Of the local day, in milliseconds. */
const clockTime = (hour: number, minutes: number) => (hour * 60 + minutes) * minute

type Row = {
  kind: 'arrival' | 'departure' | 'absence'
  how?: 'tap' | 'badge' | 'search'
  pickupId?: number
  by?: string
  reason?: string
}

/** A noon of a group as its teachers wrote it down, planned onto the schedule of the running day. */
export function openNoons(writer: Writer, random: Random, schedule: Schedule) {
  const { audit } = writer

  function planNoon(group: Group, day: string, onPaper: boolean): void {
    const teacher = () => random.pick(group.teachers)
    // After a power cut the roster is typed in when the lamps are on again.
    const typed = instantOf(day, clockTime(14, 40))
    const plan = (
      time: number,
      happen: (db: WritableDatabase, at: string, enteredAt: string, by: number) => void,
    ) => {
      const at = instantOf(day, time + random.int(0, 59_999))
      const enteredAt = onPaper ? typed : at
      schedule.plan({ at: enteredAt, write: (db) => happen(db, at, enteredAt, teacher()) })
    }

    function enter(
      db: WritableDatabase,
      pupil: Pupil,
      row: Row,
      at: string,
      enteredAt: string,
      operatorId: number,
    ): number {
      return write(
        db,
        `INSERT INTO attendance
           (child_id, group_id, day, kind, at, entered_at, how, pickup_id, collected_by, reason, operator_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        pupil.id,
        group.id,
        day,
        row.kind,
        at,
        enteredAt,
        onPaper ? 'paper' : (row.how ?? 'tap'),
        row.pickupId ?? null,
        row.by ?? '',
        row.reason ?? '',
        operatorId,
      ).id
    }

    const note = (db: WritableDatabase, action: string, pupils: Pupil[], at: string, operatorId: number) =>
      audit(db, {
        at,
        operatorId,
        action: `noon.${action}`,
        subject: pupils.length === 1 ? `noon:${pupils[0]!.id}` : 'noon',
        changes: JSON.stringify({ day: [null, day], children: [null, pupils.map(({ id }) => id)] }),
      })

    /** Some come together and are tapped together. */
    function arrive(pupils: Pupil[], time: number): void {
      const how = (['tap', 'badge', 'search'] as const)[random.weighted([76, 18, 6])]!
      plan(time, (db, at, enteredAt, by) => {
        for (const pupil of pupils) enter(db, pupil, { kind: 'arrival', how }, at, enteredAt, by)
        note(db, 'arrive', pupils, enteredAt, by)
      })
    }

    function depart(pupil: Pupil, time: number, row: Omit<Row, 'kind'>): void {
      plan(time, (db, at, enteredAt, by) => {
        enter(db, pupil, { kind: 'departure', ...row }, at, enteredAt, by)
        note(db, 'release', [pupil], enteredAt, by)
      })
    }

    function call(pupil: Pupil, time: number, nth: number, reached: boolean): void {
      const guardian = pupil.guardians[nth]
      plan(time, (db, at, enteredAt, by) => {
        write(
          db,
          'INSERT INTO noon_call (child_id, day, guardian_id, result, text, at, operator_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
          pupil.id,
          day,
          guardian?.id ?? null,
          reached ? 'reached' : 'no-answer',
          reached ? '已问清' : '',
          at,
          by,
        )
        note(db, 'call', [pupil], enteredAt, by)
      })
    }

    /** Somebody tapped the tile of a child that was not there, and took it back at once. */
    function tapWrongly(pupil: Pupil): void {
      plan(clockTime(12, random.int(0, 6)), (db, at, enteredAt, by) => {
        const id = enter(db, pupil, { kind: 'arrival' }, at, enteredAt, by)
        write(db, 'UPDATE attendance SET voided = 1 WHERE id = ?', id)
        write(
          db,
          'INSERT INTO attendance_void (attendance_id, at, reason, operator_id) VALUES (?, ?, ?, ?)',
          id,
          enteredAt,
          wrongTaps,
          by,
        )
        note(db, 'undo', [pupil], enteredAt, by)
      })
    }

    function stayAway(pupil: Pupil): void {
      if (random.chance(noonShares.wrongTap)) tapWrongly(pupil)
      const first = random.chance(0.7)
      call(pupil, clockTime(12, random.int(12, 16)), 0, first)
      if (!first) call(pupil, clockTime(12, random.int(18, 24)), 1, random.chance(0.85))
      if (random.chance(noonShares.unexplained)) return
      const why = random.pick(absenceReasons)
      const reason = why === '其他' ? `${why}：${otherReason}` : why
      plan(clockTime(12, random.int(26, 45)), (db, at, enteredAt, by) => {
        enter(db, pupil, { kind: 'absence', reason }, at, enteredAt, by)
        note(db, 'absence', [pupil], enteredAt, by)
      })
    }

    function checkTray(pupil: Pupil): void {
      plan(clockTime(12, random.int(21, 30)), (db, at, enteredAt, by) => {
        write(
          db,
          'INSERT INTO tray_check (child_id, day, at, operator_id) VALUES (?, ?, ?, ?)',
          pupil.id,
          day,
          at,
          by,
        )
        note(db, 'tray', [pupil], enteredAt, by)
      })
    }

    const expected = group.pupils.filter(({ awayUntil }) => awayUntil < day)
    const away = new Set(expected.filter(() => random.chance(noonShares.absent)))
    const present = expected.filter((pupil) => !away.has(pupil))
    for (const pupil of away) stayAway(pupil)

    for (let first = 0; first < present.length;) {
      const together = present.slice(first, first + random.int(1, 8))
      first += together.length
      const late = random.chance(noonShares.late * together.length)
      arrive(together, late ? clockTime(12, random.int(10, 19)) : clockTime(11, random.int(50, 69)))
    }
    for (const pupil of present) if (pupil.allergic) checkTray(pupil)

    for (const pupil of present) {
      const collector = pupil.collectors.length > 0 ? random.pick(pupil.collectors) : undefined
      if (pupil.leaves === 'collected' && collector) {
        const late = random.chance(noonShares.collectedLate)
        const time = late ? clockTime(14, random.int(1, 25)) : clockTime(12, random.int(45, 119))
        depart(pupil, time, { pickupId: collector.id, by: collector.called })
      } else if (pupil.leaves === 'alone') depart(pupil, clockTime(13, random.int(35, 50)), {})
    }
    const escorted = present.filter(({ leaves }) => leaves === 'escort')
    const escort = random.pick(escorts)
    if (escorted.length === 0) return
    plan(clockTime(13, 52), (db, at, enteredAt, by) => {
      for (const pupil of escorted) {
        enter(db, pupil, { kind: 'departure', by: escort }, at, enteredAt, by)
      }
      note(db, 'escort', escorted, enteredAt, by)
    })
  }

  return { planNoon }
}
export type Noons = ReturnType<typeof openNoons>
