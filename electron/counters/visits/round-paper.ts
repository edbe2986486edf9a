import type { Round } from '../../contract/visit-rounds.ts'
import { value, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { issueDocument, sameDocument, type NewDocument } from '../../workbench/documents.ts'
import { spelledDay, weekdayOf } from '../../workbench/paper-words.ts'
import { qrImage } from '../../workbench/qr.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { becausesText, outcomeWords } from './paper-words.ts'
import { codePrefix, readRound } from './rounds.ts'

type Stop = Round['list'][number]

const outcomes = Object.values(outcomeWords)

/** Two names and how many more: a row has room for so much. */
const namesText = (names: readonly string[]) =>
  names.length <= 2 ? names.join('、') : `${names.slice(0, 2).join('、')} 等 ${names.length} 人`

function rowOf(stop: Stop) {
  const { position, door, names, keyGroups, because, lastMetDay, attempts, openNeeds, followUpDay } = stop
  return {
    place: position,
    // The compound stands above its rows.
    door: door.split(' ').at(-1)!,
    names: namesText(names),
    // That it matters, not why: who stands at the door reads along, and not every visitor has a PIN (PIPL 6, 28).
    marked: keyGroups.length > 0,
    because: becausesText(because),
    last: [
      lastMetDay ? `上次 ${lastMetDay}` : '还没有见过',
      attempts > 0 && `跑空 ${attempts} 次`,
      openNeeds > 0 && `未结诉求 ${openNeeds} 件`,
      followUpDay && `约好 ${followUpDay} 再来`,
    ]
      .filter(Boolean)
      .join('　'),
  }
}

/** Rows under the name of their building: one walks them together. */
function legsOf(list: readonly Stop[]) {
  const legs: { building: string; stops: ReturnType<typeof rowOf>[] }[] = []
  for (const stop of list) {
    if (legs.at(-1)?.building !== stop.building) legs.push({ building: stop.building, stops: [] })
    legs.at(-1)!.stops.push(rowOf(stop))
  }
  return legs.map((leg) => ({ ...leg, count: leg.stops.length }))
}

const codeOf = (db: Database, id: number) =>
  codePrefix + value<string>(db, 'SELECT code FROM visit_round WHERE id = ?', id)!

function draftOf(db: Database, round: Round): Pick<NewDocument, 'kind' | 'title' | 'subject' | 'data'> {
  const code = codeOf(db, round.id)
  return {
    kind: 'visit-round',
    title: `走访单 ${round.number}`,
    subject: `round:${round.id}`,
    data: {
      community: { name: readCommunity(db).name },
      number: round.number,
      day: `${spelledDay(round.day)} 星期${weekdayOf(round.day)}`,
      grid: round.grid ?? '全部网格',
      visitors: round.visitors.map(({ name }) => name).join('、'),
      count: round.stops,
      code,
      qr: qrImage(code),
      outcomes,
      legs: legsOf(round.list),
    },
  }
}

/**
 * The printed round: one row a door with fields to fill in by hand, and the QR code that opens it again on every page.
 * Unchanged since the last one, that one is the paper. NOT_FOUND `round`.
 */
export function issueRoundPaper(context: Context, id: number): number {
  const { desk } = context
  const operator = operatorOf(context)
  const draft = draftOf(desk.db, readRound(context, id))
  const same = sameDocument(desk.db, draft)
  if (same !== undefined) return same
  return act(
    context,
    { action: 'document.issue', subject: (documentId: number) => `document:${documentId}` },
    (db, note) => {
      const made = issueDocument(db, { ...draft, operatorId: operator.id, at: desk.clock().toISOString() })
      note(null, { kind: draft.kind, subject: draft.subject, document: made })
      return made
    },
  )
}
