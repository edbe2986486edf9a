import type { Gift } from '../../contract/volunteer-points.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

type GiftRow = Omit<Gift, 'active'> & { active: 0 | 1 }

/** The stock is the sum of the moves, read from an index. */
const giftSql = `
  SELECT id, name, points, description, photo_id AS photoId, active, version,
    (SELECT coalesce(sum(amount), 0) FROM gift_move WHERE gift_id = gift.id) AS stock
  FROM gift`

const toGift = ({ active, ...gift }: GiftRow): Gift => ({ ...gift, active: active === 1 })

/** One gift with its stock. NOT_FOUND `gift`. */
export function readGift(db: Database, id: number): Gift {
  const found = row<GiftRow>(db, `${giftSql} WHERE id = ?`, id)
  return found ? toGift(found) : fail('NOT_FOUND', { what: 'gift' })
}

/** By name; `all` shows withdrawn ones too. */
export function listGifts({ desk }: Context, { all }: { all: boolean }): Gift[] {
  return rows<GiftRow>(desk.db, `${giftSql} ${all ? '' : 'WHERE active = 1 '}ORDER BY id`)
    .map(toGift)
    .sort((one, other) => one.name.localeCompare(other.name, 'zh'))
}

/** NOT_FOUND `file`; INVALID `photoId` `not-an-image` for what is no photo, or one that not everybody may see. */
function checkPhoto(db: Database, photoId: number | null): void {
  if (photoId === null) return
  const file = row<{ kind: string; restricted: 0 | 1 }>(
    db,
    'SELECT kind, restricted FROM file WHERE id = ?',
    photoId,
  )
  if (!file) fail('NOT_FOUND', { what: 'file' })
  if (file.kind !== 'image' || file.restricted === 1) invalid('photoId', 'not-an-image')
}

export type GiftInput = {
  id: number | null
  version: number | null
  name: string
  points: number
  description: string
  photoId: number | null
  active: boolean
}

function writeGift(db: WritableDatabase, input: GiftInput): number {
  const fields = [input.name, input.points, input.description, input.photoId, input.active ? 1 : 0]
  if (input.id === null) {
    return write(
      db,
      'INSERT INTO gift (name, points, description, photo_id, active) VALUES (?, ?, ?, ?, ?)',
      ...fields,
    ).id
  }
  write(
    db,
    `UPDATE gift SET name = ?, points = ?, description = ?, photo_id = ?, active = ?, version = version + 1
     WHERE id = ?`,
    ...fields,
    input.id,
  )
  return input.id
}

/**
 * Adds a gift or changes it; what was handed over keeps its price. NOT_FOUND `gift`, `file`; CONFLICT `changed` (current =
 * the gift), `duplicate` for a name that another one has (current = that one); INVALID `version` `required`, `photoId`
 * `not-an-image`.
 */
export function saveGift(context: Context, input: GiftInput): Gift {
  const { id, name, photoId } = input
  const what = { action: 'volunteer.save-gift', subject: ({ id: made }: Gift) => `gift:${made}` }
  return act(context, { ...what, also: () => ['volunteer-setup'] }, (db, note) => {
    const before = id === null ? null : readGift(db, id)
    if (before && input.version === null) invalid('version', 'required')
    if (before && before.version !== input.version) fail('CONFLICT', { because: 'changed', current: before })
    const other = value<number>(db, 'SELECT id FROM gift WHERE name = ? AND id IS NOT ?', name, id)
    if (other !== undefined) fail('CONFLICT', { because: 'duplicate', current: readGift(db, other) })
    checkPhoto(db, photoId)
    const after = readGift(db, writeGift(db, input))
    note(before, after)
    return after
  })
}

/** Puts a move of stock down; part of the caller's act. `redemptionId` and `reason` as its cause asks. */
export function writeMove(
  db: WritableDatabase,
  move: {
    giftId: number
    amount: number
    cause: 'delivery' | 'correction' | 'redemption' | 'redemption-reversal'
    redemptionId?: number
    reason?: string
    at: string
    operatorId: number
  },
): void {
  write(
    db,
    `INSERT INTO gift_move (gift_id, amount, cause, redemption_id, reason, at, operator_id)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    move.giftId,
    move.amount,
    move.cause,
    move.redemptionId ?? null,
    move.reason ?? '',
    move.at,
    move.operatorId,
  )
}

/**
 * A delivery, or a correction after counting. NOT_FOUND `gift`; INVALID `amount` `nought`, `not-positive` for a delivery,
 * `reason` `required` for a correction; CONFLICT `stock` (current = the gift) when less is there than is taken out.
 */
export function moveStock(
  context: Context,
  input: { giftId: number; cause: 'delivery' | 'correction'; amount: number; reason: string },
): Gift {
  const { desk } = context
  const { giftId, cause, amount, reason } = input
  if (amount === 0) invalid('amount', 'nought')
  if (cause === 'delivery' && amount < 0) invalid('amount', 'not-positive')
  // Two characters at the least, so that it says something (contract/fields.ts).
  if (cause === 'correction' && reason.length < 2) invalid('reason', 'required')
  const operatorId = operatorOf(context).id
  const what = { action: 'volunteer.move-stock', subject: `gift:${giftId}`, ...(reason && { reason }) }
  return act(context, { ...what, also: () => ['volunteer-setup'] }, (db, note) => {
    const gift = readGift(db, giftId)
    if (gift.stock + amount < 0) fail('CONFLICT', { because: 'stock', current: gift })
    writeMove(db, { giftId, cause, amount, reason, at: desk.clock().toISOString(), operatorId })
    note({ stock: gift.stock }, { stock: gift.stock + amount, cause })
    return readGift(db, giftId)
  })
}
