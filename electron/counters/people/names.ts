import { pinyin } from 'pinyin-pro'

/** A piece of a name that is read as one: a Han character, or a whole word in another script. */
export type Unit = { text: string; han: boolean; start: number; end: number }

// Private-use characters stand for rare Han ones in old registers.
const unitPattern = /[\p{Script=Han}\p{Co}]|[[\p{L}\p{N}]--\p{Script=Han}]+/gv
const hanPattern = /^[\p{Script=Han}\p{Co}]$/v

/** An ordinary Han character: one width, no case, and nearly all that names are made of. */
const isPlainHan = (text: string) => text.length === 1 && text >= '一' && text <= '\u9fff'

/** One width and case; ⑴ unfolds to (1), of which only the digit is kept. */
const fold = (text: string) =>
  isPlainHan(text)
    ? text
    : text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\p{N}\p{Co}]/gu, '')

/** The units of a text, folded, with their places in it. Everything else only separates. */
export function units(text: string): Unit[] {
  return [...text.matchAll(unitPattern)]
    .map((match) => ({
      text: fold(match[0]),
      han: isPlainHan(match[0]) || hanPattern.test(match[0]),
      start: match.index,
      end: match.index + match[0].length,
    }))
    .filter((unit) => unit.text !== '')
}

/** A name as it is kept: one width, one kind of dot, no blanks beside Han characters (`张　三` -> `张三`). */
export function tidyName(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[•・‧∙⋅]/g, '·')
    .replace(/\s+/g, ' ')
    .replace(/(?<=[\p{Script=Han}·]) | (?=[\p{Script=Han}·])/gu, '')
    .trim()
}

/** A phone as it is kept: digits and a leading +, without China's own prefix. */
export function tidyPhone(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .replace(/^(?:\+|00)?86(?=1\d{10}$)/, '')
}

/**
 * Characters that people really read two ways in given names. A general dictionary also knows 红 gong and 女 ru,
 * which would only bring strangers into the list.
 */
const twoWays: Record<string, string> = {
  乐: 'le yue',
  行: 'xing hang',
  长: 'chang zhang',
  重: 'zhong chong',
  朝: 'chao zhao',
  茜: 'qian xi',
  晟: 'sheng cheng',
  盛: 'sheng cheng',
  娜: 'na nuo',
  莎: 'sha suo',
  强: 'qiang jiang',
  奇: 'qi ji',
  朴: 'pu piao',
  和: 'he huo',
  传: 'chuan zhuan',
  藏: 'cang zang',
  柏: 'bai bo',
  曾: 'zeng ceng',
  单: 'dan shan',
  阿: 'a e',
  仔: 'zi zai',
  会: 'hui kuai',
  都: 'du dou',
  炅: 'jiong gui',
  召: 'zhao shao',
  万: 'wan mo',
  石: 'shi dan',
  参: 'can shen',
  调: 'tiao diao',
  解: 'jie xie',
  查: 'cha zha',
  贾: 'jia gu',
  佛: 'fo fu',
}

/** Double surnames that are not read as their characters are. */
const doubleSurnames: Record<string, [string, string]> = {
  尉迟: ['yu', 'chi'],
  万俟: ['mo', 'qi'],
  单于: ['chan', 'yu'],
  长孙: ['zhang', 'sun'],
  子车: ['zi', 'ju'],
}

/** More spellings of one name than this help nobody and fill the index. */
const mostReadings = 4

/**
 * One character's syllable, '' where nobody knows. Asked once per character: the dictionary takes 20 µs a name,
 * and a list of results shows eight. What it knows of whole phrases is no use for names.
 */
function syllables(surname: 'head' | 'off'): (character: string) => string {
  const known = new Map<string, string>()
  return (character) => {
    const remembered = known.get(character)
    if (remembered !== undefined) return remembered
    const [spelled = ''] = pinyin(character, { toneType: 'none', type: 'array', v: true, surname })
    const syllable = /^[a-z]+$/.test(spelled) ? spelled : ''
    known.set(character, syllable)
    return syllable
  }
}

const asSurname = syllables('head')
const asCharacter = syllables('off')

/**
 * How a name may be read, most likely first: one syllable per unit, '' where nobody knows. The surname as a surname
 * (单 shan, 尉迟 yu chi) and as the plain character (单 dan), then heteronyms of the given name one at a time.
 */
export function readings(name: string): string[][] {
  return readingsOf(units(name))
}

/** The same for a name that was cut into its units already. */
export function readingsOf(parts: Unit[]): string[][] {
  const plain = parts.map((part) => (part.han ? asCharacter(part.text) : part.text))
  const likely = [...plain]
  if (parts[0]?.han) likely[0] = asSurname(parts[0].text)
  const double = parts.length > 2 ? doubleSurnames[parts[0]!.text + parts[1]!.text] : undefined
  if (double) likely.splice(0, 2, ...double)
  const made = [likely]
  const add = (reading: string[]) => {
    const isNew = made.every((other) => other.some((syllable, index) => syllable !== reading[index]))
    if (isNew && made.length < mostReadings) made.push(reading)
  }
  add(plain)
  parts.forEach(({ text }, index) => {
    if (index === 0) return
    for (const other of twoWays[text]?.split(' ') ?? []) add(likely.with(index, other))
  })
  return made
}
