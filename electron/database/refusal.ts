/** Why a data folder was refused; the kinds of `trouble` in contract/session.ts. */
export type RefusalKind =
  'newer' | 'foreign' | 'corrupt' | 'network' | 'read-only' | 'unwritable' | 'migration'

/** The desk does not open this folder. Nothing in it was changed, and nothing was deleted. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly file: string
  /** One plain English sentence for whoever is called to help; the clerk's sentence stands in the renderer. */
  readonly detail: string

  constructor(kind: RefusalKind, file: string, detail: string, cause?: unknown) {
    super(`${file}: ${detail}`, { cause })
    this.name = 'Refusal'
    this.kind = kind
    this.file = file
    this.detail = detail
  }
}

/** The stable code of a driver's or the system's error, '' when it has none. */
export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** An error met while opening, as the refusal it stands for; one that already is a refusal stays as it is. */
export function asRefusal(file: string, error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const code = errorCode(error)
  const text = error instanceof Error ? error.message : String(error)
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new Refusal('corrupt', file, `SQLite says: ${text}`, error)
  }
  if (code.startsWith('SQLITE_READONLY') || ['EACCES', 'EPERM', 'EROFS'].includes(code)) {
    return new Refusal('read-only', file, `cannot be written: ${text}`, error)
  }
  return new Refusal('unwritable', file, `cannot be opened for writing: ${text}`, error)
}
