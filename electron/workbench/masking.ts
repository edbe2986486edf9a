/** 13812345678 -> 138****5678; short numbers keep their last two digits (reliability: masked in the core). */
export function maskPhone(number: string): string {
  if (number.length < 8) return '*'.repeat(Math.max(number.length - 2, 0)) + number.slice(-2)
  return `${number.slice(0, 3)}****${number.slice(-4)}`
}

/** First 3 + last 4 of an ID number: 430***********1234. */
export function maskIdNumber(number: string): string {
  return number.slice(0, 3) + '*'.repeat(Math.max(number.length - 7, 0)) + number.slice(-4)
}

/** 张三丰 -> 张*丰, 张三 -> 张*: for what the public can read. */
export function maskName(name: string): string {
  const characters = [...name]
  if (characters.length < 2) return '*'
  if (characters.length === 2) return `${characters[0]}*`
  return characters[0] + '*'.repeat(characters.length - 2) + characters.at(-1)
}

const digit = '[\\d０-９]'
const gap = '[\\s\\-－—]?'
/** Not part of a longer number. */
const anyAlone = (...bodies: string[]) => new RegExp(`(?<!${digit})(?:${bodies.join('|')})(?!${digit})`, 'g')

/** ID numbers of 15 and 18 places in a text, whole or in groups, and whatever else is as long (a bank card). */
export const idNumbers = anyAlone(
  `${digit}{6}${gap}${digit}{8}${gap}${digit}{3}[\\dXx０-９Ｘｘ]`,
  `${digit}{15,}`,
)

/** Mobile numbers, and those of a line with its area code, in a text. */
export const phoneNumbers = anyAlone(
  `(?:[+＋]?(?:86|８６)${gap})?[1１][3-9３-９]${digit}${gap}${digit}{4}${gap}${digit}{4}`,
  `[0０]${digit}{2,3}${gap}${digit}{7,8}`,
)
