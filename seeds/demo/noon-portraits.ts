import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { storeDrawn } from '../../electron/workbench/files.ts'
import type { Context } from '../../electron/workbench/workbench.ts'

/** Pixels of a side, as `portraits/draw.ts` draws them. */
const side = 240
const each = 26

/** Hands out the drawn portraits, none of them twice; `named` are those that somebody must have. */
export function openPortraits(named: readonly string[]) {
  const free = ['boy', 'girl'].map((kind) =>
    Array.from({ length: each }, (_, nth) => `${kind}-${String(nth + 1).padStart(2, '0')}`).filter(
      (name) => !named.includes(name),
    ),
  )
  return {
    /** The next one for a boy (1) or a girl (2); null when all are given out. */
    next: (sex: 1 | 2): string | null => free[sex - 1]!.shift() ?? null,

    /** Stores a portrait as the desk's screens store a photo; returns the file's id. */
    store(context: Context, portrait: string): number {
      const jpeg = readFileSync(join(context.desk.root, 'seeds/demo/portraits', `${portrait}.jpg`))
      return storeDrawn(context, '照片.jpg', { jpeg, small: jpeg, width: side, height: side }).id
    },
  }
}
