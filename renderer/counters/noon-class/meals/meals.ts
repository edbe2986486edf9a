import type { Board, BoardGroup, Tile } from '../../../../electron/contract/noon-days.ts'

/** Who eats: those who are here, and those who should still come. */
export const eats = ({ state }: Tile): boolean => state === 'in' || state === 'expected'

export type MealGroup = {
  group: BoardGroup
  /** Those with an allergy, whose tray is looked at; then all others. */
  allergic: Tile[]
  others: Tile[]
}

/** The meal list of a day: a group's trays, allergies first; groups in which nobody eats are left out. */
export function mealGroups({ groups, tiles }: Pick<Board, 'groups' | 'tiles'>): MealGroup[] {
  return groups
    .map((group) => {
      const eaters = tiles.filter((tile) => tile.groupId === group.id && eats(tile))
      return {
        group,
        allergic: eaters.filter(({ allergies }) => allergies !== ''),
        others: eaters.filter(({ allergies }) => allergies === ''),
      }
    })
    .filter(({ allergic, others }) => allergic.length + others.length > 0)
}
