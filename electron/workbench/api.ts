import { implement } from '@orpc/server'
import type { Access } from '../contract/access.ts'
import { contract } from '../contract/index.ts'
import { fail } from './errors.ts'
import type { House } from './house.ts'
import type { Context, SignedIn } from './workbench.ts'

/** What a request brought along; both may be missing or wrong. */
export type Credentials = { deviceToken: string | null; sessionToken: string | null }

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
 * What handlers are written with: `api.people.get.handler(({ input, context }) => …)`. Access is decided before the
 * input is even validated, so that a stranger learns nothing from error messages.
 */
export const api = implement(contract)
  .$context<Call>()
  .use(({ context, next, procedure }) => {
    const { house, credentials } = context
    const meta = procedure['~orpc'].meta
    const identity = house.identify(credentials)
    admit(meta.access, identity)
    if (!house.desk && !meta.evenInTrouble) fail('TROUBLE')
    // Only the procedures marked evenInTrouble may find no desk; they ask the house instead.
    const known: Context = { desk: house.desk!, operator: identity.operator, deviceId: identity.deviceId }
    return next({ context: known })
  })

/** The signed-in operator of a call that only operators may make. */
export function operatorOf(context: Context): SignedIn {
  return context.operator ?? fail('SIGNED_OUT')
}
