import { rows, transact, type Database } from '../../electron/database/open.ts'
import { indexPerson } from '../../electron/counters/people/search-index.ts'
import { tidy } from '../../electron/database/tidy.ts'
import { openCertificates } from './certificates.ts'
import { openCommunity } from './community.ts'
import { openEnquiries } from './enquiries.ts'
import { openNoon } from './noon.ts'
import { planOf, type Options } from './plan.ts'
import { openRandom, type Random } from './random.ts'
import { instantOf, momentOf, openSchedule, workingDays, type Happening } from './schedule.ts'
import { openVisits } from './visits.ts'
import { openVolunteers } from './volunteers.ts'
import { contentHash, countRows, openFolder } from './writer.ts'

export type Report = {
  folder: string
  /** SHA-256 over all rows: the same for the same options. */
  content: string
  rows: Record<string, number>
}

/** Days written in one transaction: few enough to fit in the cache, many enough not to wait for the disk. */
const daysAtOnce = 60

function writeSearchIndex(db: Database): void {
  const people = rows<{ id: number }>(db, 'SELECT id FROM person ORDER BY id')
  for (let first = 0; first < people.length; first += 10_000) {
    transact(db, (file) => people.slice(first, first + 10_000).forEach(({ id }) => indexPerson(file, id)))
  }
}

/**
 * Writes a whole data folder through the real schema: everything that the counters would have written in those
 * years, in order of time, with numbers, events, audit chain and search index. `onProgress` hears the share done.
 */
export function writeDataset(
  folder: string,
  root: string,
  options: Options,
  onProgress: (share: number) => void,
): Report {
  const plan = planOf(options)
  const random = openRandom(plan.seed)
  const writer = openFolder(folder, root, random, plan.startDay)
  const { db } = writer
  try {
    const community = openCommunity(writer, random)
    const schedule = openSchedule(random)
    const enquiries = openEnquiries({ writer, random, schedule, plan }, community)
    // Chance of its own: what changes at noon changes nothing at the counter.
    const noon = openNoon({ writer, random: openRandom(plan.seed + 1_000_003), schedule, plan }, community)
    // Needs said at doors are enquiries of their own chance too.
    const visitSource = { writer, random: openRandom(plan.seed + 2_000_003), schedule, plan }
    const needs = openEnquiries(visitSource, community)
    const visits = openVisits({ ...visitSource, enquiries: needs }, community)
    const volunteerSource = { writer, random: openRandom(plan.seed + 3_000_003), schedule, plan }
    const volunteers = openVolunteers(volunteerSource, community)
    const certificateSource = { writer, random: openRandom(plan.seed + 4_000_003) }
    const certificates = openCertificates(certificateSource)
    const days = workingDays(plan.startDay, plan.endDay)
    const perYear = 250
    // Shares of whole ones are carried from day to day, so that small scales come out right too.
    const owed = {
      enquiries: 0,
      visits: 0,
      doors: 0,
      arrivals: 0,
      births: 0,
      deaths: 0,
      volunteers: 0,
      certificates: 0,
    }
    const dueOf = (what: keyof typeof owed, yearly: number, chance: Random) => {
      owed[what] += (yearly / perYear) * (0.7 + chance.next() * 0.6)
      const whole = Math.floor(owed[what])
      owed[what] -= whole
      return whole
    }
    const due = (what: keyof typeof owed, yearly: number) => dueOf(what, yearly, random)
    const opening = instantOf(days[0]!, 8.3 * 3_600_000)
    for (const happening of community.settle(days[0]!, opening, Math.round(plan.people))) {
      schedule.plan(happening)
    }

    const newFamilies = (plan.newPeople * 0.88) / 2.75
    let month = days[0]!.slice(0, 7)
    /** Who comes on a day. Called when the days before it are written: people are born and leave. */
    const happeningsOf = (day: string): Happening[] => {
      const moment = () => instantOf(day, momentOf(random))
      const happenings = enquiries.dayOf(day, due('enquiries', plan.enquiries))
      happenings.push(...noon.dayOf(day))
      happenings.push(...visits.dayOf(day, dueOf('visits', plan.visits, visitSource.random)))
      const joining = dueOf('volunteers', plan.newVolunteers, volunteerSource.random)
      happenings.push(...volunteers.dayOf(day, joining))
      const certified = dueOf('certificates', plan.certificates, certificateSource.random)
      happenings.push(...certificates.dayOf(day, certified))
      if (day.slice(0, 7) !== month) happenings.push(enquiries.archive(day), visits.handOver(day))
      month = day.slice(0, 7)
      const many = (count: number, make: () => Happening[]) => {
        for (let left = count; left > 0; left -= 1) happenings.push(...make())
      }
      many(due('doors', plan.newHouseholds), () => [community.arrive(day, moment(), true)])
      many(due('arrivals', newFamilies - plan.newHouseholds), () => [
        community.moveOut(day, moment()),
        community.arrive(day, moment(), false),
      ])
      many(due('births', plan.newPeople * 0.12), () => [community.beBorn(day, moment())])
      many(due('deaths', plan.newPeople * 0.07), () => [community.die(day, moment())])
      return happenings
    }
    for (let first = 0; first < days.length; first += daysAtOnce) {
      const slice = days.slice(first, first + daysAtOnce)
      transact(db, (file) => slice.forEach((day) => schedule.writeDay(file, day, happeningsOf(day))))
      onProgress(Math.min(first + daysAtOnce, days.length) / days.length)
    }
    writeSearchIndex(db)
    // As the desk leaves it every evening.
    tidy(db)
    const tables = [
      'household',
      'person',
      'person_phone',
      'enquiry',
      'enquiry_event',
      'assignment',
      'rating',
      'child',
      'enrolment',
      'attendance',
      'incident',
      'visit_round',
      'visit',
      'visit_need',
      'visit_photo',
      'patrol',
      'volunteer',
      'activity',
      'service_record',
      'point_entry',
      'redemption',
      'certificate',
      'audit',
    ]
    const report = {
      folder,
      content: contentHash(db),
      rows: Object.fromEntries(tables.map((table) => [table, countRows(db, table)])),
    }
    db.pragma('wal_checkpoint(TRUNCATE)')
    return report
  } finally {
    db.close()
  }
}
