import { nextNumber } from '../../electron/workbench/numbering.ts'
import { write, type WritableDatabase } from '../../electron/database/open.ts'
import { localDay } from '../../electron/workbench/calendar.ts'
import type { Group } from './noon-day.ts'
import type { Pupil } from './noon-pupils.ts'
import { additions, incidents, incidentWeights, signOffs } from './noon-words.ts'
import type { Random } from './random.ts'
import { instantOf, type Schedule } from './schedule.ts'
import type { Writer } from './writer.ts'

type Told = { kind: string; what: string; measures: string; called: readonly string[] }

/** What went wrong at noon, what was added to it, and the manager's sign-off; planned onto the running day. */
export function openIncidents(writer: Writer, random: Random, schedule: Schedule) {
  const { audit } = writer

  function report(
    db: WritableDatabase,
    at: string,
    operatorId: number,
    about: { pupil: Pupil; group: Group; happenedAt: string; follows: number | null },
    told: Told,
  ): number {
    const day = localDay(new Date(at))
    const { id } = write(
      db,
      `INSERT INTO incident
         (number, child_id, group_id, follows, kind, happened_at, day, what, measures, called, at, operator_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      nextNumber(db, 'SJ', Number(day.slice(0, 4))),
      about.pupil.id,
      about.group.id,
      about.follows,
      told.kind,
      about.happenedAt,
      localDay(new Date(about.happenedAt)),
      told.what,
      told.measures,
      JSON.stringify(told.called),
      at,
      operatorId,
    )
    audit(db, {
      at,
      operatorId,
      action: 'incident.report',
      subject: `incident:${id}`,
      changes: JSON.stringify({ kind: [null, told.kind], called: [null, told.called] }),
    })
    return id
  }

  /** The manager has read the incident and what was added to it. */
  function signOff(db: WritableDatabase, at: string, ids: readonly number[]): void {
    const operatorId = random.pick(writer.managers)
    const text = random.pick(signOffs)
    for (const id of ids) {
      write(
        db,
        'INSERT INTO incident_sign_off (incident_id, at, text, operator_id) VALUES (?, ?, ?, ?)',
        id,
        at,
        text,
        operatorId,
      )
      audit(db, { at, operatorId, action: 'incident.sign-off', subject: `incident:${id}` })
    }
  }

  return {
    planIncident(group: Group, pupil: Pupil, day: string): void {
      const minutes = 12 * 60 + random.int(25, 85)
      const happenedAt = instantOf(day, minutes * 60_000)
      const at = instantOf(day, (minutes + random.int(5, 15)) * 60_000 + random.int(0, 59_999))
      const told = incidents[random.weighted(incidentWeights)]!
      const about = { pupil, group, happenedAt, follows: null }
      schedule.plan({
        at,
        write: (db, when) => {
          const id = report(db, when, random.pick(group.teachers), about, told)
          if (!random.chance(0.2)) {
            schedule.then(when, random.int(1, 4), (file, then) => signOff(file, then, [id]))
            return
          }
          schedule.then(when, 1, (file, then) => {
            const addition = { ...told, what: random.pick(additions), measures: '', called: [] }
            const added = report(file, then, random.pick(group.teachers), { ...about, follows: id }, addition)
            schedule.then(then, random.int(1, 3), (later, last) => signOff(later, last, [id, added]))
          })
        },
      })
    },
  }
}
export type Incidents = ReturnType<typeof openIncidents>
