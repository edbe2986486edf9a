import { implement } from '@orpc/server'
import type { Access } from '../contract/access.ts'
import { contract } from '../contract/index.ts'
import { fail } from './errors.ts'
import type { House } from './house.ts'
import type { Context, SignedIn } from './workbench.ts'

/** What a request brought along; both may be missing or wrong. */
export type Credentials = { deviceToken: string | null; sessionToken: string | null }

/** The tokens of a request, from its headers: a custom scheme has no cookies, and so nothing can be forged. */
export function credentialsOf(request: Request): Credentials {
  const bearer = /^Bearer (\S{1,200})$/.exec(request.headers.get('authorization') ?? '')
  return { deviceToken: request.headers.get('x-device'), sessionToken: bearer?.[1] ?? null }
}

/** Who a request comes from. The session counter knows; desk.ts hands it in. */
export type Identity = {
  deviceId: number | null
  operator: SignedIn | null
  locked: boolean
}

/** A call as it arrives, before anybody looked at who it is. */
export type Call = { house: House; credentials: Credentials }

/** Decides, from the contract alone, whether this caller may call. Throws the code that says why not. */
function admit(access: Access | undefined, identity: Identity): void {
  if (access === 'anyone') return
  if (identity.deviceId === null) fail('UNPAIRED')
  if (access === 'device') return
  if (!identity.operator) fail('SIGNED_OUT')
  if (identity.locked) fail('LOCKED')
  // Deny by default: without roles nobody is admitted.
  if (!access?.includes(identity.operator.role)) fail('FORBIDDEN')
}

/**
 * Who calls, once it is known that this caller may; throws the code that says why not. With `evenInTrouble` the
 * context may hold no desk.
 */
export function contextFor(
  { house, credentials }: Call,
  access: Access | undefined,
  evenInTrouble = false,
): Context {
  const identity = house.identify(credentials)
  admit(access, identity)
  if (!house.desk && !evenInTrouble) fail('TROUBLE')
  // Only the procedures marked evenInTrouble may find no desk; they ask the house instead.
  return { desk: house.desk!, operator: identity.operator, deviceId: identity.deviceId }
}

/**
 * What handlers are written with: `api.people.get.handler(({ input, context }) => …)`. Access is decided before the
 * input is even validated, so that a stranger learns nothing from error messages.
 */
export const api = implement(contract)
  .$context<Call>()
  .use(({ context, next, procedure }) => {
    const { access, evenInTrouble } = procedure['~orpc'].meta
    return next({ context: contextFor(context, access, evenInTrouble) })
  })

/** The signed-in operator of a call that only operators may make. */
export function operatorOf(context: Context): SignedIn {
  return context.operator ?? fail('SIGNED_OUT')
}

type Asked<Input> = { input: Input; context: Context }

/** A procedure that is one function of its counter. */
export const by =
  <Input, Output>(answer: (context: Context, input: Input) => Output) =>
  ({ input, context }: Asked<Input>) =>
    answer(context, input)

/** A procedure that is one function of its counter and answers nothing but that it was done. */
export const done =
  <Input>(work: (context: Context, input: Input) => void) =>
  ({ input, context }: Asked<Input>) => {
    work(context, input)
    return {}
  }
