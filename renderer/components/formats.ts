import type { Limit } from '../../electron/contract/rules.ts'

/** The desk's calendar is China's, wherever the browser believes to be. */
const zone = 'Asia/Shanghai'

const localDay = new Intl.DateTimeFormat('sv-SE', { timeZone: zone })
const localTime = new Intl.DateTimeFormat('zh-CN', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const weekday = new Intl.DateTimeFormat('zh-CN', { timeZone: 'UTC', weekday: 'long' })

type Moment = string | Date
const asDate = (moment: Moment) => (typeof moment === 'string' ? new Date(moment) : moment)

/** The local day of an instant: `2026-11-23`. */
export function dayOf(moment: Moment): string {
  return localDay.format(asDate(moment))
}

/** `09:12`. */
export function timeWords(moment: Moment): string {
  return localTime.format(asDate(moment)).replace(/^24/, '00')
}

const numberOf = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)

/** A calendar day as it is said: 今天, 昨天, 明天, 11月20日, 2025年11月20日. */
export function dayWords(day: string, now: Date = new Date()): string {
  const today = dayOf(now)
  const distance = numberOf(day) - numberOf(today)
  if (distance === 0) return '今天'
  if (distance === -1) return '昨天'
  if (distance === 1) return '明天'
  const [year, month, date] = day.split('-').map(Number)
  return `${day.slice(0, 4) === today.slice(0, 4) ? '' : `${year}年`}${month}月${date}日`
}

/** An instant as it is said: 今天 09:12, 昨天 16:40, 11月20日, 2025年11月20日. `exact` keeps the time on older ones. */
export function momentWords(moment: Moment, now: Date = new Date(), exact = false): string {
  const words = dayWords(dayOf(moment), now)
  return exact || words === '今天' || words === '昨天' ? `${words} ${timeWords(moment)}` : words
}

/** 11月23日 星期一. */
export function dateWithWeekday(now: Date = new Date()): string {
  const day = dayOf(now)
  const [, month, date] = day.split('-').map(Number)
  return `${month}月${date}日 ${weekday.format(new Date(`${day}T00:00:00Z`))}`
}

/** How a limit stands, by working days left: 还剩 2 个工作日, 今天到期, 超期 1 个工作日; empty when nothing is due. */
export function limitWords(workingDaysLeft: number | null): string {
  if (workingDaysLeft === null) return ''
  if (workingDaysLeft === 0) return '今天到期'
  if (workingDaysLeft < 0) return `超期 ${-workingDaysLeft} 个工作日`
  return `还剩 ${workingDaysLeft} 个工作日`
}

/** A limit as it is promised: 5 个工作日, 4 个工作小时. */
export function termWords({ amount, unit }: Limit): string {
  return `${amount} ${unit === 'day' ? '个工作日' : '个工作小时'}`
}

/** Whole minutes as 2 小时 30 分. */
export function durationWords(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest} 分钟`
  return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分`
}

/** 12.4 MB. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`
  const megabytes = bytes / 1024 / 1024
  return megabytes < 1024 ? `${megabytes.toFixed(1)} MB` : `${(megabytes / 1024).toFixed(2)} GB`
}

/** 12,345. */
export function countWords(count: number): string {
  return count.toLocaleString('en-US')
}
