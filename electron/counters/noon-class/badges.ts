import { rows, type Database } from '../../database/open.ts'
import { localDay } from '../../workbench/calendar.ts'
import { qrImage } from '../../workbench/qr.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { mustSeeChild, mustSeeGroup, ownGroups } from './access.ts'
import { classWords } from './class-words.ts'
import type { Asked, Draft } from './paper.ts'
import { byName } from './register.ts'

const cardsOnSheet = 10

type Card = {
  childId: number
  name: string
  grade: string
  className: string
  groupId: number
  group: string
  badge: string
}

/** Children who are enrolled, or will be, in terms that are not over. */
function cardsOf(db: Database, today: string): Card[] {
  return rows<Card>(
    db,
    `SELECT c.id AS childId, p.name, c.grade, c.class AS className, g.id AS groupId, g.name AS "group", c.badge
     FROM term t JOIN class_group g ON g.term_id = t.id JOIN enrolment e ON e.group_id = g.id
     JOIN child c ON c.id = e.child_id JOIN person p ON p.id = c.person_id
     WHERE t.last_day >= ? AND (e.left_day IS NULL OR e.left_day > ? AND e.left_day > e.from_day)
     ORDER BY t.first_day, g.id`,
    today,
    today,
  )
}

/** Sheets of ten badges: of one child, of a group, or of all groups of the caller. Each child once, where it is first. */
export function badgeSheet(
  context: Context,
  { groupId, childId }: Pick<Asked, 'groupId' | 'childId'>,
): Draft | null {
  const { db, clock } = context.desk
  if (childId !== null) mustSeeChild(context, childId)
  if (groupId !== null) mustSeeGroup(context, groupId)
  const own = ownGroups(context)
  const wanted = cardsOf(db, localDay(clock())).filter(
    (card) =>
      (childId === null || card.childId === childId) &&
      (groupId === null || card.groupId === groupId) &&
      (own === null || own.has(card.groupId)),
  )
  const places = [...new Set(wanted.map((card) => card.groupId))]
  const cards = [...Map.groupBy(wanted, (card) => card.childId).values()]
    .map(([first]) => first!)
    .sort((one, other) => places.indexOf(one.groupId) - places.indexOf(other.groupId) || byName(one, other))
    .map((card) => ({
      name: card.name,
      class: classWords(card),
      group: card.group,
      badge: card.badge,
      qr: qrImage(card.badge),
    }))
  if (cards.length === 0) return null
  const sheets = Array.from({ length: Math.ceil(cards.length / cardsOnSheet) }, (_, index) => ({
    cards: cards.slice(index * cardsOnSheet, (index + 1) * cardsOnSheet),
  }))
  return {
    kind: 'noon-badges',
    title: '午间课堂胸卡',
    subject: childId === null ? `noon-badges:${groupId ?? 'all'}` : `noon-badges:child-${childId}`,
    data: { community: { name: readCommunity(db).name }, sheets },
  }
}
