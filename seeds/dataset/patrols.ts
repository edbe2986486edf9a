import { write, type WritableDatabase } from '../../electron/database/open.ts'
import type { Enquiries } from './enquiries.ts'
import { visitShares } from './plan.ts'
import type { Random } from './random.ts'
import { instantOf, type Happening } from './schedule.ts'
import { companyNames, findings, patrolItems } from './visit-words.ts'
import type { Visitors } from './visitors.ts'
import type { Writer } from './writer.ts'

type Source = { writer: Writer; random: Random; enquiries: Enquiries; visitors: Visitors; companies: number }

/** Property companies, each walked once a working day. */
export function openPatrols({ writer, random, enquiries, visitors, companies }: Source) {
  let ids: number[] | null = null

  function addCompanies(db: WritableDatabase, at: string, day: string): number[] {
    return companyNames.slice(0, companies).map((name) => {
      const { id } = write(db, 'INSERT INTO property_company (name, from_day) VALUES (?, ?)', name, day)
      writer.audit(db, {
        at,
        operatorId: random.pick(writer.managers),
        action: 'company.save',
        subject: `company:${id}`,
        changes: JSON.stringify({ name: 'changed', fromDay: [null, day] }),
      })
      return id
    })
  }

  function walk(db: WritableDatabase, at: string, day: string, companyId: number): void {
    const operatorId = random.pick(writer.clerks)
    const { id } = write(
      db,
      'INSERT INTO patrol (company_id, day, visitor_id, operator_id, entered_at) VALUES (?, ?, ?, ?, ?)',
      companyId,
      day,
      visitors.anybody(),
      operatorId,
      at,
    )
    patrolItems.forEach((item, position) => {
      const finding = random.chance(visitShares.finding) ? random.pick(findings) : ''
      const enquiryId =
        finding && random.chance(visitShares.findingRaised)
          ? enquiries.acceptNeed(db, at, {
              ...{ operatorId, asker: null, householdId: null, category: 'HW' },
              ...{ title: `${item}：日走访发现`, words: finding },
            })
          : null
      write(
        db,
        'INSERT INTO patrol_tick (patrol_id, position, item, fine, finding, enquiry_id) VALUES (?, ?, ?, ?, ?, ?)',
        id,
        position,
        item,
        finding ? 0 : 1,
        finding,
        enquiryId,
      )
    })
    writer.audit(db, {
      at,
      operatorId,
      action: 'patrol.save',
      subject: `patrol:${id}`,
      changes: JSON.stringify({ companyId: [null, companyId], day: [null, day] }),
    })
  }

  return {
    /** The walks of a working day, entered before the desk closes. */
    dayOf: (day: string): Happening[] => [
      {
        at: instantOf(day, 17 * 3_600_000 + random.int(0, 1_500_000)),
        write: (db, at) => {
          ids ??= addCompanies(db, at, day)
          for (const companyId of ids) {
            if (!random.chance(visitShares.patrolMissed)) walk(db, at, day, companyId)
          }
        },
      },
    ],
  }
}
