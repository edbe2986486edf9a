import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file of the font and the characters it holds, as `[first, last]` code points. */
type Subset = { file: string; ranges: (readonly [number, number])[]; weight: string; range: string }

const folderOf = (root: string) => join(root, 'node_modules/@fontsource-variable/noto-sans-sc')

/** The family's name in the templates' CSS. */
export const family = 'Noto Sans SC Variable'

const subsets = new Map<string, Subset[]>()

function parseRange(text: string): readonly [number, number] {
  const [first, last] = text.trim().replace(/^U\+/i, '').split('-')
  return [parseInt(first!, 16), parseInt(last ?? first!, 16)]
}

/** The subset files of the bundled font by their `unicode-range`, read once per application folder. */
function readSubsets(root: string): Subset[] {
  let found = subsets.get(root)
  if (!found) {
    const css = readFileSync(join(folderOf(root), 'index.css'), 'utf8')
    const faces = css.matchAll(
      /@font-face\s*\{[^}]*font-weight:\s*([^;]+);[^}]*url\(\.\/(files\/[\w.-]+)\)[^}]*unicode-range:\s*([^;]+);/g,
    )
    found = [...faces].map(([, weight, file, range]) => ({
      file: file!,
      weight: weight!,
      range: range!,
      ranges: range!.split(',').map(parseRange),
    }))
    subsets.set(root, found)
  }
  return found
}

/**
 * `@font-face` rules with the fonts inside, for exactly the subset files that this text needs: a receipt carries some
 * twenty of a hundred. What the font does not have is left to the system's fonts.
 */
export function fontFaces(root: string, text: string): string {
  const points = [...new Set(text)].map((character) => character.codePointAt(0)!)
  return readSubsets(root)
    .filter(({ ranges }) =>
      points.some((point) => ranges.some(([first, last]) => point >= first && point <= last)),
    )
    .map(({ file, weight, range }) => {
      const data = readFileSync(join(folderOf(root), file)).toString('base64')
      return `@font-face{font-family:'${family}';font-weight:${weight};font-display:block;src:url(data:font/woff2;base64,${data}) format('woff2');unicode-range:${range}}`
    })
    .join('\n')
}
