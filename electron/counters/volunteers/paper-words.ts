import { colourWords, type Colour } from '../../contract/volunteer-fields.ts'

/** Minutes as one says them, never rounded: 90 -> 1 小时 30 分. */
export function hoursText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest} 分`
  return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分`
}

/** `绿 · 生态环保` */
export const colourText = (colour: Colour) => `${colourWords[colour].colour} · ${colourWords[colour].work}`

/** How many stars a volunteer has, in words. */
export const starText = (star: number) => (star === 0 ? '未定星级' : `${'〇一二三四五'[star]}星志愿者`)

/** `+5`, `-3`: the minus of print. */
export const signed = (points: number) => (points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0')
