import { localDay } from './calendar.ts'
import { idNumbers, phoneNumbers } from './masking.ts'

/** `2026-11-23` -> 2026年11月23日. */
export function spelledDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** `2026-11` -> 2026年11月. */
export function spelledMonth(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return `${year}年${number}月`
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** The local time of an instant: 09:41. */
export const spelledTime = (at: string) => clock.format(new Date(at))

/** An instant in local time: 2026年11月23日 09:41. */
export function spelledMoment(at: string): string {
  return `${spelledDay(localDay(new Date(at)))} ${spelledTime(at)}`
}

/** The day of the week as one sign: 一 … 日. */
export const weekdayOf = (day: string) => [...'日一二三四五六'][new Date(`${day}T00:00:00Z`).getUTCDay()]!

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

/** Mustache asks a list only whether it is empty inside itself; a heading needs to know before. */
export function listed<Item>(list: Item[]): { list: Item[] } | null {
  return list.length > 0 ? { list } : null
}
