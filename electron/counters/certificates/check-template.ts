import Mustache from 'mustache'
import { checkTags } from './template-tags.ts'
import { templateNames } from './sheet.ts'

export type TemplateProblem = {
  line: number
  word: 'tag' | 'unknown' | 'script' | 'outside' | 'too-long' | 'no-number' | 'no-code'
}

/** Longer than any sheet needs, in characters; the built-in ones have some six thousand. */
const mostCharacters = 100_000

const lineAt = (html: string, index: number) => html.slice(0, index).split('\n').length

type Token = [type: string, value: string, start: number, end: number, ...rest: unknown[]]

function* tokensOf(tokens: unknown[]): Generator<Token> {
  for (const token of tokens as Token[]) {
    yield token
    if (Array.isArray(token[4])) yield* tokensOf(token[4])
  }
}

/** Where a name or section begins that Mustache could not finish; it says only where it gave up. */
function lineOfBroken(html: string, message: string): number {
  const [, section, at] = /^Un(?:closed|opened) (?:section "([^"]+)"|tag) at (\d+)$/.exec(message) ?? []
  if (message.startsWith('Unopened')) return lineAt(html, Number(at))
  const begin = section === undefined ? html.lastIndexOf('{{') : lastOpening(html, section)
  return lineAt(html, Math.max(begin, 0))
}

const lastOpening = (html: string, section: string) =>
  [...html.matchAll(/\{\{\s*[#^]\s*([^\s}]+)/g)].findLast(([, name]) => name === section)?.index ?? 0

/** The names of the template: plain, escaped ones that the sheet knows. */
function problemOfNames(html: string): TemplateProblem | null {
  let tokens: Token[]
  try {
    tokens = [...tokensOf(Mustache.parse(html))]
  } catch (error) {
    return { line: lineOfBroken(html, error instanceof Error ? error.message : ''), word: 'tag' }
  }
  for (const [type, name, start] of tokens) {
    const line = lineAt(html, start)
    // Unescaped: somebody's name could bring markup of its own.
    if (type === '&' || type === '{') return { line, word: 'script' }
    if (type === '=') return { line, word: 'tag' }
    if (type === '>') return { line, word: 'unknown' }
    if (type === 'name' || type === '#' || type === '^')
      if (name !== '.' && name.split('.').some((part) => !templateNames.has(part)))
        return { line, word: 'unknown' }
  }
  return null
}

/** What every sheet shows: without remarks, the head, and sections that may be empty. The code is there or a preview. */
function alwaysShown(html: string): string {
  let [shown, from] = ['', 0]
  for (const [type, name, start, end, , closing] of Mustache.parse(html) as Token[]) {
    const isGone = type === '!' || type === '^' || (type === '#' && name !== 'qr')
    if (!isGone) continue
    shown += html.slice(from, start)
    from = type === '!' ? end : (closing as number)
  }
  return (shown + html.slice(from)).replace(/<head\b[\s\S]*?<\/head>/i, '').replace(/<!--[\s\S]*?-->/g, '')
}

/**
 * What keeps a text from being the template of a sheet, the first of it by its line; null when it may serve. Tags are to be
 * closed as they were opened, so that a sheet never breaks apart on somebody's data; nothing of it runs or is fetched.
 */
export function problemOfTemplate(html: string): TemplateProblem | null {
  if (html.length > mostCharacters) return { line: lineAt(html, mostCharacters), word: 'too-long' }
  const found = [problemOfNames(html), checkTags(html)].filter((problem) => problem !== null)
  if (found.length > 0) return found.toSorted((one, other) => one.line - other.line)[0]!
  const shown = alwaysShown(html)
  if (!/\{\{\s*number\s*\}\}/.test(shown)) return { line: 1, word: 'no-number' }
  if (!/<img\b[^>]*\ssrc="\{\{\s*qr\s*\}\}"/.test(shown)) return { line: 1, word: 'no-code' }
  return null
}
