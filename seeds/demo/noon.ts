import { isWorkingDay } from '../../electron/workbench/calendar.ts'
import { openRandom } from '../dataset/random.ts'
import { at, workingDayBefore } from './moments.ts'
import { enrolChildren } from './noon-enrol.ts'
import { setUpTerm, type Staff } from './noon-setup.ts'
import { planNoons } from './noon-story.ts'

/** School days behind the demo's today: four weeks. */
const noonsBehind = 20

type Source = {
  staff: Staff
  today: string
  present: Date
  /** Ids of the demo's people by key. */
  persons: Map<string, number>
  setClock: (when: Date) => void
}

/**
 * Opens the noon class of the demo four weeks ago, and plans what has happened in it since, up to this minute: before noon
 * everybody is still expected, at a quarter past twelve two are missing, in the evening all are collected.
 */
export function openNoonClass({ staff, today, present, persons, setClock }: Source) {
  const firstNoon = workingDayBefore(today, noonsBehind)
  let moment = at(workingDayBefore(firstNoon, 2), 9, 30).getTime()
  const tick = () => {
    moment += 45_000
    setClock(new Date(moment))
  }
  tick()
  const groups = setUpTerm(staff, today, firstNoon)
  const keys = new Map([...persons].map(([key, id]) => [id, key]))
  const keyOf = (id: number, name: string) => keys.get(id) ?? `${name}#${id}`
  const children = enrolChildren(staff.clerk, groups, { today, firstNoon }, keyOf, tick)

  const days = Array.from({ length: noonsBehind }, (_, nth) => workingDayBefore(today, noonsBehind - nth))
  if (isWorkingDay(today)) days.push(today)
  return planNoons({ staff, children, random: openRandom(1210), days, today })
    .map(({ day, hour, minute, second, happen }) => ({ at: at(day, hour, minute, second), happen }))
    .filter((step) => step.at <= present)
}
