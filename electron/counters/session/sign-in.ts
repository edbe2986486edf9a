import type { Operator } from '../../contract/session.ts'
import { value, write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { recordFailure, secondsToWait, type Deadlines } from './backoff.ts'
import { findOperator, pinSecret } from './operators.ts'
import { pinFits } from './pins.ts'

const deadlines: Deadlines = new Map()
/** One try at a time per operator and device: parallel guesses must not slip past the count. */
const trying = new Set<string>()

/**
 * Checks an operator's PIN. Returns the operator, or fails: NOT_FOUND (unknown or left), WAIT (nothing was checked),
 * WRONG_PIN (counted). A right PIN clears the count of this operator and device.
 */
export async function checkPin(context: Context, operatorId: number, pin: string): Promise<Operator> {
  const { desk } = context
  const deviceId = context.deviceId ?? 0
  const secret = pinSecret(desk.db, operatorId) ?? fail('NOT_FOUND', { what: 'operator' })
  const scopes = [`${desk.folder} operator:${operatorId}`, `${desk.folder} device:${deviceId}`]
  if (scopes.some((scope) => trying.has(scope))) fail('WAIT', { seconds: 1 })
  const seconds = secondsToWait(context, deadlines, operatorId, deviceId)
  if (seconds > 0) fail('WAIT', { seconds })

  scopes.forEach((scope) => trying.add(scope))
  try {
    if (!(await pinFits(pin, secret))) {
      fail('WRONG_PIN', { seconds: recordFailure(context, deadlines, operatorId, deviceId) })
    }
  } finally {
    scopes.forEach((scope) => trying.delete(scope))
  }
  clearFailures(context, operatorId, deviceId)
  return findOperator(desk.db, operatorId) ?? fail('NOT_FOUND', { what: 'operator' })
}

function clearFailures(context: Context, operatorId: number, deviceId: number): void {
  const scopes = [`operator:${operatorId}`, `device:${deviceId}`]
  scopes.forEach((scope) => deadlines.delete(scope))
  const found = value<number>(
    context.desk.db,
    'SELECT count(*) FROM sign_in_failure WHERE scope IN (?, ?)',
    ...scopes,
  )
  if (!found) return
  act(context, { action: 'session.clear-failures', subject: `operator:${operatorId}` }, (db) => {
    write(db, 'DELETE FROM sign_in_failure WHERE scope IN (?, ?)', ...scopes)
  })
}
