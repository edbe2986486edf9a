import { openTurns } from '../../workbench/turns.ts'
import type { Workbench } from '../../workbench/workbench.ts'

type Turn = ReturnType<typeof openTurns>

// Per opened file: a restored backup begins anew.
const turns = new WeakMap<Workbench, Turn>()

/**
 * One sheet at a time: its number is looked up before its PDF is made and taken afterwards, so whoever came second would make
 * theirs twice.
 */
export function inTurn<Result>(desk: Workbench, work: () => Promise<Result>): Promise<Result> {
  let turn = turns.get(desk)
  if (!turn) turns.set(desk, (turn = openTurns(1)))
  return turn(work)
}
