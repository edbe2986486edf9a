import { oc } from '@orpc/contract'
import { errors } from './errors.ts'

export const roles = ['clerk', 'teacher', 'manager', 'auditor'] as const
export type Role = (typeof roles)[number]

/** Who may call: named roles; `device` = a paired screen, nobody signed in yet; `anyone` = pairing itself. */
export type Access = readonly [Role, ...Role[]] | 'device' | 'anyone'

const base = oc.$meta<{ access?: Access; evenInTrouble?: boolean }>({}).errors(errors)

/** Starts a procedure. There is no other way to start one, so a procedure without access does not compile. */
export function procedure(access: Access) {
  return base.meta({ access })
}

/** One of the few that answer even while the data file is refused; every other then says TROUBLE. */
export function troubleProcedure(access: Access) {
  return base.meta({ access, evenInTrouble: true })
}

export const everyone = ['clerk', 'teacher', 'manager', 'auditor'] as const
/** Those who serve residents: all but the auditor, who only looks. */
export const staff = ['clerk', 'teacher', 'manager'] as const
export const desk = ['clerk', 'manager'] as const
