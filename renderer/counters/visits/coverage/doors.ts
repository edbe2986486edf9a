import type { DoorMap } from '../../../../electron/contract/visit-coverage.ts'
import { dayWords } from '../../../components/formats.ts'

export type Door = DoorMap[number]['units'][number]['doors'][number]
export type Standing = 'month' | 'year' | 'older' | 'never' | 'vacant' | 'moved'

/** Each standing with the sign that tells it without its colour, in the order of the legend. */
export const standings: Record<Standing, { sign: string; words: string }> = {
  month: { sign: '●', words: '本月见过' },
  year: { sign: '◐', words: '今年见过' },
  older: { sign: '○', words: '今年未见，往年见过' },
  never: { sign: '？', words: '还没有见过' },
  vacant: { sign: '空', words: '空置，不算在内' },
  moved: { sign: '搬', words: '搬离，不算在内' },
}

/** How a door stands on a day, by when somebody was met there last. */
export function standingOf({ away, lastMetDay }: Pick<Door, 'away' | 'lastMetDay'>, today: string): Standing {
  if (away) return away
  if (!lastMetDay) return 'never'
  if (lastMetDay.slice(0, 7) === today.slice(0, 7)) return 'month'
  return lastMetDay.slice(0, 4) === today.slice(0, 4) ? 'year' : 'older'
}

/** 2单元501，11月3日见过，重点人群，到期该去了. */
export function doorWords(unit: string, door: Door, now: Date): string {
  const parts = [`${unit ? `${unit}单元` : ''}${door.number}`]
  if (door.away) parts.push(door.away === 'vacant' ? '空置' : '搬离')
  else parts.push(door.lastMetDay ? `${dayWords(door.lastMetDay, now)}见过` : '还没有见过')
  if (door.keyGroup) parts.push('重点人群')
  if (door.overdue && !door.away) parts.push('到期该去了')
  return parts.join('，')
}

/** The floor of a door by its number, as numbers are given: 501 on the 5th, 1104 on the 11th; 0 where none is said. */
export function floorOf(number: string): number {
  const digits = /^\d{3,5}$/.exec(number)?.[0]
  return digits ? Number(digits.slice(0, -2)) : 0
}

/** Doors of a unit floor by floor, the highest on top, as one sees the house. */
export function floorsOf(doors: readonly Door[]): { floor: number; doors: Door[] }[] {
  const byFloor = Map.groupBy(doors, ({ number }) => floorOf(number))
  return [...byFloor].map(([floor, members]) => ({ floor, doors: members })).sort((a, b) => b.floor - a.floor)
}

/** Doors of a building that count, and those of them that were met this year. */
export function countDoors(building: DoorMap[number], today: string): { seen: number; all: number } {
  const count = { seen: 0, all: 0 }
  for (const { doors } of building.units)
    for (const door of doors) {
      const standing = standingOf(door, today)
      if (door.away) continue
      count.all += 1
      if (standing === 'month' || standing === 'year') count.seen += 1
    }
  return count
}
