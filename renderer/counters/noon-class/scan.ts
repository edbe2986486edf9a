import { shallowRef } from 'vue'
import type { Tile } from '../../../electron/contract/noon-days.ts'
import { client } from '../../shell/client.ts'
import { answersTo } from '../session/initials.ts'

/** As a scanner or a hand typed it, full-width characters of an input method made plain. */
export const tidyScan = (typed: string) => typed.normalize('NFKC').trim()

/** Twelve characters with a digit among them, no word of any language: what the QR code of a badge says. */
const badge = /^(?=.*\d)[0-9A-Za-z]{12}$/
/** Something else that a scanner read, or a badge that happens to have no digit; no name of a child is written so. */
const scanned = /^[\x21-\x7e]{8,}$/

/** What Enter means: a badge, one child, several to choose from, or nobody. */
export function readScan(
  typed: string,
  matches: readonly Tile[],
): { kind: 'badge'; badge: string } | { kind: 'child'; tile: Tile } | { kind: 'several' | 'nobody' } {
  const text = tidyScan(typed)
  if (badge.test(text)) return { kind: 'badge', badge: text }
  if (matches.length === 1) return { kind: 'child', tile: matches[0]! }
  if (matches.length > 1) return { kind: 'several' }
  return scanned.test(text) ? { kind: 'badge', badge: text.slice(0, 200) } : { kind: 'nobody' }
}

/** Children of the board whose name answers to what was typed, those who are still to come first. */
export function matching(tiles: readonly Tile[], typed: string, byPinyin: ReadonlySet<number>): Tile[] {
  const text = tidyScan(typed)
  if (!text) return []
  const found = tiles.filter(({ childId, name }) => byPinyin.has(childId) || answersTo(name, text))
  return [
    ...found.filter(({ state }) => state === 'expected'),
    ...found.filter(({ state }) => state !== 'expected'),
  ]
}

/** Whole pinyin is the desk's knowledge: asked at each key, an answer that a newer question has overtaken is dropped. */
export function usePinyin() {
  const found = shallowRef<ReadonlySet<number>>(new Set())
  let latest = 0

  /** True when `found` answers what was typed last. */
  async function ask(typed: string): Promise<boolean> {
    const mine = ++latest
    const query = tidyScan(typed).slice(0, 40)
    if (!/^[a-z']+$/i.test(query)) {
      found.value = new Set()
      return true
    }
    try {
      const children = await client.noonClass.children({ termId: null, groupId: null, query })
      if (mine === latest) found.value = new Set(children.map(({ id }) => id))
    } catch {
      // The name and its initials are still found on the board itself.
      if (mine === latest) found.value = new Set()
    }
    return mine === latest
  }
  return { found, ask }
}
