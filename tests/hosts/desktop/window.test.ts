import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { windowPreferences } from '../../../electron/hosts/desktop/security.ts'
import {
  clampToScreens,
  keepState,
  readState,
  secondScreenOptions,
} from '../../../electron/hosts/desktop/window.ts'

const office = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: 0, width: 1280, height: 984 }
const small = { x: 0, y: 0, width: 1024, height: 600 }

describe('a window', () => {
  test('opens in the middle of the main screen the first time', () => {
    expect(clampToScreens(null, [office, second])).toEqual({ x: 277, y: 90, width: 1366, height: 860 })
  })

  test('opens where it stood, on the second screen too', () => {
    const stood = { x: 2000, y: 100, width: 1100, height: 800 }
    expect(clampToScreens(stood, [office, second])).toEqual(stood)
  })

  test('comes back to the main screen when its own was unplugged', () => {
    const stood = { x: 2000, y: 100, width: 1100, height: 800 }
    expect(clampToScreens(stood, [office])).toEqual({ x: 410, y: 120, width: 1100, height: 800 })
  })

  test('that hung over the edge is pulled in, title bar and all', () => {
    expect(clampToScreens({ x: -300, y: -40, width: 1200, height: 800 }, [office])).toMatchObject({
      x: 0,
      y: 0,
    })
    expect(clampToScreens({ x: 1500, y: 900, width: 1200, height: 800 }, [office])).toMatchObject({
      x: 720,
      y: 240,
    })
  })

  test('shrinks to a smaller screen', () => {
    expect(clampToScreens({ x: 0, y: 0, width: 1920, height: 1040 }, [small])).toEqual(small)
  })

  test('always lies whole on one of the screens', () => {
    const place = fc.integer({ min: -10_000, max: 10_000 })
    const bounds = (least: number) =>
      fc.record({
        x: place,
        y: place,
        width: fc.integer({ min: least, max: 8_000 }),
        height: fc.integer({ min: least, max: 8_000 }),
      })
    fc.assert(
      fc.property(
        fc.option(bounds(1)),
        fc.array(bounds(320), { minLength: 1, maxLength: 4 }),
        (stood, screens) => {
          const now = clampToScreens(stood, screens)
          const inside = screens.some(
            (screen) =>
              now.x >= screen.x &&
              now.y >= screen.y &&
              now.x + now.width <= screen.x + screen.width &&
              now.y + now.height <= screen.y + screen.height,
          )
          expect(inside).toBe(true)
        },
      ),
    )
  })
})

describe('the second screen', () => {
  const front = { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: office }
  const facing = { id: 2, bounds: { x: 1920, y: 0, width: 1280, height: 1024 }, workArea: second }
  const standing = (displays: (typeof front)[], deskDisplay: { id: number }) =>
    secondScreenOptions({ displays, deskDisplay, icon: 'icon.png', devTools: false })

  test("fills the display that the desk's window is not on", () => {
    expect(standing([front, facing], front)).toMatchObject({ ...facing.bounds, fullscreen: true })
    expect(standing([front, facing], facing)).toMatchObject({ ...front.bounds, fullscreen: true })
  })

  test('is a window in the middle while there is only one display', () => {
    expect(standing([front], front)).toMatchObject({
      x: 277,
      y: 90,
      width: 1366,
      height: 860,
      fullscreen: false,
    })
  })

  test("is as shut in as the desk's own window", () => {
    expect(standing([front, facing], front).webPreferences).toEqual(windowPreferences(false))
  })
})

describe("the window's state", () => {
  let folder: string
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'window-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('is kept from one start to the next', () => {
    const file = join(folder, 'window.json')
    const state = { bounds: { x: -5, y: 0, width: 1200, height: 800 }, maximized: true }
    keepState(file, state)
    expect(readState(file)).toEqual(state)
  })

  test.each([
    '',
    '{',
    'null',
    '{"bounds":{"x":0,"y":0,"width":0,"height":800}}',
    '{"bounds":{"x":0,"y":0,"width":"1200","height":800}}',
    '{"bounds":{"x":0.5,"y":0,"width":1e400,"height":800}}',
  ])('is forgotten when it cannot be read: %s', (text) => {
    const file = join(folder, 'window.json')
    writeFileSync(file, text)
    expect(readState(file)).toBeNull()
  })

  test('is no reason to fail when it cannot be written', () => {
    const state = { bounds: office, maximized: false }
    expect(() => keepState(join(folder, 'nowhere', 'window.json'), state)).not.toThrow()
  })
})
