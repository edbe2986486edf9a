/**
 * `node seeds/demo/door-photos/draw.ts`: draws the photos of the demo's visits anew, beside this file. Nobody's door: flat
 * shapes of what a grid worker takes a picture of. Drawn once and kept, so that loading the demo has nothing to draw.
 */
import { writeFileSync } from 'node:fs'
import sharp from 'sharp'

/** Pixels: a phone's shape, a few kilobytes. */
const [width, height] = [800, 600]

const wall = (colour: string) => `<rect width="800" height="600" fill="${colour}"/>
  <rect y="470" width="800" height="130" fill="#b9b2a6"/>`
const door = (
  x: number,
  colour: string,
) => `<rect x="${x}" y="110" width="200" height="360" rx="4" fill="${colour}"/>
  <rect x="${x + 22}" y="140" width="156" height="130" rx="4" fill="#ffffff" opacity=".16"/>
  <rect x="${x + 22}" y="300" width="156" height="140" rx="4" fill="#ffffff" opacity=".16"/>
  <circle cx="${x + 176}" cy="300" r="9" fill="#e8d9a8"/>`
const couplet = (x: number) => `<rect x="${x}" y="150" width="34" height="280" fill="#c23b2e"/>
  <g fill="#f3d27a">${[0, 1, 2, 3, 4].map((nth) => `<circle cx="${x + 17}" cy="${180 + nth * 52}" r="11"/>`).join('')}</g>`

const drawn: Record<string, string> = {
  door: `${wall('#e9e4d8')}${door(300, '#7a4b35')}${couplet(252)}${couplet(516)}`,
  'iron-door': `${wall('#dfe5e4')}${door(300, '#4d6670')}
    <rect x="540" y="200" width="90" height="120" fill="#f6f3ea"/><path d="M552 224h66M552 246h66M552 268h42" stroke="#8a8577" stroke-width="6"/>`,
  // A wet stain that grows from the corner of the ceiling.
  leak: `<rect width="800" height="600" fill="#f2efe8"/><rect y="420" width="800" height="180" fill="#d8cdbb"/>
    <path d="M0 0h520c-30 60-90 50-120 120s-110 40-150 120-130 20-170 90-60 20-80 30Z" fill="#cdbf9c"/>
    <path d="M0 0h330c-20 50-70 40-90 90s-80 40-110 90-90 30-130 40Z" fill="#ad9a6e"/>
    <path d="M120 250v70M190 190v50" stroke="#7f9aa8" stroke-width="7" stroke-linecap="round"/>`,
  // A stairwell without light, seen upwards.
  stairs: `<rect width="800" height="600" fill="#4c4a50"/>
    ${Array.from({ length: 8 }, (_, nth) => `<rect x="${120 + nth * 34}" y="${520 - nth * 56}" width="${560 - nth * 52}" height="56" fill="hsl(30 6% ${34 + nth * 4}%)"/>`).join('')}
    <path d="M150 520 L430 90" stroke="#a38d6b" stroke-width="14"/><circle cx="560" cy="70" r="26" fill="#77727a"/>`,
  'power-line': `${wall('#e5e1d6')}<rect x="90" y="90" width="180" height="150" fill="#9fb4c0"/><path d="M180 90v150M90 165h180" stroke="#f6f6f2" stroke-width="8"/>
    <path d="M180 240 C220 360 380 300 470 430" fill="none" stroke="#2d2d31" stroke-width="8"/>
    <circle cx="480" cy="480" r="56" fill="none" stroke="#34363b" stroke-width="14"/><circle cx="680" cy="480" r="56" fill="none" stroke="#34363b" stroke-width="14"/>
    <path d="M480 480 L560 390 H650 L680 480 M560 390 L600 480 H480" fill="none" stroke="#3d7a63" stroke-width="14"/><rect x="540" y="360" width="70" height="22" rx="10" fill="#26282c"/>`,
  'clear-passage': `<rect width="800" height="600" fill="#dcd8cd"/><path d="M250 600 L360 190 H440 L550 600 Z" fill="#c0bbb0"/>
    <rect x="352" y="120" width="96" height="76" fill="#2f7d4f"/><path d="M372 158h44l-16-16m16 16l-16 16" fill="none" stroke="#ffffff" stroke-width="8"/>
    <rect x="120" y="250" width="60" height="120" fill="#b8332a"/><rect x="640" y="250" width="60" height="120" fill="#b8332a"/>`,
}

for (const [name, picture] of Object.entries(drawn)) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 800 600">${picture}</svg>`
  const whole = sharp(Buffer.from(svg)).jpeg({ quality: 72 })
  writeFileSync(new URL(`${name}.jpg`, import.meta.url), await whole.toBuffer())
  const small = sharp(Buffer.from(svg)).resize(320).jpeg({ quality: 70 })
  writeFileSync(new URL(`${name}.small.jpg`, import.meta.url), await small.toBuffer())
}
