import { themes } from '../../electron/contract/visit-records.ts'
import { outcomes, type Outcome } from '../../electron/contract/visit-rounds.ts'
import { nextNumber } from '../../electron/workbench/numbering.ts'
import { value, write, type WritableDatabase } from '../../electron/database/open.ts'
import { addDays } from '../../electron/workbench/calendar.ts'
import type { Community, Home } from './community.ts'
import type { Enquiries } from './enquiries.ts'
import { openPatrols } from './patrols.ts'
import { visitShares, type Plan } from './plan.ts'
import type { Random } from './random.ts'
import { instantOf, type Happening, type Schedule } from './schedule.ts'
import { openPhotos, type Photographed } from './visit-photos.ts'
import { openVisitors } from './visitors.ts'
import {
  awayReasons,
  employers,
  needs,
  notes,
  others,
  said,
  themeWeights,
  voidReasons,
} from './visit-words.ts'
import type { Writer } from './writer.ts'

type Source = { writer: Writer; random: Random; schedule: Schedule; plan: Plan; enquiries: Enquiries }
/** A round on its day: a grid, its doors in the order of the legs, who goes. */
type Outing = { id: number; gridId: number; day: string; homes: Home[]; visitorIds: number[] }

type Knock = { round: Outing; home: Home; outcome: Outcome; time: number; by: number }

const hour = 3_600_000
const householdsPerGrid = 400
/** Those of the codes on papers, without look-alikes. */
const codeSigns = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
/** Doors of one outing, at the most. */
const perRound = 20
const clockWords = (milliseconds: number) => {
  const minutes = Math.floor(milliseconds / 60_000)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Visits of the dataset: posts, rounds through the grids, what was said and asked for, photos, patrols. */
export function openVisits({ writer, random, schedule, plan, enquiries }: Source, community: Community) {
  const { audit } = writer
  const visitors = openVisitors(writer, random)
  const takePhotos = openPhotos(writer, random)
  const patrols = openPatrols({ writer, random, enquiries, visitors, companies: plan.companies })
  /** Where the last round of a grid ended, by the grid's place. */
  const reached = new Map<number, number>()
  const away = new Map<Home, number>()
  const registered = new Set<Home>()
  let next = 0

  const code = () => Array.from({ length: 12 }, () => random.pick([...codeSigns])).join('')

  /** The next doors of a grid after those of its last round. */
  function doorsOf(grid: number, count: number): Home[] {
    const homes = community.homes.slice(grid * householdsPerGrid, (grid + 1) * householdsPerGrid)
    const from = reached.get(grid) ?? 0
    const many = Math.min(count, homes.length)
    reached.set(grid, (from + many) % homes.length)
    return Array.from({ length: many }, (_, nth) => homes[(from + nth) % homes.length]!)
  }

  function planRound(db: WritableDatabase, at: string, day: string, grid: number, count: number): Outing {
    const homes = doorsOf(grid, count)
    const gridId = value<number>(db, 'SELECT grid_id FROM household WHERE id = ?', homes[0]!.id)!
    const visitorIds = visitors.of(db, at, day, gridId)
    const operatorId = random.pick(writer.clerks)
    const { id } = write(
      db,
      'INSERT INTO visit_round (number, code, ticket, day, grid_id, operator_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      nextNumber(db, 'ZF', Number(day.slice(0, 4))),
      code(),
      random.uuid(),
      day,
      gridId,
      operatorId,
      at,
    )
    for (const visitorId of visitorIds) {
      write(db, 'INSERT INTO visit_round_visitor (round_id, visitor_id) VALUES (?, ?)', id, visitorId)
    }
    homes.forEach((home, position) => {
      write(
        db,
        'INSERT INTO visit_round_stop (round_id, position, household_id, because) VALUES (?, ?, ?, ?)',
        id,
        position + 1,
        home.id,
        '["long-ago"]',
      )
    })
    audit(db, {
      at,
      operatorId,
      action: 'visit.plan',
      subject: `round:${id}`,
      changes: JSON.stringify({ day: [null, day], gridId: [null, gridId], stops: [null, homes.length] }),
    })
    return { id, gridId, day, homes, visitorIds }
  }

  /** Nobody lives there any more, or somebody was met again. */
  function markAway(db: WritableDatabase, at: string, visitId: number, { round, home, outcome, by }: Knock) {
    const { day } = round
    const running = away.get(home)
    if (outcome === 'met' && running !== undefined) {
      write(db, 'UPDATE household_away SET until_day = ?, ended_by = ? WHERE id = ?', day, visitId, running)
      away.delete(home)
    }
    if ((outcome !== 'vacant' && outcome !== 'moved') || running !== undefined) return
    const { id } = write(
      db,
      `INSERT INTO household_away (household_id, kind, reason, from_day, visit_id, operator_id, at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      home.id,
      outcome,
      random.pick(awayReasons[outcome]),
      day,
      visitId,
      by,
      at,
    )
    away.set(home, id)
  }

  /** The registration form, gone through at the door. */
  function register(db: WritableDatabase, day: string, home: Home): void {
    registered.add(home)
    write(
      db,
      `INSERT INTO household_registration (household_id, kind, tenure, checked_day) VALUES (?, '家庭户', ?, ?)
       ON CONFLICT (household_id) DO UPDATE SET tenure = excluded.tenure, checked_day = excluded.checked_day`,
      home.id,
      random.pick(['自有', '自有', '租住', '公房']),
      day,
    )
    for (const member of home.members) {
      const grown = Number(day.slice(0, 4)) - Number(member.birth.slice(0, 4)) >= 20
      write(
        db,
        `INSERT INTO person_registration (person_id, ethnicity, marriage, education, political, workplace)
         VALUES (?, '汉族', ?, ?, '群众', ?) ON CONFLICT (person_id) DO NOTHING`,
        member.id,
        grown ? '已婚' : '未婚',
        grown ? random.pick(['初中', '高中/中专', '大专', '本科']) : '小学',
        grown ? random.pick(employers) : '',
      )
    }
  }

  function say(db: WritableDatabase, at: string, by: number, visitId: number, home: Home): void {
    const first = random.weighted(themeWeights)
    const second = random.weighted(themeWeights)
    for (const which of new Set(random.chance(0.5) ? [first, second] : [first])) {
      const theme = themes[which]!
      write(
        db,
        'INSERT INTO visit_theme (visit_id, theme, text) VALUES (?, ?, ?)',
        visitId,
        theme,
        random.pick(said[theme]),
      )
    }
    if (!random.chance(visitShares.needs)) return
    const { theme, text, title, category } = random.pick(needs)
    const asker = home.members[0] ?? null
    const enquiryId = random.chance(visitShares.raised)
      ? enquiries.acceptNeed(db, at, {
          operatorId: by,
          asker,
          householdId: home.id,
          category,
          title,
          words: text,
        })
      : null
    write(
      db,
      'INSERT INTO visit_need (visit_id, theme, text, enquiry_id) VALUES (?, ?, ?, ?)',
      visitId,
      theme,
      text,
      enquiryId,
    )
  }

  function enter(db: WritableDatabase, at: string, { round, home, outcome, time, by }: Knock): number {
    const { day, gridId, visitorIds } = round
    const met = outcome === 'met'
    const { id } = write(
      db,
      `INSERT INTO visit (ticket, household_id, grid_id, day, time, outcome, met_others, note, follow_up_day, round_id,
         operator_id, entered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      random.uuid(),
      home.id,
      gridId,
      day,
      random.chance(0.85) ? clockWords(time) : null,
      outcome,
      met ? random.pick(others) : '',
      random.pick(notes),
      random.chance(visitShares.followUps) ? addDays(day, random.int(7, 60)) : null,
      round.id,
      by,
      at,
    )
    for (const visitorId of random.chance(0.6) ? visitorIds : visitorIds.slice(0, 1)) {
      write(db, 'INSERT INTO visit_visitor (visit_id, visitor_id) VALUES (?, ?)', id, visitorId)
    }
    if (met) {
      for (const { id: personId } of home.members.slice(0, random.int(1, 2))) {
        write(db, 'INSERT INTO visit_met_person (visit_id, person_id) VALUES (?, ?)', id, personId)
      }
      say(db, at, by, id, home)
      if (!registered.has(home) && random.chance(visitShares.registered)) register(db, day, home)
    }
    markAway(db, at, id, { round, home, outcome, time, by })
    audit(db, {
      at,
      operatorId: by,
      action: 'visit.add',
      subject: `visit:${id}`,
      changes: JSON.stringify({ householdId: [null, home.id], day: [null, day], outcome: [null, outcome] }),
    })
    return id
  }

  function crossOut(db: WritableDatabase, at: string, by: number, id: number): void {
    write(db, 'UPDATE visit SET voided = 1, version = version + 1 WHERE id = ?', id)
    const reason = random.pick(voidReasons)
    write(
      db,
      'INSERT INTO visit_void (visit_id, at, reason, operator_id) VALUES (?, ?, ?, ?)',
      id,
      at,
      reason,
      by,
    )
    audit(db, { at, operatorId: by, action: 'visit.void', subject: `visit:${id}`, reason })
  }

  function outcomeAt(home: Home): Outcome {
    const weights = home.members.length > 0 ? visitShares.outcomes : visitShares.atEmpty
    return outcomes[random.weighted(weights)]!
  }

  /** What came back from the outing, typed in row by row; photos after it. */
  function enterRound(db: WritableDatabase, at: string, round: Outing): void {
    const by = random.pick(writer.clerks)
    const photographed: Photographed[] = []
    let time = 9 * hour + random.int(0, 2 * hour)
    for (const home of round.homes) {
      time = Math.min(time + random.int(3, 14) * 60_000, 16 * hour)
      const knock: Knock = { round, home, outcome: outcomeAt(home), time, by }
      const id = enter(db, at, knock)
      if (knock.outcome === 'nobody' && random.chance(visitShares.again)) {
        enter(db, at, { ...knock, outcome: 'met', time: 16 * hour })
      }
      if (random.chance(visitShares.voided)) crossOut(db, at, by, id)
      else photographed.push({ visitId: id, at: instantOf(round.day, time) })
    }
    takePhotos(db, at, by, photographed, visitShares.photos)
  }

  /** An outing of so many doors: planned in the morning, entered in the afternoon or on the next working day. */
  function outing(day: string, count: number): Happening {
    const grids = Math.max(1, Math.ceil(community.homes.length / householdsPerGrid))
    const grid = next % grids
    next += 1
    return {
      at: instantOf(day, 8.5 * hour + random.int(0, hour / 2)),
      write: (db, at) => {
        const round = planRound(db, at, day, grid, count)
        const enterIt = (file: WritableDatabase, when: string) => enterRound(file, when, round)
        if (random.chance(visitShares.late)) schedule.then(at, 1, enterIt)
        else schedule.plan({ at: instantOf(day, 16.2 * hour + random.int(0, hour)), write: enterIt })
      },
    }
  }

  return {
    /** The outings of a day, over so many doors, and the walks to the property companies. */
    dayOf(day: string, doors: number): Happening[] {
      const happenings = plan.companies > 0 ? patrols.dayOf(day) : []
      for (let left = doors; left > 0; left -= perRound)
        happenings.push(outing(day, Math.min(left, perRound)))
      return happenings
    },

    /** Once a month, first thing in the morning. */
    handOver: (day: string): Happening => ({
      at: instantOf(day, 8.45 * hour),
      write: (db, at) => visitors.handOver(db, at, day),
    }),
  }
}
