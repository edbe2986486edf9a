import { closeAbsence } from '../../electron/counters/noon-class/absence.ts'
import { logCall } from '../../electron/counters/noon-class/alarms.ts'
import { arriveChildren } from '../../electron/counters/noon-class/arrivals.ts'
import { releaseChild, releaseWithEscort } from '../../electron/counters/noon-class/release.ts'
import { checkTray } from '../../electron/counters/noon-class/trays.ts'
import type { Random } from '../dataset/random.ts'
import type { DemoChild } from './noon-enrol.ts'

/** Something that happens at a local time of one of the demo's days. */
export type Step = { day: string; hour: number; minute: number; second?: number; happen: () => void }

/** Who is not here by the group's time, and who is collected after it. */
export type Noon = {
  absent: DemoChild[]
  leave: DemoChild[]
  late?: DemoChild | undefined
  collectedLate?: DemoChild | undefined
}

const escort = '黄老师'
const oneByOne = { escort: '', at: null }
/** Minutes after eleven at which a group's children come in. */
const arrivals = [52, 56, 59, 63, 67]

/** A noon: who comes when, whose tray is looked at, who is called about, and who leaves with whom. */
export function noonOf(children: DemoChild[], random: Random, day: string, noon: Noon): Step[] {
  const steps: Step[] = []
  const plan = (hour: number, minute: number, happen: () => void) => {
    steps.push({ day, hour, minute, second: random.int(0, 59), happen })
  }
  const { late, absent, leave, collectedLate } = noon
  const here = children.filter((child) => !absent.includes(child) && !leave.includes(child))
  const inTime = here.filter((child) => child !== late)

  for (const group of new Set(children.map((child) => child.group))) {
    const ofGroup = inTime.filter((child) => child.group === group)
    arrivals.forEach((minute, nth) => {
      const childIds = ofGroup.filter((_, index) => index % arrivals.length === nth).map(({ id }) => id)
      if (childIds.length === 0) return
      plan(11, minute, () => arriveChildren(group.teacher, { childIds, day, how: 'tap', at: null }))
    })
    const escorted = here.filter((child) => child.group === group && child.leaves === 'escort')
    if (escorted.length === 0) continue
    const childIds = escorted.map(({ id }) => id)
    plan(13, 50, () => releaseWithEscort(group.teacher, { childIds, day, escort, at: null }))
  }
  for (const child of here) {
    const { id: childId, allergic, leaves, collectors } = child
    const { teacher } = child.group
    if (allergic) plan(12, random.int(25, 29), () => checkTray(teacher, { childId, day }))
    if (leaves === 'alone') {
      plan(13, random.int(36, 46), () => releaseChild(teacher, { childId, day, pickupId: null, ...oneByOne }))
    } else if (leaves === 'collected') {
      const pickupId = random.pick(collectors)
      const [hour, minute] = child === collectedLate ? [14, 9] : [12 + random.int(0, 1), random.int(40, 58)]
      plan(hour, minute, () => releaseChild(teacher, { childId, day, pickupId, ...oneByOne }))
    }
  }
  const call = (
    child: DemoChild,
    minute: number,
    nth: number,
    result: 'reached' | 'no-answer',
    text: string,
  ) =>
    plan(12, minute, () => {
      const guardianId = child.guardians[nth]?.id ?? null
      logCall(child.group.teacher, { childId: child.id, day, guardianId, result, text })
    })
  if (late) {
    call(late, 21, 0, 'reached', '路上堵，十分钟到')
    plan(12, 31, () => {
      arriveChildren(late.group.teacher, { childIds: [late.id], day, how: 'tap', at: null })
    })
  }
  absent.forEach((child, nth) => {
    call(child, 12 + nth, 0, 'no-answer', '')
    call(child, 22 + nth, 1, 'reached', '早上发烧，忘了请假')
    plan(12, 32 + nth, () => {
      closeAbsence(child.group.teacher, { childId: child.id, day, reason: '病了', text: '' })
    })
  })
  return steps
}
