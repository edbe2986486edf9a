import type { VisitRules } from '../../../../electron/contract/visit-posts.ts'

export type Intervals = VisitRules['intervals']

/**
 * The intervals with one group's days set, in the order of the list of groups; NaN, of a field left empty, takes the group
 * out. A group that is on no list any more stays at the end until it is taken out.
 */
export function withDays(
  intervals: Intervals,
  keyGroup: string,
  days: number,
  groups: readonly string[],
): Intervals {
  const others = intervals.filter((one) => one.keyGroup !== keyGroup)
  const place = (group: string) => (groups.includes(group) ? groups.indexOf(group) : groups.length)
  return (Number.isNaN(days) ? others : [...others, { keyGroup, days }]).sort(
    (one, other) => place(one.keyGroup) - place(other.keyGroup),
  )
}

/** Whether the core would take these days: whole, one to a year. */
export const daysSound = (days: number): boolean => Number.isInteger(days) && days >= 1 && days <= 366

/** The list with the item at `index` one place further up. */
export function movedUp<Item>(items: readonly Item[], index: number): Item[] {
  const moved = [...items]
  const [item] = moved.splice(index, 1)
  if (item !== undefined) moved.splice(Math.max(0, index - 1), 0, item)
  return moved
}

/** What is wrong with an item of the tick list where it stands; '' for nothing. */
export function itemProblem(items: readonly string[], index: number): string {
  const item = items[index]!.trim()
  if (item === '') return '请写查看什么，或去掉这一项'
  return items.findIndex((other) => other.trim() === item) < index ? '上面已经有这一项' : ''
}

/** How many families a year the goal reaches, for somebody who works 12 months. */
export const yearReach = (monthGoal: number): number => monthGoal * 12
