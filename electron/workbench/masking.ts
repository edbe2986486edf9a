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
