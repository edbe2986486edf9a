import type { Change, Trouble } from '../contract/session.ts'
import type { Identity, Credentials } from './api.ts'
import type { Context, Workbench } from './workbench.ts'

/** Result of the daily check of the file. */
export type Check = { at: string; sound: boolean; detail: string }

/** Progress of a long job in the worker: `done` of `total`, 0 = not known. */
export type Progress = { done: number; total: number }

/**
 * What the session and settings counters need beside the workbench: the things of the running process. The other
 * counters never see it.
 */
export type House = {
  /** Null while the data file is refused. */
  desk: Workbench | null
  trouble: Trouble | null
  version: string
  demo: boolean
  /** Fills a fresh desk with the demo community. */
  loadDemo: (context: Context) => void
  identify: (credentials: Credentials) => Identity
  sessions: Sessions
  /** A device token for the right pairing code, once; fails UNPAIRED otherwise. */
  pair: (code: string) => string
  /** Sets the refused file aside and opens a backup in its place. */
  restore: (backup: string) => Promise<void>
  follow: (signal: AbortSignal) => AsyncGenerator<Change, void, void>
  followers: () => number
  lastCheck: () => Check | null
  /** True when the newest record was later than the clock at the start. */
  clockBehind: boolean
  /** Runs a job in the worker thread with its own connection; `signal` cancels it. */
  backUp: (onProgress: (progress: Progress) => void, signal?: AbortSignal) => Promise<string>
  verifyAudit: () => Promise<{ rows: number; firstBad: number | null; problem: string | null }>
}

/**
 * Sessions live in this process only: after a restart, a power cut included, everybody types their PIN again.
 * That is the wish of the rule, not a shortcut: a desk that was off must not come back unlocked.
 */
export type Sessions = {
  start(operatorId: number, deviceId: number): string
  find(token: string): Session | undefined
  setLocked(token: string, locked: boolean): void
  end(token: string): void
  endAllOf(operatorId: number, except?: string): void
  /** Aborts when the session ends, so that its change feed does. */
  signal(token: string): AbortSignal | undefined
}

export type Session = { operatorId: number; deviceId: number; locked: boolean }
