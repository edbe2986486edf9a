import { row, write } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import type { Context } from '../../workbench/workbench.ts'

/** Wrong tries that cost nothing: fingers slip. */
const freeTries = 3
const longestWait = 15 * 60

/** Seconds to wait after the `count`th wrong PIN in a row: 0 0 5 10 20 40 … 900. */
export function waitAfter(count: number): number {
  if (count < freeTries) return 0
  return Math.min(5 * 2 ** (count - freeTries), longestWait)
}

type Failure = { count: number; last_at: string; wait_seconds: number }

/** Deadlines by the machine's uptime, which no clock setting moves; lost with the process, the rows are not. */
export type Deadlines = Map<string, number>

const scopes = (operatorId: number, deviceId: number) => [`operator:${operatorId}`, `device:${deviceId}`]

/** Seconds until the next try of this operator on this device is looked at; 0 = now. */
export function secondsToWait(
  context: Context,
  deadlines: Deadlines,
  operatorId: number,
  deviceId: number,
): number {
  const { desk } = context
  const now = desk.clock().getTime()
  let longest = 0
  for (const scope of scopes(operatorId, deviceId)) {
    const failure = row<Failure>(desk.db, 'SELECT * FROM sign_in_failure WHERE scope = ?', scope)
    if (!failure) continue
    // A clock set back must not lock anybody out for a year: the wait begins again from now.
    const since = Math.max(0, (now - Date.parse(failure.last_at)) / 1000)
    if (Date.parse(failure.last_at) > now) restart(context, scope)
    const byUptime = ((deadlines.get(scope) ?? 0) - desk.uptime()) / 1000
    longest = Math.max(longest, failure.wait_seconds - since, byUptime)
  }
  return Math.ceil(longest)
}

function restart(context: Context, scope: string): void {
  act(context, { action: 'session.clock-set-back', subject: scope }, (db) => {
    write(
      db,
      'UPDATE sign_in_failure SET last_at = ? WHERE scope = ?',
      context.desk.clock().toISOString(),
      scope,
    )
  })
}

/** Counts a wrong PIN for operator and device. Returns the seconds to wait. */
export function recordFailure(
  context: Context,
  deadlines: Deadlines,
  operatorId: number,
  deviceId: number,
): number {
  const { desk } = context
  return act(context, { action: 'session.wrong-pin', subject: `operator:${operatorId}` }, (db) => {
    let longest = 0
    for (const scope of scopes(operatorId, deviceId)) {
      const count = (row<Failure>(db, 'SELECT * FROM sign_in_failure WHERE scope = ?', scope)?.count ?? 0) + 1
      const seconds = waitAfter(count)
      write(
        db,
        `INSERT INTO sign_in_failure (scope, count, last_at, wait_seconds) VALUES (?, ?, ?, ?)
         ON CONFLICT (scope) DO UPDATE SET count = excluded.count, last_at = excluded.last_at,
           wait_seconds = excluded.wait_seconds`,
        scope,
        count,
        desk.clock().toISOString(),
        seconds,
      )
      deadlines.set(scope, desk.uptime() + seconds * 1000)
      longest = Math.max(longest, seconds)
    }
    return longest
  })
}
