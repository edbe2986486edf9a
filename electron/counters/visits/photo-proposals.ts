import type { WaitingPhoto } from '../../contract/visit-photos.ts'
import type { Outcome } from '../../contract/visit-rounds.ts'
import { rows, type Database } from '../../database/open.ts'
import { localDay, momentOf } from '../../workbench/calendar.ts'
import { doorText } from '../people/lines.ts'

export type Proposal = WaitingPhoto['proposals'][number]

type VisitRow = {
  visitId: number
  householdId: number
  estate: string
  building: string
  unit: string
  number: string
  time: string | null
  outcome: Outcome
}

/** More would be a list to read, not a proposal. */
const mostProposals = 3

const visitsOn = (db: Database, day: string): Omit<Proposal, 'minutes'>[] =>
  rows<VisitRow>(
    db,
    `SELECT v.id AS visitId, v.household_id AS householdId, h.estate, h.building, h.unit, h.number, v.time, v.outcome
     FROM visit v CROSS JOIN household h ON h.id = v.household_id WHERE v.voided = 0 AND v.day = ? ORDER BY v.id`,
    day,
  ).map(({ visitId, householdId, time, outcome, ...door }) => ({
    visitId,
    householdId,
    door: doorText(door),
    day,
    time,
    outcome,
  }))

/**
 * Proposes visits for photos: those of the photo's local day that stand, nearest in time first, then those without a time,
 * of which only the day fits. Each day is read once.
 */
export function openProposals(db: Database): (takenAt: string) => Proposal[] {
  const days = new Map<string, Omit<Proposal, 'minutes'>[]>()
  return (takenAt) => {
    const taken = new Date(takenAt)
    const day = localDay(taken)
    const visits = days.get(day) ?? visitsOn(db, day)
    days.set(day, visits)
    return visits
      .map((visit) => ({
        ...visit,
        minutes:
          visit.time === null
            ? null
            : Math.round(Math.abs(taken.getTime() - momentOf(day, visit.time)) / 60_000),
      }))
      .sort(
        (one, other) =>
          (one.minutes ?? Infinity) - (other.minutes ?? Infinity) || one.visitId - other.visitId,
      )
      .slice(0, mostProposals)
  }
}
