import { endOfDay, localDay } from '../../workbench/calendar.ts'
import { maskName } from '../../workbench/masking.ts'
import { spelledDay, spelledMoment } from '../../workbench/paper-words.ts'

export { listed, spelledDay, spelledMoment, withoutIds, withoutNumbers } from '../../workbench/paper-words.ts'

/** Until when: the day alone for a limit that counts days (it ends with its day), else the minute. */
export function spelledLimit(dueAt: string): string {
  const day = localDay(new Date(dueAt))
  return dueAt === endOfDay(day) ? spelledDay(day) : spelledMoment(dueAt)
}

export const partNames = { lead: '主办', assist: '协办' } as const

/** A text in which this person is named as the public may read it. Names of one sign are in too many words. */
export function withoutName(text: string, name: string | undefined): string {
  return name && [...name].length > 1 ? text.replaceAll(name, maskName(name)) : text
}

/** Signs on a line of an A5 sheet at 11 pt: across the sheet, in a cell of a table, in one of two columns. */
export const signs = { sheet: 30, cell: 24, column: 13 } as const

/** Lines that a text takes where one line holds so many signs; none for an empty one. */
export function linesOf(text: string, width: number = signs.sheet): number {
  if (text === '') return 0
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].length / width)), 0)
}

/** As much of a text as so many lines hold; cut, it ends in ……. */
export function fit(text: string, lines: number, width: number = signs.sheet): string {
  const whole = text.replace(/\s*\n\s*/g, '\n')
  if (linesOf(whole, width) <= lines) return whole
  const kept: string[] = []
  let free = lines
  for (const line of whole.split('\n')) {
    const taken = linesOf(line, width)
    if (taken >= free) {
      kept.push(`${[...line].slice(0, free * width - 2).join('')}……`)
      break
    }
    kept.push(line)
    free -= taken
  }
  return kept.join('\n')
}

/** Lines that lists of papers take, each in two columns. */
export function linesOfLists(...lists: string[][]): number {
  return lists.reduce(
    (sum, names) =>
      sum + Math.ceil(names.reduce((lines, name) => lines + linesOf(name, signs.column), 0) / 2),
    0,
  )
}

/** From so many lines of papers on a sheet gives up some of its white. */
export const denseFrom = 10
