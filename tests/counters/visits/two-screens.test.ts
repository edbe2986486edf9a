import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Patrol, PatrolMonth } from '../../../electron/contract/patrols.ts'
import type { Household, PersonLine } from '../../../electron/contract/people.ts'
import type { Visitor } from '../../../electron/contract/visit-posts.ts'
import type { HouseholdVisits, Visit } from '../../../electron/contract/visit-records.ts'
import type { Registration } from '../../../electron/contract/visit-registration.ts'
import { openHouse, type House } from '../../house.ts'

type Body<Result> = { body: Result }

/** Yesterday by the machine's own clock, as the house keeps it. */
const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() - 86_400_000)

/** A whole desk with a door, somebody who lives there, a visitor, and two counters at work. */
async function open() {
  const house: House = await openHouse()
  const manager = await house.signIn('manager')
  const [left, right] = [await house.signIn('clerk'), await house.signIn('clerk')]
  const call = async <Result>(path: string, input: unknown, token = left): Promise<Result> => {
    const answer = await house.call(path, input, token)
    expect(answer.status, answer.text).toBe(200)
    return (answer as Body<Result>).body
  }
  const { id: householdId } = await call<Household>('people/addHousehold', {
    ...{ gridId: null, estate: '', door: '3栋2单元501', note: '' },
  })
  const { id: personId } = await call<PersonLine>('people/register', {
    ...{ name: '王英', sex: 2, birth: null, relation: '户主', householdId, registeredElsewhere: false },
    ...{ keyGroups: [], note: '', idNumber: '', phones: [] },
  })
  const visitor = await call<Visitor>(
    'visits/saveVisitor',
    { id: null, version: null, name: '李网格', kind: 'staff', phone: '', operatorId: null, active: true },
    manager,
  )
  const visit = (changed: object = {}) => ({
    ...{ ticket: randomUUID(), householdId, roundId: null, day, time: '10:20', outcome: 'met' },
    ...{
      visitorIds: [visitor.id],
      metIds: [personId],
      metOthers: '',
      themes: [],
      note: '',
      followUpDay: null,
    },
    needs: [
      { theme: '安全', text: '楼道灯坏了', enquiry: { title: '楼道灯', matterId: null, askerId: personId } },
    ],
    ...{ photoIds: [], again: false },
    ...changed,
  })
  return { house, manager, left, right, call, householdId, personId, visit }
}

test('two counters enter the same door and day at once: one visit, one enquiry, and the other is shown it', async () => {
  const { house, left, right, call, householdId, visit } = await open()
  const answers = await Promise.all([
    house.call('visits/addVisit', visit(), left),
    house.call('visits/addVisit', visit(), right),
  ])
  expect(answers.map(({ code }) => code ?? 'written').sort()).toEqual(['CONFLICT', 'written'])
  const shown = await call<HouseholdVisits>('visits/household', { id: householdId })
  expect(shown.visits).toHaveLength(1)
  expect(shown.openNeeds).toMatchObject([
    { enquiry: { number: expect.stringMatching(/^ZX-\d{4}-000001$/) as string, state: 'accepted' } },
  ])
})

test('two counters correct one visit: the second is shown the first, and so is one that was crossed out meanwhile', async () => {
  const { house, left, right, call, visit } = await open()
  const made = await call<Visit>('visits/addVisit', visit())
  const { id, version, time, outcome, metOthers, themes, note, followUpDay } = made
  const corrected = {
    ...{ id, version, day, time, outcome, metOthers, themes, note, followUpDay },
    visitorIds: made.visitors.map((one) => one.id),
    metIds: made.met.map((one) => one.id),
  }
  const answers = await Promise.all([
    house.call('visits/changeVisit', { ...corrected, note: '老人腿脚不便' }, left),
    house.call('visits/changeVisit', { ...corrected, note: '约周三再来' }, right),
  ])
  expect(answers.map(({ code }) => code ?? 'written').sort()).toEqual(['CONFLICT', 'written'])
  const refused = answers.find(({ code }) => code)!
  const written = answers.find(({ code }) => !code)!.body as Visit
  expect(refused.body).toMatchObject({ data: { because: 'changed', current: { note: written.note } } })
  // What was typed is still there, and goes on top of what stands when they say so.
  const again = { ...corrected, version: written.version, note: `${written.note}；约周三再来` }
  const now = await call<Visit>('visits/changeVisit', again, right)
  await call('visits/voidVisit', { id, reason: '记到别家门上了' })
  const late = await house.call('visits/changeVisit', { ...again, version: now.version }, right)
  expect([late.code, late.body]).toMatchObject(['CONFLICT', { data: { because: 'step', current: { id } } }])
})

test('an entry that a screen sends again, for it never heard the answer, is one visit', async () => {
  const { house, left, call, householdId, visit } = await open()
  const sent = visit()
  const answers = await Promise.all(
    [left, left, left].map((token) => house.call('visits/addVisit', sent, token)),
  )
  expect(new Set(answers.map(({ body }) => (body as Visit).id)).size).toBe(1)
  const shown = await call<HouseholdVisits>('visits/household', { id: householdId })
  expect([shown.visits.length, shown.visits[0]!.needs.length]).toEqual([1, 1])
})

test('two counters go through one registration form: the second is shown the form as it stands', async () => {
  const { house, left, right, call, householdId } = await open()
  const { version, kind, note, members } = await call<Registration>('visits/registration', { householdId })
  const form = (tenure: string, workplace: string) => ({
    ...{ householdId, version, kind, tenure, note, checkedDay: day },
    members: members.map(({ idNumber: _, phones: __, ...member }) => ({
      ...member,
      workplace,
      departureDay: null,
    })),
  })
  const answers = await Promise.all([
    house.call('visits/saveRegistration', form('自有', '社区食堂'), left),
    house.call('visits/saveRegistration', form('租住', '汽修店'), right),
  ])
  expect(answers.map(({ code }) => code ?? 'written').sort()).toEqual(['CONFLICT', 'written'])
  const written = answers.find(({ code }) => code === undefined)!.body
  const refused = answers.find(({ code }) => code === 'CONFLICT')!.body as { data: { current: unknown } }
  expect(refused.data.current).toEqual(written)
  expect(await call('visits/registration', { householdId })).toEqual(written)
})

test('two counters tick one company’s list of a day: the second is shown what stands', async () => {
  const { house, manager, left, right, call } = await open()
  const { id: companyId } = await call<{ id: number }>(
    'visits/saveCompany',
    { id: null, version: null, name: '安居物业', contact: '', phone: '', fromDay: day, toDay: null },
    manager,
  )
  const list = (finding: string) => ({
    ...{ companyId, day, version: null, visitorId: null, note: '', fileIds: [] },
    ticks: [{ item: '电梯运行', fine: false, finding }],
  })
  const answers = await Promise.all([
    house.call('visits/savePatrol', list('二号梯停了'), left),
    house.call('visits/savePatrol', list('一号梯停了'), right),
  ])
  expect(answers.map(({ code }) => code ?? 'written').sort()).toEqual(['CONFLICT', 'written'])
  const patrol = await call<Patrol>('visits/patrol', { companyId, day })
  const raised = await call<Patrol>('visits/raiseFinding', {
    tickId: patrol.ticks[0]!.id,
    title: '电梯停运',
    matterId: null,
  })
  expect(raised.ticks[0]!.enquiry).toMatchObject({ open: true })
  const month = await call<PatrolMonth>('visits/patrolMonth', { month: day.slice(0, 7) })
  expect(month.rows).toMatchObject([{ company: '安居物业', findings: 1 }])
})
