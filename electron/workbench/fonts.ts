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

/** A family's files in the order of its lists, and which of them hold a code point, found once it was asked for. */
type Face = { subsets: Subset[]; holding: Map<number, Subset[]> }

/** By family and application folder. */
const faces = new Map<string, Face>()

function parseRange(text: string): readonly [number, number] {
  const [first, last] = text.trim().replace(/^U\+/i, '').split('-')
  return [parseInt(first!, 16), parseInt(last ?? first!, 16)]
}

/** A bundled family by the `unicode-range` of its files, read once per application folder. */
function readFace(root: string, name: string): Face {
  const key = `${name} ${root}`
  let found = faces.get(key)
  if (!found) {
    const { folder, lists } = families[name]!
    const css = lists.map((list) => readFileSync(join(root, folder, list), 'utf8')).join('\n')
    const rules = css.matchAll(
      /@font-face\s*\{[^}]*font-weight:\s*([^;]+);[^}]*?url\(\.\/(files\/[\w.-]+)\)[^}]*unicode-range:\s*([^;]+);/g,
    )
    const subsets = [...rules].map(([, weight, file, range]) => ({
      family: name,
      path: join(root, folder, file!),
      weight: weight!,
      range: range!,
      ranges: range!.split(',').map(parseRange),
    }))
    faces.set(key, (found = { subsets, holding: new Map<number, Subset[]>() }))
  }
  return found
}

/** The files that hold a code point; sheets ask for the same few thousand again and again. */
function subsetsWith({ subsets, holding }: Face, point: number): Subset[] {
  let found = holding.get(point)
  if (!found) {
    found = subsets.filter(({ ranges }) => ranges.some(([first, last]) => point >= first && point <= last))
    holding.set(point, found)
  }
  return found
}

/**
 * The page with the fonts that it needs: of the bundled families that it names (of the papers' face where it names none)
 * exactly the subset files that hold its characters; a receipt needs some twenty of a hundred. What the fonts do not have
 * is left to the system's.
 */
export function withFonts(root: string, html: string): PaperPage {
  const points = [...new Set(html)].map((character) => character.codePointAt(0)!)
  const named = Object.keys(families).filter((name) => html.includes(name))
  const fonts = (named.length > 0 ? named : [family]).flatMap((name) => {
    const face = readFace(root, name)
    const needed = new Set(points.flatMap((point) => subsetsWith(face, point)))
    return face.subsets.filter((subset) => needed.has(subset))
  })
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
  const face = readFace(root, songFamily)
  const weights = new Set(face.subsets.map(({ weight }) => weight))
  for (const { weight, path } of subsetsWith(face, point))
    if (signsOf(path).has(point)) weights.delete(weight)
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
