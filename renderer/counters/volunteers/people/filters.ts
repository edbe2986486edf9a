import type { LocationQuery } from 'vue-router'
import { colourOrder } from '../words.ts'
import type { VolunteerFilter } from './volunteers.ts'

export const lackWords: Record<NonNullable<VolunteerFilter['lacks']>, string> = {
  'guardian-consent': '缺监护人同意',
  'publish-consent': '没同意公示',
  'national-number': '没进全国系统',
  facts: '档案不全',
}
export const stateWords: Record<VolunteerFilter['state'], string> = {
  present: '在册',
  left: '已退出',
  all: '全部',
}

export type Narrowing = Omit<VolunteerFilter, 'query'>

const among = <Value extends string>(value: unknown, words: Record<Value, string>): Value | undefined =>
  typeof value === 'string' && value in words ? (value as Value) : undefined

/** What an address narrows the list to; whatever it says that is none of the choices is left out. */
export function readFilter(query: LocationQuery): Narrowing {
  const colour = colourOrder.find((one) => one === query['colour'])
  const star = /^[0-5]$/.test(String(query['star'])) ? Number(query['star']) : undefined
  const lacks = among(query['lacks'], lackWords)
  const team = Number(query['team'])
  return {
    state: among(query['state'], stateWords) ?? 'present',
    ...(colour ? { colour } : {}),
    ...(Number.isInteger(team) && team > 0 ? { teamId: team } : {}),
    ...(star === undefined ? {} : { star }),
    ...(query['party'] === 'yes' ? { partyMember: true } : {}),
    ...(lacks ? { lacks } : {}),
  }
}

/** The same as it stands in an address; what is not narrowed is not written. */
export function writeFilter({ state, colour, teamId, star, partyMember, lacks }: Narrowing) {
  return {
    ...(state === 'present' ? {} : { state }),
    ...(colour ? { colour } : {}),
    ...(teamId ? { team: String(teamId) } : {}),
    ...(star === undefined ? {} : { star: String(star) }),
    ...(partyMember ? { party: 'yes' } : {}),
    ...(lacks ? { lacks } : {}),
  }
}

/** How many conditions stand beside what is typed. */
export const conditionsOf = (filter: Narrowing): number => Object.keys(writeFilter(filter)).length
