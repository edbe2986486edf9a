import type { PioneerCorrection } from '../../contract/volunteer-pioneer.ts'
import { fail } from '../../workbench/errors.ts'
import { maskName } from '../../workbench/masking.ts'
import { listed, spelledDay } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { readCommunity } from '../settings/community.ts'
import type { Draft } from './paper.ts'
import { hoursText } from './paper-words.ts'
import { readPioneerYear } from './pioneer-record.ts'
import { lockedRanks, shares, toRankLines } from './ranking.ts'

const corrections: Record<PioneerCorrection['kind'], string> = {
  recompute: '按记录重新计算',
  exclude: '不再参加排名',
  restore: '恢复参加排名',
  'no-change': '核对无误，不变',
}

const place = (rank: number | null) => (rank === null ? '无名次' : `第 ${rank} 名`)

/**
 * The list that is put up: the first places of the year, whole names only of those who consent today (令67号 Art 16), and
 * what was corrected. CONFLICT `step` for a year that is not published.
 */
export function publicationList(context: Context, year: number): Draft {
  const { db } = context.desk
  const today = todayOf(context)
  const found = readPioneerYear(context, year)
  const { places, publishedDay, objectionsUntil } = found
  if (places === null || publishedDay === null || objectionsUntil === null) {
    fail('CONFLICT', { because: 'step' })
  }
  const ranks = lockedRanks(db, year)
  const lines = toRankLines(db, ranks, shares(ranks), today)
  const consented = new Set(lines.filter(({ mayPublish }) => mayPublish).map((line) => line.volunteerId))
  const shown = (id: number, name: string) => (consented.has(id) ? name : maskName(name))
  const { name, phone, address, hours } = readCommunity(db)
  const final = found.state === 'frozen'
  return {
    kind: 'publication-list',
    title: `${year}年度志愿先锋${final ? '名单' : '公示'}`,
    subject: `pioneer:${year}`,
    data: {
      community: { name, phone, address, hours },
      number: `${year}年度志愿先锋`,
      year,
      final,
      until: spelledDay(found.untilDay),
      published: spelledDay(publishedDay),
      objections: spelledDay(objectionsUntil),
      lines: lines
        .filter(({ rank }) => rank !== null && rank <= places)
        .map((line) => ({
          rank: line.rank,
          shared: line.shared,
          name: shown(line.volunteerId, line.name),
          number: line.number,
          hours: hoursText(line.minutes),
          activities: line.activities,
          rating: line.rating === null ? '—' : (line.rating / 100).toFixed(2),
        })),
      corrections: listed(
        found.corrections.map((made) => ({
          name: shown(made.volunteerId, made.name),
          number: made.number,
          what: corrections[made.kind],
          before: place(made.before.rank),
          after: place(made.after.rank),
        })),
      ),
    },
  }
}
