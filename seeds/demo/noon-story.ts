import { arriveChildren, undoAttendance } from '../../electron/counters/noon-class/arrivals.ts'
import { withdrawChild } from '../../electron/counters/noon-class/enrolments.ts'
import { reportIncident, signOffIncident } from '../../electron/counters/noon-class/incidents.ts'
import { addLeave } from '../../electron/counters/noon-class/leaves.ts'
import { value } from '../../electron/database/open.ts'
import { addWorkingDays } from '../../electron/workbench/calendar.ts'
import type { Random } from '../dataset/random.ts'
import { missing } from './happen.ts'
import { lateToday, onLeave, collectedLate, specials, whoLeft } from './noon-children.ts'
import { noonOf, type Noon, type Step } from './noon-days.ts'
import type { DemoChild } from './noon-enrol.ts'
import type { Staff } from './noon-setup.ts'

type Source = {
  staff: Staff
  children: DemoChild[]
  random: Random
  /** School days of the last weeks, today with them when it is one. */
  days: string[]
  today: string
}

const byKey = (children: DemoChild[]) => (key: string) =>
  children.find((one) => one.key === key) ?? missing(key)

/** What went wrong in these weeks: one incident is signed off with what was added, one is open. */
function incidentsOf({ staff, children, days }: Source): Step[] {
  const child = byKey(children)
  const [hurt, ill] = [child('曾宇航'), child('黄可馨')]
  const at = (day: string, time: string) => new Date(`${day}T${time}:00.000+08:00`).toISOString()
  const [day, next, last] = [days.at(-7)!, days.at(-6)!, days.at(-2)!]
  const nothing = { groupId: null, follows: null, fileIds: [] }
  let [first, added] = [0, 0]
  const told: Step[] = [
    {
      day,
      hour: 13,
      minute: 12,
      happen: () => {
        first = reportIncident(hurt.group.teacher, {
          ...nothing,
          childId: hurt.id,
          kind: 'injury',
          happenedAt: at(day, '13:04'),
          what: '活动室追跑时摔倒，右膝擦破皮',
          measures: '清水冲洗，碘伏消毒，贴创可贴',
          called: ['监护人'],
        }).id
      },
    },
    {
      day: next,
      hour: 12,
      minute: 20,
      happen: () => {
        added = reportIncident(hurt.group.teacher, {
          ...nothing,
          childId: hurt.id,
          follows: first,
          kind: 'injury',
          happenedAt: at(next, '12:15'),
          what: '第二天看过，已结痂，活动正常',
          measures: '',
          called: [],
        }).id
      },
    },
    {
      day: next,
      hour: 16,
      minute: 40,
      happen: () => {
        for (const id of [first, added]) {
          signOffIncident(staff.manager, { id, text: '处理及时，活动室地面已加防滑垫' })
        }
      },
    },
    {
      day: last,
      hour: 12,
      minute: 38,
      happen: () =>
        reportIncident(ill.group.teacher, {
          ...nothing,
          childId: ill.id,
          kind: 'illness',
          happenedAt: at(last, '12:31'),
          what: '午饭吃了几口说肚子疼，脸色发白',
          measures: '躺下休息，量体温 36.8℃，已请妈妈来接',
          called: ['监护人'],
        }),
    },
  ]
  return told
}

/** Leaves told by phone, on a day for another. */
function tellLeave(
  { staff }: Source,
  told: string,
  hour: number,
  child: DemoChild,
  on: string,
  reason: string,
): Step {
  const { id: childId, guardians } = child
  const toldBy = guardians[0]!.name
  const happen = () => addLeave(staff.clerk, { childId, fromDay: on, toDay: on, reason, toldBy })
  return { day: told, hour, minute: 12, happen }
}

/** Somebody tapped the wrong tile and took it back within its five seconds. */
function tapWrongly(child: DemoChild, day: string): Step[] {
  let attendanceIds: number[] = []
  const moment = { day, hour: 11, minute: 50 }
  const { teacher } = child.group
  const tap = () => {
    const made = arriveChildren(teacher, { childIds: [child.id], day, how: 'tap', at: null })
    attendanceIds = made.arrived.map(({ attendanceId }) => attendanceId)
  }
  return [
    { ...moment, second: 10, happen: tap },
    { ...moment, second: 13, happen: () => undoAttendance(teacher, { attendanceIds, reason: '点错了' }) },
  ]
}

/** The weeks of the class up to today, in no order: noons, leaves, one who left, incidents. */
export function planNoons(source: Source): Step[] {
  const { staff, children, random, days, today } = source
  const { db } = staff.clerk.desk
  const child = byKey(children)
  const gone = child(whoLeft.key)
  const leftDay = days[3]!
  const withdraw = () => {
    const version = value<number>(db, 'SELECT version FROM child WHERE id = ?', gone.id)!
    withdrawChild(staff.clerk, { id: gone.id, version, leftDay, reason: whoLeft.reason })
  }
  const before = days.filter((day) => day !== today)
  const yesterday = before.at(-1)!
  const tomorrow = addWorkingDays(today, 1)
  const steps: Step[] = [
    { day: days[2]!, hour: 15, minute: 5, happen: withdraw },
    tellLeave(source, yesterday, 16, child(onLeave.tomorrow), tomorrow, '去医院看牙'),
    ...tapWrongly(child('林悦'), yesterday),
    ...incidentsOf(source),
  ]

  const named = new Set([
    ...Object.keys(specials),
    ...Object.values(onLeave),
    ...Object.values(lateToday),
    whoLeft.key,
  ])
  const others = children.filter(({ key }) => !named.has(key))
  const reasons = ['发烧在家休息', '去医院看牙', '家里有事']
  for (const day of days) {
    const noon: Noon = { absent: [], leave: [] }
    if (day === today) {
      noon.late = child(lateToday.comes)
      noon.absent = [child(lateToday.ill)]
      noon.leave = [child(onLeave.today)]
      noon.collectedLate = child(collectedLate)
      steps.push(tellLeave(source, yesterday, 16, child(onLeave.today), today, '发烧在家休息'))
    } else {
      const [one, other] = [random.pick(others), random.pick(others)]
      if (random.chance(0.4)) noon.absent = [one]
      if (one !== other && random.chance(0.7)) {
        noon.leave = [other]
        steps.push(tellLeave(source, day, 9, other, day, random.pick(reasons)))
      }
    }
    const enrolled = day < leftDay ? children : children.filter((one) => one !== gone)
    steps.push(...noonOf(enrolled, random, day, noon))
  }
  return steps
}
