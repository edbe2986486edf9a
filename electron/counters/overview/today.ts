import { value, type Database } from '../../database/open.ts'
import { countPendingJobs } from '../documents/print-jobs.ts'
import { countOpen, listEnquiries } from '../enquiries/list.ts'

/** Five rows fill the card of 今日; the rest is one click away. */
const mostUrgent = 5

/** The numbers of 今日, each as cheap as its index. */
export function readToday(db: Database, today: string) {
  const { open, overdue, today: dueToday } = countOpen(db, today)
  const onDay = (text: string) => value<number>(db, text, today) ?? 0
  return {
    day: today,
    enquiries: {
      open,
      overdue,
      dueToday,
      acceptedToday: onDay('SELECT count(*) FROM enquiry WHERE accepted_day = ?'),
      closedToday: onDay('SELECT count(*) FROM enquiry WHERE closed_day = ?'),
      urgent: listEnquiries(db, { state: 'open', limit: mostUrgent }, today).rows,
    },
    papersToCheck: countPendingJobs(db),
  }
}
