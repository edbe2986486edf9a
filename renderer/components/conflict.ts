import { codeOf } from '../shell/client.ts'

/** What a CONFLICT says: why, and the record as it stands now; null for any other error. */
export function conflictOf(error: unknown): { because: string; current?: unknown } | null {
  if (codeOf(error) !== 'CONFLICT') return null
  return (error as { data?: { because: string; current?: unknown } }).data ?? null
}
