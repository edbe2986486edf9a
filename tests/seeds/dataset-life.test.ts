import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnquiryState, Step } from '../../electron/contract/enquiries.ts'
import { pendingArrival } from '../../electron/counters/enquiries/assignments.ts'
import { nextDue } from '../../electron/counters/enquiries/limits.ts'
import { readStanding } from '../../electron/counters/enquiries/standing.ts'
import { stepTable } from '../../electron/counters/enquiries/steps.ts'
import { readRules } from '../../electron/counters/settings/rules.ts'
import { openDatabase, rows, value, type Database } from '../../electron/database/open.ts'
import { localDay, workingDaysBetween } from '../../electron/workbench/calendar.ts'
import { writeDataset } from '../../seeds/dataset/dataset.ts'
import { shares } from '../../seeds/dataset/plan.ts'
import { root } from '../fixture.ts'

type Walked = {
  id: number
  step: Step
  from: EnquiryState | null
  to: EnquiryState
  role: 'clerk' | 'manager'
  text: string
}

/** A year of a third of the community's enquiries: enough of the rare ones. Written once, for reading only. */
let db: Database
const folder = mkdtempSync(join(tmpdir(), 'desk-test-'))
beforeAll(() => {
  writeDataset(folder, root, { years: 1, scale: 0.3 }, () => {})
  db = openDatabase(join(folder, 'desk.sqlite3'))
})
afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const count = (text: string) => value<number>(db, `SELECT count(*) FROM ${text}`)!

function walksTheTable(): void {
  const walked = rows<Walked>(
    db,
    `SELECT v.enquiry_id AS id, step, from_state AS "from", to_state AS "to", o.role, text
     FROM enquiry_event v JOIN operator o ON o.id = v.operator_id ORDER BY v.enquiry_id, v.id`,
  )
  const standing = new Map<number, EnquiryState>()
  for (const { id, step, from, to, role, text } of walked) {
    expect(from).toBe(standing.get(id) ?? null)
    const rule = stepTable.find((one) => one.step === step && one.from === from)
    expect(rule, `${step} from ${from}`).toMatchObject({ to })
    expect(rule!.roles).toContain(role)
    if (rule!.needsReason) expect(text).not.toBe('')
    standing.set(id, to)
  }
}

function namesTheNextLimit(): void {
  const rules = readRules(db)
  for (const { id } of rows<{ id: number }>(db, 'SELECT id FROM enquiry WHERE open = 1')) {
    const standing = readStanding(db, id)
    const arriveDueAt = pendingArrival(db, id)
    expect(standing.dueAt, standing.number).toBe(nextDue({ ...standing, arriveDueAt }, rules))
  }
}

function keepsFactsOfTheAnswer(): void {
  const answered = rows<{
    number: string
    asked: string
    answeredDay: string
    at: string
    due: string
    days: number
    paused: number
    late: number
  }>(
    db,
    `SELECT number, accepted_day AS asked, answered_day AS answeredDay, answer_due_at AS due, answer_days AS days,
       paused_days AS paused, late, (SELECT at FROM enquiry_event v WHERE v.enquiry_id = e.id
         AND step IN ('answer', 'close') ORDER BY v.id DESC LIMIT 1) AS at
     FROM enquiry e WHERE answered_day IS NOT NULL`,
  )
  for (const { number, asked, answeredDay, at, due, days, paused, late } of answered) {
    expect(answeredDay, number).toBe(localDay(new Date(at)))
    expect(days, number).toBe(Math.max(0, workingDaysBetween(asked, answeredDay) - paused))
    expect(late, number).toBe(at > due ? 1 : 0)
  }
}

describe('the lives in a generated data folder', () => {
  it('are what the counter would have left: steps, limits, departments, answers', () => {
    walksTheTable()
    namesTheNextLimit()
    keepsFactsOfTheAnswer()

    const answerless =
      "answered_day IS NULL AND (answer <> '' OR answer_kind IS NOT NULL OR late IS NOT NULL)"
    expect(count(`enquiry WHERE ${answerless}`)).toBe(0)
    expect(count("enquiry WHERE state IN ('answered', 'closed', 'archived') AND answer = ''")).toBe(0)
    expect(
      count("enquiry WHERE (state IN ('closed', 'archived', 'referred')) <> (closed_day IS NOT NULL)"),
    ).toBe(0)
    const latest = '(SELECT max(at) FROM enquiry_event v WHERE v.enquiry_id = e.id)'
    expect(count(`enquiry e WHERE waiting_since > ${latest}`)).toBe(0)

    const atWork = "a.state IN ('sent', 'arrived')"
    const twoLeads = `(SELECT 1 FROM assignment a WHERE part = 'lead' AND ${atWork} GROUP BY enquiry_id HAVING count(*) > 1)`
    expect(count(twoLeads)).toBe(0)
    const idle = `assignment a JOIN enquiry e ON e.id = a.enquiry_id WHERE ${atWork} AND e.state NOT IN`
    expect(count(`${idle} ('dispatched', 'working', 'answered')`)).toBe(0)
    expect(count(`${idle} ('dispatched', 'working') AND part = 'lead'`)).toBe(0)
    const leaderless = `enquiry e WHERE state IN ('dispatched', 'working') AND lead_id IS NOT
      (SELECT department_id FROM assignment a WHERE a.enquiry_id = e.id AND part = 'lead' AND ${atWork})`
    expect(count(leaderless)).toBe(0)
    expect(count('assignment WHERE arrived_at < sent_at OR ended_at < coalesce(arrived_at, sent_at)')).toBe(0)
  })

  it('have the shares that were wished for', () => {
    const all = count('enquiry')
    const out = count('(SELECT 1 FROM assignment GROUP BY enquiry_id)')
    expect(out / all).toBeGreaterThan(shares.dispatched - 0.02)
    expect(out / all).toBeLessThan(shares.dispatched + 0.02)
    const whistles =
      "(SELECT 1 FROM assignment GROUP BY enquiry_id HAVING max(part = 'lead') AND min(part) = 'assist')"
    expect(count(whistles) / out).toBeGreaterThan(0.1)
    expect(count(whistles) / out).toBeLessThan(0.2)
    expect(count('(SELECT 1 FROM assignment GROUP BY event_id HAVING count(*) NOT BETWEEN 1 AND 4)')).toBe(0)
    const bounced = count(
      "(SELECT DISTINCT enquiry_id FROM enquiry_event WHERE step IN ('return', 'transfer'))",
    )
    expect(bounced / out).toBeGreaterThan(0.03)
    expect(bounced / out).toBeLessThan(0.1)

    const answers = count("enquiry_event WHERE step = 'answer'")
    const solved = count("enquiry_event WHERE step = 'answer' AND detail ->> 'kind' = 'solved'")
    expect(solved / answers).toBeGreaterThan(0.75)
    expect(solved / answers).toBeLessThan(0.85)
    const answered = count("enquiry WHERE state IN ('answered', 'closed', 'archived')")
    const ratings = count('rating')
    expect(ratings / answered).toBeGreaterThan(0.26)
    expect(ratings / answered).toBeLessThan(0.33)
    expect(count('rating WHERE level >= 3') / ratings).toBeGreaterThan(0.8)
    expect(count('rating WHERE level >= 3') / ratings).toBeLessThan(0.88)

    for (const step of [
      'notice',
      'promise',
      'bring',
      'wait',
      'extend',
      'remind',
      'ask',
      'call',
      'refer',
      'reopen',
    ]) {
      expect(count(`enquiry_event WHERE step = '${step}'`), step).toBeGreaterThan(2)
    }
    const notices = count("enquiry_event WHERE step = 'notice'")
    expect(notices / all).toBeGreaterThan(0.035)
    expect(notices / all).toBeLessThan(0.065)
  })

  it('end in the archive a month after they were closed', () => {
    const lastPress = value<string>(db, "SELECT max(at) FROM audit WHERE action = 'enquiry.archive-closed'")!
    expect(localDay(new Date(lastPress))).toBe('2026-11-02')
    expect(count("enquiry WHERE state = 'closed' AND closed_day <= '2026-10-02'")).toBe(0)
    expect(count("enquiry WHERE state = 'archived' AND closed_day > '2026-10-02'")).toBe(0)
    expect(count("enquiry WHERE state = 'archived'")).toBeGreaterThan(2000)
    expect(count("enquiry WHERE state = 'closed'")).toBeGreaterThan(100)
  })
})
