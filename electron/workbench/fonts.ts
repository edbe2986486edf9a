import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { signsOf } from './font-signs.ts'
import type { FontFile, PaperPage } from './host.ts'

/** A file of the font and the characters it holds, as `[first, last]` code points. */
type Subset = FontFile & { ranges: (readonly [number, number])[] }

/** Where a bundled family lies, and the lists of its files. */
type Family = { folder: string; lists: string[] }

/** The face of the counters' papers; its name in the templates' CSS. */
export const family = 'Noto Sans SC Variable'
/** The song face of the certificates. Static weights, which a PDF embeds as real fonts. */
export const songFamily = 'Noto Serif SC'

const families: Readonly<Record<string, Family>> = {
  [family]: { folder: 'node_modules/@fontsource-variable/noto-sans-sc', lists: ['index.css'] },
  [songFamily]: { folder: 'node_modules/@fontsource/noto-serif-sc', lists: ['400.css', '700.css'] },
}

const subsets = new Map<string, Subset[]>()

function parseRange(text: string): readonly [number, number] {
  const [first, last] = text.trim().replace(/^U\+/i, '').split('-')
  return [parseInt(first!, 16), parseInt(last ?? first!, 16)]
}

/** The subset files of a bundled family by their `unicode-range`, read once per application folder. */
function readSubsets(root: string, name: string): Subset[] {
  const key = `${name} ${root}`
  let found = subsets.get(key)
  if (!found) {
    const { folder, lists } = families[name]!
    const css = lists.map((list) => readFileSync(join(root, folder, list), 'utf8')).join('\n')
    const faces = css.matchAll(
      /@font-face\s*\{[^}]*font-weight:\s*([^;]+);[^}]*?url\(\.\/(files\/[\w.-]+)\)[^}]*unicode-range:\s*([^;]+);/g,
    )
    found = [...faces].map(([, weight, file, range]) => ({
      family: name,
      path: join(root, folder, file!),
      weight: weight!,
      range: range!,
      ranges: range!.split(',').map(parseRange),
    }))
    subsets.set(key, found)
  }
  return found
}

const holds = ({ ranges }: Subset, point: number) =>
  ranges.some(([first, last]) => point >= first && point <= last)

/** Which files of a family hold a code point, by application folder: found once, as sheets use the same few again. */
const holding = new Map<string, Map<number, readonly Subset[]>>()

/** The files of a family that hold a character of these, in the order of its lists. */
function subsetsFor(root: string, name: string, points: readonly number[]): Subset[] {
  const all = readSubsets(root, name)
  const key = `${name} ${root}`
  let known = holding.get(key)
  if (!known) holding.set(key, (known = new Map<number, readonly Subset[]>()))
  const needed = new Set<Subset>()
  for (const point of points) {
    let found = known.get(point)
    if (!found) known.set(point, (found = all.filter((subset) => holds(subset, point))))
    for (const subset of found) needed.add(subset)
  }
  return all.filter((subset) => needed.has(subset))
}

/**
 * The page with the fonts that it needs: of the bundled families that it names (of the papers' face where it names none)
 * exactly the subset files that hold its characters; a receipt needs some twenty of a hundred. What the fonts do not have
 * is left to the system's.
 */
export function withFonts(root: string, html: string): PaperPage {
  const points = [...new Set(html)].map((character) => character.codePointAt(0)!)
  const named = Object.keys(families).filter((name) => html.includes(name))
  const fonts = (named.length > 0 ? named : [family]).flatMap((name) => subsetsFor(root, name, points))
  return { html, fonts }
}

function ruleOf({ family: name, weight, range, path }: FontFile): string {
  const data = readFileSync(path).toString('base64')
  return `@font-face{font-family:'${name}';font-weight:${weight};font-display:block;src:url(data:font/woff2;base64,${data}) format('woff2');unicode-range:${range}}`
}

/** The same as one self-contained text, some megabytes: for a frame or a window that may load nothing. */
export function selfContained({ html, fonts }: PaperPage): string {
  // Inside a function, so that `$&` in somebody's name is only that.
  return html.replace('</head>', () => `<style>${fonts.map(ruleOf).join('\n')}</style></head>`)
}

/** Blanks and marks that are never drawn. */
const needsNoSign = /[\s\p{Default_Ignorable_Code_Point}]/u

/** Whether each weight of the song face has a sign for a code point, by application folder. */
const drawn = new Map<string, Map<number, boolean>>()

function isDrawn(root: string, point: number): boolean {
  const all = readSubsets(root, songFamily)
  const weights = new Set(all.map(({ weight }) => weight))
  for (const subset of all) {
    if (!holds(subset, point) || !signsOf(subset.path).has(point)) continue
    weights.delete(subset.weight)
  }
  return weights.size === 0
}

/** Characters of a text that a weight of the song face has no sign for, each once, in their order. */
export function missingSigns(root: string, text: string): string[] {
  let known = drawn.get(root)
  if (!known) drawn.set(root, (known = new Map<number, boolean>()))
  return [...new Set(text)].filter((character) => {
    if (needsNoSign.test(character)) return false
    const point = character.codePointAt(0)!
    let has = known.get(point)
    if (has === undefined) known.set(point, (has = isDrawn(root, point)))
    return !has
  })
}
