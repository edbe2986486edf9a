import type { VolunteerRules } from '../../../../electron/contract/volunteer-rules.ts'
import type { PointRule } from '../../../../electron/contract/volunteer-points.ts'
import { durationWords } from '../../../components/formats.ts'

export const ruleLabels = {
  starHours: '星级',
  confirmDays: '确认期限',
  flaggedDayHours: '一天多少小时提醒',
  activeHours: '活跃志愿者',
  objectionDays: '公示天数',
  pointsExpire: '积分到期',
} as const

/** As the contract bounds them. */
export const ruleBounds = {
  confirmDays: { least: 1, most: 10 },
  flaggedDayHours: { least: 1, most: 24 },
  activeHours: { least: 0, most: 1000 },
  objectionDays: { least: 1, most: 60 },
} as const
export type CountedRule = keyof typeof ruleBounds

/**
 * What the core would refuse: by star `count` for no whole number in 1 to 100,000, `not-rising` for one that is not more than
 * the star before it; and the other rules out of their bounds.
 */
export function ruleProblems(rules: VolunteerRules) {
  const { starHours } = rules
  const stars = starHours.map((hours, at) => {
    if (!Number.isInteger(hours) || hours < 1 || hours > 100_000) return 'count' as const
    return at > 0 && hours <= starHours[at - 1]! ? ('not-rising' as const) : null
  })
  const counts = (Object.keys(ruleBounds) as CountedRule[]).filter((rule) => {
    const { least, most } = ruleBounds[rule]
    return !Number.isInteger(rules[rule]) || rules[rule] < least || rules[rule] > most
  })
  return { stars, counts }
}

/** How a rule gives points: 每小时 1 分; 每次 2 分; both. */
export function pointRuleWords({ perHour, perAttendance }: Pick<PointRule, 'perHour' | 'perAttendance'>) {
  return [perHour ? `每小时 ${perHour} 分` : '', perAttendance ? `每次 ${perAttendance} 分` : '']
    .filter(Boolean)
    .join('，另加')
}

/** Points of a record of so many minutes: floor(minutes / 60 × perHour) + perAttendance, as the core posts them. */
export function pointsFor(
  minutes: number,
  { perHour, perAttendance }: Pick<PointRule, 'perHour' | 'perAttendance'>,
): number {
  return Math.floor((minutes * perHour) / 60) + perAttendance
}

/** An example that shows how it is reckoned: 服务 2 小时 30 分得 3 分. */
export const exampleWords = (minutes: number, rule: Pick<PointRule, 'perHour' | 'perAttendance'>) =>
  `${durationWords(minutes)}得 ${pointsFor(minutes, rule)} 分`

/** Whether a point rule holds on a local day, comes later or is over. */
export function standingOf({ fromDay, toDay }: Pick<PointRule, 'fromDay' | 'toDay'>, today: string) {
  if (fromDay > today) return 'coming' as const
  return toDay !== null && toDay < today ? ('over' as const) : ('now' as const)
}
