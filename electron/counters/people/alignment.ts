import { readingsOf, units, type Unit } from './names.ts'
import type { NamePiece } from './query.ts'

/** How the typed name met a name: which of its characters, and whether by character, syllables or first letters. */
export type Alignment = {
  marks: [number, number][]
  how: 'name' | 'pinyin' | 'initials'
  /** The whole name was typed: every character, every syllable in full, or every first letter. */
  exact: boolean
  /** The name begins with what was typed. */
  begins: boolean
}

type Step = { unit: number; length: number }

/**
 * Lays the typed pieces along consecutive units of the name from `at` on: a Han character meets itself, a Latin run
 * is eaten by syllables, each giving as much as it can (zhangsf = zhang s f). Null when they do not fit.
 */
function lay(
  typed: string[],
  names: Unit[],
  spelling: string[],
  at: number,
  failed: Set<string>,
): Step[] | null {
  const [piece, ...rest] = typed
  if (piece === undefined) return []
  const unit = names[at]
  if (!unit) return null
  // Where it failed once it fails again; without this a long name of like syllables takes exponential time.
  const place = `${at} ${rest.length} ${piece.length}`
  if (failed.has(place)) return null
  if (piece === unit.text) {
    const further = lay(rest, names, spelling, at + 1, failed)
    if (further) return [{ unit: at, length: piece.length }, ...further]
  }
  const syllable = spelling[at] ?? ''
  let common = 0
  while (common < piece.length && piece[common] === syllable[common]) common += 1
  for (let length = common; length > 0; length -= 1) {
    const left = piece.slice(length)
    const further = lay(left === '' ? rest : [left, ...rest], names, spelling, at + 1, failed)
    if (further) return [{ unit: at, length }, ...further]
  }
  failed.add(place)
  return null
}

function describe(steps: Step[], names: Unit[], spelling: string[], typed: NamePiece[]): Alignment {
  const marks: [number, number][] = []
  for (const { unit } of steps) {
    const { start, end } = names[unit]!
    const last = marks.at(-1)
    if (last && last[1] === start) last[1] = end
    else marks.push([start, end])
  }
  const asWritten = typed.some((piece) => piece.han) || steps.some(({ unit }) => !names[unit]!.han)
  const byLetter = steps.every(({ unit, length }) => length === 1 && spelling[unit] !== undefined)
  const inFull = steps.every(({ unit, length }) => length === (spelling[unit] ?? names[unit]!.text).length)
  return {
    marks,
    how: asWritten ? 'name' : byLetter && !inFull ? 'initials' : 'pinyin',
    exact: steps.length === names.length && (inFull || (byLetter && !asWritten)),
    begins: steps[0]?.unit === 0,
  }
}

/** Where the typed name stands in this name, earliest first; null when it does not. */
export function align(typed: NamePiece[], name: string): Alignment | null {
  const names = units(name)
  const wanted = typed.map((piece) => piece.text)
  // Han characters meet themselves; nobody needs to know how the name is read.
  const spellings = typed.every((piece) => piece.han) ? [[]] : readingsOf(names)
  for (let at = 0; at < names.length; at += 1) {
    for (const spelling of spellings) {
      const steps = lay(wanted, names, spelling, at, new Set())
      if (steps) return describe(steps, names, spelling, typed)
    }
  }
  return null
}
