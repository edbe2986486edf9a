/**
 * `node seeds/demo/seal/draw.ts`: draws the seal of the demo's community anew, beside this file. It says 演示, and no body of
 * that name exists. Drawn once and kept, so that loading the demo has nothing to draw; needs a Chinese song face installed.
 */
import { writeFileSync } from 'node:fs'
import sharp from 'sharp'

/** Pixels: 38 mm at 400 dots an inch. */
const side = 600
const words = [...'演示社区居民委员会']
const ink = '#d3231c'

/** Each character stands on the ring, its feet towards the star. */
function ring(): string {
  const spread = 250
  return words
    .map((word, nth) => {
      const angle = -spread / 2 + (spread / (words.length - 1)) * nth
      return `<text transform="rotate(${angle} 300 300)" x="300" y="118">${word}</text>`
    })
    .join('')
}

function star(radius: number): string {
  const points = Array.from({ length: 10 }, (_, nth) => {
    const far = nth % 2 === 0 ? radius : radius * 0.382
    const angle = (nth * Math.PI) / 5 - Math.PI / 2
    return `${(300 + far * Math.cos(angle)).toFixed(1)},${(300 + far * Math.sin(angle)).toFixed(1)}`
  })
  return `<polygon points="${points.join(' ')}" />`
}

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 600 600">
  <rect width="600" height="600" fill="#fff" />
  <circle cx="300" cy="300" r="280" fill="none" stroke="${ink}" stroke-width="14" />
  <g fill="${ink}">${star(88)}</g>
  <g fill="${ink}" font-family="Noto Serif CJK SC, Noto Serif SC, serif" font-weight="700" font-size="72"
    text-anchor="middle">${ring()}
    <text x="300" y="486" font-size="44" letter-spacing="6">演示专用</text></g>
</svg>`

const jpeg = (pixels: number) =>
  sharp(Buffer.from(svg)).resize(pixels).jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer()

for (const [name, pixels] of [
  ['seal.jpg', side],
  ['seal.small.jpg', 320],
] as const) {
  writeFileSync(new URL(name, import.meta.url), await jpeg(pixels))
}
