import type { RouteLocationRaw } from 'vue-router'

/** A number on 今日 that opens its rows: `tone` colours it unless it is nought, `hint` follows it. */
export type TodayCount = {
  label: string
  count: number
  tone: '' | 'ok' | 'info' | 'warn' | 'bad'
  to: RouteLocationRaw
  hint?: string
}
