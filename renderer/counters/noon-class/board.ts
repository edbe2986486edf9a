import type { Board, Tile } from '../../../electron/contract/noon-days.ts'

/** What the board may be narrowed to, in the order of its chips; also the `show` of its address. */
export const shows = {
  due: '应到',
  in: '在',
  waiting: '还没来',
  leave: '请假',
  out: '已接走',
  absent: '缺席',
  missing: '未到',
  left: '未接',
} as const
export type Show = keyof typeof shows
export const showOrder = Object.keys(shows) as Show[]

const shownBy: Record<Show, (tile: Tile) => boolean> = {
  due: ({ state }) => state !== 'leave',
  in: ({ state }) => state === 'in',
  waiting: ({ state }) => state === 'expected',
  leave: ({ state }) => state === 'leave',
  out: ({ state }) => state === 'out',
  absent: ({ state }) => state === 'absent',
  missing: ({ alarm }) => alarm === 'missing',
  left: ({ alarm }) => alarm === 'not-collected',
}

/** The `show` of an address; null for anything else. */
export const readShow = (text: unknown): Show | null =>
  typeof text === 'string' && Object.hasOwn(shows, text) ? (text as Show) : null

export const narrowed = (tiles: readonly Tile[], show: Show | null): Tile[] =>
  tiles.filter((tile) => !show || shownBy[show](tile))

export function countsOf(tiles: readonly Tile[]): Record<Show, number> {
  const counts = Object.fromEntries(showOrder.map((show) => [show, 0])) as Record<Show, number>
  for (const tile of tiles) for (const show of showOrder) if (shownBy[show](tile)) counts[show] += 1
  return counts
}

/** Whether a tap, alone or with others, may sign the child in: not here, not gone. */
export const mayArrive = ({ state }: Tile) => state === 'expected' || state === 'absent' || state === 'leave'

/** Who goes with the school's escort when all leave: here, and the record allows it. */
export const mayGoWithEscort = ({ state, leaves }: Tile) => state === 'in' && leaves === 'escort'

/** What children are chosen for: `group` signs in all but who is taken out, `escort` hands them to the school's escort. */
export type Choosing = 'some' | 'group' | 'escort'

/** Whom the whole group's button proposes to sign in; who told of leave or is explained comes only by their own tap. */
export const wholeGroup = (tiles: readonly Tile[]): number[] =>
  tiles.filter(({ state }) => state === 'expected').map(({ childId }) => childId)

/** The children between two tiles as they stand on the screen, both included (Shift + tap). */
export function between(tiles: readonly Tile[], from: number | null, to: number): number[] {
  const at = (id: number | null) => tiles.findIndex(({ childId }) => childId === id)
  const [a, b] = [at(from), at(to)]
  if (b < 0) return []
  return tiles.slice(Math.min(a < 0 ? b : a, b), Math.max(a, b) + 1).map(({ childId }) => childId)
}

/** The order of things on this screen: boards that were asked for, answers that came. Larger is later. */
let turns = 0
export const nextTurn = () => ++turns

/** What this screen did to a child: how the tile looks before the board says so. */
export type Patch = Pick<Tile, 'state' | 'at' | 'note' | 'attendanceId'>
/** `answered`: the turn in which the desk confirmed it; null while the call runs. */
export type Ahead = ReadonlyMap<number, { patch: Patch; answered: number | null }>

/** Whether a board that was asked for in this turn may not know of it yet. */
const stillAhead = (answered: number | null, asked: number) => answered === null || asked < answered

/**
 * The tiles with what this screen did laid over them. A board that was asked for before the desk confirmed a tap may not
 * know of it, so the tap stays in sight until a later board has come.
 */
export function laidOver(tiles: readonly Tile[], asked: number, ahead: Ahead): Tile[] {
  return tiles.map((tile) => {
    const mine = ahead.get(tile.childId)
    if (!mine || !stillAhead(mine.answered, asked)) return tile
    return { ...tile, ...mine.patch, alarm: null, alarmSince: null }
  })
}

/** What is still to be laid over a board that was asked for in this turn. */
export function stillToLay(ahead: Ahead, asked: number): Ahead {
  return new Map([...ahead].filter(([, { answered }]) => stillAhead(answered, asked)))
}

const sameTile = (a: Tile, b: Tile) =>
  (Object.keys(b) as (keyof Tile)[]).every((field) => a[field] === b[field])

/** A board's tiles, each the object it was when nothing of it changed: then only changed tiles are drawn anew. */
export function keptTiles(before: readonly Tile[], now: readonly Tile[]): Tile[] {
  const known = new Map(before.map((tile) => [tile.childId, tile]))
  return now.map((tile) => {
    const was = known.get(tile.childId)
    return was && sameTile(was, tile) ? was : tile
  })
}

/** Who came and went last, the newest first. */
export function justNow(tiles: readonly Tile[], most: number): Tile[] {
  return tiles
    .filter(({ state, at }) => at !== null && (state === 'in' || state === 'out'))
    .toSorted((a, b) =>
      a.at! < b.at! ? 1 : a.at! > b.at! ? -1 : (b.attendanceId ?? 0) - (a.attendanceId ?? 0),
    )
    .slice(0, most)
}

export type Standing = { asked: number; board: Board }

/** Where an arrow key leads on a board of so many columns; null for another key or when it leads nowhere. */
export function movedTo(key: string, at: number, count: number, columns: number): number | null {
  const ways: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: count - 1,
  }
  const to = ways[key]
  if (to === undefined || at < 0) return null
  // Down from above a short last row leads to its last tile.
  if (key === 'ArrowDown' && to >= count) {
    const lastRow = Math.floor((count - 1) / columns)
    return Math.floor(at / columns) < lastRow ? count - 1 : null
  }
  return to >= 0 && to < count ? to : null
}
