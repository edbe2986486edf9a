import {
  colours,
  serviceDayOfMonth,
  serviceMonth,
  type Colour,
} from '../../electron/contract/volunteer-fields.ts'
import { value, write, type WritableDatabase } from '../../electron/database/open.ts'
import { addDays } from '../../electron/workbench/calendar.ts'
import type { Community } from './community.ts'
import type { Plan } from './plan.ts'
import { volunteerShares } from './plan.ts'
import type { Random } from './random.ts'
import { instantOf, momentOf, type Happening, type Schedule } from './schedule.ts'
import { openVolunteerPeople } from './volunteer-people.ts'
import { openVolunteerPoints } from './volunteer-points.ts'
import { openService, type ActivityPlan } from './volunteer-service.ts'
import { elsewhere, partyDuties, singles, teamWork, trainings } from './volunteer-words.ts'
import type { Writer } from './writer.ts'

type Source = { writer: Writer; random: Random; schedule: Schedule; plan: Plan }

const organiser = '七彩志愿联盟'
/** Seven teams on twelve 28ths, and as many others as `volunteerShares.singles` a month, twice in the month of volunteers. */
const activitiesPerYear = 7 * 12 + volunteerShares.singles * 13

/** Volunteers of the dataset: seven teams, the monthly 28th, roll-calls that a second person confirms, points, pioneers. */
export function openVolunteers({ writer, random, schedule, plan }: Source, community: Community) {
  const people = openVolunteerPeople(writer, random, community)
  const service = openService({ writer, random, schedule, people })
  const points = openVolunteerPoints(writer, random, people)
  const usualSize = plan.serviceRecords / activitiesPerYear
  const size = () => Math.max(2, Math.round(usualSize * (0.6 + 0.8 * random.next())))
  const teamOf = (db: WritableDatabase, colour: Colour) =>
    value<number>(db, 'SELECT id FROM team WHERE colour = ? ORDER BY id LIMIT 1', colour)!

  function audit(
    db: WritableDatabase,
    at: string,
    operatorId: number,
    action: string,
    subject: string,
  ): void {
    writer.audit(db, { at, operatorId, action, subject })
  }

  /** Every 28th of the year from a month on, of each team. */
  function arrangeYear(db: WritableDatabase, at: string, day: string): void {
    const year = day.slice(0, 4)
    const months = Array.from({ length: 12 }, (_, nth) => `${year}-${String(nth + 1).padStart(2, '0')}`)
    const rest = months.filter((month) => `${month}-28` > day)
    if (rest.length === 0) return
    for (const colour of colours) {
      const operatorId = random.pick(writer.clerks)
      const { name, place, content } = teamWork[colour]
      const { id: seriesId } = write(
        db,
        `INSERT INTO activity_series (name, day_of_month, from_month, to_month, operator_id, created_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
        `${year}年${name}`,
        serviceDayOfMonth,
        rest[0],
        rest.at(-1),
        operatorId,
        at,
      )
      const starts = random.pick(['08:30', '09:00'])
      const ends = random.pick(['10:30', '11:00', '11:30'])
      const fixed = { name, place, content, organiser, starts, ends, colour, seriesId }
      const wanted = { ...fixed, kind: 'service', own: true, teamId: teamOf(db, colour) } as const
      for (const month of rest) {
        service.arrange(db, at, operatorId, { ...wanted, day: `${month}-28`, size: size() })
      }
      audit(db, at, operatorId, 'volunteer.create-series', `activity-series:${seriesId}`)
    }
  }

  /** One beside the 28ths: mostly service, sometimes training, a party duty, or another organisation's. */
  function single(db: WritableDatabase, day: string): ActivityPlan {
    const which = random.weighted(volunteerShares.singleKinds)
    const common = { day, teamId: null, seriesId: null, organiser }
    if (which === 1) {
      const times = { starts: '14:00', ends: '16:00', colour: null, size: size() }
      return { ...common, ...random.pick(trainings), ...times, kind: 'training', own: true }
    }
    if (which === 2) {
      const times = { starts: '09:00', ends: '11:00', colour: null, size: Math.ceil(size() / 3) }
      return { ...common, ...random.pick(partyDuties), ...times, kind: 'party-duty', own: true }
    }
    if (which === 3) {
      const times = { starts: '09:00', ends: '12:00', colour: null, size: Math.ceil(size() / 3) }
      return { ...common, ...random.pick(elsewhere), ...times, kind: 'service', own: false }
    }
    const colour = random.pick(colours)
    const [starts, ends] = random.chance(0.05)
      ? ['08:00', '17:30']
      : ['14:00', random.pick(['16:00', '16:30', '17:00'])]
    const times = { starts: starts, ends: ends, colour, teamId: teamOf(db, colour), size: size() }
    return { ...common, ...random.pick(singles), ...times, kind: 'service', own: true }
  }

  let year = ''
  let month = ''

  return {
    /** What happens on a working day; `joins` register on it. */
    dayOf(day: string, joins: number): Happening[] {
      if (plan.volunteers === 0) return []
      const happenings: Happening[] = []
      const first = year === ''
      const morning = (minutes: number) => instantOf(day, 10 * 3_600_000 + minutes * 60_000)
      if (first) {
        happenings.push({ at: morning(0), write: (db, at) => points.setUp(db, at, day) })
        const many = Math.round(plan.volunteers)
        happenings.push({
          at: morning(1),
          write: (db, at) => {
            for (let nth = 0; nth < many; nth += 1) people.register(db, at, day)
          },
        })
      }
      for (let nth = 0; nth < joins; nth += 1) {
        happenings.push({
          at: instantOf(day, momentOf(random)),
          write: (db, at) => people.register(db, at, day),
        })
      }
      if (day.slice(0, 4) !== year) {
        if (!first) points.pioneersOf(day).forEach(schedule.plan)
        happenings.push({ at: morning(2), write: (db, at) => arrangeYear(db, at, day) })
        year = day.slice(0, 4)
      }
      if (day.slice(0, 7) !== month) {
        month = day.slice(0, 7)
        service.forget(addDays(day, -60))
        if (!first) {
          happenings.push({ at: morning(3), write: (db, at) => people.leave(db, at, day) })
          happenings.push({ at: instantOf(day, 15 * 3_600_000), write: (db, at) => points.redeemAll(db, at) })
        }
        const count = volunteerShares.singles * (Number(month.slice(5)) === serviceMonth ? 2 : 1)
        happenings.push({
          at: morning(4),
          write: (db, at) => {
            for (let nth = 0; nth < count; nth += 1) {
              const operatorId = random.pick(writer.clerks)
              const wanted = single(db, addDays(day, random.int(1, 24)))
              const id = service.arrange(db, at, operatorId, wanted)
              audit(db, at, operatorId, 'volunteer.add-activity', `activity:${id}`)
            }
          },
        })
      }
      return happenings
    },
  }
}
