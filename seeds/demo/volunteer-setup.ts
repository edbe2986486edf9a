import { colours, consentPurposes, type Colour } from '../../electron/contract/volunteer-fields.ts'
import { recordConsent } from '../../electron/counters/people/consents.ts'
import { moveStock, saveGift } from '../../electron/counters/volunteers/gifts.ts'
import { addPointRule } from '../../electron/counters/volunteers/point-rules.ts'
import { changeVolunteerRules, readVolunteerRules } from '../../electron/counters/volunteers/rules.ts'
import { listTeams, saveTeam } from '../../electron/counters/volunteers/teams.ts'
import { registerVolunteer } from '../../electron/counters/volunteers/volunteers.ts'
import { rows } from '../../electron/database/open.ts'
import { addDays, ageOn } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import type { Random } from '../dataset/random.ts'
import { gifts, serviceKinds, skills } from './volunteer-words.ts'

/** Somebody of the demo who serves. */
export type DemoVolunteer = {
  id: number
  personId: number
  name: string
  joinedDay: string
  mayServe: boolean
}
export type Alliance = {
  /** In the order of their numbers; the first ones come most often. */
  volunteers: DemoVolunteer[]
  teams: Map<Colour, number>
  gifts: Map<string, number>
}

type Source = {
  clerk: Context
  manager: Context
  random: Random
  today: string
  /** The first day of the year whose list is final. */
  firstDay: string
}
type Candidate = { id: number; name: string; birth: string }

const mostVolunteers = 42
/** A tenth of the usual hours: a demo has few 28ths behind it, and stars all the same. */
const starHours = [10, 30, 60, 100, 150]

/** Who may serve: every third of those who live here, and whoever has a birthday today. */
function candidatesOf({ clerk, today }: Source): Candidate[] {
  const all = rows<Candidate>(
    clerk.desk.db,
    `SELECT id, name, birth FROM person
     WHERE departure IS NULL AND merged_into IS NULL AND birth IS NOT NULL AND name <> '刘桂英' ORDER BY id`,
  )
  const grown = all.filter(({ birth }) => ageOn(birth, today) >= 22 && ageOn(birth, today) <= 76)
  const minors = all.filter(({ birth }) => ageOn(birth, today) >= 14 && ageOn(birth, today) < 17)
  const born = grown.filter(({ birth }) => birth.slice(5) === today.slice(5))
  const every = grown.filter((_, nth) => nth % 3 === 0)
  return [...new Set([...born, ...every])].slice(0, mostVolunteers).concat(minors.slice(0, 2))
}

/** Registers one on the day of the desk, joined when the paper says so. */
function register(source: Source, nth: number, { id: personId, name, birth }: Candidate): DemoVolunteer {
  const { clerk, random, today, firstDay } = source
  const isMinor = ageOn(birth, today) < 18
  // A leap day was one four years ago.
  const anniversary = `${Number(today.slice(0, 4)) - (today.endsWith('02-29') ? 4 : 3)}${today.slice(4)}`
  const joinedDay =
    nth === 1
      ? anniversary
      : addDays(firstDay, nth % 5 === 4 || isMinor ? random.int(60, 300) : -random.int(20, 700))
  const teams = listTeams(clerk)
  const own = [teams[nth % 7]!.id]
  if (nth % 6 === 0) own.push(teams[(nth + 3) % 7]!.id)
  const inNational = nth % 4 !== 3
  const { id } = registerVolunteer(clerk, {
    ...{ personId, joinedDay, teamIds: own, note: '', partyMember: !isMinor && nth % 7 === 2 },
    ...{
      nationalNumber: inNational ? `43000${10_000 + nth * 37}` : '',
      nationalDay: inNational ? joinedDay : null,
    },
    ...{ skills: nth % 2 === 0 ? [random.pick(skills)] : [], serviceKinds: [random.pick(serviceKinds)] },
  })
  const consent = (purpose: string, givenBy: string) =>
    recordConsent(clerk, {
      personId,
      purpose,
      givenBy,
      givenDay: joinedDay,
      wording: `${purpose}告知书 第1版`,
    })
  if (nth % 3 !== 2) consent(consentPurposes.publish, name)
  // Of the two minors the second one's guardian has not signed yet.
  const mayServe = !isMinor || nth % 2 === 0
  if (isMinor && mayServe) consent(consentPurposes.guardian, '监护人')
  return { id, personId, name, joinedDay, mayServe }
}

/** Rules, seven teams with their leaders, volunteers out of the paper book, gifts in the cupboard. */
export function setUpAlliance(source: Source): Alliance {
  const { clerk, manager, firstDay } = source
  const { db } = clerk.desk
  changeVolunteerRules(manager, { ...readVolunteerRules(db), starHours })
  addPointRule(manager, { kind: 'service', perHour: 2, perAttendance: 0, fromDay: firstDay, toDay: null })
  addPointRule(manager, { kind: 'training', perHour: 0, perAttendance: 1, fromDay: firstDay, toDay: null })
  const volunteers = candidatesOf(source).map((person, nth) => register(source, nth, person))
  const teams = new Map<Colour, number>()
  for (const [nth, { id, version, colour, name }] of listTeams(clerk).entries()) {
    if (nth >= colours.length) break
    teams.set(colour, id)
    saveTeam(manager, { id, version, colour, name, leaderId: volunteers[nth]!.id, active: true })
  }
  const made = gifts.map(({ name, points, stock, description }) => {
    const gift = saveGift(manager, {
      ...{ id: null, version: null, photoId: null, active: true },
      name,
      points,
      description,
    })
    moveStock(manager, { giftId: gift.id, cause: 'delivery', amount: stock, reason: '' })
    return [name, gift.id] as const
  })
  return { volunteers, teams, gifts: new Map(made) }
}
