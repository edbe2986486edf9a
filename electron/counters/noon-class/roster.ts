import type { Board, BoardGroup, Tile } from '../../contract/noon-days.ts'
import { listed, spelledDay, spelledTime, weekdayOf } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { readBoard } from './board.ts'
import { factsOf, type Facts } from './day-state.ts'
import type { Asked, Draft } from './paper.ts'
import { listCollectors } from './release.ts'

/** How a child leaves, in two or three signs beside the place for a signature. */
const ways: Record<Tile['leaves'], string> = { collected: '', alone: '自己走', escort: '随队' }
const stateNotes: Partial<Record<Tile['state'], string>> = { leave: '请假', absent: '缺席' }

/** What all lists of a day say at the top: whose, of which day, and as of when. */
export function headOf(context: Context, { day, schoolDay }: Pick<Board, 'day' | 'schoolDay'>) {
  return {
    community: { name: readCommunity(context.desk.db).name },
    number: day,
    day: `${spelledDay(day)} 星期${weekdayOf(day)}`,
    noSchool: !schoolDay,
    asOf: spelledTime(context.desk.clock().toISOString()),
  }
}

/** A child's name as it stands on a list: beside another of the same name with what tells them apart. */
export const namedOn = ({ name, sameName, mark }: Pick<Tile, 'name' | 'sameName' | 'mark'>) => ({
  name,
  sameName,
  mark: sameName ? mark : '',
})

/** Who may take a child on that day, `妈妈 王芳`. Nobody who may not stands on paper. */
const collectorsOf = (context: Context, day: string, childId: number) =>
  listCollectors(context, { childId, day })
    .pickups.filter(({ kind }) => kind === 'authorised')
    .map(({ relation, name }) => `${relation} ${name}`)

/** A line of the list; what is entered already stands on it, the rest is left to a pen. */
function lineOf(tile: Tile, { arrival, departure }: Facts, index: number) {
  return {
    place: index + 1,
    ...namedOn(tile),
    class: tile.class,
    allergies: tile.allergies,
    arrived: arrival ? spelledTime(arrival.at) : '',
    left: departure ? spelledTime(departure.at) : '',
    by: departure ? tile.note : ways[tile.leaves],
    note: stateNotes[tile.state] ?? '',
  }
}

function sectionOf(context: Context, day: string, group: BoardGroup, tiles: Tile[]) {
  const facts = factsOf(
    context.desk.db,
    day,
    tiles.map(({ childId }) => childId),
  )
  return {
    group: group.name,
    room: group.room,
    teachers: group.teachers.join('、'),
    arriveBy: group.arriveBy,
    leaveBy: group.leaveBy,
    expected: tiles.length - group.onLeave,
    onLeave: group.onLeave,
    children: tiles.map((tile, index) => lineOf(tile, facts.get(tile.childId)!, index)),
    collectors: listed(
      tiles.map((tile, index) => ({
        place: index + 1,
        ...namedOn(tile),
        class: tile.class,
        way: ways[tile.leaves],
        who: collectorsOf(context, day, tile.childId).join('、'),
      })),
    ),
  }
}

/**
 * The roster of a day: what carries on when the power fails. One list per group with places for times and signatures,
 * and behind it who may take each child.
 */
export function roster(context: Context, { day, groupId }: Pick<Asked, 'day' | 'groupId'>): Draft | null {
  const board = readBoard(context, { day, groupId })
  const byGroup = Map.groupBy(board.tiles, (tile) => tile.groupId)
  const groups = board.groups
    .filter(({ id }) => byGroup.has(id))
    .map((group) => sectionOf(context, day, group, byGroup.get(group.id)!))
  if (groups.length === 0) return null
  return {
    kind: 'noon-roster',
    title: `午间课堂名册 ${day}`,
    subject: `noon-day:${day}:${groupId ?? 'all'}`,
    data: { ...headOf(context, board), groups },
  }
}
