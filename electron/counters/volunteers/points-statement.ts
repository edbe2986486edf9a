import type { PointEntry } from '../../contract/volunteer-points.ts'
import { rows, type Database } from '../../database/open.ts'
import { listed, spelledDay } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { nameNow } from '../people/lines.ts'
import { todayOf } from '../people/record.ts'
import { readCommunity } from '../settings/community.ts'
import { entriesOf, readStatement } from './ledger.ts'
import type { Draft } from './paper.ts'
import { signed } from './paper-words.ts'

/** Older ones are one line: what was carried over. */
const mostEntries = 300

const causes: Record<PointEntry['cause'], string> = {
  service: '服务',
  'service-reversal': '撤销服务记录',
  redemption: '兑换',
  'redemption-reversal': '撤销兑换',
  expiry: '到期',
}

const entryOf = ({ day, cause, title, points, balance, writtenOff }: PointEntry) => ({
  day,
  cause: causes[cause],
  title,
  points: signed(points),
  balance,
  note:
    writtenOff > 0
      ? `另有 ${writtenOff} 分已用掉或到期，核销`
      : writtenOff < 0
        ? `先抵销以前核销的 ${-writtenOff} 分`
        : '',
})

const volunteerOf = (db: Database, volunteerId: number) =>
  rows<{ number: string; name: string }>(
    db,
    `SELECT v.number, ${nameNow('p')} AS name FROM volunteer AS v JOIN person AS p ON p.id = v.person_id
     WHERE v.id = ?`,
    volunteerId,
  )[0]!

/** The points of a volunteer, oldest first, with the balance after each. NOT_FOUND `volunteer`. */
export function pointsStatement(context: Context, volunteerId: number): Draft {
  const { db } = context.desk
  const { points, writtenOff, expires } = readStatement(context, { volunteerId, limit: 1 })
  const { number, name } = volunteerOf(db, volunteerId)
  const entries = entriesOf(db, volunteerId, mostEntries).reverse()
  const first = entries[0]
  const before = first ? first.balance - first.points : 0
  return {
    kind: 'points-statement',
    title: `志愿服务积分对账单 ${number}`,
    subject: `volunteer:${volunteerId}`,
    data: {
      community: { name: readCommunity(db).name },
      number,
      name,
      printed: spelledDay(todayOf(context)),
      points,
      writtenOff: writtenOff > 0 && { points: writtenOff },
      expires: expires && { points: expires.points, day: spelledDay(expires.day) },
      // A whole page of them and none before: nothing was carried over.
      carried: entries.length === mostEntries && { balance: before },
      entries: listed(entries.map(entryOf)),
    },
  }
}
