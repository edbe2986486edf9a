import type { EnquiryOrigin } from '../../contract/visit-records.ts'
import { row, type Database } from '../../database/open.ts'

/** At which door or on which patrol an enquiry was heard or found; null when it came another way. */
export function originOfEnquiry(db: Database, enquiryId: number): EnquiryOrigin | null {
  const visit = row<{ householdId: number; day: string }>(
    db,
    `SELECT v.household_id AS householdId, v.day
     FROM visit_need AS n CROSS JOIN visit AS v ON v.id = n.visit_id WHERE n.enquiry_id = ?`,
    enquiryId,
  )
  if (visit) return { what: 'visit', ...visit }
  const patrol = row<{ companyId: number; company: string; day: string }>(
    db,
    `SELECT p.company_id AS companyId, c.name AS company, p.day
     FROM patrol_tick AS t CROSS JOIN patrol AS p ON p.id = t.patrol_id
     CROSS JOIN property_company AS c ON c.id = p.company_id WHERE t.enquiry_id = ?`,
    enquiryId,
  )
  return patrol ? { what: 'patrol', ...patrol } : null
}
