import type { Matter } from '../../../electron/contract/matters.ts'

/** Entries whose name, spelling, code or category holds what was typed; all of them for nothing. */
export function mattersWith(matters: readonly Matter[], typed: string): Matter[] {
  const text = typed.normalize('NFKC').trim().toLowerCase()
  const letters = text.replace(/[' ]/g, '')
  return matters.filter(
    ({ name, category, code, initials, pinyin }) =>
      name.toLowerCase().includes(text) ||
      category.includes(text) ||
      code.toLowerCase().startsWith(letters) ||
      initials.includes(letters) ||
      pinyin.startsWith(letters),
  )
}

/** Entries under their category, both in the order of the catalogue. */
export function byCategory(matters: readonly Matter[]): { category: string; entries: Matter[] }[] {
  return [...Map.groupBy(matters, ({ category }) => category)].map(([category, entries]) => ({
    category,
    entries,
  }))
}

/** Papers as they are typed, one per line; empty lines were never meant. */
export function papersOf(typed: string): string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}
