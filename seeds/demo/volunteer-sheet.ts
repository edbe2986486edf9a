import type { Activity } from '../../electron/contract/volunteer-activities.ts'
import type { RollCallLine } from '../../electron/contract/volunteer-records.ts'
import { saveActivity } from '../../electron/counters/volunteers/activities.ts'
import { checkRollCall } from '../../electron/counters/volunteers/check-roll-call.ts'
import { confirmRecords } from '../../electron/counters/volunteers/confirm.ts'
import { saveRollCall } from '../../electron/counters/volunteers/roll-call.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import type { Random } from '../dataset/random.ts'
import type { DemoVolunteer } from './volunteer-setup.ts'
import { organiser } from './volunteer-words.ts'

type Wanted = Pick<Activity, 'name' | 'day' | 'starts' | 'ends' | 'place' | 'content'> &
  Partial<Pick<Activity, 'kind' | 'own' | 'organiser' | 'colour' | 'capacity'>> & { teamId?: number | null }

/** An activity of its own, not of a series. Returns its id. */
export function addOne(clerk: Context, random: Random, wanted: Wanted): number {
  return saveActivity(clerk, {
    ...{ id: null, version: null, ticket: random.uuid(), kind: 'service', own: true, organiser },
    ...{ inCharge: '演示队长', capacity: null, colour: null, teamId: null },
    ...wanted,
  }).id
}

const clockOf = (time: string, minutes: number) => {
  const all = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes
  return `${String(Math.floor(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`
}

/** How somebody came: mostly from beginning to end, some late, some early, and a word for each of these. */
export function comeAndGo(
  random: Random,
  { starts, ends }: Pick<Activity, 'starts' | 'ends'>,
  volunteerId: number,
): RollCallLine {
  const way = random.weighted([85, 9, 6])
  const full = {
    volunteerId,
    arrived: starts,
    left: ends,
    minutes: null,
    breakMinutes: 0,
    reason: '',
    rating: null,
  }
  const rating = random.chance(0.3) ? random.int(4, 5) : null
  if (way === 1)
    return { ...full, rating, arrived: clockOf(starts, random.int(10, 30)), reason: '送孩子上学' }
  if (way === 2) return { ...full, rating, left: clockOf(ends, -random.int(10, 30)), reason: '家里有事' }
  return { ...full, rating }
}

/** Enters a sheet as the leader handed it in; what the desk flags gets its reason. */
export function enterSheet(clerk: Context, random: Random, activityId: number, lines: RollCallLine[]): void {
  const checked = checkRollCall(clerk, { activityId, lines }).lines
  const explained = lines.map((line, nth) => ({
    ...line,
    reason: line.reason || (checked[nth]!.needsReason ? '时间和队长核对过' : ''),
  }))
  saveRollCall(clerk, { ticket: random.uuid(), activityId, lines: explained })
}

/** The second person looks at it. */
export const confirmAll = (manager: Context, activityId: number) =>
  confirmRecords(manager, { activityId, recordIds: null })

/** Who come to an activity: whoever may serve and had joined by then, the first ones more often. */
export function choose(
  random: Random,
  volunteers: readonly DemoVolunteer[],
  { day, count }: { day: string; count: number },
): DemoVolunteer[] {
  const able = volunteers.filter(({ joinedDay, mayServe }) => mayServe && joinedDay <= day)
  const found = new Set<DemoVolunteer>()
  for (let tries = count * 8; tries > 0 && found.size < Math.min(count, able.length); tries -= 1) {
    found.add(able[Math.floor(able.length * random.next() ** 1.5)]!)
  }
  return [...found]
}
