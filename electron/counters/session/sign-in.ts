import type { Operator } from '../../contract/session.ts'
import { write } from '../../database/open.ts'
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
export function checkPin(context: Context, operatorId: number, pin: string): Promise<Operator> {
  return check(context, operatorId, pin, 'session.sign-in')
}

/** A second member of staff confirms with their own PIN what the signed-in one does; fails and counts as checkPin. */
export function confirmPin(context: Context, operatorId: number, pin: string): Promise<Operator> {
  return check(context, operatorId, pin, 'session.confirm')
}

type Why = 'session.sign-in' | 'session.confirm'

async function check(context: Context, operatorId: number, pin: string, why: Why): Promise<Operator> {
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
  return letIn(context, operatorId, deviceId, why)
}

/** Who came in, where and when stands in the audit; the counts of wrong PINs are over. */
function letIn(context: Context, operatorId: number, deviceId: number, action: Why): Operator {
  const scopes = [`operator:${operatorId}`, `device:${deviceId}`]
  scopes.forEach((scope) => deadlines.delete(scope))
  const operator = findOperator(context.desk.db, operatorId) ?? fail('NOT_FOUND', { what: 'operator' })
  try {
    // A subject of its own, so that no list of operators reloads because somebody signs in.
    act(context, { action, subject: `sign-in:${operatorId}` }, (db) => {
      write(db, 'DELETE FROM sign_in_failure WHERE scope IN (?, ?)', ...scopes)
    })
  } catch (error) {
    // On a full disk people must still be able to look things up; every change will say what is wrong.
    if (!['STORAGE_FULL', 'STORAGE_READ_ONLY'].includes((error as { code?: string }).code ?? '')) throw error
  }
  return operator
}
