import type { Role } from '../../contract/access.ts'
import { readers as certificateReaders } from '../../contract/certificate-records.ts'
import { seeing } from '../../contract/visit-posts.ts'
import { readers } from '../../contract/volunteer-fields.ts'

/** What of the counters a caller's role sees; nothing where it is not said. */
export type Sees = { visits?: boolean; volunteers?: boolean; certificates?: boolean }

/** Visits are the desk's business; who has none there finds nothing of them in search, history and 今日. */
export const seesVisits = (role: Role): boolean => (seeing as readonly Role[]).includes(role)

/** Volunteers are the desk's business as well. */
export const seesVolunteers = (role: Role): boolean => (readers as readonly Role[]).includes(role)

/** So are certificates. */
export const seesCertificates = (role: Role): boolean =>
  (certificateReaders as readonly Role[]).includes(role)

export const seenBy = (role: Role): Sees => ({
  visits: seesVisits(role),
  volunteers: seesVolunteers(role),
  certificates: seesCertificates(role),
})
