import type { DoorToVisit } from '../../../electron/contract/visit-rounds.ts'
import { dayWords } from '../../components/formats.ts'
import { becauseWords, dueWords, type Because } from './words.ts'

/** How many doors one takes along; the seed's month is 25 families. */
export const amounts = [10, 25, 40, 60] as const

/** What is chosen on the page of planning; kept as a draft. */
export type PlanTyped = {
  visitorIds: number[]
  day: string | null
  gridId: number | null
  only: Because | ''
  keyGroup: string
  building: string
  limit: number
  /** Doors of the suggestion that are left at home. */
  left: number[]
  /** One per round, made when it is first handed in: the same handed in twice is one round. */
  ticket: string
  /** What the ticket was made for: another choice is another round. */
  ticketFor: string
}

export const emptyPlan = (): PlanTyped => ({
  visitorIds: [],
  day: null,
  gridId: null,
  only: '',
  keyGroup: '',
  building: '',
  limit: 25,
  left: [],
  ticket: '',
  ticketFor: '',
})

/** What is asked of the desk: choices left empty ask for nothing. */
export function asked({ gridId, only, keyGroup, building, limit }: PlanTyped) {
  return {
    gridId,
    limit,
    ...(only ? { only } : {}),
    ...(keyGroup ? { keyGroup } : {}),
    ...(building && gridId !== null ? { building } : {}),
  }
}

/** The suggestion in legs: doors of one building after one another, in the order they came. */
export function byBuilding<Door extends Pick<DoorToVisit, 'building'>>(
  doors: readonly Door[],
): { building: string; doors: Door[] }[] {
  const legs = new Map<string, Door[]>()
  for (const door of doors) {
    const leg = legs.get(door.building)
    if (leg) leg.push(door)
    else legs.set(door.building, [door])
  }
  return [...legs].map(([building, leg]) => ({ building, doors: leg }))
}

/** The doors that go along, in the order of the legs. */
export const taken = (doors: readonly DoorToVisit[], left: readonly number[]): DoorToVisit[] =>
  byBuilding(doors)
    .flatMap((leg) => leg.doors)
    .filter(({ householdId }) => !left.includes(householdId))

/** Takes a door along, or leaves it; a whole building at once when it is given all of its doors. */
export function toggled(left: readonly number[], ids: readonly number[]): number[] {
  const goes = ids.some((id) => !left.includes(id))
  return goes ? [...new Set([...left, ...ids])] : left.filter((id) => !ids.includes(id))
}

/** A reason as it stands on a door: with how long it is over, when it was agreed, how many are open. */
export function reasonWords(
  because: Because,
  door: Pick<DoorToVisit, 'dueDay' | 'followUpDay' | 'openNeeds' | 'lastMetDay'>,
  now: Date = new Date(),
): string {
  const name = becauseWords[because]
  // Never met has no interval that could be over.
  if (because === 'key-group') return door.lastMetDay ? `重点 ${dueWords(door.dueDay, now)}` : name
  if (because === 'follow-up' && door.followUpDay) return `约好${dayWords(door.followUpDay, now)}再来`
  if (because === 'open-need') return `${name} ${door.openNeeds}`
  return name
}
