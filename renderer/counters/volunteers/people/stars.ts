import { durationWords } from '../../../components/formats.ts'
import { starWords } from '../words.ts'

/** 还差 38 小时 30 分到三星; of one with all five that nothing is above. */
export function nextStarWords(next: { star: number; minutesLeft: number } | null): string {
  return next ? `还差 ${durationWords(next.minutesLeft)}到${starWords(next.star)}` : '已经是最高的五星'
}

/**
 * How far between the present star and the next one, 0 to 1; 1 with five stars. `starHours` = hours for one to five stars,
 * rising (rules).
 */
export function starShare(minutes: number, star: number, starHours: readonly number[]): number {
  const next = starHours[star]
  if (next === undefined) return 1
  const from = (star === 0 ? 0 : (starHours[star - 1] ?? 0)) * 60
  return Math.min(1, Math.max(0, (minutes - from) / (next * 60 - from)))
}

/** Bars of the years: each as a share of the longest, 0 to 1; nothing is longer than the longest, nor below nought. */
export function yearBars(years: readonly { year: number; minutes: number; activities: number }[]) {
  const longest = Math.max(1, ...years.map(({ minutes }) => minutes))
  return years.map((one) => ({ ...one, share: Math.max(0, one.minutes) / longest }))
}
