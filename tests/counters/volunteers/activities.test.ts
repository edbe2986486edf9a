import { describe, expect, test } from 'vitest'
import { referringTables } from '../../../electron/workbench/file-sweep.ts'
import {
  cancelActivity,
  markNational,
  openActivity,
  saveActivity,
  setActivityFiles,
} from '../../../electron/counters/volunteers/activities.ts'
import { listActivities, type Wanted } from '../../../electron/counters/volunteers/activity-list.ts'
import { saveActivity as contract } from './contract.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import { changeVolunteerRules, readVolunteerRules } from '../../../electron/counters/volunteers/rules.ts'
import { signUpVolunteers } from '../../../electron/counters/volunteers/sign-ups.ts'
import type { TestDesk } from '../../fixture.ts'
import { audited, refusal } from '../people/people.ts'
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

type Saved = Parameters<typeof saveActivity>[1]

const fields = {
  name: '河边清洁',
  kind: 'service',
  own: true,
  day: '2026-11-28',
  starts: '09:00',
  ends: '11:00',
  place: '河边',
  content: '捡拾垃圾',
  organiser: '志愿联盟',
  inCharge: '李雷',
  capacity: null,
  colour: 'green',
  teamId: 4,
} as const
const { teamId: greenTeam, ...told } = fields
const add = (test: TestDesk, changed: Partial<Saved> = {}) =>
  saveActivity(test.context(), {
    ...{ id: null, version: null, ticket: crypto.randomUUID(), ...fields },
    ...changed,
  })
const change = (test: TestDesk, id: number, changed: Partial<Saved> = {}) =>
  saveActivity(test.context(), {
    ...{ id, version: openActivity(test.context(), id).version, ticket: null, ...fields },
    ...changed,
  })
const cancel = (test: TestDesk, id: number, rest = false) =>
  cancelActivity(test.context(), {
    ...{ id, version: openActivity(test.context(), id).version, reason: '下雨', rest },
  })

describe('an activity', () => {
  test('says all that 令67号 Art 7 asks for, and by when its records are confirmed', () => {
    const desk = openTestDesk()
    const made = add(desk)
    expect(made).toMatchObject({
      ...{ ...told, number: 'HD-2026-000001', state: 'planned', version: 1 },
      ...{
        team: { id: greenTeam, colour: 'green', name: '生态环保' },
        confirmBy: '2026-12-11',
        overdue: false,
      },
      ...{
        signUps: [],
        files: [],
        signedUp: 0,
        records: 0,
        unconfirmed: 0,
        minutes: 0,
        nationalBehind: false,
      },
    })
    expect(desk.published).toEqual([
      { topic: 'activity', id: made.id },
      { topic: 'today', id: null },
    ])
    expect(JSON.stringify(audited(desk.db))).not.toMatch(/李雷|捡拾/)
  })

  test('that is sent twice under one ticket is one', () => {
    const desk = openTestDesk()
    const ticket = crypto.randomUUID()
    expect(add(desk, { ticket }).id).toBe(add(desk, { ticket, name: '另一个' }).id)
    expect(add(desk, { name: '另一个' }).number).toBe('HD-2026-000002')
  })

  test('may lie in the past, for sheets come in later, and may end at midnight', () => {
    const desk = openTestDesk()
    expect(add(desk, { day: '2026-10-28', starts: '20:00', ends: '24:00' })).toMatchObject({ overdue: true })
  })

  test.each([
    [{ ends: '08:59' }, ['ends', 'before-start']],
    [{ ends: '09:00' }, ['ends', 'before-start']],
    [{ starts: '20:00', ends: '01:00' }, ['ends', 'across-midnight']],
    [{ teamId: 7, colour: 'purple' as const }, ['teamId', 'inactive']],
    [{ teamId: 1 }, ['teamId', 'other-colour']],
    [{ colour: null }, ['teamId', 'other-colour']],
    [{ ticket: null }, ['ticket', 'required']],
    [{ id: 1 }, ['version', 'required']],
  ] as const)('is not saved with %o', (changed, problem) => {
    const desk = openTestDesk()
    sql(desk.db, 'UPDATE team SET active = 0 WHERE id = 7')
    expect(refusal(() => add(desk, changed))).toEqual(invalidFields([...problem]))
    expect(desk.db.prepare('SELECT count(*) FROM activity').pluck().get()).toBe(0)
  })

  test.each([
    [{ starts: '25:00' }, ['starts', 'more-than-a-day']],
    [{ ends: '24:01' }, ['ends', 'more-than-a-day']],
    [{ starts: '9 点' }, ['starts', 'time-of-day']],
    [{ starts: '09:60' }, ['starts', 'time-of-day']],
    [{ colour: 'pink' }, ['colour', 'invalid_value']],
  ])('cannot even be asked for with %o', (changed, problem) => {
    expect(contract({ id: null, version: null, ticket: crypto.randomUUID(), ...fields, ...changed })).toEqual(
      [problem],
    )
  })

  test('of a team that nobody has is not found', () => {
    const desk = openTestDesk()
    expect(refusal(() => add(desk, { teamId: 999 }))).toEqual(notFound('team'))
    expect(refusal(() => openActivity(desk.context(), 999))).toEqual(notFound('activity'))
  })

  test('keeps its team when that is no more, and its deadline until the day is another one', () => {
    const desk = openTestDesk()
    const { id } = add(desk)
    sql(desk.db, 'UPDATE team SET active = 0 WHERE id = 4')
    const rules = readVolunteerRules(desk.db)
    changeVolunteerRules(desk.context('manager'), { ...rules, confirmDays: 1 })
    expect(change(desk, id, { name: '江边清洁' })).toMatchObject({
      ...{ name: '江边清洁', confirmBy: '2026-12-11', version: 2 },
    })
    expect(change(desk, id, { day: '2026-11-30' })).toMatchObject({ confirmBy: '2026-12-01' })
  })

  test('has room for those who signed up', () => {
    const desk = openTestDesk()
    const { id } = add(desk)
    signUpVolunteers(desk.context(), { activityId: id, volunteerIds: addVolunteers(desk.db, 2) })
    expect(refusal(() => change(desk, id, { capacity: 1 }))).toEqual(
      invalidFields(['capacity', 'below-sign-ups']),
    )
    expect(change(desk, id, { capacity: 2 })).toMatchObject({ capacity: 2, signedUp: 2 })
  })

  test('keeps day and kind once a record was ever made, and its times while records stand', () => {
    const desk = openTestDesk()
    const { id } = add(desk, { day: today })
    const volunteerId = addVolunteer(desk.db)
    const { recordIds } = save(desk, id, [line(volunteerId)])
    const kept = { day: today }
    for (const changed of [
      { day: '2026-11-22' },
      { kind: 'training' as const },
      { own: false },
      { ends: '11:30' },
    ]) {
      expect(refusal(() => change(desk, id, { ...kept, ...changed }))).toEqual(conflict('step'))
    }
    expect(change(desk, id, { ...kept, name: '江边清洁' })).toMatchObject({ state: 'held', records: 1 })
    reverseRecord(desk.context(), { recordId: recordIds[0]!, reason: '录错了' })
    expect(change(desk, id, { ...kept, ends: '11:30' })).toMatchObject({ ends: '11:30', records: 0 })
    expect(refusal(() => change(desk, id, { day: '2026-11-22' }))).toEqual(conflict('step'))
  })

  test('is refused to whoever saw an older one', () => {
    const desk = openTestDesk()
    const { id } = add(desk)
    change(desk, id)
    expect(refusal(() => change(desk, id, { version: 1 }))).toMatchObject(
      conflict('changed', { current: { id, version: 2 } }),
    )
  })

  test('is cancelled once, with a reason, and never changed after it', () => {
    const desk = openTestDesk()
    const { id } = add(desk)
    expect(cancel(desk, id)).toMatchObject({ state: 'cancelled', cancelReason: '下雨', overdue: false })
    expect(refusal(() => cancel(desk, id))).toEqual(conflict('step'))
    expect(refusal(() => change(desk, id))).toEqual(conflict('step'))
    expect(refusal(() => setActivityFiles(desk.context(), { id, version: 2, fileIds: [] }))).toEqual(
      conflict('step'),
    )
  })

  test('is not cancelled while records stand', () => {
    const desk = openTestDesk()
    const id = addActivity(desk.db)
    const { recordIds } = save(desk, id, [line(addVolunteer(desk.db))])
    expect(refusal(() => cancel(desk, id))).toEqual(conflict('in-use'))
    reverseRecord(desk.context(), { recordId: recordIds[0]!, reason: '没有来' })
    expect(cancel(desk, id)).toMatchObject({ state: 'cancelled' })
  })

  test('has files of its own, which the sweep leaves alone', () => {
    const desk = openTestDesk()
    const { id } = add(desk)
    const fileIds = ['a', 'b'].map((sign) =>
      sql(
        desk.db,
        "INSERT INTO file (sha256, name, kind, bytes, operator_id, created_at) VALUES (?, '签到表', 'pdf', 9, 1, '2026-01-01T00:00:00.000Z')",
        sign.repeat(64),
      ),
    )
    const set = (version: number, ids: number[]) =>
      setActivityFiles(desk.context(), { id, version, fileIds: ids })
    expect(set(1, [fileIds[1]!, fileIds[0]!, fileIds[1]!]).files.map((file) => file.id)).toEqual(fileIds)
    expect(refusal(() => set(2, [fileIds[0]!, 999]))).toEqual(notFound('file'))
    expect(set(2, [fileIds[0]!]).files).toHaveLength(1)
    expect(refusal(() => set(2, []))).toMatchObject(conflict('changed'))
    expect(referringTables).toMatchObject({ activity_file: 'file_id', gift: 'photo_id' })
  })
})

describe('the mark 已录入全国系统', () => {
  const mark = (test: TestDesk, activityIds: number[], day: string | null = today) =>
    markNational(test.context(), { activityIds, day })

  test('is set once all is confirmed, and told to be behind when something changes on a later day', () => {
    const desk = openTestDesk()
    const [one, two] = addVolunteers(desk.db, 2) as [number, number]
    const id = addActivity(desk.db, { day: '2026-11-20' })
    save(desk, id, [line(one)])
    expect(refusal(() => mark(desk, [id]))).toEqual(conflict('step', { current: id }))
    confirm(desk, id)
    expect(mark(desk, [id])).toMatchObject([{ id, nationalDay: today }])
    expect(openActivity(desk.context(), id)).toMatchObject({ nationalBehind: false })
    desk.clock.set('2026-11-24T01:00:00.000Z')
    save(desk, id, [line(two)])
    expect(openActivity(desk.context(), id)).toMatchObject({ nationalBehind: true })
    expect(mark(desk, [id], null)).toMatchObject([{ id, nationalDay: null }])
  })

  test('is for several at once, all or none', () => {
    const desk = openTestDesk()
    const [done, empty] = [addActivity(desk.db), addActivity(desk.db)]
    save(desk, done, [line(addVolunteer(desk.db))])
    confirm(desk, done)
    expect(refusal(() => mark(desk, [done, empty]))).toEqual(conflict('step', { current: empty }))
    expect(openActivity(desk.context(), done).nationalDay).toBeNull()
    expect(refusal(() => mark(desk, [done, 999]))).toEqual(notFound('activity'))
    expect(refusal(() => mark(desk, [done], '2026-11-24'))).toEqual(invalidFields(['day', 'future']))
    expect(refusal(() => mark(desk, [done], '2026-11-22'))).toEqual(invalidFields(['day', 'before-activity']))
  })
})

describe('the list of activities', () => {
  const list = (test: TestDesk, wanted: Partial<Wanted> = {}) =>
    listActivities(test.context(), { query: '', state: 'all', limit: 30, ...wanted })
  const names = (test: TestDesk, wanted: Partial<Wanted> = {}) =>
    list(test, wanted).rows.map(({ name }) => name)

  test('has the newest day first, planned ones the next first, page by page', () => {
    const desk = openTestDesk()
    const days = ['2026-11-25', '2026-11-28', '2026-11-25', '2026-12-28']
    const ids = days.map((day, nth) => addActivity(desk.db, { day, name: `第${nth + 1}次` }))
    const all = (state: 'all' | 'planned', limit: number) => {
      const found: number[] = []
      for (let after: string | undefined; ;) {
        const page = list(desk, { state, limit, after })
        found.push(...page.rows.map(({ id }) => id))
        if (page.next === null) return found
        after = page.next
      }
    }
    const rising = [ids[0], ids[2], ids[1], ids[3]]
    for (const limit of [1, 2, 3, 30]) {
      expect(all('planned', limit)).toEqual(rising)
      expect(all('all', limit)).toEqual(rising.toReversed())
    }
  })

  test('is found by name, pinyin, initials and number', () => {
    const desk = openTestDesk()
    addActivity(desk.db, { name: '河边清洁' })
    addActivity(desk.db, { name: '义诊' })
    const { number } = list(desk, { query: '义诊' }).rows[0]!
    for (const query of ['诊', 'yizhen', 'yz', number, number.toLowerCase()]) {
      expect(names(desk, { query }), query).toEqual(['义诊'])
    }
    expect(names(desk, { query: '合唱' })).toEqual([])
    expect(names(desk, { query: '%' })).toEqual([])
  })

  test('is narrowed by what an activity is', () => {
    const desk = openTestDesk()
    addActivity(desk.db, { name: '训练', kind: 'training', day: '2026-11-01' })
    addActivity(desk.db, { name: '别家', own: false, day: '2026-11-02' })
    addActivity(desk.db, { name: '取消', state: 'cancelled', day: '2026-11-03' })
    const made = add(desk, { name: '带队', teamId: 4 })
    sql(desk.db, 'UPDATE activity SET colour = NULL WHERE name = ?', '别家')
    expect(names(desk, { kind: 'training' })).toEqual(['训练'])
    expect(names(desk, { own: false })).toEqual(['别家'])
    expect(names(desk, { state: 'cancelled' })).toEqual(['取消'])
    expect(names(desk, { teamId: 4 })).toEqual([made.name])
    expect(names(desk, { colour: null })).toEqual(['别家'])
    expect(names(desk, { colour: 'green', to: '2026-11-03' })).toEqual(['取消', '训练'])
    expect(names(desk, { from: '2026-11-02', to: '2026-11-02' })).toEqual(['别家'])
    expect(names(desk, { seriesId: 1 })).toEqual([])
  })

  test('shows what waits: a sheet, a second person, a deadline that is past, the national system', () => {
    const desk = openTestDesk()
    const [one, two] = addVolunteers(desk.db, 2) as [number, number]
    addActivity(desk.db, { name: '没有签到表', day: '2026-11-20' })
    addActivity(desk.db, { name: '早该录入', day: '2026-10-28' })
    addActivity(desk.db, { name: '还没到', day: '2026-11-28' })
    const waits = addActivity(desk.db, { name: '等确认', day: '2026-11-21' })
    save(desk, waits, [line(one)])
    const done = addActivity(desk.db, { name: '已确认', day: '2026-11-22' })
    save(desk, done, [line(one)])
    confirm(desk, done)
    expect(names(desk, { waits: 'roll-call' })).toEqual(['没有签到表', '早该录入'])
    expect(names(desk, { waits: 'confirmation' })).toEqual(['等确认'])
    expect(names(desk, { waits: 'overdue' })).toEqual(['早该录入'])
    expect(names(desk, { waits: 'national' })).toEqual(['已确认'])
    markNational(desk.context(), { activityIds: [done], day: today })
    expect(names(desk, { waits: 'national' })).toEqual([])
    desk.clock.set('2026-12-08T01:00:00.000Z')
    save(desk, done, [line(two)])
    expect(names(desk, { waits: 'overdue' })).toEqual(['已确认', '等确认', '没有签到表', '早该录入'])
    confirm(desk, done)
    expect(names(desk, { waits: 'national' })).toEqual(['已确认'])
  })

  test('is refused a foreign key and days that run backwards', () => {
    const desk = openTestDesk()
    expect(refusal(() => list(desk, { after: 'x' }))).toEqual(invalidFields(['after', 'key']))
    expect(refusal(() => list(desk, { from: '2026-11-02', to: '2026-11-01' }))).toEqual(
      invalidFields(['to', 'before-from']),
    )
  })
})
