import { acceptEnquiry } from '../../electron/counters/enquiries/accept.ts'
import { archiveClosed } from '../../electron/counters/enquiries/life.ts'
import { mergePersons } from '../../electron/counters/people/merge.ts'
import { addOperator, listOperators } from '../../electron/counters/session/operators.ts'
import { hashPinNow } from '../../electron/counters/session/pins.ts'
import { loadReference } from '../../electron/counters/session/reference.ts'
import { readCommunity, writeCommunity } from '../../electron/counters/settings/community.ts'
import { rows, withoutWaiting } from '../../electron/database/open.ts'
import { act } from '../../electron/workbench/act.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import { openRandom } from '../dataset/random.ts'
import { setUpCertificates } from './certificates.ts'
import { happen, missing } from './happen.ts'
import { at, workingDayBefore } from './moments.ts'
import { moveIn } from './move-in.ts'
import { openNoonClass } from './noon.ts'
import { demoOperators, demoPin } from './operators.ts'
import { questions, type Question } from './questions.ts'
import { openVisits } from './visits.ts'
import { openVolunteers } from './volunteers.ts'

export { issueDemoCertificates } from './certificates.ts'
export { demoOperators, demoPin } from './operators.ts'

type Later = { at: Date; happen: () => void }

/**
 * Fills a fresh desk with the demo community as it stands today: people, name-sakes, key groups, enquiries in every
 * state, a year of visits, the noon class, volunteers, all through the counters' own rules. Works with or without a manager and reference data already there.
 */
export function loadDemo(context: Context): void {
  withoutWaiting(context.desk.db, () => load(context))
}

function load(context: Context): void {
  const present = context.desk.clock()
  const today = localDay(present)
  let now = present
  // One clock for all acts of the demo, so that each of them happened on its own day.
  const desk = { ...context.desk, clock: () => now, publish: () => {} }
  const start = { ...context, desk }

  act(start, { action: 'session.load-demo', subject: 'settings' }, (db) => {
    loadReference(db, desk.root, now.toISOString())
    if (readCommunity(db).name === '') writeCommunity(db, { name: '演示社区' })
    if (readCommunity(db).address === '') {
      writeCommunity(db, {
        phone: '0731-00000000',
        address: '演示路1号党群服务中心一楼',
        hours: '周一至周日 8:30—17:30',
      })
    }
  })
  const secret = hashPinNow(demoPin)
  for (const { name, role } of demoOperators) {
    if (!listOperators(desk.db).some((operator) => operator.name === name))
      addOperator(start, { name, role, secret })
  }
  const operators = listOperators(desk.db)
  const as = (name: string): Context => {
    const { id, role } = operators.find((operator) => operator.name === name)!
    return { ...start, operator: { id, name, role } }
  }
  const [manager, clerk] = [as('演示主任'), as('演示前台')]

  const persons = moveIn(clerk, manager, today, (when) => (now = when))
  const staff = { manager, clerk, teacher: as('演示老师'), assistant: as('演示助教') }
  const setClock = (when: Date) => (now = when)
  const matters = new Map(
    rows<{ id: number; code: string }>(desk.db, 'SELECT id, code FROM matter').map(({ id, code }) => [
      code,
      id,
    ]),
  )
  const visits = openVisits({ clerk, manager, today, present, persons, matters, setClock })
  const noons = openNoonClass({ staff, today, present, persons, setClock })
  const volunteers = openVolunteers({ clerk, manager, today, present })
  const person = (key: string) => persons.get(key) ?? missing(key)

  const random = openRandom(28)
  const tickets = questions.map(() => random.uuid())
  const ids = new Map<Question, number>()
  const line: Later[] = [...visits, ...noons, ...volunteers]
  const moment = (ago: number, hour: number, nth: number): Date => {
    const planned = at(workingDayBefore(today, ago), hour, (nth * 11) % 150)
    if (ago > 0) return planned
    // Today's are as many minutes ago as fit into the day so far.
    const soFar = (present.getTime() - at(today, 0, 0).getTime()) / 60_000
    return new Date(
      present.getTime() - Math.floor((soFar * (questions.length - nth)) / 8 / questions.length) * 60_000,
    )
  }

  const idOf = (title: string) => {
    const question = questions.find((one) => one.title === title) ?? missing(title)
    return ids.get(question) ?? missing(title)
  }

  questions.forEach((question, nth) => {
    const who = nth % 5 === 4 ? manager : clerk
    line.push({
      at: moment(question.ago, 9, nth),
      happen: () => {
        const { asker, name, subject, matter } = question
        const made = acceptEnquiry(who, {
          title: question.title,
          words: question.words ?? '',
          matterId: matter ? (matters.get(matter) ?? missing(matter)) : null,
          channel: question.channel ?? '窗口',
          askerId: asker ? person(asker) : null,
          givenName: name ?? '',
          givenPhone: name ? `199000001${String(nth).padStart(2, '0')}` : '',
          anonymous: !asker && !name,
          subjectId: subject ? person(subject) : null,
          answer: question.answer ?? '',
          ticket: tickets[nth]!,
        })
        ids.set(question, made.id)
      },
    })
    for (const { ago, hour = 14, ...what } of question.then ?? []) {
      line.push({
        at: moment(ago, hour, nth),
        happen: () => happen({ clerk, manager, today, idOf }, ids.get(question)!, what),
      })
    }
  })
  // Yesterday the manager archived what was closed more than a month ago.
  line.push({
    at: at(workingDayBefore(today, 1), 17, 20),
    happen: () => archiveClosed(manager, addDays(today, -31)),
  })
  line.sort((one, other) => one.at.getTime() - other.at.getTime())
  for (const { at: when, happen } of line) {
    now = when
    happen()
  }
  now = present
  mergePersons(manager, {
    into: person('刘桂英'),
    from: person('刘桂英旧'),
    reason: '同一人登记了两次，电话相同',
  })
  setUpCertificates(manager)
}
