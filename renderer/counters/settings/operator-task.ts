import type { Operator } from '../../../electron/contract/session.ts'

/** What a manager is about to do with an operator; the dialog asks for what it needs. */
export type OperatorTask =
  | { kind: 'add' }
  | { kind: 'change'; operator: Operator; lastManager: boolean }
  | { kind: 'pin' | 'stop' | 'back'; operator: Operator }
