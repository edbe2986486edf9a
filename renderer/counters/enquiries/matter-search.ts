import type { Matter } from '../../../electron/contract/matters.ts'

/** Length of the longest piece of `name` that stands in `text`; two characters already tell something. */
function shared(name: string, text: string): number {
  for (let length = Math.min(name.length, text.length); length >= 2; length--) {
    for (let at = 0; at + length <= name.length; at++) {
      if (text.includes(name.slice(at, at + length))) return length
    }
  }
  return 0
}

function score(matter: Matter, text: string, letters: string): number {
  if (matter.name === text) return 100
  if (matter.name.startsWith(text)) return 90
  if (matter.name.includes(text)) return 80
  if (letters) {
    if (matter.initials.startsWith(letters)) return 70
    const pinyin = matter.pinyin.replace(/\s/g, '')
    if (pinyin.startsWith(letters)) return 68
    if (matter.initials.includes(letters) || pinyin.includes(letters)) return 60
    return 0
  }
  if (matter.code.toLowerCase() === text.toLowerCase()) return 50
  return shared(matter.name, text) * 3
}

/** True when the text is what hands type for pinyin or initials, so that it is surely no title yet. */
export const isLatin = (text: string) => /^[a-z' ]+$/i.test(text.normalize('NFKC').trim())

/** Entries of the catalogue that the title may mean, best first. */
export function suggestMatters(matters: Matter[], typed: string, most = 6): Matter[] {
  const text = typed.normalize('NFKC').trim()
  if (!text || text.length > 60) return []
  const letters = isLatin(text) ? text.toLowerCase().replace(/[' ]/g, '') : ''
  return matters
    .map((matter) => ({ matter, score: score(matter, text, letters) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map((one) => one.matter)
}
