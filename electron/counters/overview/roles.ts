import type { Role } from '../../contract/access.ts'
import { seeing } from '../../contract/visit-posts.ts'

/** Visits are the desk's business; who has none there finds nothing of them in search, history and 今日. */
export const seesVisits = (role: Role): boolean => (seeing as readonly Role[]).includes(role)
