import type { Role } from '../../contract/access.ts'
import { value, type Database } from '../../database/open.ts'
import { countCertificates } from '../certificates/today.ts'
import { seenSql } from '../documents/access.ts'
import { countPendingJobs } from '../documents/print-jobs.ts'
import type { Now } from '../enquiries/limits.ts'
import { countOpen, listEnquiries } from '../enquiries/list.ts'
import { promisesDue, remindersDue } from '../enquiries/supervision.ts'
import { countNoon } from '../noon-class/board.ts'
import { countVisits } from '../visits/today.ts'
import { seesCertificates, seesVisits } from './roles.ts'

/** Five rows fill the card of 今日; the rest is one click away. */
const mostUrgent = 5

/** The numbers of 今日, each as cheap as its index. `own`: the groups whose children the caller may see, null for all. */
export function readToday(db: Database, now: Now, role: Role, own: ReadonlySet<number> | null) {
  const { today } = now
  const { open, overdue, today: dueToday, followUp, waiting } = countOpen(db, now)
  const onDay = (text: string) => value<number>(db, text, today) ?? 0
  return {
    day: today,
    enquiries: {
      open,
      overdue,
      dueToday,
      acceptedToday: onDay('SELECT count(*) FROM enquiry WHERE accepted_day = ?'),
      closedToday: onDay('SELECT count(*) FROM enquiry WHERE closed_day = ?'),
      followUp,
      waiting,
      remind: remindersDue(db, now),
      promises: promisesDue(db, now),
      urgent: listEnquiries(db, { state: 'open', limit: mostUrgent }, now, role).rows,
    },
    noon: countNoon(db, today, new Date(now.at), own),
    visits: seesVisits(role) ? countVisits(db, today) : null,
    certificates: seesCertificates(role) ? countCertificates(db) : null,
    papersToCheck: countPendingJobs(db, seenSql(role)),
  }
}
