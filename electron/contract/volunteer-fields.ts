import { z } from 'zod'

/** Who may look at volunteers: the desk and the auditor; teachers work with children only. */
export const readers = ['clerk', 'manager', 'auditor'] as const

/** The seven colours in their order (seed article, 七彩志愿). */
export const colours = ['red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'purple'] as const
export type Colour = (typeof colours)[number]

/** Colours and their fields of work as they are said; an unknown colour is INVALID `colour` `invalid_value`. */
export const colourWords: Readonly<Record<Colour, { colour: string; work: string }>> = {
  red: { colour: '红', work: '扶贫帮困' },
  orange: { colour: '橙', work: '青春助跑' },
  yellow: { colour: '黄', work: '治安巡逻' },
  green: { colour: '绿', work: '生态环保' },
  cyan: { colour: '青', work: '法律维权' },
  blue: { colour: '蓝', work: '家电维修' },
  purple: { colour: '紫', work: '卫生保健' },
}

/** Every month's volunteer day and the volunteer month (seed article). */
export const serviceDayOfMonth = 28
export const serviceMonth = 3

/** Only `service` counts as hours; `training` is recorded apart (令67号 Art 8), a `party-duty` never counts (Art 19). */
export const activityKinds = ['service', 'training', 'party-duty'] as const

/** Consents of the person's record (`people.consent`): to be named in a list (令67号 Art 16), and of a minor's guardian. */
export const consentPurposes = { publish: '志愿服务信息公示', guardian: '未成年人参加志愿服务' } as const

/**
 * A local time within one day, `08:30`, to `24:00`. Problem words: `time-of-day`; `more-than-a-day` for 25:00, which belongs
 * to no day.
 */
export const clock = z
  .string()
  .max(5)
  .refine((value) => /^\d\d:[0-5]\d$/.test(value), { error: 'time-of-day', abort: true })
  .refine((value) => value <= '24:00', 'more-than-a-day')

/** Minutes since midnight of a `clock`. */
export const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/**
 * What is wrong with two times of one day. An end that would make sense on the next morning (at most twelve hours later) is
 * `across-midnight`: divide it in two days; every other is `before-start`.
 */
export function spanProblem(starts: string, ends: string): 'before-start' | 'across-midnight' | null {
  const span = minutesOf(ends) - minutesOf(starts)
  if (span > 0) return null
  return span < 0 && span + 24 * 60 <= 12 * 60 ? 'across-midnight' : 'before-start'
}

/** A calendar month, `2026-03`. */
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
export const year = z.int().min(2000).max(2199)

/** Made once per entry by the screen: the same entry sent twice is one. */
export const ticket = z.uuid()

/** Opaque key of the last row seen; rows after it follow. */
export const after = z.string().max(80).optional()

/** Found by name, pinyin, initials or volunteer number. */
export const query = z.string().max(40).default('')

/** A file made on the spot: xlsx, base64, text cells only. */
export const sheet = z.object({ fileName: z.string(), base64: z.string() })
