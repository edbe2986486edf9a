import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { signsOf } from '../../electron/workbench/font-signs.ts'
import { missingSigns, withFonts } from '../../electron/workbench/fonts.ts'
import { root } from '../fixture.ts'

test('a page carries the families that it names, and no other', () => {
  const weights = (page: string) =>
    withFonts(root, page).fonts.map(({ family, weight }) => `${family} ${weight}`)
  expect(new Set(weights('<p style="font: 1mm \'Noto Serif SC\'">志愿</p>'))).toEqual(
    new Set(['Noto Serif SC 400', 'Noto Serif SC 700']),
  )
  expect(new Set(weights('<p style="font: 1mm \'Noto Sans SC Variable\'">志愿</p>'))).toEqual(
    new Set(['Noto Sans SC Variable 100 900']),
  )
  expect(new Set(weights('<p>志愿</p>'))).toEqual(new Set(['Noto Sans SC Variable 100 900']))
})

test('characters without a sign are named once, in their order', () => {
  const missing = (text: string) => missingSigns(root, text)
  expect(missing('张三丰·李雷 2026年，“志愿者”（第 1 名）\nABC')).toEqual([])
  expect(missing('𠮷野家䶮𠮷')).toEqual(['𠮷', '䶮'])
  // Their unicode-range claims these, and the files hold none of them.
  expect(missing('🌰가\ue6c1')).toEqual(['🌰', '가', '\ue6c1'])
  expect(missing('葛\u{e0100}城')).toEqual([])
})

test('the map of a font file is what other programs read from it', () => {
  for (const file of ['4-400', '118-400', '119-700', 'latin-700']) {
    const path = join(root, `node_modules/@fontsource/noto-serif-sc/files/noto-serif-sc-${file}-normal.woff2`)
    const said = execFileSync('fc-scan', ['--format', '%{charset}', path], { encoding: 'utf8' })
    const points = said.split(/\s+/).flatMap((run) => {
      const [first, last = first] = run.split('-').map((point) => parseInt(point, 16))
      return Array.from({ length: last! - first! + 1 }, (_, nth) => first! + nth)
    })
    const drawn = (all: Iterable<number>) => [...all].filter((point) => point > 32).toSorted((a, b) => a - b)
    expect(drawn(signsOf(path))).toEqual(drawn(points))
  }
})
