import { createOperator } from '../../electron/counters/session/operators.ts'
import { rows, transact, value, type Database } from '../../electron/database/open.ts'
import { pin, testPin } from '../fixture.ts'
import { clientOf, type Client, type DeskProcess, type Tokens } from './desk-process.ts'
import { openFile } from './noon-desk.ts'

/** The first manager of a desk is 1; the clerk who enters sheets for them to confirm is a second person. */
export const managerId = 1

/** A second operator, a clerk, on a desk that is set up. Returns their id. */
export const addClerk = (folder: string): number =>
  openFile(folder, (db) =>
    transact(
      db,
      (file) =>
        createOperator(file, { name: '前台', role: 'clerk', secret: testPin, at: '2026-11-01T00:00:00.000Z' })
          .id,
    ),
  )

/** So many screens of this operator on one paired device, signed in one after the other as the PIN check wants it. */
export async function openScreensOf(
  desk: DeskProcess,
  { device, operatorId }: { device: string; operatorId: number },
  count: number,
): Promise<Client[]> {
  const screens: Client[] = []
  for (let screen = 0; screen < count; screen += 1) {
    const tokens: Tokens = { device, session: '' }
    const client = clientOf(desk.origin, tokens)
    tokens.session = (await client.session.signIn({ operatorId, pin })).token
    screens.push(client)
  }
  return screens
}

/** Everybody there from 09:00 to 11:00. */
export const sheetOf = (volunteerIds: readonly number[]) =>
  volunteerIds.map((volunteerId) => ({
    volunteerId,
    arrived: '09:00',
    left: '11:00',
    minutes: null,
    reason: '',
  }))

export const balanceOf = (db: Database, volunteerId: number): number =>
  value<number>(db, 'SELECT coalesce(sum(points), 0) FROM point_entry WHERE volunteer_id = ?', volunteerId)!

/** Whoever's balance, or gift whose stock, was ever below nought, row by row. */
export const everNegative = (db: Database): unknown[] =>
  rows(
    db,
    `SELECT * FROM (SELECT 'points' AS what, volunteer_id AS id,
         sum(points) OVER (PARTITION BY volunteer_id ORDER BY id) AS left FROM point_entry
       UNION ALL
       SELECT 'stock', gift_id, sum(amount) OVER (PARTITION BY gift_id ORDER BY id) FROM gift_move)
     WHERE left < 0`,
  )
