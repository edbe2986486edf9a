import { endOfDay, localDay } from '../../workbench/calendar.ts'
import { idNumbers, maskName, phoneNumbers } from '../../workbench/masking.ts'

/** `2026-11-23` -> 2026年11月23日. */
export function spelledDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** An instant in local time: 2026年11月23日 09:41. */
export function spelledMoment(at: string): string {
  const moment = new Date(at)
  return `${spelledDay(localDay(moment))} ${clock.format(moment)}`
}

/** Until when: the day alone for a limit that counts days (it ends with its day), else the minute. */
export function spelledLimit(dueAt: string): string {
  const day = localDay(new Date(dueAt))
  return dueAt === endOfDay(day) ? spelledDay(day) : spelledMoment(dueAt)
}

export const partNames = { lead: '主办', assist: '协办' } as const

/** The blank before a number goes with it. */
const leaveOut = (text: string, numbers: RegExp) =>
  text.replace(new RegExp(`[ 　]?${numbers.source}`, numbers.flags), '（号码略）')

/** A text without anybody's ID number: residents and clerks paste them into what they write. */
export function withoutIds(text: string): string {
  return leaveOut(text, idNumbers)
}

/** A text without ID numbers and phone numbers. */
export function withoutNumbers(text: string): string {
  return leaveOut(withoutIds(text), phoneNumbers)
}

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

/** Mustache asks a list only whether it is empty inside itself; a heading needs to know before. */
export function listed<Item>(list: Item[]): { list: Item[] } | null {
  return list.length > 0 ? { list } : null
}
