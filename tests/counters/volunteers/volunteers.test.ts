import { describe, expect, test } from 'vitest'
import { consentPurposes } from '../../../electron/contract/volunteer-fields.ts'
import { recordConsent } from '../../../electron/counters/people/consents.ts'
import { addHousehold } from '../../../electron/counters/people/households.ts'
import { mergePersons, unmergePersons } from '../../../electron/counters/people/merge.ts'
import { departPerson } from '../../../electron/counters/people/persons.ts'
import { changeVolunteerRules, readVolunteerRules } from '../../../electron/counters/volunteers/rules.ts'
import { signUpVolunteers } from '../../../electron/counters/volunteers/sign-ups.ts'
import { listTeams, saveTeam } from '../../../electron/counters/volunteers/teams.ts'
import { openVolunteer, volunteerOfPerson } from '../../../electron/counters/volunteers/volunteer-record.ts'
import {
  changeVolunteer,
  leaveService,
  registerVolunteer,
  rejoinService,
} from '../../../electron/counters/volunteers/volunteers.ts'
import type { TestDesk } from '../../fixture.ts'
import { audited, idNumberOf, refusal, register as registerPerson } from '../people/people.ts'
import {
  addActivity,
  addConsent,
  addPointRule,
  addVolunteer,
  addVolunteers,
  conflict,
  invalidFields,
  line,
  notFound,
  openTestDesk,
  personOf,
  save,
  serve,
  sql,
  today,
} from './service.ts'

type Registered = Parameters<typeof registerVolunteer>[1]

const fields = {
  joinedDay: '2026-03-05',
  nationalNumber: '',
  nationalDay: null,
  skills: ['理发'],
  serviceKinds: ['助老'],
  partyMember: false,
  note: '',
}
const enrol = (test: TestDesk, personId: number, changed: Partial<Registered> = {}) =>
  registerVolunteer(test.context(), { personId, teamIds: [], ...fields, ...changed })
const leave = (test: TestDesk, id: number, leftDay: string, version = 1) =>
  leaveService(test.context(), { id, version, leftDay, reason: '搬去了外地' })
const open = (test: TestDesk, id: number) => openVolunteer(test.context(), id)

describe('a person becomes a volunteer', () => {
  test('with a number of their own that is not their ID number, their teams, and nothing served yet', () => {
    const desk = openTestDesk()
    const idNumber = idNumberOf('1980-05-04')
    const household = addHousehold(desk.context(), { gridId: null, estate: '', door: '3-2-501', note: '' })
    const person = registerPerson(desk.context(), {
      ...{ name: '李雷', idNumber, phones: ['19900125678'], householdId: household.id },
    })
    const made = enrol(desk, person.id, { teamIds: [2, 1, 2], skills: ['理发', '理发'] })
    expect(made).toMatchObject({
      ...{ number: 'ZY-2026-000001', personId: person.id, name: '李雷', age: 46, minor: false, sex: 1 },
      ...{
        joinedDay: '2026-03-05',
        leftDay: null,
        minutes: 0,
        star: 0,
        mayPublish: false,
        consentMissing: false,
      },
      ...{ skills: ['理发'], serviceKinds: ['助老'], phone: '199****5678', door: '3栋2单元501', gaps: [] },
      nextStar: { star: 1, minutesLeft: 6000 },
      ...{ points: 0, version: 1, publishConsent: null, guardianConsent: null, leads: [] },
    })
    expect(made.teams.map(({ colour }) => colour)).toEqual(['red', 'orange'])
    expect(made.memberships.map(({ fromDay, toDay }) => [fromDay, toDay])).toEqual([
      ['2026-03-05', null],
      ['2026-03-05', null],
    ])
    expect(made.idNumber).not.toBe(idNumber)
    expect(desk.published).toContainEqual({ topic: 'volunteer', id: made.id })
    expect(JSON.stringify(audited(desk.db))).not.toContain('理发')
  })

  test('once: whoever is one already is shown, also under a record that was merged away', () => {
    const desk = openTestDesk()
    const context = desk.context()
    const [kept, other] = [
      registerPerson(context, { name: '王芳' }),
      registerPerson(context, { name: '王方' }),
    ]
    const made = enrol(desk, other.id)
    expect(refusal(() => enrol(desk, other.id))).toMatchObject(
      conflict('duplicate', { current: { id: made.id, number: made.number } }),
    )
    mergePersons(context, { into: kept.id, from: other.id, reason: '登记了两次' })
    expect(refusal(() => enrol(desk, kept.id))).toMatchObject(conflict('duplicate'))
    expect(volunteerOfPerson(context, other.id)).toMatchObject({
      id: made.id,
      personId: kept.id,
      name: '王芳',
    })
  })

  test.each([
    [{ joinedDay: '2026-11-24' }, invalidFields(['joinedDay', 'future'])],
    [{ joinedDay: '1980-05-03' }, invalidFields(['joinedDay', 'before-birth'])],
    [{ nationalDay: '2026-11-24' }, invalidFields(['nationalDay', 'future'])],
    [{ personId: 999 }, notFound('person')],
    [{ teamIds: [1, 999] }, notFound('team')],
    [{ teamIds: [1, 2] }, invalidFields(['teamIds.1', 'inactive'])],
  ])('but not with %o', (changed, expected) => {
    const desk = openTestDesk()
    sql(desk.db, 'UPDATE team SET active = 0 WHERE id = 2')
    const person = registerPerson(desk.context(), { name: '李雷', birth: '1980-05-04' })
    expect(refusal(() => enrol(desk, person.id, changed))).toEqual(expected)
    expect(volunteerOfPerson(desk.context(), person.id)).toBeNull()
  })

  test('but not after their death', () => {
    const desk = openTestDesk()
    const person = registerPerson(desk.context(), { name: '李雷' })
    departPerson(desk.context(), {
      ...{ id: person.id, version: 1, departure: 'dead', day: today, reason: '家属告知' },
    })
    expect(refusal(() => enrol(desk, person.id))).toEqual(invalidFields(['personId', 'departed']))
  })
})

describe('the record of a volunteer', () => {
  test('adds up what counts, and notes beside it what does not', () => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db)
    addPointRule(desk.db)
    serve(desk, id, 90, { day: '2025-03-28' })
    serve(desk, id, 60, { day: '2026-03-28' })
    serve(desk, id, 45, { day: '2026-04-28' })
    serve(desk, id, 30, { day: '2026-05-28', kind: 'training' })
    serve(desk, id, 20, { day: '2026-06-28', kind: 'party-duty' })
    serve(desk, id, 10, { day: '2026-07-28', own: false })
    save(desk, addActivity(desk.db), [line(id)])
    const { hours, minutes, points } = open(desk, id)
    expect(hours).toEqual({
      ...{ confirmed: 195, thisYear: 105, activities: 3 },
      ...{ unconfirmed: 120, elsewhere: 10, training: 30, partyDuty: 20 },
      byYear: [
        { year: 2026, minutes: 105, activities: 2 },
        { year: 2025, minutes: 90, activities: 1 },
      ],
    })
    expect(minutes).toBe(195)
    expect(points).toBe(1 + 1)
  })

  test('gives a star at the very hour of the rules, and follows them when they change', () => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db)
    const rules = readVolunteerRules(desk.db)
    changeVolunteerRules(desk.context('manager'), { ...rules, starHours: [1, 2, 3, 4, 5] })
    serve(desk, id, 59, { day: '2026-03-28' })
    expect(open(desk, id)).toMatchObject({ star: 0, nextStar: { star: 1, minutesLeft: 1 } })
    serve(desk, id, 1, { day: '2026-04-28' })
    expect(open(desk, id)).toMatchObject({ star: 1, nextStar: { star: 2, minutesLeft: 60 } })
    serve(desk, id, 240, { day: '2026-05-28' })
    expect(open(desk, id)).toMatchObject({ star: 5, nextStar: null })
    changeVolunteerRules(desk.context('manager'), { ...rules, version: rules.version + 1 })
    expect(open(desk, id)).toMatchObject({ star: 0, nextStar: { star: 1, minutesLeft: 5700 } })
  })

  test('of a minor is opened on the record, an adult’s is not', () => {
    const desk = openTestDesk()
    const minor = addVolunteer(desk.db, { birth: '2010-05-04' })
    const adult = addVolunteer(desk.db, { birth: '2008-11-23' })
    expect(open(desk, minor)).toMatchObject({ minor: true, consentMissing: true, guardianConsent: null })
    expect(open(desk, adult)).toMatchObject({ minor: false, consentMissing: false })
    expect(audited(desk.db)).toMatchObject([{ action: 'volunteer.read', subject: `volunteer-read:${minor}` }])
  })

  test('shows the consent that holds, from its day until the day before it is withdrawn', () => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db, { birth: '2010-05-04' })
    addConsent(desk.db, id, consentPurposes.publish, '2026-01-01', '2026-11-23')
    expect(open(desk, id)).toMatchObject({
      mayPublish: false,
      publishConsent: { withdrawnDay: '2026-11-23' },
    })
    for (const purpose of [consentPurposes.guardian, consentPurposes.publish]) {
      recordConsent(desk.context(), {
        ...{ personId: personOf(desk.db, id), purpose, givenBy: '母亲', givenDay: today, wording: '同意' },
      })
    }
    expect(desk.published).toContainEqual({ topic: 'volunteer', id })
    expect(open(desk, id)).toMatchObject({
      ...{ mayPublish: true, consentMissing: false },
      publishConsent: { givenBy: '母亲', withdrawnDay: null },
      guardianConsent: { givenBy: '母亲' },
    })
  })

  test('names what 令67号 Art 5 still misses', () => {
    const desk = openTestDesk()
    const person = registerPerson(desk.context(), { name: '李雷' })
    const made = enrol(desk, person.id, { skills: [], serviceKinds: [] })
    expect(made.gaps).toEqual(['sex', 'birth', 'idNumber', 'door', 'phone', 'skills', 'serviceKinds'])
  })

  test('moves with a merge of persons and back again, with what was told under either', () => {
    const desk = openTestDesk()
    const context = desk.context()
    const kept = registerPerson(context, { name: '王芳' })
    const other = registerPerson(context, { name: '王方' })
    const made = enrol(desk, other.id)
    sql(desk.db, "INSERT INTO person_registration (person_id, ethnicity) VALUES (?, '侗族')", other.id)
    const registered = () => desk.db.prepare('SELECT person_id FROM person_registration').pluck().all()
    const merged = mergePersons(context, { into: kept.id, from: other.id, reason: '登记了两次' })
    expect(open(desk, made.id)).toMatchObject({ personId: kept.id, name: '王芳' })
    expect(registered()).toEqual([kept.id])
    expect(desk.published).toContainEqual({ topic: 'volunteer', id: made.id })
    unmergePersons(context, { mergeId: merged.merged[0]!.mergeId, reason: '是两个人' })
    expect(open(desk, made.id)).toMatchObject({ personId: other.id, name: '王方' })
    expect(registered()).toEqual([other.id])
  })

  test('stands beside the other one when both of the merged persons were volunteers', () => {
    const desk = openTestDesk()
    const [one, two] = [addVolunteer(desk.db, { name: '王芳' }), addVolunteer(desk.db, { name: '王方' })]
    mergePersons(desk.context(), {
      ...{ into: personOf(desk.db, one), from: personOf(desk.db, two), reason: '登记了两次' },
    })
    expect(open(desk, two)).toMatchObject({ personId: personOf(desk.db, one), name: '王芳' })
    expect(volunteerOfPerson(desk.context(), personOf(desk.db, two))).toMatchObject({ id: one })
  })

  test('names the other numbers of its person with their hours, while the persons are one', () => {
    const desk = openTestDesk()
    const [one, two, three] = addVolunteers(desk.db, 3) as [number, number, number]
    serve(desk, two, 90)
    const others = (id: number) => open(desk, id).otherNumbers
    const merge = (into: number, from: number) =>
      mergePersons(desk.context(), {
        ...{ into: personOf(desk.db, into), from: personOf(desk.db, from), reason: '登记了两次' },
      }).merged
    expect([others(one), others(two)]).toEqual([[], []])
    const { mergeId } = merge(one, two)[0]!
    expect(others(one)).toEqual([{ id: two, number: 'ZY-2026-000002', minutes: 90 }])
    expect(others(two)).toEqual([{ id: one, number: 'ZY-2026-000001', minutes: 0 }])
    expect(desk.published).toContainEqual({ topic: 'volunteer', id: null })
    const last = merge(three, one).find((merged) => merged.personId === personOf(desk.db, one))!
    expect(others(three).map(({ id }) => id)).toEqual([one, two])
    unmergePersons(desk.context(), { mergeId: last.mergeId, reason: '是两个人' })
    unmergePersons(desk.context(), { mergeId, reason: '是两个人' })
    expect([others(one), others(two), others(three)]).toEqual([[], [], []])
  })

  test('that nobody has is not found', () => {
    const desk = openTestDesk()
    expect(refusal(() => open(desk, 999))).toEqual(notFound('volunteer'))
    expect(refusal(() => volunteerOfPerson(desk.context(), 999))).toEqual(notFound('person'))
  })
})

describe('a change of a volunteer', () => {
  const change = (test: TestDesk, id: number, changed: Partial<Parameters<typeof changeVolunteer>[1]> = {}) =>
    changeVolunteer(test.context(), { id, version: 1, ...fields, ...changed })

  test('is saved with its facts, and the values of the personal ones stay out of the audit', () => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db)
    const changed = { skills: ['家电维修'], partyMember: true, nationalNumber: '4301', note: '周末有空' }
    expect(change(desk, id, changed)).toMatchObject({ ...changed, version: 2 })
    const { changes } = audited(desk.db).at(-1)!
    expect(JSON.parse(changes!)).toMatchObject({ skills: 'changed', partyMember: 'changed', note: 'changed' })
    expect(changes).not.toMatch(/家电|4301|周末/)
  })

  test('is refused to whoever saw an older one', () => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db)
    change(desk, id)
    expect(refusal(() => change(desk, id))).toMatchObject(
      conflict('changed', { current: { id, version: 2 } }),
    )
  })

  test.each([
    [{ joinedDay: '2026-11-24' }, ['joinedDay', 'future']],
    [{ joinedDay: '1980-05-03' }, ['joinedDay', 'before-birth']],
    [{ joinedDay: '2026-03-29' }, ['joinedDay', 'after-record']],
    [{ nationalDay: '2026-11-24' }, ['nationalDay', 'future']],
  ] as const)('is refused with %o', (changed, problem) => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db)
    serve(desk, id, 60, { day: '2026-03-28' })
    expect(refusal(() => change(desk, id, changed))).toEqual(invalidFields([...problem]))
  })

  test('does not let anybody join after they left', () => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db, { leftDay: '2026-03-04' })
    expect(refusal(() => change(desk, id))).toEqual(invalidFields(['joinedDay', 'after-leaving']))
  })
})

describe('a volunteer who leaves', () => {
  test('ends teams and leadership with the last day, and later sign-ups, but not the earlier ones', () => {
    const desk = openTestDesk()
    const manager = desk.context('manager')
    const person = registerPerson(desk.context(), { name: '李雷' })
    const { id } = enrol(desk, person.id, { teamIds: [1, 2] })
    const team = listTeams(manager)[0]!
    saveTeam(manager, { ...team, leaderId: id })
    const [before, later] = [
      addActivity(desk.db, { day: today }),
      addActivity(desk.db, { day: '2026-11-28' }),
    ]
    for (const activityId of [before, later]) signUpVolunteers(manager, { activityId, volunteerIds: [id] })
    const gone = leave(desk, id, today)
    expect(gone).toMatchObject({ leftDay: today, leftReason: '搬去了外地', leads: [], version: 2 })
    expect(gone.memberships.map(({ toDay }) => toDay)).toEqual([today, today])
    expect(listTeams(manager)[0]).toMatchObject({ id: 1, leader: null })
    expect(desk.published).toContainEqual({ topic: 'activity', id: later })
    expect(
      desk.db.prepare('SELECT activity_id FROM activity_sign_up WHERE cancelled_at IS NULL').pluck().all(),
    ).toEqual([before])
  })

  test('may come back under the same number, with all that was served', () => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db)
    serve(desk, id, 60)
    const { number } = open(desk, id)
    leave(desk, id, today)
    const back = rejoinService(desk.context(), { id, version: 2, reason: '搬回来了' })
    expect(back).toMatchObject({ number, leftDay: null, leftReason: '', minutes: 60, version: 3 })
  })

  test.each([
    ['2026-11-24', ['leftDay', 'future']],
    ['2019-12-31', ['leftDay', 'before-joining']],
    ['2026-03-27', ['leftDay', 'before-record']],
  ] as const)('cannot have left on %s', (leftDay, problem) => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db)
    serve(desk, id, 60, { day: '2026-03-28' })
    expect(refusal(() => leave(desk, id, leftDay))).toEqual(invalidFields([...problem]))
  })

  test('leaves once, and only who left comes back', () => {
    const desk = openTestDesk()
    const id = addVolunteer(desk.db)
    const back = () => rejoinService(desk.context(), { id, version: 1, reason: '搬回来了' })
    expect(refusal(back)).toEqual(conflict('step'))
    leave(desk, id, today)
    expect(refusal(() => leave(desk, id, today, 2))).toEqual(conflict('step'))
    expect(refusal(back)).toMatchObject(conflict('changed'))
  })
})

test('the rules are refused to whoever saw older ones', () => {
  const desk = openTestDesk()
  const rules = readVolunteerRules(desk.db)
  expect(rules).toMatchObject({
    starHours: [100, 300, 600, 1000, 1500],
    pointsExpire: 'never',
    confirmDays: 10,
  })
  const saved = changeVolunteerRules(desk.context('manager'), { ...rules, activeHours: 6 })
  expect(saved).toEqual({ ...rules, activeHours: 6, version: 2 })
  expect(refusal(() => changeVolunteerRules(desk.context('manager'), rules))).toEqual(
    conflict('changed', { current: saved }),
  )
})

test('the rules let nobody confirm later than ten working days, also where more was kept once', () => {
  const desk = openTestDesk()
  const value = JSON.stringify({ confirmDays: 30, activeHours: 6 })
  sql(desk.db, "INSERT INTO setting (key, value, version) VALUES ('volunteers', ?, 4)", value)
  expect(readVolunteerRules(desk.db)).toMatchObject({ confirmDays: 10, activeHours: 6, version: 4 })
})
