import type { Tile } from '../../contract/noon-days.ts'
import { rows, type Database } from '../../database/open.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readBoard } from './board.ts'
import type { Asked, Draft } from './paper.ts'
import { headOf, namedOn } from './roster.ts'

function schoolsOf(db: Database, childIds: number[]): Map<number, string> {
  const found = rows<{ id: number; school: string }>(
    db,
    'SELECT id, school FROM child WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(childIds),
  )
  return new Map(found.map(({ id, school }) => [id, school]))
}

const escorted = ({ state, leaves }: Tile) => state === 'in' && leaves === 'escort'

/** The list that an escort signs: children who are here and go back to school in the group, one sheet per school. */
export function escortList(context: Context, { day, groupId }: Pick<Asked, 'day' | 'groupId'>): Draft | null {
  const board = readBoard(context, { day, groupId })
  const tiles = board.tiles.filter(escorted)
  if (tiles.length === 0) return null
  const names = new Map(board.groups.map(({ id, name }) => [id, name]))
  const schools = schoolsOf(
    context.desk.db,
    tiles.map(({ childId }) => childId),
  )
  const bySchool = Map.groupBy(tiles, ({ childId }) => schools.get(childId) ?? '')
  return {
    kind: 'noon-escort',
    title: `午间课堂返校单 ${day}`,
    subject: `noon-day:${day}:${groupId ?? 'all'}`,
    data: {
      ...headOf(context, board),
      schools: [...bySchool].map(([school, list]) => ({
        school,
        count: list.length,
        children: list.map((tile, index) => ({
          place: index + 1,
          ...namedOn(tile),
          class: tile.class,
          group: names.get(tile.groupId) ?? '',
        })),
      })),
    },
  }
}
