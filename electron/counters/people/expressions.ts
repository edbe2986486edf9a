import { readings } from './names.ts'
import type { NamePiece, Query } from './query.ts'
import { reversed, tailMark, wholeMark } from './tokens.ts'

/** Questions to the search index, from the best answer to the last resort; null where a query has none of a kind. */
export type Expressions = {
  exact: string | null
  prefix: string | null
  any: string
  loose: string | null
  /** Certain to have more answers than can be shown. */
  broad: boolean
  /** Typed in letters alone: a spelling has more bearers than a name in characters. */
  spelled: boolean
}

/** A text as an FTS5 string: whatever stands in it is text. */
const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
const is = (token: string) => quote(token)
const begins = (token: string) => `${quote(token)} *`
const either = (parts: string[]) => {
  const distinct = [...new Set(parts)]
  return distinct.length === 1 ? distinct[0]! : `(${distinct.join(' OR ')})`
}
const all = (parts: string[]) =>
  parts.length === 1 ? parts[0]! : parts.map((part) => `(${part})`).join(' AND ')

const initial = /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])/
const final =
  /^(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|ve|er|[aeiouv])/

/** A Latin run cut into what may be syllables or their beginnings: zhangsf -> zhang s f. */
export function cutSyllables(run: string): string[] {
  const pieces: string[] = []
  for (let left = run; left !== '';) {
    const start = initial.exec(left)?.[0] ?? ''
    const end = final.exec(left.slice(start.length))?.[0] ?? ''
    const piece = start + end || left.charAt(0)
    pieces.push(piece)
    left = left.slice(piece.length)
  }
  return pieces
}

/** Runs of Han characters side by side: each begins some end of the name. */
function hanRuns(name: NamePiece[]): string[] {
  const runs: string[] = []
  name.forEach((piece, index) => {
    if (!piece.han) return
    if (index > 0 && name[index - 1]!.han) runs[runs.length - 1] += piece.text
    else runs.push(piece.text)
  })
  return runs
}

function ofName(name: NamePiece[]): Expressions {
  const text = name.map((piece) => piece.text).join('')
  const plain = { exact: is(wholeMark + text), prefix: begins(wholeMark + text), any: begins(text) }
  if (name.every((piece) => piece.han))
    return { ...plain, loose: null, broad: name.length === 1, spelled: false }
  const hasHan = name.some((piece) => piece.han)
  const cut = name.map((piece) => (piece.han ? [piece.text] : cutSyllables(piece.text)))
  if (!hasHan) {
    // zhangsf: neither spelled out nor abbreviated throughout; its letters and its first syllable narrow it down.
    const syllables = cut.flat()
    const letters = syllables.map((syllable) => syllable.charAt(0)).join('')
    const half =
      syllables.length < text.length && syllables.slice(0, -1).some((syllable) => !/[aeiouv]/.test(syllable))
    return {
      ...plain,
      loose: half ? all([begins(syllables[0]!), begins(letters)]) : null,
      broad: syllables.length === 1,
      spelled: true,
    }
  }
  // 张wei: the characters themselves, and the whole as it would be spelled (zhangwei) or abbreviated (zw).
  const characters = hanRuns(name).map(begins)
  const spelled = readings(text).flatMap((spelling) => [
    spelling.join(''),
    name.map((piece, index) => (piece.han ? spelling[index]!.charAt(0) : piece.text)).join(''),
  ])
  const letters = readings(text).map((spelling) =>
    cut
      .flatMap((pieces, index) => (name[index]!.han ? [spelling[index]!] : pieces))
      .map((piece) => piece.charAt(0))
      .join(''),
  )
  return {
    exact: all([...characters, either(spelled.map((token) => is(wholeMark + token)))]),
    prefix: all([...characters, either(spelled.map((token) => begins(wholeMark + token)))]),
    any: all([...characters, either(spelled.map(begins))]),
    loose: all([...characters, either(letters.map(begins))]),
    broad: false,
    spelled: false,
  }
}

/** What to ask the index for this query; null when nothing in it can be part of a person. */
export function expressionsOf(query: Query): Expressions | null {
  if (query.notAPerson) return null
  const tails = query.tails.map((tail) => begins(tailMark + reversed(tail)))
  if (query.name.length === 0) {
    if (tails.length === 0) return null
    const whole = query.tails.every((tail) => tail.length >= 7)
    return {
      exact: whole ? all(query.tails.map((tail) => is(tailMark + reversed(tail)))) : null,
      prefix: null,
      any: all(tails),
      loose: null,
      broad: false,
      spelled: false,
    }
  }
  const name = ofName(query.name)
  const withTails = (expression: string | null) => expression && all([expression, ...tails])
  return {
    exact: withTails(name.exact),
    prefix: withTails(name.prefix),
    any: withTails(name.any)!,
    loose: withTails(name.loose),
    broad: name.broad && tails.length === 0,
    spelled: name.spelled,
  }
}
