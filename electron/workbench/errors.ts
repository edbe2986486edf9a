import { ORPCError } from '@orpc/server'
import type { z } from 'zod'
import { errors, type ErrorCode } from '../contract/errors.ts'

type Data<Code extends ErrorCode> = (typeof errors)[Code] extends { data: infer Schema extends z.ZodType }
  ? [data: z.output<Schema>]
  : []

/** Ends the call with a code of the contract; inside `act` nothing of the change stays. */
export function fail<Code extends ErrorCode>(code: Code, ...[data]: Data<Code>): never {
  throw new ORPCError(code, { status: errors[code].status, data })
}

/** `INVALID` for one field, in the words of the form: `invalid('birth', 'contradicts-id-number')`. */
export function invalid(path: string, problem: string): never {
  return fail('INVALID', { fields: [{ path, problem }] })
}

/** Whether SQLite found the file itself damaged; `act` has turned the error into TROUBLE, whose cause it then is. */
export function isCorruption(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  if (code === 'TROUBLE' && cause) return isCorruption(cause)
  return typeof code === 'string' && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
}

/** The SQLite errors that a clerk can do something about, as codes; anything else stays what it is. */
export function asStorageError(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string') return error
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new ORPCError('STORAGE_FULL', { status: errors.STORAGE_FULL.status })
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code === 'SQLITE_CANTOPEN' ||
    code === 'EROFS' ||
    code === 'EACCES'
  ) {
    return new ORPCError('STORAGE_READ_ONLY', { status: errors.STORAGE_READ_ONLY.status })
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_IOERR')) {
    return new ORPCError('TROUBLE', { status: errors.TROUBLE.status, cause: error })
  }
  return error
}
