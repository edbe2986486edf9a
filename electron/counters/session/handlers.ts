import { api, operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { House } from '../../workbench/house.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { addOperator, changeOperator, findOperator, listOperators, setPin } from './operators.ts'
import { hashPin } from './pins.ts'
import { needsSetup, setUp } from './setup.ts'
import { checkPin } from './sign-in.ts'

type Caller = Context & { house: House; credentials: { sessionToken: string | null } }

function state(context: Caller) {
  const { house } = context
  if (!house.desk) {
    return {
      phase: 'trouble' as const,
      trouble: house.trouble,
      community: '',
      operators: [],
      lockMinutes: 10,
      textSize: 'standard' as const,
      demo: false,
    }
  }
  const { name, lockMinutes, textSize } = readCommunity(house.desk.db)
  return {
    phase: needsSetup(context) ? ('setup' as const) : ('ready' as const),
    trouble: null,
    community: name,
    operators: listOperators(house.desk.db).filter((operator) => operator.active),
    lockMinutes,
    textSize,
    demo: house.demo,
  }
}

const token = (context: Caller) => context.credentials.sessionToken ?? ''

export const session = api.session.router({
  pair: api.session.pair.handler(({ context, input }) => ({ device: context.house.pair(input.code) })),

  state: api.session.state.handler(({ context }) => state(context)),

  setup: api.session.setup.handler(async ({ context, input }) => {
    const operator = await setUp(context, input, context.house.loadDemo)
    return { token: context.house.sessions.start(operator.id, context.deviceId ?? 0), operator }
  }),

  signIn: api.session.signIn.handler(async ({ context, input }) => {
    const operator = await checkPin(context, input.operatorId, input.pin)
    // Switching operators on one screen ends the session of the one before.
    context.house.sessions.end(token(context))
    return { token: context.house.sessions.start(operator.id, context.deviceId ?? 0), operator }
  }),

  lock: api.session.lock.handler(({ context }) => {
    context.house.sessions.setLocked(token(context), true)
    return {}
  }),

  unlock: api.session.unlock.handler(async ({ context, input }) => {
    const session = context.house.sessions.find(token(context)) ?? fail('SIGNED_OUT')
    await checkPin(context, session.operatorId, input.pin)
    context.house.sessions.setLocked(token(context), false)
    return {}
  }),

  me: api.session.me.handler(
    ({ context }) => findOperator(context.desk.db, operatorOf(context).id) ?? fail('SIGNED_OUT'),
  ),

  changes: api.session.changes.handler(({ context, signal }) => {
    const ended = context.house.sessions.signal(token(context)) ?? fail('SIGNED_OUT')
    return context.house.follow(signal ? AbortSignal.any([signal, ended]) : ended)
  }),

  operators: api.session.operators.handler(({ context }) => listOperators(context.desk.db)),

  addOperator: api.session.addOperator.handler(async ({ context, input }) =>
    addOperator(context, { name: input.name, role: input.role, secret: await hashPin(input.pin) }),
  ),

  changeOperator: api.session.changeOperator.handler(({ context, input }) => {
    const operator = changeOperator(context, input)
    if (!operator.active) context.house.sessions.endAllOf(operator.id)
    return operator
  }),

  resetPin: api.session.resetPin.handler(async ({ context, input }) => {
    setPin(context, input.id, await hashPin(input.pin), 'session.reset-pin')
    context.house.sessions.endAllOf(input.id, token(context))
    return {}
  }),

  changePin: api.session.changePin.handler(async ({ context, input }) => {
    const { id } = operatorOf(context)
    await checkPin(context, id, input.old)
    setPin(context, id, await hashPin(input.pin), 'session.change-pin')
    context.house.sessions.endAllOf(id, token(context))
    return {}
  }),

  restore: api.session.restore.handler(async ({ context, input }) => {
    if (!context.house.trouble) fail('CONFLICT', { because: 'in-use' })
    await context.house.restore(input.backup)
    return {}
  }),
})
