import type { Operator } from '../../contract/session.ts'
import { value } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { writeCommunity } from '../settings/community.ts'
import { createOperator } from './operators.ts'
import { hashPin } from './pins.ts'
import { loadReference } from './reference.ts'

/** True until somebody can manage the desk. */
export function needsSetup(context: Context): boolean {
  return !value<number>(context.desk.db, "SELECT 1 FROM operator WHERE role = 'manager' LIMIT 1")
}

export type Setup = { community: string; manager: { name: string; pin: string }; content: 'empty' | 'demo' }

/**
 * First start: community, manager and reference data in one act, so that a power cut leaves either nothing or a
 * desk one can sign in to; then, on request, the demo (`loadDemo` comes from above: it uses all counters).
 * CONFLICT `set-up` once there is a manager.
 */
export async function setUp(
  context: Context,
  input: Setup,
  loadDemo: (context: Context) => void,
): Promise<Operator> {
  const secret = await hashPin(input.manager.pin)
  const at = context.desk.clock().toISOString()
  const manager = act(
    context,
    { action: 'session.setup', subject: (made: Operator) => `operator:${made.id}`, also: () => ['settings'] },
    (db) => {
      if (!needsSetup(context)) fail('CONFLICT', { because: 'set-up' })
      loadReference(db, context.desk.root, at)
      writeCommunity(db, { name: input.community })
      return createOperator(db, { name: input.manager.name, role: 'manager', secret, at })
    },
  )
  if (input.content === 'demo') loadDemo({ ...context, operator: manager })
  return manager
}
