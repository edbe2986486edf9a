import type { TemplateProblem } from './check-template.ts'

/** Elements of which a sheet is made; anything else is refused. */
const known = new Set(
  (
    'html head meta title style body header footer main section article div p span b strong i em u s small sub sup br hr ' +
    'h1 h2 h3 h4 h5 h6 table caption colgroup col thead tbody tfoot tr th td ul ol li dl dt dd figure figcaption img ' +
    'svg g path circle ellipse rect line polyline polygon'
  ).split(' '),
)
const empty = new Set(['meta', 'br', 'hr', 'col', 'img'])
const running = new Set([
  'script',
  'noscript',
  'template',
  'form',
  'button',
  'input',
  'textarea',
  'select',
  'math',
])

/** Attributes that hold an address; of all of them only the `src` of an image may. */
const addresses =
  /^(?:src|srcset|href|xlink:href|action|formaction|poster|data|background|cite|ping|manifest|longdesc|profile|usemap|codebase|archive|icon|lowsrc|dynsrc|srcdoc)$/

const ownImage = /^(?:\{\{\s*(?:qr|logo|seal)\s*\}\}|data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+)$/

/** CSS that would fetch something: an address, an import, with or without escapes. */
function fetches(css: string): boolean {
  const plain = css
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '')
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) =>
      String.fromCodePoint(Math.min(parseInt(hex, 16), 0x10ffff)),
    )
    .replace(/\\(.)/g, '$1')
    .toLowerCase()
  if (
    /@import|@font-face|image-set|expression\s*\(|-moz-binding|behavior\s*:|\bsrc\s*\(|javascript:/.test(
      plain,
    )
  )
    return true
  return [...plain.matchAll(/url\s*\(\s*["']?\s*([^"')]*)/g)].some(
    ([, address]) => !/^data:image\/(?:png|jpeg);base64,/.test(address!),
  )
}

/** Somebody's words in CSS are not held by the escaping of HTML; only the number, which the desk made, may stand there. */
const foreignWords = (css: string) => /\{\{(?!\s*number\s*\}\})/.test(css)

type Fault = TemplateProblem['word'] | null

function faultOfAttribute(element: string, name: string, value: string): Fault {
  if (name.startsWith('on')) return 'script'
  if (/^\s*(?:javascript|vbscript)\s*:/i.test(value)) return 'script'
  if (name === 'http-equiv' || name === 'is' || name === 'xmlns:xlink') return 'outside'
  if (name === 'style') return fetches(value) ? 'outside' : foreignWords(value) ? 'unknown' : null
  if (element === 'img' && name === 'src') return ownImage.test(value) ? null : 'outside'
  if (addresses.test(name)) return 'outside'
  if (/url\s*\(/i.test(value)) return 'outside'
  return null
}

const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?\s*/y

/** The fault of a tag's attributes; `tag` where they are not of the plain form, values in quotation marks. */
function faultOfAttributes(element: string, text: string): Fault {
  const rest = text.replace(/\/\s*$/, '').trim()
  attribute.lastIndex = 0
  while (attribute.lastIndex < rest.length) {
    const match = attribute.exec(rest)
    // Mustache between attributes would let somebody's name make one.
    if (!match || match[1]!.includes('{{')) return 'tag'
    const value = match[2] ?? match[3] ?? ''
    // A section here would take a quotation mark along when it is empty.
    if (/\{\{\s*[#^/!]/.test(value)) return 'tag'
    const fault = faultOfAttribute(element, match[1]!.toLowerCase(), value)
    if (fault) return fault
  }
  return null
}

function faultOfElement(element: string): Fault {
  if (running.has(element)) return 'script'
  return known.has(element) ? null : 'outside'
}

/** A comment, a doctype, or a tag with what stands in it; quotation marks may hold `>`. */
const tags = /<!--[\s\S]*?-->|<!doctype html>|<(\/?)([a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>|</
/** Mustache's own: a section's begin or end, and a remark, of which nothing is left on the sheet. */
const sections = /\{\{\s*([#^/])\s*([^\s}]+)\s*\}\}|\{\{\s*![\s\S]*?\}\}/
const pieces = new RegExp(`${sections.source}|${tags.source}`, 'gi')

type Open = { element: string; line: number }

/** Named is what is wrong: the one that was left open, or the one that was never opened. Null where it closes the last one. */
function faultOfClosing(open: Open[], element: string, line: number): TemplateProblem | null {
  const last = open.pop()
  if (last?.element === element) return null
  const wasOpened = open.some((outer) => outer.element === element)
  return { line: wasOpened ? last!.line : line, word: 'tag' }
}

/**
 * Whether every tag is known, closed as it was opened, and neither runs nor fetches anything. Stricter than a browser, which
 * mends what is broken, each in its own way. A section holds whole elements: what is left when it is empty is a page as well.
 */
export function checkTags(html: string): TemplateProblem | null {
  const open: Open[] = []
  let [line, seen] = [1, 0]
  pieces.lastIndex = 0
  for (let match = pieces.exec(html); match; match = pieces.exec(html)) {
    line += html.slice(seen, match.index).split('\n').length - 1
    seen = match.index
    const [whole, sign, section, closing, name, attributes = ''] = match
    if (sign !== undefined) {
      const element = `{{${section}`
      if (sign !== '/') open.push({ element, line })
      else {
        const fault = faultOfClosing(open, element, line)
        if (fault) return fault
      }
      continue
    }
    if (whole.startsWith('{{')) continue
    if (isOddComment.test(whole)) return { line, word: 'tag' }
    if (whole.startsWith('<!')) continue
    if (name === undefined) return { line, word: 'tag' }
    const element = name.toLowerCase()
    const fault = faultOfElement(element) ?? (closing ? null : faultOfAttributes(element, attributes))
    if (fault) return { line, word: fault }
    if (closing) {
      const wrong = faultOfClosing(open, element, line)
      if (wrong) return wrong
      continue
    }
    if (empty.has(element) || attributes.trimEnd().endsWith('/')) continue
    open.push({ element, line })
    if (element !== 'style') continue
    // In a drawing a browser reads a style as elements.
    if (open.some((outer) => outer.element === 'svg')) return { line, word: 'tag' }
    const end = html.toLowerCase().indexOf('</style', pieces.lastIndex)
    if (end < 0) return { line, word: 'tag' }
    const css = html.slice(pieces.lastIndex, end)
    if (fetches(css)) return { line: line + linesBefore(css), word: 'outside' }
    if (foreignWords(css)) return { line, word: 'unknown' }
    pieces.lastIndex = end
  }
  const last = open.at(-1)
  if (last) return { line: last.line, word: 'tag' }
  return /<\/head>[\s\S]*<\/body>/i.test(html) ? null : { line: 1, word: 'tag' }
}

/**
 * Comments that a browser ends earlier than they look (HTML 13.2.5.43: `<!-->`, `--!>`), and those that hold a part
 * of a section: with it gone, so may be their end.
 */
const isOddComment = /^<!---?>|^<!--[\s\S]*--!>|^<!--[\s\S]*\{\{\s*[#^/!]/

/** Lines of CSS before the one that fetches. */
function linesBefore(css: string): number {
  const lines = css.split('\n')
  const at = lines.findIndex((text) => fetches(text))
  return Math.max(at, 0)
}
