import type { Role } from '../contract/access.ts'
import type { Change } from '../contract/session.ts'
import type { Database } from '../database/open.ts'
import type { Host } from './host.ts'

/** What every counter works with: the one file, the clock, the change feed, the host. Made once by desk.ts. */
export type Workbench = {
  db: Database
  /** Now; injected, so that tests hold it. */
  clock: () => Date
  /** Milliseconds since some moment; unlike the clock nobody can set it. */
  uptime: () => number
  /** HMAC key of the audit chain. */
  auditKey: Buffer
  /** Tells every screen about a commit. Called by `act` only. */
  publish: (changes: Change[]) => void
  /** The data folder. */
  folder: string
  /** The application's own folder: migrations, templates, seeds, fonts. */
  root: string
  host: Host
}

export type SignedIn = { id: number; name: string; role: Role }

/** One call: the workbench, and who calls from which screen. */
export type Context = {
  desk: Workbench
  /** Null before sign-in. */
  operator: SignedIn | null
  deviceId: number | null
}
