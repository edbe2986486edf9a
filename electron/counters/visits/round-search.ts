import type { Found } from '../../contract/overview.ts'
import { value, type Database } from '../../database/open.ts'
import { codePrefix, readRoundLine } from './rounds.ts'

/**
 * The round whose number was typed, `ZF-2026-000012` in any writing, or whose code a scanner read from its paper. Any text
 * is a question, never an error.
 */
export function findRounds(db: Database, typed: string): Found['rounds'] {
  // Longer than any number or code: not worth folding a megabyte.
  if (typed.length > 40) return []
  const text = typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}_]/gu, '')
    .toUpperCase()
  const code = text.startsWith(codePrefix) ? text.slice(codePrefix.length) : undefined
  const [, year, sequence] = /^ZF(\d{4})(\d{1,6})$/.exec(text) ?? []
  const number = year === undefined ? undefined : `ZF-${year}-${sequence!.padStart(6, '0')}`
  const id =
    code === undefined
      ? number && value<number>(db, 'SELECT id FROM visit_round WHERE number = ?', number)
      : value<number>(db, 'SELECT id FROM visit_round WHERE code = ?', code)
  if (!id) return []
  const round = readRoundLine(db, id)
  return [{ round, numberMarks: code === undefined ? [[0, round.number.length]] : [] }]
}
