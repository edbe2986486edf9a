import type { Tile } from '../../contract/noon-days.ts'
import { listed } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readBoard } from './board.ts'
import type { Asked, Draft } from './paper.ts'
import { headOf, namedOn } from './roster.ts'

/** Who eats: those who are here, and those who should still come. */
const eats = ({ state }: Tile) => state === 'in' || state === 'expected'

/** The meal list of a day: children with an allergy by name, then how many trays each group needs. */
export function mealList(context: Context, { day, groupId }: Pick<Asked, 'day' | 'groupId'>): Draft | null {
  const board = readBoard(context, { day, groupId })
  const eaters = board.tiles.filter(eats)
  if (eaters.length === 0) return null
  const names = new Map(board.groups.map(({ id, name }) => [id, name]))
  const allergic = eaters.filter(({ allergies }) => allergies !== '')
  const of = (id: number) => eaters.filter((tile) => tile.groupId === id)
  return {
    kind: 'noon-meals',
    title: `午间课堂用餐单 ${day}`,
    subject: `noon-day:${day}:${groupId ?? 'all'}`,
    data: {
      ...headOf(context, board),
      allergic: listed(
        allergic.map((tile) => ({
          ...namedOn(tile),
          class: tile.class,
          group: names.get(tile.groupId) ?? '',
          allergies: tile.allergies,
          checked: tile.trayChecked,
        })),
      ),
      groups: board.groups
        .map(({ id, name, room }) => ({
          name,
          room,
          trays: of(id).length,
          here: of(id).filter(({ state }) => state === 'in').length,
          allergic: of(id).filter(({ allergies }) => allergies !== '').length,
        }))
        .filter(({ trays }) => trays > 0),
      trays: eaters.length,
    },
  }
}
