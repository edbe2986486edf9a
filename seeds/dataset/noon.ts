import { write, type WritableDatabase } from '../../electron/database/open.ts'
import { addDays } from '../../electron/workbench/calendar.ts'
import type { Community } from './community.ts'
import { openIncidents } from './noon-incidents.ts'
import { openNoons, times, type Group } from './noon-day.ts'
import { mayCome, openPupils, type Pupil } from './noon-pupils.ts'
import { termsBetween, type Term } from './noon-terms.ts'
import { leaveReasons, leftReasons, rooms } from './noon-words.ts'
import { noonShares, type Plan } from './plan.ts'
import type { Random } from './random.ts'
import { instantOf, type Happening, type Schedule } from './schedule.ts'
import type { Writer } from './writer.ts'

type Source = { writer: Writer; random: Random; schedule: Schedule; plan: Plan }
type Running = Term & { id: number; groups: Group[] }

/** Two members of staff receive up to thirty children (ratio 1:15). */
const perGroup = 25
const capacity = 30
const staffPerGroup = 2
/** Days before a term's first on which its groups are made. */
const ahead = 7

/** The noon class of the dataset: its terms, who comes and goes, and every noon of ten years. */
export function openNoon({ writer, random, schedule, plan }: Source, community: Community) {
  const { audit } = writer
  const pupils = openPupils(writer, random)
  const noons = openNoons(writer, random, schedule)
  const incidents = openIncidents(writer, random, schedule)
  const waiting = termsBetween(plan.startDay, plan.endDay)
  const known = new Map<number, Pupil>()
  const wanted = Math.round(plan.children)
  let running: Running | null = null

  function addTerm(db: WritableDatabase, at: string, term: Term): Running {
    const operatorId = random.pick(writer.managers)
    const { id } = write(
      db,
      'INSERT INTO term (name, first_day, last_day) VALUES (?, ?, ?)',
      term.name,
      term.firstDay,
      term.lastDay,
    )
    for (const { day, reason } of term.daysOff) {
      write(db, 'INSERT INTO term_day_off (term_id, day, reason) VALUES (?, ?, ?)', id, day, reason)
    }
    audit(db, {
      at,
      operatorId,
      action: 'noon.save-term',
      subject: `term:${id}`,
      changes: JSON.stringify({ firstDay: [null, term.firstDay], lastDay: [null, term.lastDay] }),
    })
    const groups = Array.from({ length: Math.ceil(wanted / perGroup) }, (_, nth): Group => {
      const made = write(
        db,
        `INSERT INTO class_group (term_id, name, room, programmes, capacity, arrive_by, leave_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        id,
        `第${nth + 1}组`,
        rooms[nth % rooms.length],
        JSON.stringify(nth % 2 === 0 ? ['午休', '学习', '青苗学堂'] : ['午休', '运动', '阳光课堂']),
        capacity,
        times.arriveBy,
        times.leaveBy,
      )
      const staff = [...writer.teachers, ...writer.clerks]
      const teachers = Array.from({ length: staffPerGroup }, (__, which) => {
        const teacher = staff[(nth * staffPerGroup + which) % staff.length]!
        write(db, 'INSERT INTO class_group_teacher (group_id, operator_id) VALUES (?, ?)', made.id, teacher)
        return teacher
      })
      audit(db, { at, operatorId, action: 'noon.save-group', subject: `class-group:${made.id}` })
      return { id: made.id, pupils: [], teachers }
    })
    // Crime records are checked yearly (未成年人保护法 62).
    for (const teacher of new Set(groups.flatMap(({ teachers }) => teachers))) {
      write(
        db,
        `INSERT INTO staff_check (operator_id, checked_day) VALUES (?, ?)
         ON CONFLICT (operator_id) DO UPDATE SET checked_day = excluded.checked_day`,
        teacher,
        at.slice(0, 10),
      )
    }
    return { ...term, id, groups }
  }

  /** Those who come again, and new ones for the places that are left. */
  function enrolAll(db: WritableDatabase, at: string, today: string, term: Running, before: Pupil[]): void {
    const fromDay = today > term.firstDay ? today : term.firstDay
    const clerk = random.pick(writer.clerks)
    const staying = before.filter(
      ({ resident }) =>
        community.residents.includes(resident) &&
        mayCome(resident, fromDay) &&
        random.chance(noonShares.comeAgain),
    )
    const taken = new Set(staying.map(({ resident }) => resident.id))
    const others = community.residents.filter(
      (resident) => !taken.has(resident.id) && mayCome(resident, fromDay),
    )
    const coming = [...staying]
    while (coming.length < wanted && others.length > 0) {
      const [resident] = others.splice(random.int(0, others.length - 1), 1)
      const pupil = known.get(resident!.id) ?? pupils.add(db, at, clerk, resident!)
      known.set(resident!.id, pupil)
      coming.push(pupil)
    }
    if (fromDay.slice(5, 7) === '09') {
      for (const pupil of staying) pupils.moveUp(db, at, clerk, pupil)
    }
    // The youngest together, then the older ones.
    coming.sort((one, other) => (one.resident.birth > other.resident.birth ? -1 : 1))
    coming.forEach((pupil, nth) => {
      const group = term.groups[Math.floor((nth * term.groups.length) / coming.length)]!
      pupils.enrol(db, at, clerk, pupil, { termId: term.id, groupId: group.id, fromDay })
      group.pupils.push(pupil)
    })
  }

  const everybody = (term: Running) =>
    term.groups.flatMap((group) => group.pupils.map((pupil) => ({ group, pupil })))

  /** Who leaves the class before the day begins, and who told that they do not come. */
  function morning(db: WritableDatabase, at: string, day: string, term: Running): void {
    for (const { group, pupil } of everybody(term)) {
      const gone = !pupil.resident.household.members.includes(pupil.resident)
      if (gone || random.chance(noonShares.leavesClass)) {
        const reason = gone ? '搬走了' : random.pick(leftReasons)
        pupils.withdraw(db, at, random.pick(writer.clerks), pupil, { termId: term.id, day, reason })
        group.pupils = group.pupils.filter((other) => other !== pupil)
      } else if (pupil.awayUntil < day && random.chance(noonShares.leave)) {
        const days = random.weighted([70, 15, 10, 5]) + 1
        const told = { day, days, reason: random.pick(leaveReasons) }
        schedule.plan({
          at: instantOf(day, 9 * 3_600_000 + random.int(0, 2 * 3_600_000)),
          write: (file, when) => pupils.leave(file, when, random.pick(group.teachers), pupil, told),
        })
        // Known from now on, though the call is written down when it comes.
        pupil.awayUntil = addDays(day, days - 1)
      }
    }
  }

  function schoolDay(db: WritableDatabase, at: string, day: string): void {
    const [next] = waiting
    if (next && addDays(day, ahead) >= next.firstDay && (!running || day > running.lastDay)) {
      const before = running ? everybody(running).map(({ pupil }) => pupil) : []
      running = addTerm(db, at, next)
      enrolAll(db, at, day, running, before)
      waiting.shift()
    }
    if (!running || day < running.firstDay || day > running.lastDay) return
    if (running.daysOff.some((off) => off.day === day)) return
    morning(db, at, day, running)
    const onPaper = random.chance(noonShares.paperDays)
    for (const group of running.groups) {
      noons.planNoon(group, day, onPaper)
      for (const pupil of group.pupils) {
        if (pupil.awayUntil >= day || !random.chance(noonShares.incidents)) continue
        incidents.planIncident(group, pupil, day)
      }
    }
  }

  return {
    /** What the class does on a working day; the rest of the day is planned when its morning is written. */
    dayOf(day: string): Happening[] {
      if (wanted === 0) return []
      return [{ at: instantOf(day, 8.6 * 3_600_000), write: (db, at) => schoolDay(db, at, day) }]
    },
  }
}
