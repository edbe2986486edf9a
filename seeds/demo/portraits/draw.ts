/**
 * `node seeds/demo/portraits/draw.ts`: draws the portraits of the demo's children anew, beside this file. Nobody sat for
 * them: a face of circles and lines, told apart by hair, glasses, shirt and ground. Drawn once and kept, so that loading
 * the demo has nothing to draw.
 */
import { writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { openRandom, type Random } from '../../dataset/random.ts'

/** Pixels of a side: sharp enough on a badge, a few kilobytes. */
const side = 240
const each = 26

const skins = ['#f6d3b3', '#f2c9a5', '#eabf97', '#f8dcc4']
const hairs = ['#1f1a17', '#2b211c', '#33261f', '#171717']
const shirts = ['#2f6f9f', '#c8553d', '#3d8361', '#8a5a9e', '#d19a2a', '#4a5a78', '#b23a55', '#2a8a8a']

/** What lies behind the head, and what lies over the forehead. */
type Hair = { behind: string; before: string }

const fringe = 'M64 116 C60 62 92 46 120 46 C148 46 180 62 176 116'

const boys: Hair[] = [
  { behind: '', before: `${fringe} C164 92 140 84 120 84 C100 84 76 92 64 116 Z` },
  { behind: '', before: `${fringe} L170 96 L150 86 L128 96 L108 84 L86 98 L70 96 Z` },
  { behind: '', before: `${fringe} C150 78 104 98 72 94 Z` },
  { behind: '', before: 'M66 104 C66 66 92 52 120 52 C148 52 174 66 174 104 C162 80 78 80 66 104 Z' },
  { behind: '', before: `${fringe} C160 104 150 92 138 92 C128 104 110 104 100 92 C88 92 76 104 64 116 Z` },
]

const girls: Hair[] = [
  {
    behind:
      'M58 128 C54 60 92 42 120 42 C148 42 186 60 182 128 L182 168 C168 178 160 150 160 130 L80 130 C80 150 72 178 58 168 Z',
    before: `${fringe} C160 92 144 88 120 88 C96 88 80 92 64 116 Z`,
  },
  {
    behind:
      'M52 92 C30 92 26 150 44 168 C56 160 60 130 64 110 Z M188 92 C210 92 214 150 196 168 C184 160 180 130 176 110 Z',
    before: `${fringe} C152 96 132 84 120 62 C108 84 88 96 64 116 Z`,
  },
  {
    behind: 'M150 44 C196 30 208 92 186 140 C184 104 176 76 150 64 Z',
    before: `${fringe} C150 82 104 100 70 98 Z`,
  },
  {
    behind:
      'M56 140 C44 58 92 40 120 40 C148 40 196 58 184 140 C176 148 170 146 166 140 L74 140 C70 146 64 148 56 140 Z',
    before: `${fringe} L172 98 C140 104 100 104 68 98 Z`,
  },
  {
    behind:
      'M70 66 m-22 0 a22 22 0 1 0 44 0 a22 22 0 1 0 -44 0 M170 66 m-22 0 a22 22 0 1 0 44 0 a22 22 0 1 0 -44 0',
    before: `${fringe} C160 88 140 82 120 82 C100 82 80 88 64 116 Z`,
  },
]

const glasses = `<g fill="none" stroke="#3a3f4a" stroke-width="4">
  <circle cx="98" cy="126" r="16"/><circle cx="142" cy="126" r="16"/><path d="M114 126h12"/></g>`
const clip = `<path d="M160 74 l18 -8 l-4 18 Z M160 74 l18 8 l-14 10 Z" fill="#e0677f"/>`
const freckles = `<g fill="#c98f68"><circle cx="86" cy="146" r="2"/><circle cx="94" cy="150" r="2"/>
  <circle cx="146" cy="150" r="2"/><circle cx="154" cy="146" r="2"/></g>`
const mouths = [
  '<path d="M104 158 q16 14 32 0" fill="none" stroke="#9c4a3c" stroke-width="4" stroke-linecap="round"/>',
  '<path d="M102 156 q18 22 36 0 Z" fill="#a8483e"/>',
  '<path d="M108 160 h24" stroke="#9c4a3c" stroke-width="4" stroke-linecap="round"/>',
]

function portrait(random: Random, nth: number, girl: boolean): string {
  const styles = girl ? girls : boys
  const { behind, before } = styles[nth % styles.length]!
  const [skin, hair, shirt] = [random.pick(skins), random.pick(hairs), shirts[(nth * 3) % shirts.length]!]
  // Grounds go around the colour circle, so that neighbours on the board differ at a glance.
  const hue = Math.round((nth * 360) / each + (girl ? 7 : 0)) % 360
  const extras = [
    random.chance(0.25) ? glasses : '',
    girl && random.chance(0.4) ? clip : '',
    random.chance(0.2) ? freckles : '',
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 240 240">
  <rect width="240" height="240" fill="hsl(${hue} 42% 82%)"/>
  <path d="${behind}" fill="${hair}"/>
  <path d="M36 240 C38 204 72 194 120 194 C168 194 202 204 204 240 Z" fill="${shirt}"/>
  <path d="M100 176 h40 v18 a20 14 0 0 1 -40 0 Z" fill="${skin}"/>
  <circle cx="66" cy="128" r="11" fill="${skin}"/><circle cx="174" cy="128" r="11" fill="${skin}"/>
  <ellipse cx="120" cy="122" rx="54" ry="62" fill="${skin}"/>
  <circle cx="98" cy="126" r="6" fill="#2a2320"/><circle cx="142" cy="126" r="6" fill="#2a2320"/>
  <ellipse cx="84" cy="144" rx="9" ry="6" fill="#eba795" opacity=".6"/>
  <ellipse cx="156" cy="144" rx="9" ry="6" fill="#eba795" opacity=".6"/>
  ${random.pick(mouths)}
  <path d="${before}" fill="${hair}"/>
  ${extras.join('')}
</svg>`
}

const random = openRandom(613)
for (const kind of ['boy', 'girl']) {
  for (let nth = 0; nth < each; nth += 1) {
    const drawn = Buffer.from(portrait(random, nth, kind === 'girl'))
    const jpeg = await sharp(drawn).jpeg({ quality: 78 }).toBuffer()
    writeFileSync(new URL(`${kind}-${String(nth + 1).padStart(2, '0')}.jpg`, import.meta.url), jpeg)
  }
}
