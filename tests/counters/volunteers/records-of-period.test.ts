import { expect, test } from 'vitest'
import { confirmedRecordsOf, openRecordsOf } from '../../../electron/counters/volunteers/records-of-period.ts'
import { listRecords } from '../../../electron/counters/volunteers/records.ts'
import { reverseRecord } from '../../../electron/counters/volunteers/reverse.ts'
import type { TestDesk } from '../../fixture.ts'
import { refusal } from '../enquiries/counter.ts'
import {
  addActivity,
  addVolunteer,
  addVolunteers,
  confirm,
  invalidFields,
  line,
  notFound,
  openTestDesk,
  save,
  serve,
} from './service.ts'

const ids = (records: { id: number }[]) => records.map(({ id }) => id)

/** A record that waits for a second person. */
function enter(desk: TestDesk, volunteerId: number, facts: Parameters<typeof addActivity>[1]): number {
  return save(desk, addActivity(desk.db, facts), [line(volunteerId, { reason: '另有一场' })]).recordIds[0]!
}

test('a certificate says own service of the period, both days included, confirmed and not reversed', () => {
  const desk = openTestDesk()
  const volunteer = addVolunteer(desk.db)
  const first = serve(desk, volunteer, 30, { day: '2026-03-01' })
  const last = serve(desk, volunteer, 61, { day: '2026-03-31' })
  serve(desk, volunteer, 30, { day: '2026-02-28' })
  serve(desk, volunteer, 30, { day: '2026-04-01' })
  serve(desk, addVolunteer(desk.db), 30, { day: '2026-03-15' })
  for (const facts of [{ own: false }, { kind: 'training' }, { kind: 'party-duty' }] as const) {
    serve(desk, volunteer, 30, { day: '2026-03-15', ...facts })
  }
  const reversed = serve(desk, volunteer, 30, { day: '2026-03-16' })
  reverseRecord(desk.context('manager'), { recordId: reversed, reason: '替人签到' })
  const waiting = enter(desk, volunteer, { day: '2026-03-17' })
  enter(desk, volunteer, { day: '2026-03-18', kind: 'party-duty' })

  const found = confirmedRecordsOf(desk.db, volunteer, '2026-03-01', '2026-03-31')
  expect(ids(found)).toEqual([first, last])
  expect(found[1]).toMatchObject({
    day: '2026-03-31',
    arrived: '00:00',
    left: '01:01',
    minutes: 61,
    name: '河边清洁',
    content: '捡拾垃圾',
    place: '河边',
    organiser: '志愿联盟',
    inCharge: '队长',
  })
  expect(ids(openRecordsOf(desk.db, volunteer, '2026-03-01', '2026-03-31'))).toEqual([waiting])
  expect(openRecordsOf(desk.db, volunteer, '2026-03-01', '2026-03-16')).toEqual([])
})

test('records of a volunteer are listed newest first, page by page, each once', () => {
  const desk = openTestDesk()
  const volunteer = addVolunteer(desk.db)
  const days = ['2026-05-03', '2026-05-01', '2026-05-02', '2026-05-02', '2026-05-04']
  const made = days.map((day) => enter(desk, volunteer, { day }))
  enter(desk, addVolunteer(desk.db), { day: '2026-05-02' })
  const wanted = [made[4], made[0], made[3], made[2], made[1]]
  const seen: number[] = []
  let after: string | undefined
  do {
    const page = listRecords(desk.context(), { volunteerId: volunteer, state: 'all', after, limit: 3 })
    seen.push(...ids(page.rows))
    after = page.next ?? undefined
  } while (after !== undefined)
  expect(seen).toEqual(wanted)
  const within = {
    volunteerId: volunteer,
    state: 'all',
    limit: 100,
    from: '2026-05-02',
    to: '2026-05-03',
  } as const
  expect(ids(listRecords(desk.context(), within).rows)).toEqual([made[0], made[3], made[2]])
})

test('records of an activity are listed by volunteer number, and by how they stand', () => {
  const desk = openTestDesk()
  const [first, second, third] = addVolunteers(desk.db, 3) as [number, number, number]
  const activityId = addActivity(desk.db)
  const { recordIds } = save(desk, activityId, [line(third), line(first), line(second)])
  const [ofThird, ofFirst, ofSecond] = recordIds as [number, number, number]
  confirm(desk, activityId, [ofFirst])
  const { reversal } = reverseRecord(desk.context(), { recordId: ofThird, reason: '没有来' })
  const list = (state: 'unconfirmed' | 'confirmed' | 'standing' | 'all', more = {}) =>
    listRecords(desk.context(), { activityId, state, limit: 100, ...more })
  expect(ids(list('all').rows)).toEqual([ofFirst, ofSecond, ofThird, reversal.id])
  expect(ids(list('standing').rows)).toEqual([ofFirst, ofSecond])
  expect(ids(list('confirmed').rows)).toEqual([ofFirst])
  expect(ids(list('unconfirmed').rows)).toEqual([ofSecond])
  const page = list('all', { limit: 3 })
  expect(ids(list('all', { after: page.next! }).rows)).toEqual([reversal.id])
  expect(ids(list('all', { volunteerId: third }).rows)).toEqual([ofThird, reversal.id])
})

test('a list is of somebody or something that there is', () => {
  const { context } = openTestDesk()
  const asked = { state: 'all', limit: 10 } as const
  expect(refusal(() => listRecords(context(), asked))).toEqual(invalidFields(['activityId', 'required']))
  expect(refusal(() => listRecords(context(), { ...asked, activityId: 1 }))).toEqual(notFound('activity'))
  expect(refusal(() => listRecords(context(), { ...asked, volunteerId: 1 }))).toEqual(notFound('volunteer'))
})

test('a key that no list gave out is refused', () => {
  const desk = openTestDesk()
  const asked = { volunteerId: addVolunteer(desk.db), state: 'all', limit: 10, after: '1; DROP' } as const
  expect(refusal(() => listRecords(desk.context(), asked))).toEqual(invalidFields(['after', 'key']))
})
