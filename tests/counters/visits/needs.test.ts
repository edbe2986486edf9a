import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outcomes, type Outcome } from '../../../electron/contract/visit-rounds.ts'
import { personLine } from '../../../electron/counters/people/lines.ts'
import { addNeed, raiseNeed } from '../../../electron/counters/visits/needs.ts'
import { originOfEnquiry } from '../../../electron/counters/visits/origin.ts'
import { readHouseholdVisits, readVisit } from '../../../electron/counters/visits/read-visits.ts'
import { addVisit, changeVisit, voidVisit } from '../../../electron/counters/visits/visits.ts'
import { closeEnquiry, withdrawEnquiry } from '../../../electron/counters/enquiries/life.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { addDays } from '../../../electron/workbench/calendar.ts'
import { look } from '../enquiries/counter.ts'
import { refusal } from '../people/people.ts'
import { asSeen, audited, count, knock, knocking, lamp, meet, openDoor, today, type Opened } from './knock.ts'

const openNeeds = (desk: Opened) =>
  readHouseholdVisits(desk.context(), { id: desk.door, limit: 20 }).openNeeds

const taken = (askerId: number | null, title = '申请低保') => ({ title, matterId: null, askerId })

test('what a family asks for is a numbered enquiry in the same act, at its door, with its limit', () => {
  const desk = openDoor()
  const { needs } = meet(desk, {
    day: '2026-11-20',
    needs: [
      lamp(),
      lamp({ theme: '困难', text: '药费负担重', enquiry: taken(desk.mother) }),
      lamp({ theme: '建议', text: '多办讲座', enquiry: null }),
    ],
  })
  expect(needs).toMatchObject([
    { theme: '安全', enquiry: { number: 'ZX-2026-000001', state: 'accepted', dueDay: '2026-11-30' } },
    { theme: '困难', enquiry: { number: 'ZX-2026-000002' } },
    { theme: '建议', text: '多办讲座', enquiry: null },
  ])
  // The visit keeps its day; the limit begins when the desk learnt of it.
  expect(look(desk, needs[0]!.enquiry!.id)).toMatchObject({
    title: '楼道灯不亮',
    words: '二单元楼道灯坏了三天',
    channel: '走访',
    asker: '住户',
    anonymous: false,
    door: '3栋2单元501',
    acceptedDay: today,
    events: [{ step: 'accept', operator: '前台' }],
  })
  expect(look(desk, needs[1]!.enquiry!.id)).toMatchObject({ asker: '王英', door: '3栋2单元501' })
  expect(audited(desk).filter(({ action }) => action.startsWith('enquiry'))).toEqual([])
})

test('who asks stands first in the search from then on, and their screens are told', () => {
  const desk = openDoor()
  desk.published.length = 0
  const { needs } = meet(desk, { needs: [lamp({ enquiry: taken(desk.mother) })] })
  expect(personLine(desk.db, desk.mother, today)?.openEnquiries).toBe(1)
  expect(value(desk.db, 'SELECT count(*) FROM person_search_open WHERE rowid = ?', desk.mother)).toBe(1)
  expect(desk.published).toContainEqual({ topic: 'enquiry', id: needs[0]!.enquiry!.id })
  expect(desk.published).toContainEqual({ topic: 'person', id: desk.mother })
})

test('an error at the last need leaves no visit, no mark and no number used', () => {
  const desk = openDoor()
  const before = count(desk, 'audit')
  const needs = [
    lamp(),
    lamp({ enquiry: taken(desk.mother) }),
    lamp({ enquiry: { title: '灯', matterId: 999, askerId: null } }),
  ]
  desk.published.length = 0
  expect(refusal(() => knock(desk, { outcome: 'vacant', needs }))).toMatchObject({
    code: 'NOT_FOUND',
    data: { what: 'matter' },
  })
  for (const table of [
    'visit',
    'visit_visitor',
    'visit_need',
    'enquiry',
    'enquiry_event',
    'household_away',
  ]) {
    expect([table, count(desk, table)]).toEqual([table, 0])
  }
  expect([count(desk, 'audit'), desk.published]).toEqual([before, []])
  expect(value(desk.db, 'SELECT count(*) FROM person_search_open')).toBe(0)
  expect(meet(desk, { needs: [lamp()] }).needs[0]!.enquiry!.number).toBe('ZX-2026-000001')
})

test('the next visit shows what became of it, until the family was met after it ended', () => {
  const desk = openDoor()
  const first = meet(desk, { day: '2026-11-16', needs: [lamp(), lamp({ text: '想学电脑', enquiry: null })] })
  const enquiry = look(desk, first.needs[0]!.enquiry!.id)
  expect(openNeeds(desk)).toMatchObject([
    { visitId: first.id, day: '2026-11-16', text: '想学电脑', enquiry: null },
    { enquiry: { number: 'ZX-2026-000001', state: 'accepted' } },
  ])
  closeEnquiry(desk.context(), { id: enquiry.id, version: enquiry.version, answer: '已换新灯' })
  const solved = { enquiry: { number: 'ZX-2026-000001', state: 'closed', answer: '已换新灯', dueDay: null } }
  const noted = { text: '想学电脑', enquiry: null }
  expect(openNeeds(desk)).toMatchObject([noted, solved])
  // Nobody was in: they are still to be told. And who was met on the day it ended may have been met before.
  desk.clock.set('2026-11-25T01:00:00.000Z')
  knock(desk, { day: '2026-11-24' })
  meet(desk)
  expect(openNeeds(desk)).toMatchObject([noted, solved])
  const told = meet(desk, { day: '2026-11-25' })
  expect(openNeeds(desk)).toMatchObject([noted])
  expect(openNeeds(desk)).toHaveLength(1)
  voidVisit(desk.context(), { id: told.id, reason: '记错门' })
  expect(openNeeds(desk)).toMatchObject([noted, solved])
  expect(readVisit(desk.context(), first.id).needs[0]).toMatchObject({
    enquiry: { state: 'closed', answer: '已换新灯', dueDay: null },
  })
})

test('what was withdrawn is not told', () => {
  const desk = openDoor()
  const { id, version } = look(desk, meet(desk, { needs: [lamp()] }).needs[0]!.enquiry!.id)
  withdrawEnquiry(desk.context(), { id, version, reason: '家里人已经修好' })
  expect(openNeeds(desk)).toEqual([])
})

test('a need is added later, as an enquiry or as a note', () => {
  const desk = openDoor()
  const { id } = meet(desk)
  expect(addNeed(desk.context(), { visitId: id, ...lamp({ enquiry: null }) })).toMatchObject({
    needs: [{ enquiry: null }],
    version: 2,
  })
  desk.published.length = 0
  expect(addNeed(desk.context(), { visitId: id, ...lamp() }).needs).toMatchObject([
    { enquiry: null },
    { enquiry: { number: 'ZX-2026-000001' } },
  ])
  expect(desk.published).toEqual([
    { topic: 'visit', id },
    { topic: 'household', id: desk.door },
    { topic: 'enquiry', id: 1 },
    { topic: 'today', id: null },
  ])
})

test('a need that was only noted becomes an enquiry once', () => {
  const desk = openDoor()
  const { needs } = meet(desk, { needs: [lamp({ enquiry: null })] })
  const needId = needs[0]!.id
  const raised = raiseNeed(desk.context(), { needId, ...taken(desk.son, '修楼道灯') })
  expect(raised.needs).toMatchObject([{ id: needId, enquiry: { number: 'ZX-2026-000001' } }])
  expect(look(desk, 1)).toMatchObject({ title: '修楼道灯', words: '二单元楼道灯坏了三天', asker: '王阳' })
  expect(refusal(() => raiseNeed(desk.context(), { needId, ...taken(null) }))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'step', current: { id: raised.id } },
  })
  expect(count(desk, 'enquiry')).toBe(1)
})

test('nothing is asked for on a voided visit, nor on one that is not there', () => {
  const desk = openDoor()
  const { id, needs } = meet(desk, { needs: [lamp({ enquiry: null })] })
  voidVisit(desk.context(), { id, reason: '录错门牌' })
  const step = { code: 'CONFLICT', data: { because: 'step', current: { id } } }
  expect(refusal(() => addNeed(desk.context(), { visitId: id, ...lamp() }))).toMatchObject(step)
  expect(refusal(() => raiseNeed(desk.context(), { needId: needs[0]!.id, ...taken(null) }))).toMatchObject(
    step,
  )
  expect(refusal(() => addNeed(desk.context(), { visitId: 99, ...lamp() }))).toMatchObject({
    data: { what: 'visit' },
  })
  expect(refusal(() => raiseNeed(desk.context(), { needId: 99, ...taken(null) }))).toMatchObject({
    data: { what: 'need' },
  })
  expect(count(desk, 'enquiry')).toBe(0)
})

test('an enquiry leads back to the visit it came from', () => {
  const desk = openDoor()
  const made = meet(desk, { day: '2026-11-20', needs: [lamp()] })
  expect(originOfEnquiry(desk.db, made.needs[0]!.enquiry!.id)).toEqual({
    what: 'visit',
    householdId: desk.door,
    day: '2026-11-20',
  })
  expect(originOfEnquiry(desk.db, 99)).toBeNull()
})

type Knock = {
  step: 'add' | 'again'
  ago: number
  outcome: Outcome
  needs: number
  notes: number
  fails: boolean
}
type Later = { step: 'void' | 'change' | 'raise'; which: number; ago: number; outcome: Outcome }

const outcome = fc.constantFrom(...outcomes)
const ago = fc.integer({ min: 0, max: 6 })
const knocks = fc.record<Knock>({
  step: fc.constantFrom('add', 'again'),
  ago,
  outcome,
  needs: fc.integer({ min: 0, max: 3 }),
  notes: fc.integer({ min: 0, max: 1 }),
  fails: fc.boolean(),
})
const later = fc.record<Later>({
  step: fc.constantFrom('void', 'change', 'raise'),
  which: fc.nat({ max: 20 }),
  ago,
  outcome,
})

/** Takes a step as the desk does; a refusal is as good as a success. */
function take(desk: Opened, step: Knock | Later): void {
  const day = addDays(today, -step.ago)
  const allowed = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^(CONFLICT|INVALID|NOT_FOUND)$/) as string })
    }
  }
  if ('fails' in step) {
    const last = { title: '灯', matterId: step.fails ? 999 : null, askerId: null }
    const needs = Array.from({ length: step.needs }, (_, index) =>
      lamp(index === step.needs - 1 ? { enquiry: last } : { enquiry: taken(desk.mother) }),
    )
    const notes = Array.from({ length: step.notes }, () => lamp({ enquiry: null }))
    const again = step.step === 'again'
    const input = knocking(desk, { ticket: randomUUID(), day, outcome: step.outcome, again })
    allowed(() => addVisit(desk.context(), { ...input, needs: [...notes, ...needs] }))
    return
  }
  const ids = rows<{ id: number }>(desk.db, 'SELECT id FROM visit ORDER BY id').map(({ id }) => id)
  const id = ids[step.which % Math.max(ids.length, 1)]
  if (id === undefined) return
  const visit = readVisit(desk.context(), id)
  if (step.step === 'void') allowed(() => voidVisit(desk.context(), { id, reason: '录错' }))
  if (step.step === 'raise') {
    for (const { id: needId } of visit.needs) {
      allowed(() => raiseNeed(desk.context(), { needId, ...taken(null) }))
    }
  }
  if (step.step === 'change') {
    allowed(() => changeVisit(desk.context(), { ...asSeen(visit), day, outcome: step.outcome }))
  }
}

test('whatever is written, corrected and crossed out: one enquiry a raised need, no gap, and days as one would count', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(knocks, later), { maxLength: 14 }), (steps) => {
      const desk = openDoor()
      for (const step of steps) take(desk, step)

      const visits = rows<{ id: number }>(desk.db, 'SELECT id FROM visit').map(({ id }) =>
        readVisit(desk.context(), id),
      )
      const numbers = rows<{ number: string }>(desk.db, 'SELECT number FROM enquiry ORDER BY id')
      expect(numbers.map(({ number }) => number)).toEqual(
        numbers.map((_, index) => `ZX-2026-${String(index + 1).padStart(6, '0')}`),
      )
      const raised = visits.flatMap(({ needs }) =>
        needs.flatMap(({ enquiry }) => (enquiry ? [enquiry.id] : [])),
      )
      expect(raised.sort((one, other) => one - other)).toEqual(numbers.map((_, index) => index + 1))

      const standing = visits.filter(({ voided }) => voided === null)
      const metDays = standing.filter((one) => one.outcome === 'met').map(({ day }) => day)
      const shown = readHouseholdVisits(desk.context(), { id: desk.door, limit: 100 })
      expect(shown.lastMetDay).toBe(metDays.sort().at(-1) ?? null)
      expect(shown.visits).toHaveLength(visits.length)
      // A door is out of the count only by a visit that stands and that no later meeting contradicts.
      if (shown.away) {
        const { kind, fromDay } = shown.away
        expect(standing.some((one) => one.outcome === kind && one.day === fromDay)).toBe(true)
        expect(metDays.every((met) => met <= fromDay)).toBe(true)
      }
    }),
    { numRuns: 25 },
  )
})
