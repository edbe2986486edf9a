import { describe, expect, test } from 'vitest'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { cancelActivity, openActivity } from '../../../electron/counters/volunteers/activities.ts'
import { cancelSignUp, signUpVolunteers } from '../../../electron/counters/volunteers/sign-ups.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../people/people.ts'
import {
  addActivity,
  addVolunteer,
  addVolunteers,
  conflict,
  invalidFields,
  line,
  notFound,
  openTestDesk,
  personOf,
  save,
  sql,
  today,
} from './service.ts'

const signUp = (test: TestDesk, activityId: number, ...volunteerIds: number[]) =>
  signUpVolunteers(test.context(), { activityId, volunteerIds })
const signOff = (test: TestDesk, activityId: number, volunteerId: number) =>
  cancelSignUp(test.context(), { activityId, volunteerId })
const listed = (test: TestDesk, activityId: number) =>
  openActivity(test.context(), activityId).signUps.map(({ id }) => id)

describe('who signs up', () => {
  test('stands on the list in that order; those on it already are told', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db, { day: '2026-11-28' })
    const [one, two, three] = addVolunteers(desk.db, 3) as [number, number, number]
    expect(signUp(desk, activityId, three)).toMatchObject({ already: [], activity: { signedUp: 1 } })
    expect(signUp(desk, activityId, one, three, two)).toMatchObject({
      already: [three],
      activity: { signedUp: 3 },
    })
    expect(listed(desk, activityId)).toEqual([three, one, two])
    expect(desk.published).toContainEqual({ topic: 'activity', id: activityId })
  })

  test('gets the places that are left, all of them or none', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    sql(desk.db, 'UPDATE activity SET capacity = 3 WHERE id = ?', activityId)
    const [one, two, three, four] = addVolunteers(desk.db, 4) as [number, number, number, number]
    signUp(desk, activityId, one, two)
    expect(refusal(() => signUp(desk, activityId, three, four))).toEqual(conflict('full', { current: 1 }))
    expect(listed(desk, activityId)).toEqual([one, two])
    signUp(desk, activityId, one, three)
    expect(refusal(() => signUp(desk, activityId, four))).toEqual(conflict('full', { current: 0 }))
    signOff(desk, activityId, one)
    signUp(desk, activityId, four)
    expect(listed(desk, activityId)).toEqual([two, three, four])
  })

  test('may be a minor without consent, and is marked', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    signUp(desk, activityId, addVolunteer(desk.db, { birth: '2012-01-01' }))
    expect(openActivity(desk.context(), activityId).signUps).toMatchObject([
      { minor: true, consentMissing: true, hasRecord: false },
    ])
  })

  test('is shown to have a record once there is one', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    const [came, stayed] = addVolunteers(desk.db, 2) as [number, number]
    signUp(desk, activityId, came, stayed)
    save(desk, activityId, [line(came)])
    expect(openActivity(desk.context(), activityId).signUps).toMatchObject([
      { id: came, hasRecord: true },
      { id: stayed, hasRecord: false },
    ])
  })

  test.each([
    ['before they joined', { joinedDay: '2026-11-24' }, 'before-joining'],
    ['after they left', { leftDay: '2026-11-22' }, 'left'],
  ])('does not do so %s', (_, facts, problem) => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db, { day: today })
    const [fine, not] = [addVolunteer(desk.db), addVolunteer(desk.db, facts)]
    expect(refusal(() => signUp(desk, activityId, fine, not))).toEqual(
      invalidFields(['volunteerIds.1', problem]),
    )
    expect(listed(desk, activityId)).toEqual([])
  })

  test('does so once, also when two records were one person', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    const [one, two] = addVolunteers(desk.db, 2) as [number, number]
    expect(refusal(() => signUp(desk, activityId, one, two, one))).toEqual(
      invalidFields(['volunteerIds.2', 'twice']),
    )
    mergePersons(desk.context(), {
      ...{ into: personOf(desk.db, one), from: personOf(desk.db, two), reason: '登记了两次' },
    })
    expect(refusal(() => signUp(desk, activityId, one, two))).toEqual(
      invalidFields(['volunteerIds.1', 'twice']),
    )
    signUp(desk, activityId, one)
    expect(signUp(desk, activityId, two).already).toEqual([two])
    expect(listed(desk, activityId)).toEqual([one])
  })

  test('comes too late when it was held or cancelled', () => {
    const desk = openTestDesk()
    const one = addVolunteer(desk.db)
    const held = addActivity(desk.db)
    save(desk, held, [line(one)])
    const cancelled = addActivity(desk.db)
    signUp(desk, cancelled, one)
    cancelActivity(desk.context(), { id: cancelled, version: 1, reason: '下雨', rest: false })
    expect(refusal(() => signUp(desk, held, one))).toEqual(conflict('step'))
    expect(refusal(() => signUp(desk, cancelled, one))).toEqual(conflict('step'))
    expect(refusal(() => signOff(desk, cancelled, one))).toEqual(conflict('step'))
  })

  test('may be taken off once, and sign up again', () => {
    const desk = openTestDesk()
    const activityId = addActivity(desk.db)
    const one = addVolunteer(desk.db)
    expect(refusal(() => signOff(desk, activityId, one))).toEqual(conflict('step'))
    signUp(desk, activityId, one)
    expect(signOff(desk, activityId, one)).toMatchObject({ signedUp: 0, signUps: [] })
    expect(refusal(() => signOff(desk, activityId, one))).toEqual(conflict('step'))
    signUp(desk, activityId, one)
    expect(listed(desk, activityId)).toEqual([one])
  })

  test('is nobody that the desk does not know, and nowhere that it does not know', () => {
    const desk = openTestDesk()
    expect(refusal(() => signUp(desk, 999, addVolunteer(desk.db)))).toEqual(notFound('activity'))
    expect(refusal(() => signUp(desk, addActivity(desk.db), 999))).toEqual(notFound('volunteer'))
    expect(refusal(() => signOff(desk, 999, 1))).toEqual(notFound('activity'))
  })
})
