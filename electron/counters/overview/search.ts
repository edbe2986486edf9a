import type { Found } from '../../contract/overview.ts'
import type { Database } from '../../database/open.ts'
import type { Now } from '../enquiries/limits.ts'
import { findCertificates } from '../certificates/search.ts'
import { findEnquiries } from '../enquiries/search.ts'
import { findDoors } from '../people/door-search.ts'
import { namesAt } from '../people/households.ts'
import { readQuery } from '../people/query.ts'
import { findPeople, mostHits, residents } from '../people/search.ts'
import { findRounds } from '../visits/round-search.ts'
import { findActivities, findVolunteers } from '../volunteers/number-search.ts'
import type { Sees } from './roles.ts'

/**
 * The one box: people, households and enquiries for whatever was typed, best first, eight of a kind at the most.
 * Digits are asked of all of them at once: a tail of a phone or ID number, a door, an enquiry's number. `sees`: what else
 * the caller's role sees, found by its number.
 */
export function search(db: Database, typed: string, now: Now, sees: Sees = {}): Found {
  const query = readQuery(typed)
  if (query.text === '') {
    return {
      ...{ people: [], households: [], enquiries: [], rounds: [], volunteers: [], activities: [] },
      certificates: [],
    }
  }
  const doors = findDoors(db, query.text)
  const people = findPeople(db, query, now.today)
  if (people.length < mostHits && doors.exact.length > 0) {
    const known = new Set(people.map(({ person }) => person.id))
    people.push(...residents(db, doors.exact, known, now.today).slice(0, mostHits - people.length))
  }
  const doorIds = doors.hits.map(({ household }) => household.id)
  const names = namesAt(db, doorIds)
  const withOpen = people.filter(({ person }) => person.openEnquiries > 0).map(({ person }) => person.id)
  return {
    people,
    households: doors.hits.map(({ household, marks }) => ({
      household,
      members: names.get(household.id) ?? [],
      doorMarks: marks,
    })),
    enquiries: findEnquiries(db, query.text, withOpen, now),
    rounds: sees.visits ? findRounds(db, query.text) : [],
    volunteers: sees.volunteers ? findVolunteers(db, query.text, now.today) : [],
    activities: sees.volunteers ? findActivities(db, query.text, now.today) : [],
    // As it was typed: a code tells capitals apart.
    certificates: sees.certificates ? findCertificates(db, typed) : [],
  }
}
