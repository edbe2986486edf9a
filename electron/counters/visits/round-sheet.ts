import { act } from '../../workbench/act.ts'
import { invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { doorSheet } from './door-sheet.ts'
import { readRound } from './rounds.ts'

/**
 * A round as a spreadsheet of text cells. Names are masked unless `whole`, and that takes a reason: INVALID `reason`
 * `required`. What leaves the desk is written down. NOT_FOUND `round`.
 */
export async function roundSheet(
  context: Context,
  { id, whole, reason }: { id: number; whole: boolean; reason: string },
): Promise<{ fileName: string; base64: string }> {
  // Two characters at the least, so that it says something (contract/fields.ts).
  if (whole && reason.length < 2) invalid('reason', 'required')
  const round = readRound(context, id)
  const made = await doorSheet(`${round.number}`, round.list, whole)
  // A word of its own: `round` would make the screens of the round load again.
  act(
    context,
    { action: 'visit.export', subject: `round-export:${id}`, ...(reason && { reason }) },
    (_db, note) => note(null, { round: round.number, rows: round.list.length, whole }),
  )
  return made
}
