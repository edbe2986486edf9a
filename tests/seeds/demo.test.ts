import { describe, expect, it } from 'vitest'
import { readIdNumber } from '../../electron/contract/id-number.ts'
import { enquiryStates } from '../../electron/contract/enquiries.ts'
import { nowOf } from '../../electron/counters/enquiries/limits.ts'
import { countOpen, listEnquiries } from '../../electron/counters/enquiries/list.ts'
import { readSupervision } from '../../electron/counters/enquiries/supervision.ts'
import { pinFits } from '../../electron/counters/session/pins.ts'
import { pinSecret } from '../../electron/counters/session/operators.ts'
import { verifyAudit } from '../../electron/database/audit.ts'
import { rows, value } from '../../electron/database/open.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import { demoOperators, demoPin, loadDemo } from '../../seeds/demo/load.ts'
import { openTestDesk } from '../fixture.ts'

const demoDesk = (start?: string) => {
  const test = openTestDesk(start === undefined ? {} : { start })
  loadDemo(test.context('manager'))
  return test
}

describe('the demo community', () => {
  it('has about eighty doors, 230 people and sixty enquiries in every state', () => {
    const { db } = demoDesk()
    const count = (text: string) => value<number>(db, `SELECT count(*) FROM ${text}`)!
    expect(count('household')).toBeGreaterThanOrEqual(75)
    expect(count('person')).toBeGreaterThanOrEqual(210)
    expect(count('person')).toBeLessThanOrEqual(260)
    expect(count('enquiry')).toBeGreaterThanOrEqual(55)
    for (const state of enquiryStates) {
      expect(count(`enquiry WHERE state = '${state}'`), state).toBeGreaterThan(0)
    }
    const shown =
      'accept note ask close withdraw reopen refer notice promise wait extend dispatch arrive report'
    for (const step of `${shown} return transfer remind answer call follow-up link archive`.split(' ')) {
      expect(count(`enquiry_event WHERE step = '${step}'`), step).toBeGreaterThan(0)
    }
    expect(count('person WHERE merged_into IS NOT NULL')).toBe(1)
    expect(count("person WHERE departure = 'dead'")).toBe(1)
    expect(count("person WHERE departure = 'moved'")).toBe(2)
    expect(count('person WHERE registered_elsewhere = 1')).toBeGreaterThan(10)
    expect(count("person WHERE name = '张伟'")).toBe(2)
    expect(count('person_key_group')).toBeGreaterThan(12)
    expect(count('consent')).toBeGreaterThan(5)
  })

  it.each([
    '2026-11-23T01:41:00.000Z',
    '2026-10-03T10:00:00.000Z',
    '2026-02-23T00:05:00.000Z',
    '2027-01-05T16:30:00.000Z',
  ])('shows overdue ones and nothing of tomorrow on %s', (start) => {
    const { db, desk, clock } = demoDesk(start)
    const today = localDay(clock())
    const { overdue } = countOpen(db, nowOf(desk))
    expect(overdue).toBeGreaterThanOrEqual(3)
    expect(value(db, 'SELECT max(at) FROM audit')! <= clock().toISOString()).toBe(true)
    expect(value(db, 'SELECT count(*) FROM enquiry WHERE accepted_day = ?', today)).toBe(5)
  })

  it.each(['2026-11-23T01:41:00.000Z', '2026-10-03T10:00:00.000Z', '2027-01-05T16:30:00.000Z'])(
    'fills every list of the counter and of the manager on %s',
    (start) => {
      const { db, desk } = demoDesk(start)
      const now = nowOf(desk)
      const rowsOf = (filter: Partial<Parameters<typeof listEnquiries>[1]>) =>
        listEnquiries(db, { state: 'open', limit: 100, ...filter }, now, 'manager').rows.length
      for (const urgency of ['overdue', 'soon', 'waiting', 'remind', 'arrival'] as const) {
        expect(rowsOf({ urgency }), urgency).toBeGreaterThan(0)
      }
      expect(rowsOf({ promiseDue: true })).toBe(1)
      expect(rowsOf({ state: 'answered' })).toBe(3)

      const day = now.today
      const {
        now: present,
        lateBy,
        rated,
        levels,
        followUps,
      } = readSupervision(db, { from: addDays(day, -90), to: day }, now)
      expect(present).toMatchObject({ followUp: 3, waiting: 2, promises: 1 })
      for (const why of ['at-desk', 'not-arrived', 'at-department', 'no-follow-up'] as const) {
        expect(
          lateBy.some((late) => late.why === why),
          why,
        ).toBe(true)
      }
      // Enough ratings that their total is shown.
      expect(rated).toBeGreaterThanOrEqual(5)
      expect(levels).not.toBeNull()
      expect(followUps).toMatchObject({ content: 1, discontent: 1 })
    },
  )

  it('has a whistle of four departments, of which one has not come, and one leak in four households', () => {
    const { db } = demoDesk()
    const whistle = rows<{ part: string; state: string }>(
      db,
      `SELECT part, state FROM assignment WHERE enquiry_id =
         (SELECT enquiry_id FROM assignment GROUP BY event_id HAVING count(*) > 3) ORDER BY id`,
    )
    expect(whistle).toEqual([
      { part: 'lead', state: 'arrived' },
      { part: 'assist', state: 'sent' },
      { part: 'assist', state: 'arrived' },
      { part: 'assist', state: 'answered' },
    ])
    expect(
      rows(
        db,
        'SELECT g.title, count(DISTINCT household_id) AS doors FROM enquiry JOIN enquiry_group g ON g.id = group_id',
      ),
    ).toEqual([{ title: '北苑4栋1单元漏水', doors: 4 }])
    const asked =
      "SELECT max(times) FROM (SELECT count(*) AS times FROM enquiry_event WHERE step = 'ask' GROUP BY enquiry_id)"
    expect(value(db, asked)).toBe(2)
  })

  it('has three due today and one household with several open on a working Monday', () => {
    const { db, desk } = demoDesk()
    expect(countOpen(db, nowOf(desk)).today).toBe(3)
    expect(
      value(
        db,
        "SELECT max(waiting) FROM (SELECT count(*) AS waiting FROM enquiry WHERE state = 'accepted' GROUP BY household_id)",
      ),
    ).toBeGreaterThanOrEqual(3)
  })

  it('leaves a sound audit chain, numbers without a gap and every living record in the search', () => {
    const { db, desk } = demoDesk()
    expect(verifyAudit(db, desk.auditKey).problem).toBeNull()
    const numbers = rows<{ number: string }>(db, 'SELECT number FROM enquiry ORDER BY id').map(
      ({ number }) => number,
    )
    expect(numbers.at(-1)).toBe(`ZX-2026-${String(numbers.length).padStart(6, '0')}`)
    expect(
      value(
        db,
        'SELECT count(*) FROM person WHERE merged_into IS NULL AND departure IS NULL AND id NOT IN (SELECT rowid FROM person_search)',
      ),
    ).toBe(0)
    expect(db.pragma('foreign_key_check')).toEqual([])
  })

  it('knows invented people only', () => {
    const { db } = demoDesk()
    for (const { id_number } of rows<{ id_number: string }>(
      db,
      "SELECT id_number FROM person WHERE id_number <> ''",
    )) {
      expect(id_number.slice(0, 6)).toBe('999999')
      expect(readIdNumber(id_number)).not.toBeNull()
    }
    expect(value(db, "SELECT count(*) FROM person_phone WHERE number NOT LIKE '19900%'")).toBe(0)
  })

  it('lets each role of the demo sign in with the one PIN', async () => {
    const { db } = demoDesk()
    for (const { name, role } of demoOperators) {
      const found = rows<{ id: number; role: string }>(
        db,
        'SELECT id, role FROM operator WHERE name = ?',
        name,
      )[0]!
      expect(found.role).toBe(role)
      expect(await pinFits(demoPin, pinSecret(db, found.id)!)).toBe(true)
    }
  })
})
