import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, onScopeDispose } from 'vue'
import { dayOf } from '../../components/formats.ts'
import { client } from '../../shell/client.ts'
import { useNow } from '../../shell/now.ts'
import { keptTiles, nextTurn, type Standing } from './board.ts'

const boardKey = (day: string) => ['noon', 'board', day]
export const alarmsKey = (day: string) => ['noon', 'alarms', day]

/**
 * The board of all groups that the operator may see, of a day or today: the rail, 今日 and the screens of the class ask one
 * question and share its answer, so that changing the group asks nothing.
 */
export function useBoard(of?: () => string) {
  const queries = useQueryCache()
  const now = useNow(20)
  const day = computed(() => of?.() ?? dayOf(now.value))
  const { data, error } = useQuery({
    key: () => boardKey(day.value),
    query: async (): Promise<Standing> => {
      const asked = nextTurn()
      const asks = day.value
      const board = await client.noonClass.board({ day: asks, groupId: null })
      const before = queries.getQueryData<Standing>(boardKey(asks))?.board.tiles ?? []
      return { asked, board: { ...board, tiles: keptTiles(before, board.tiles) } }
    },
  })
  return { day, standing: data, error }
}

/** Whether somebody is missing is told for the moment of asking, and groups' times are whole minutes: ask on each. */
export function followMinutes(): void {
  const queries = useQueryCache()
  let timer = 0
  const wait = () => {
    // A little after the minute, so that the desk's clock has passed it too.
    timer = window.setTimeout(
      () => {
        void queries.invalidateQueries({ key: ['noon', 'board'] }).catch(() => {})
        void queries.invalidateQueries({ key: ['noon', 'alarms'] }).catch(() => {})
        wait()
      },
      60_250 - (Date.now() % 60_000),
    )
  }
  wait()
  onScopeDispose(() => clearTimeout(timer))
}
