import type { Role } from '../../contract/access.ts'
import type { Operator } from '../../contract/session.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { hashPinNow, type PinSecret } from './pins.ts'

type Row = { id: number; name: string; role: Role; active: number }
const columns = 'id, name, role, active'
const fromRow = (found: Row): Operator => ({ ...found, active: found.active === 1 })

/** All operators, those who left too, in the order they came. */
export function listOperators(db: Database): Operator[] {
  return rows<Row>(db, `SELECT ${columns} FROM operator ORDER BY id`).map(fromRow)
}

export function findOperator(db: Database, id: number): Operator | undefined {
  const found = row<Row>(db, `SELECT ${columns} FROM operator WHERE id = ?`, id)
  return found && fromRow(found)
}

/** Salt and hash of an operator who may sign in; undefined for unknown and left ones. */
export function pinSecret(db: Database, id: number): PinSecret | undefined {
  return row<PinSecret>(
    db,
    'SELECT pin_salt AS salt, pin_hash AS hash FROM operator WHERE id = ? AND active = 1',
    id,
  )
}

type NewOperator = { name: string; role: Role; at: string } & ({ secret: PinSecret } | { pin: string })

/** Inserts an operator; `pin` instead of `secret` only where nobody waits (seeds, tests). INVALID for a taken name. */
export function createOperator(db: WritableDatabase, operator: NewOperator): Operator {
  const { name, role, at } = operator
  if (value<number>(db, 'SELECT 1 FROM operator WHERE name = ?', name)) invalid('name', 'taken')
  const secret = 'secret' in operator ? operator.secret : hashPinNow(operator.pin)
  const { id } = write(
    db,
    'INSERT INTO operator (name, role, pin_salt, pin_hash, created_at) VALUES (?, ?, ?, ?, ?)',
    name,
    role,
    secret.salt,
    secret.hash,
    at,
  )
  return { id, name, role, active: true }
}

export function addOperator(
  context: Context,
  input: { name: string; role: Role; secret: PinSecret },
): Operator {
  const at = context.desk.clock().toISOString()
  return act(
    context,
    { action: 'session.add-operator', subject: (made) => `operator:${made.id}` },
    (db, note) => {
      const made = createOperator(db, { ...input, at })
      note(null, { ...made })
      return made
    },
  )
}

/** CONFLICT `last-manager` when nobody would be left to manage the desk. */
export function changeOperator(context: Context, input: Operator & { reason: string }): Operator {
  const { id, name, role, active, reason } = input
  return act(
    context,
    { action: 'session.change-operator', subject: `operator:${id}`, reason },
    (db, note) => {
      const before = findOperator(db, id) ?? fail('NOT_FOUND', { what: 'operator' })
      if (value<number>(db, 'SELECT 1 FROM operator WHERE name = ? AND id <> ?', name, id))
        invalid('name', 'taken')
      write(
        db,
        'UPDATE operator SET name = ?, role = ?, active = ? WHERE id = ?',
        name,
        role,
        active ? 1 : 0,
        id,
      )
      const managers = value<number>(
        db,
        "SELECT count(*) FROM operator WHERE role = 'manager' AND active = 1",
      )
      if (!managers) fail('CONFLICT', { because: 'last-manager' })
      const after = { id, name, role, active }
      note({ ...before }, after)
      return after
    },
  )
}

export function setPin(context: Context, id: number, secret: PinSecret, action: string): void {
  act(context, { action, subject: `operator:${id}` }, (db) => {
    const { changes } = write(
      db,
      'UPDATE operator SET pin_salt = ?, pin_hash = ? WHERE id = ?',
      secret.salt,
      secret.hash,
      id,
    )
    if (changes === 0) fail('NOT_FOUND', { what: 'operator' })
    write(db, 'DELETE FROM sign_in_failure WHERE scope = ?', `operator:${id}`)
  })
}
