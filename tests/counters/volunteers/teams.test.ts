import { describe, expect, test } from 'vitest'
import { colours } from '../../../electron/contract/volunteer-fields.ts'
import { addMembers, endMember, listMembers } from '../../../electron/counters/volunteers/team-members.ts'
import { listTeams, saveTeam } from '../../../electron/counters/volunteers/teams.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../people/people.ts'
import {
  addActivity,
  addVolunteer,
  addVolunteers,
  confirm,
  conflict,
  invalidFields,
  line,
  notFound,
  openTestDesk,
  save,
  sql,
  today,
} from './service.ts'

type Saved = Parameters<typeof saveTeam>[1]

const red = { id: 1, version: 1, colour: 'red', name: '扶贫帮困', leaderId: null, active: true } as const
const saved = (test: TestDesk, changed: Partial<Saved> = {}) =>
  saveTeam(test.context('manager'), { ...red, ...changed })
const add = (test: TestDesk, volunteerIds: number[], fromDay = today, teamId = 1) =>
  addMembers(test.context(), { teamId, volunteerIds, fromDay })
const end = (test: TestDesk, volunteerId: number, toDay = today) =>
  endMember(test.context(), { teamId: 1, volunteerId, toDay })
const members = (test: TestDesk, day = today) =>
  listMembers(test.context(), { teamId: 1, day }).map(({ id }) => id)

describe('the teams', () => {
  test('are the seven of the method, in the order of the colours', () => {
    const desk = openTestDesk()
    expect(listTeams(desk.context()).map(({ colour }) => colour)).toEqual(colours)
  })

  test('stand in that order with a second one of a colour, those that are no more last', () => {
    const desk = openTestDesk()
    const second = saved(desk, { id: null, version: null, name: '扶贫帮困二队' })
    saved(desk, { active: false })
    const ids = listTeams(desk.context()).map(({ id }) => id)
    expect(ids).toEqual([second.id, 2, 3, 4, 5, 6, 7, 1])
  })

  test('show this year’s activities with records, and confirmed own minutes of them alone', () => {
    const desk = openTestDesk()
    const [one, two] = addVolunteers(desk.db, 2)
    const held = (day: string, own = true) => {
      const activityId = addActivity(desk.db, { day, own })
      sql(desk.db, 'UPDATE activity SET team_id = 4 WHERE id = ?', activityId)
      save(desk, activityId, [line(one!), line(two!)])
      return activityId
    }
    confirm(desk, held('2026-03-28'))
    confirm(desk, held('2026-04-28', false))
    held('2026-05-28')
    confirm(desk, held('2025-12-28'))
    expect(listTeams(desk.context())[3]).toMatchObject({ id: 4, activities: 3, minutes: 240 })
  })

  test('get a leader, who becomes a member that day', () => {
    const desk = openTestDesk()
    const leader = addVolunteer(desk.db, { name: '李雷' })
    expect(saved(desk, { leaderId: leader })).toMatchObject({
      ...{ leader: { id: leader, name: '李雷' }, members: 1, version: 2 },
    })
    expect(listMembers(desk.context(), { teamId: 1, day: today })).toMatchObject([
      { id: leader, leader: true, fromDay: today, toDay: null },
    ])
    expect(saved(desk, { leaderId: leader, version: 2 })).toMatchObject({ members: 1 })
  })

  test.each([
    [{ id: 999 }, notFound('team')],
    [{ leaderId: 999 }, notFound('volunteer')],
    [{ colour: 'blue' as const }, invalidFields(['colour', 'fixed'])],
    [{ leaderId: 1 }, invalidFields(['leaderId', 'left'])],
  ])('are not saved with %o', (changed, expected) => {
    const desk = openTestDesk()
    addVolunteer(desk.db, { leftDay: '2026-01-01' })
    expect(refusal(() => saved(desk, changed))).toEqual(expected)
  })

  test('are not saved over another screen, nor under the name of another one', () => {
    const desk = openTestDesk()
    saved(desk, { name: '扶贫帮困队' })
    expect(refusal(() => saved(desk))).toMatchObject(conflict('changed', { current: { name: '扶贫帮困队' } }))
    expect(refusal(() => saved(desk, { id: 2, colour: 'orange', name: '扶贫帮困队' }))).toMatchObject(
      conflict('duplicate', { current: { id: 1 } }),
    )
  })
})

describe('members of a team', () => {
  test('stand the leader first, then by number, and only on the days of their time in it', () => {
    const desk = openTestDesk()
    const [one, two, three] = addVolunteers(desk.db, 3) as [number, number, number]
    expect(add(desk, [three, one], '2026-03-01')).toEqual({ added: [three, one], already: [] })
    saved(desk, { leaderId: two })
    expect(members(desk)).toEqual([two, one, three])
    expect(members(desk, '2026-02-28')).toEqual([])
    expect(members(desk, '2026-03-01')).toEqual([one, three])
    end(desk, one, '2026-11-22')
    expect(members(desk, '2026-11-22')).toEqual([one, three])
    expect(members(desk)).toEqual([two, three])
  })

  test('are told, not entered twice, when they are in it already', () => {
    const desk = openTestDesk()
    const [one, two] = addVolunteers(desk.db, 2) as [number, number]
    add(desk, [one])
    expect(add(desk, [one, two])).toEqual({ added: [two], already: [one] })
    expect(listTeams(desk.context())[0]).toMatchObject({ members: 2 })
  })

  test('who come back before their time was over go on in it', () => {
    const desk = openTestDesk()
    const one = addVolunteer(desk.db)
    add(desk, [one], '2026-01-01')
    end(desk, one)
    expect(add(desk, [one])).toEqual({ added: [one], already: [] })
    expect(listMembers(desk.context(), { teamId: 1, day: today })).toMatchObject([
      { id: one, fromDay: '2026-01-01', toDay: null },
    ])
  })

  test('whose time ends lead it no more', () => {
    const desk = openTestDesk()
    const one = addVolunteer(desk.db)
    saved(desk, { leaderId: one })
    expect(end(desk, one)).toMatchObject({ leader: null, version: 3 })
  })

  test.each([
    ['before they joined', [1], '2019-12-31', 1, invalidFields(['fromDay', 'before-joining'])],
    ['after they left', [1, 2], today, 1, invalidFields(['volunteerIds.1', 'left'])],
    ['twice', [1, 3, 1], today, 1, invalidFields(['volunteerIds.2', 'twice'])],
    ['of a team that is no more', [1], today, 7, invalidFields(['teamId', 'inactive'])],
    ['of no team', [1], today, 999, notFound('team')],
    ['whom nobody knows', [1, 999], today, 1, notFound('volunteer')],
  ] as const)('are not entered %s', (_, volunteerIds, fromDay, teamId, expected) => {
    const desk = openTestDesk()
    addVolunteer(desk.db)
    addVolunteer(desk.db, { leftDay: '2026-01-01' })
    addVolunteer(desk.db)
    sql(desk.db, 'UPDATE team SET active = 0 WHERE id = 7')
    expect(refusal(() => add(desk, [...volunteerIds], fromDay, teamId))).toEqual(expected)
    expect(members(desk)).toEqual([])
  })

  test('end once, not before they began nor in the future', () => {
    const desk = openTestDesk()
    const one = addVolunteer(desk.db)
    expect(refusal(() => end(desk, one))).toEqual(conflict('step'))
    add(desk, [one], '2026-03-01')
    expect(refusal(() => end(desk, one, '2026-02-28'))).toEqual(invalidFields(['toDay', 'before-from']))
    expect(refusal(() => end(desk, one, '2026-11-24'))).toEqual(invalidFields(['toDay', 'future']))
    end(desk, one)
    expect(refusal(() => end(desk, one))).toEqual(conflict('step'))
    expect(refusal(() => end(desk, 999))).toEqual(notFound('volunteer'))
  })
})
