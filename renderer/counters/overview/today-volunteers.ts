import type { VolunteersToday } from '../../../electron/contract/volunteer-reports.ts'
import { dayWords } from '../../components/formats.ts'
import { starWords } from '../volunteers/words.ts'

/** Names told in a line of 今日; the rest is a number. */
const mostNames = 8

export type Told = { label: string; names: { volunteerId: number; words: string }[]; more: number }

/** When the nearest confirmation is due; empty while nothing waits. */
export function deadlineWords({ nearestDeadline, day }: VolunteersToday, now = new Date()): string {
  if (nearestDeadline === null) return ''
  return nearestDeadline < day
    ? `最早的 ${dayWords(nearestDeadline, now)} 已到期`
    : `最近 ${dayWords(nearestDeadline, now)} 到期`
}

/** Birthdays, anniversaries and stars to be glad about, each by name; kinds without anybody are left out. */
export function gladOf({ birthdays, anniversaries, stars }: VolunteersToday): Told[] {
  const told = (label: string, all: { volunteerId: number; words: string }[]): Told => ({
    label,
    names: all.slice(0, mostNames),
    more: Math.max(0, all.length - mostNames),
  })
  return [
    told(
      '今天生日',
      birthdays.map(({ volunteerId, name }) => ({ volunteerId, words: name })),
    ),
    told(
      '加入周年',
      anniversaries.map(({ volunteerId, name, years }) => ({ volunteerId, words: `${name} ${years} 年` })),
    ),
    told(
      '本月升星',
      stars.map(({ volunteerId, name, star }) => ({ volunteerId, words: `${name} ${starWords(star)}` })),
    ),
  ].filter(({ names }) => names.length > 0)
}
