/** The first character of each pinyin letter in the order of GB collation; no dictionary needed for a first letter. */
const letters = 'ABCDEFGHJKLMNOPQRSTWXYZ'
const firsts = '阿八嚓哒妸发旮哈讥咔垃麻拏噢妑七呥扨它穵夕丫帀'
const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

/** Surnames that are read otherwise than the character elsewhere: 曾 zeng, 单 shan … */
const surnames: Record<string, string> = {
  曾: 'z',
  单: 's',
  仇: 'q',
  查: 'z',
  解: 'x',
  区: 'o',
  朴: 'p',
  盖: 'g',
  乐: 'y',
  重: 'c',
}

function initialOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase()
  let found = ''
  for (let index = 0; index < firsts.length; index += 1) {
    if (collator.compare(character, firsts[index]!) < 0) break
    found = letters[index]!.toLowerCase()
  }
  return found
}

/** The initials of a name's pinyin (周敏: `zm`). What is not a person's name begins with no surname (区城管局: `qcgj`). */
export function initialsOf(name: string, whose: 'person' | 'other' = 'person'): string {
  return [...name]
    .map(
      (character, index) =>
        (index === 0 && whose === 'person' && surnames[character]) || initialOf(character),
    )
    .join('')
}

/** Whether a person's name answers to what was typed: characters from anywhere, or the initials of its pinyin. */
export function answersTo(name: string, typed: string): boolean {
  const wanted = typed.normalize('NFKC').replace(/\s/g, '').toLowerCase()
  return !wanted || name.toLowerCase().includes(wanted) || initialsOf(name).includes(wanted)
}
