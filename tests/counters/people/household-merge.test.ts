import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { acceptEnquiry } from '../../../electron/counters/enquiries/accept.ts'
import { readContacts } from '../../../electron/counters/overview/contacts.ts'
import { search } from '../../../electron/counters/overview/search.ts'
import { findDoors } from '../../../electron/counters/people/door-search.ts'
import { listGrids } from '../../../electron/counters/people/grids.ts'
import { mergeHouseholds } from '../../../electron/counters/people/household-merge.ts'
import {
  addHousehold,
  changeHousehold,
  householdSurvivor,
  membersOf,
  readHousehold,
} from '../../../electron/counters/people/households.ts'
import { mergePersons, unmergePersons } from '../../../electron/counters/people/merge.ts'
import { changePerson } from '../../../electron/counters/people/persons.ts'
import { readPerson } from '../../../electron/counters/people/record.ts'
import { row, rows, transact, value, type WritableDatabase } from '../../../electron/database/open.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { asSeen, audited, refusal, register, today } from './people.ts'

const reason = '同一扇门，两种写法'
const at = (door: string, gridId: number | null = null, note = '') => ({ gridId, estate: '', door, note })

/** 3栋501, which is 3栋2单元501 written short. */
function openTwice() {
  const test = openTestDesk()
  const clerk = test.context()
  const into = addHousehold(clerk, at('3-2-501'))
  const from = addHousehold(clerk, at('3-501', 1, '房东在外地'))
  const merge = (ends: { into: number; from: number } = { into: into.id, from: from.id }) =>
    mergeHouseholds(clerk, { ...ends, reason })
  return { ...test, clerk, into, from, merge }
}

const fill = ({ db }: TestDesk, work: (file: WritableDatabase) => void) => transact(db, work)

/** A visit as its own counter writes it. */
function visit(file: WritableDatabase, id: number, householdId: number, day: string, outcome = 'met') {
  file.exec(`
    INSERT INTO visit (id, ticket, household_id, day, outcome, operator_id, entered_at)
    VALUES (${id}, 'v${id}', ${householdId}, '${day}', '${outcome}', 1, '${day}T08:00:00.000Z')`)
}

const away = (test: TestDesk) =>
  rows(
    test.db,
    `SELECT household_id AS household, kind, from_day AS fromDay, until_day AS untilDay, ended_by AS endedBy
     FROM household_away ORDER BY id`,
  )

describe('a door that stood twice', () => {
  it('is one: those of both live there, and the grid and the note that were missing are filled in', () => {
    const { db, clerk, into, from, merge } = openTwice()
    const here = register(clerk, { name: '王芳', householdId: into.id, relation: '户主' })
    const there = register(clerk, { name: '李强', householdId: from.id })
    expect(merge()).toEqual({
      ...into,
      gridId: 1,
      grid: '第一网格',
      note: '房东在外地',
      version: into.version + 1,
    })
    expect(membersOf(db, into.id, today).map(({ id }) => id)).toEqual([here.id, there.id])
    expect(readPerson(db, there.id, today)).toMatchObject({ householdId: into.id, door: '3栋2单元501' })
  })

  it('keeps its own grid, and both notes', () => {
    const { clerk, from, merge } = openTwice()
    const kept = addHousehold(clerk, at('3-2-502', 2, '养狗'))
    expect(merge({ into: kept.id, from: from.id })).toMatchObject({ gridId: 2, note: '养狗；房东在外地' })
  })

  it('is found as the one that stays alone, and opened by either', () => {
    const { db, into, from, merge } = openTwice()
    merge()
    const found = (typed: string) => findDoors(db, typed).hits.map(({ household }) => household.id)
    expect(found('501')).toEqual([into.id])
    expect(found('3栋')).toEqual([into.id])
    // The old writing means block 3 and door 501, which is the door that stays.
    expect(found('3-501')).toEqual([into.id])
    const now = { at: `${today}T01:00:00.000Z`, today, soonDays: 1 }
    expect(search(db, '501', now).households.map(({ household }) => household.id)).toEqual([into.id])
    expect(readHousehold(db, from.id).id).toBe(into.id)
    expect(listGrids(db, today).map(({ households }) => households)[0]).toBe(1)
  })

  it('is not registered again in the old writing, and nobody is registered behind the old one', () => {
    const { db, clerk, into, from, merge } = openTwice()
    merge()
    expect(refusal(() => addHousehold(clerk, at('3-501')))).toMatchObject({
      code: 'CONFLICT',
      data: { because: 'duplicate', current: { id: into.id } },
    })
    // Another screen had chosen the old one before the merge.
    const late = register(clerk, { name: '赵敏', householdId: from.id })
    expect(late.householdId).toBe(into.id)
    const moved = register(clerk, { name: '孙立' })
    changePerson(clerk, { ...asSeen(readPerson(db, moved.id, today)), householdId: from.id })
    expect(readPerson(db, moved.id, today).householdId).toBe(into.id)
  })

  it('is changed as the one that stays: a form that was open for the other one learns of it', () => {
    const { db, clerk, into, from, merge } = openTwice()
    merge()
    const { id, version } = from
    expect(refusal(() => changeHousehold(clerk, { id, version, ...at('3-501') }))).toMatchObject({
      code: 'CONFLICT',
      data: { because: 'changed', current: { id: into.id } },
    })
    const version2 = readHousehold(db, into.id).version
    expect(refusal(() => changeHousehold(clerk, { id, version: version2, ...at('3-501') }))).toMatchObject({
      data: { because: 'changed' },
    })
  })

  it('may take the writing of the other one after all; the two change places', () => {
    const { db, clerk, into, from, merge } = openTwice()
    const { id, version } = merge()
    expect(changeHousehold(clerk, { id, version, ...at('3-501') }).door).toBe('3栋501')
    expect(rows(db, 'SELECT id, unit, number, merged_into AS into_id FROM household ORDER BY id')).toEqual([
      { id: into.id, unit: '', number: '501', into_id: null },
      { id: from.id, unit: '2', number: '501', into_id: into.id },
    ])
  })

  it('brings its enquiries along, and their history', () => {
    const { db, clerk, into, from, merge } = openTwice()
    const asker = register(clerk, { name: '李强', householdId: from.id })
    const enquiry = acceptEnquiry(clerk, {
      ticket: randomUUID(),
      title: '楼道灯不亮',
      words: '',
      matterId: null,
      channel: '窗口',
      askerId: asker.id,
      givenName: '',
      givenPhone: '',
      anonymous: false,
      subjectId: null,
      answer: '',
    })
    const { id } = row<{ id: number }>(db, 'SELECT id FROM enquiry')!
    merge()
    expect(enquiry).toBeDefined()
    for (const householdId of [into.id, from.id]) {
      const { rows: contacts } = readContacts(db, { personId: null, householdId, limit: 5 })
      expect(contacts.map((contact) => contact.id)).toEqual([id])
    }
  })

  it('takes along who was merged into somebody there, so that taking that apart keeps them at home', () => {
    const { db, clerk, into, from, merge } = openTwice()
    const kept = register(clerk, { name: '李强', householdId: from.id })
    const twin = register(clerk, { name: '李强', householdId: from.id, notTheSame: [kept.id] })
    mergePersons(clerk, { into: kept.id, from: twin.id, reason })
    merge()
    const mergeId = value<number>(db, 'SELECT id FROM person_merge')!
    unmergePersons(clerk, { mergeId, reason })
    expect(readPerson(db, twin.id, today).householdId).toBe(into.id)
  })
})

describe('the visits of a door that stood twice', () => {
  it('are those of one door, with what the family asked for', () => {
    const test = openTwice()
    const { db, into, from, merge } = test
    fill(test, (file) => {
      visit(file, 1, from.id, '2026-03-02')
      visit(file, 2, into.id, '2026-05-02', 'nobody')
      file.exec(`INSERT INTO visit_need (visit_id, theme, text) VALUES (1, '居住', '屋顶漏水')`)
    })
    merge()
    expect(rows(db, 'SELECT id, household_id AS household FROM visit ORDER BY id')).toEqual([
      { id: 1, household: into.id },
      { id: 2, household: into.id },
    ])
    expect(
      value(
        db,
        'SELECT text FROM visit_need JOIN visit ON visit.id = visit_id WHERE household_id = ?',
        into.id,
      ),
    ).toBe('屋顶漏水')
  })

  it('are planned once: of a round that has both doors the one that stays is left, in its printed row', () => {
    const test = openTwice()
    const { db, clerk, into, from, merge } = test
    const other = addHousehold(clerk, at('3-2-502'))
    fill(test, (file) =>
      file.exec(`
        INSERT INTO visit_round (id, number, code, ticket, day, operator_id, at) VALUES
          (1, 'ZF-1', 'a', 'a', '2026-11-23', 1, ''), (2, 'ZF-2', 'b', 'b', '2026-11-24', 1, '');
        INSERT INTO visit_round_stop VALUES
          (1, 0, ${from.id}, '[]'), (1, 1, ${other.id}, '[]'), (1, 2, ${into.id}, '[]'), (2, 0, ${from.id}, '[]');`),
    )
    merge()
    expect(
      rows(
        db,
        'SELECT round_id AS round, position, household_id AS door FROM visit_round_stop ORDER BY 1, 2',
      ),
    ).toEqual([
      { round: 1, position: 1, door: other.id },
      { round: 1, position: 2, door: into.id },
      { round: 2, position: 0, door: into.id },
    ])
  })

  it('say whether somebody lives there: of two running marks the later one stays', () => {
    const test = openTwice()
    const { into, from, merge } = test
    fill(test, (file) =>
      file.exec(`
        INSERT INTO household_away (household_id, kind, from_day, operator_id, at) VALUES
          (${into.id}, 'vacant', '2026-03-01', 1, '2026-03-01T08:00:00.000Z'),
          (${from.id}, 'moved', '2026-06-01', 1, '2026-06-01T08:00:00.000Z');`),
    )
    merge()
    expect(away(test)).toEqual([
      { household: into.id, kind: 'vacant', fromDay: '2026-03-01', untilDay: '2026-06-01', endedBy: null },
      { household: into.id, kind: 'moved', fromDay: '2026-06-01', untilDay: null, endedBy: null },
    ])
  })

  it.each([
    ['afterwards ends', '2026-04-10', '2026-04-10', 1],
    ['before leaves', '2026-02-10', null, null],
  ] as const)('who was met at the other door %s the mark', (_, day, untilDay, endedBy) => {
    const test = openTwice()
    const { into, from, merge } = test
    fill(test, (file) => {
      visit(file, 1, into.id, day)
      file.exec(`
        INSERT INTO household_away (household_id, kind, from_day, operator_id, at)
        VALUES (${from.id}, 'vacant', '2026-03-01', 1, '2026-03-01T08:00:00.000Z')`)
    })
    merge()
    expect(away(test)).toEqual([
      { household: into.id, kind: 'vacant', fromDay: '2026-03-01', untilDay, endedBy },
    ])
  })

  it.each([
    ['of the other one alone', [], ['集体户', '租赁', '2026-02-02'], ['集体户', '租赁', '2026-02-02']],
    [
      'of both, the newer one with what it left open',
      ['家庭户', '自有', '2026-01-01'],
      ['集体户', '', '2026-02-02'],
      ['集体户', '自有', '2026-02-02'],
    ],
    [
      'of both, its own when that is the newer one',
      ['家庭户', '自有', '2026-03-03'],
      ['集体户', '租赁', '2026-02-02'],
      ['家庭户', '自有', '2026-03-03'],
    ],
  ])('the registration is %s', (_, own, others, expected) => {
    const test = openTwice()
    const { db, into, from, merge } = test
    const form = (id: number, [kind, tenure, day]: string[]) =>
      `INSERT INTO household_registration VALUES (${id}, '${kind}', '${tenure}', '${day}');`
    fill(test, (file) => file.exec((own.length > 0 ? form(into.id, own) : '') + form(from.id, others)))
    merge()
    expect(rows(db, 'SELECT * FROM household_registration')).toEqual([
      { household_id: into.id, kind: expected[0], tenure: expected[1], checked_day: expected[2] },
    ])
  })
})

describe('a merge of two doors', () => {
  it('needs two of them', () => {
    const { into, from, merge } = openTwice()
    expect(refusal(() => merge({ into: into.id, from: into.id }))).toEqual({
      code: 'INVALID',
      data: { fields: [{ path: 'from', problem: 'same' }] },
    })
    const nowhere = { code: 'NOT_FOUND', data: { what: 'household' } }
    expect(refusal(() => merge({ into: into.id, from: 99 }))).toEqual(nowhere)
    expect(refusal(() => merge({ into: 99, from: from.id }))).toEqual(nowhere)
  })

  it('is refused when another screen merged one of them away: there is no way back', () => {
    const { db, clerk, into, from, merge } = openTwice()
    const third = addHousehold(clerk, at('3-2-601'))
    merge()
    const gone = { code: 'CONFLICT', data: { because: 'step', current: readHousehold(db, into.id) } }
    expect(refusal(() => merge({ into: third.id, from: from.id }))).toEqual(gone)
    expect(refusal(() => merge({ into: from.id, from: third.id }))).toEqual(gone)
    expect(refusal(() => merge())).toEqual(gone)
  })

  it('leads through several to the last', () => {
    const { db, clerk, into, from, merge } = openTwice()
    const third = addHousehold(clerk, at('3-2-601'))
    merge()
    merge({ into: third.id, from: into.id })
    expect([from.id, into.id, third.id].map((id) => householdSurvivor(db, id))).toEqual(
      Array.from({ length: 3 }, () => third.id),
    )
    expect(householdSurvivor(db, 99)).toBeNull()
  })

  it('is told to every screen that shows one of them, and to the audit without names', () => {
    const { db, clerk, into, from, merge, published } = openTwice()
    const { id } = register(clerk, { name: '李强', householdId: from.id })
    published.length = 0
    merge()
    expect(published).toEqual([
      { topic: 'household', id: into.id },
      { topic: 'household', id: from.id },
      { topic: 'person', id },
      { topic: 'visit', id: null },
      { topic: 'grid', id: null },
    ])
    const last = audited(db).at(-1)!
    expect(last).toMatchObject({ action: 'household.merge', subject: `household:${into.id}`, reason })
    expect(JSON.parse(last.changes!)).toMatchObject({ from: [null, from.id], persons: [null, 1] })
  })
})
