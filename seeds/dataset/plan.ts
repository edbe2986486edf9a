import { addDays } from '../../electron/workbench/calendar.ts'

/** Raised whenever the same seed gives other content; the benches key their cache by it. */
export const generatorVersion = 7

/** The dataset's last day, so that it never depends on when it was made. */
export const endDay = '2026-11-23'

export type Options = {
  years: number
  seed?: number
  /** The stress column of domain 4 instead of the ten-year one. */
  stress?: boolean
  /** So many people and a few weeks of enquiries: for measuring search. */
  people?: number
  /** A share of everything, for tests. */
  scale?: number
}

export type Plan = {
  seed: number
  startDay: string
  endDay: string
  /** On the first day. */
  people: number
  /** Per year, after it. */
  newPeople: number
  newHouseholds: number
  enquiries: number
  /** Notes of progress and repeated asks per enquiry while it is open, and of those that were closed at once. */
  notes: { open: number; closed: number }
  /** In the noon class at once. */
  children: number
  /** Knocks at doors a year. */
  visits: number
  /** Property companies that are walked each working day. */
  companies: number
  /** Volunteers on the first day, and new ones a year. */
  volunteers: number
  newVolunteers: number
  /** Service records a year, of whatever kind. */
  serviceRecords: number
  /** Certificates a year, of whatever kind. */
  certificates: number
}

/**
 * How enquiries go. Dispatched ones are 10 to 20 % (domain 4); 84 % of those who rate are content, as in the one
 * county whose figures are known (domain 4); the rest is a guess at a well-kept desk.
 */
export const shares = {
  dispatched: 0.16,
  /** Of the dispatched ones. */
  whistles: 0.15,
  returned: 0.03,
  transferred: 0.03,
  extended: 0.04,
  waited: 0.06,
  late: 0.1,
  /** Of those about houses and streets: so often somebody sees that several have one cause. */
  groups: 0.003,
  /** Of matters with papers. */
  notices: 0.05,
  promises: 0.02,
  /** Of those answered. */
  rated: 0.3,
  /** 非常不满意 … 非常满意. */
  levels: [6, 10, 9, 26, 49],
  /** 解决了, 解释说明, 不予办理. */
  answerKinds: [80, 17, 3],
  /** Of the answers that the desk does not give on the spot: those that are called back. */
  calledBack: 0.25,
} as const

/** How noons go: a guess at a well-kept class (domain 4 knows its size only). */
export const noonShares = {
  leave: 0.025,
  absent: 0.015,
  /** Of the absent: alarms that nobody closed. */
  unexplained: 0.04,
  /** Of those who come: after the group's time. */
  late: 0.015,
  /** Of those who are collected: after the group's time. */
  collectedLate: 0.02,
  /** Of the days on which somebody is absent: so often the wrong tile was tapped, and taken back. */
  wrongTap: 0.1,
  /** Days that were kept on the printed roster and entered afterwards. */
  paperDays: 0.01,
  /** Per child and day. */
  incidents: 0.0006,
  /** Of children. */
  allergic: 0.08,
  forbidden: 0.03,
  leavesClass: 0.0008,
  /** Of those who may stay: they come again in the next term. */
  comeAgain: 0.9,
} as const

/** How visits go: a guess at a well-kept community (domain 4 knows their number and three photos each). */
export const visitShares = {
  /** Of knocks: 见面 无人 拒访 空置 搬离. */
  outcomes: [68, 25, 3, 2.5, 1.5],
  /** Of knocks at doors where nobody is registered. */
  atEmpty: [6, 4, 0, 90, 0],
  needs: 0.08,
  /** Of needs: those that the family wants taken up. */
  raised: 0.75,
  followUps: 0.06,
  /** Entered on a later day, crossed out afterwards, a second knock on the same day. */
  late: 0.06,
  voided: 0.004,
  again: 0.01,
  photos: 3,
  /** Of meetings: the registration form was gone through. */
  registered: 0.2,
  /** A month: a post goes over to somebody else. */
  newPost: 0.004,
  /** Per company and working day; a finding per line, of which some become enquiries. */
  patrolMissed: 0.03,
  finding: 0.02,
  findingRaised: 0.2,
} as const

/** How volunteers serve: a guess at a well-kept alliance (domain 4 knows how many they are and their records). */
export const volunteerShares = {
  secondTeam: 0.15,
  partyMembers: 0.12,
  /** Registered in the national system, volunteers and activities. */
  national: 0.8,
  mayPublish: 0.7,
  /** Of minors. */
  guardianConsent: 0.95,
  /** A month, beside those who moved away. */
  leaves: 0.004,
  /** Activities a month beside the seven of the 28th: service, training, party duty, another organisation's. */
  singles: 3,
  singleKinds: [68, 15, 8, 9],
  /** Of those who come: how many signed up. */
  signUps: 0.7,
  /** Full, late, left early, both, stayed longer. */
  times: [85, 7, 5, 1.5, 1.5],
  /** Those who stand on two sheets of one hour. */
  overlap: 0.08,
  rated: 0.15,
  /** Confirmed after the ten working days; taken back afterwards. */
  late: 0.03,
  reversed: 0.004,
  /** A month, of all who serve. */
  redeem: 0.05,
} as const

/** How certificates go: a guess at a well-kept desk (domain 4 knows their number). */
export const certificateShares = {
  records: 0.8,
  voided: 0.006,
  collected: 0.98,
} as const

const usualNotes = { open: 0.3, closed: 0.02 }

/**
 * The sizes of domain 4. Base 2,400 households and 7,000 people; after ten years 3,500 and 18,000 with those who
 * moved away, and 100,000 enquiries; stress 8,000, 40,000 and 300,000.
 */
export function planOf({ years, seed = 1, stress = false, people, scale = 1 }: Options): Plan {
  if (people !== undefined) {
    const startDay = addDays(endDay, -28)
    return {
      seed,
      startDay,
      endDay,
      people,
      newPeople: 0,
      newHouseholds: 0,
      enquiries: 10_000 * scale,
      notes: usualNotes,
      children: 0,
      visits: 0,
      companies: 0,
      volunteers: 0,
      newVolunteers: 0,
      serviceRecords: 0,
      certificates: 0,
    }
  }
  return {
    seed,
    startDay: addDays(endDay, -Math.round(years * 365.25)),
    endDay,
    people: 7000 * scale,
    newPeople: (stress ? 3300 : 1100) * scale,
    newHouseholds: (stress ? 560 : 110) * scale,
    enquiries: (stress ? 30_000 : 10_000) * scale,
    // Five steps an enquiry make 1.5 million of them in the stress test.
    notes: stress ? { open: 1.6, closed: 1.1 } : usualNotes,
    // 190 school days a year of both rows: 380,000 in ten years, 1.2 million in the stress test.
    children: (stress ? 354 : 112) * scale,
    // A year of 2,400 doors; 35,000 in ten years of more and more of them.
    visits: (stress ? 10_000 : years > 2 ? 3500 : 2400) * scale,
    companies: stress ? 4 : 3,
    // 600 and 4,000 a year; after ten years 2,500 and 40,000, in the stress test 10,000 and 200,000.
    volunteers: (stress ? 1000 : 600) * scale,
    newVolunteers: (stress ? 900 : 190) * scale,
    serviceRecords: (stress ? 20_000 : 4000) * scale,
    // 5,000 in ten years, 20,000 in the stress test.
    certificates: (stress ? 2000 : 500) * scale,
  }
}
