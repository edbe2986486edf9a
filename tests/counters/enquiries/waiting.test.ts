import { expect, test } from 'vitest'
import type { Enquiry } from '../../../electron/contract/enquiries.ts'
import { listEnquiries } from '../../../electron/counters/enquiries/list.ts'
import { enquiryFilter } from '../../../electron/contract/enquiry-lists.ts'
import { acceptPromise, bringPapers, giveNotice } from '../../../electron/counters/enquiries/papers.ts'
import { promisesDue } from '../../../electron/counters/enquiries/supervision.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, look, nowAt, refusal } from './counter.ts'

const seenOf = ({ id, version }: Enquiry) => ({ id, version })
const idOf = (enquiry: Enquiry, name: string) => enquiry.papers.find((paper) => paper.name === name)!.id

function notice(desk: TestDesk) {
  const made = accept(desk)
  return giveNotice(desk.context(), {
    ...seenOf(made),
    brought: ['身份证'],
    missing: ['户口簿', '照片两张'],
    text: '复印件也行',
  })
}

test('a one-time notice names everything that is missing, and the clock stands until the last of it is there', () => {
  const desk = openTestDesk()
  let standing = notice(desk)
  expect(standing).toMatchObject({ state: 'accepted', urgency: 'waiting' })
  expect(standing.papers.map(({ name, state }) => [name, state])).toEqual([
    ['身份证', 'brought'],
    ['户口簿', 'missing'],
    ['照片两张', 'missing'],
  ])
  expect(standing.events.at(-1)).toMatchObject({ step: 'notice', detail: { papers: ['户口簿', '照片两张'] } })
  desk.clock.set('2026-11-26T02:00:00.000Z')
  standing = bringPapers(desk.context(), {
    ...seenOf(standing),
    paperIds: [idOf(standing, '户口簿')],
    fileIds: [],
  })
  expect(standing.urgency).toBe('waiting')
  standing = bringPapers(desk.context(), {
    ...seenOf(standing),
    paperIds: [idOf(standing, '照片两张')],
    fileIds: [],
  })
  // 24, 25 and 26 November were waited: due on 3 December instead of 30 November.
  expect(standing).toMatchObject({ urgency: 'normal', dueDay: '2026-12-03' })
})

test('accepted conditionally, the clock runs on, and the promise is on the list of its day until it is kept', () => {
  const desk = openTestDesk()
  const made = accept(desk)
  const promised = acceptPromise(desk.context(), {
    ...seenOf(made),
    brought: [],
    promised: ['户口簿'],
    until: '2026-11-27',
    consequence: '逾期不交，撤销受理',
  })
  expect(promised).toMatchObject({
    urgency: 'normal',
    dueDay: made.dueDay,
    promise: { day: '2026-11-27', consequence: '逾期不交，撤销受理' },
  })
  const due = (day: string) => [
    promisesDue(desk.db, nowAt(day)),
    listEnquiries(desk.db, enquiryFilter.parse({ state: 'all', promiseDue: true }), nowAt(day), 'clerk').rows
      .length,
  ]
  expect(due('2026-11-26')).toEqual([0, 0])
  expect(due('2026-11-27')).toEqual([1, 1])
  const kept = bringPapers(desk.context(), {
    ...seenOf(promised),
    paperIds: [idOf(promised, '户口簿')],
    fileIds: [],
  })
  expect(kept.promise).toBeNull()
  expect(due('2026-12-27')).toEqual([0, 0])
})

test('what was noticed as missing may be promised instead: the clock runs again', () => {
  const desk = openTestDesk()
  const standing = notice(desk)
  desk.clock.set('2026-11-24T02:00:00.000Z')
  const promised = acceptPromise(desk.context(), {
    ...seenOf(standing),
    brought: [],
    promised: ['户口簿', '照片两张'],
    until: '2026-12-01',
    consequence: '逾期不交，撤销受理',
  })
  expect(promised).toMatchObject({ urgency: 'normal', dueDay: '2026-12-01', waitingSince: null })
})

test('a promise for yesterday or for never, a paper named twice and a paper of another case change nothing', () => {
  const desk = openTestDesk()
  const made = accept(desk)
  const promise = (until: string, brought: string[] = []) =>
    acceptPromise(desk.context(), {
      ...seenOf(made),
      brought,
      promised: ['户口簿'],
      until,
      consequence: '逾期不交，撤销受理',
    })
  expect(refusal(() => promise('2026-11-22'))).toMatchObject({ code: 'INVALID' })
  expect(refusal(() => promise('2206-11-30'))).toMatchObject({ code: 'INVALID' })
  expect(refusal(() => promise('2026-11-30', ['户口簿']))).toMatchObject({ code: 'INVALID' })
  const other = notice(desk)
  const strange = { ...seenOf(made), paperIds: [other.papers[0]!.id], fileIds: [] }
  expect(refusal(() => bringPapers(desk.context(), strange)).code).toBe('NOT_FOUND')
  expect(look(desk, made.id)).toEqual(made)
})
