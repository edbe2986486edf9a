import Driver from 'better-sqlite3'

/** The one file, for reading. */
export type Database = Driver.Database
declare const writable: unique symbol
/** The one file inside a transaction. Only `act` (and the migrations) hand it out, so nothing else can write. */
export type WritableDatabase = Database & { readonly [writable]: true }

export const applicationId = 0x4f53_4331 // 'OSC1', one-stop counter

/** Pragmas of every connection, as they must read back (design 4; FULL lost 0 of 84 power cuts, NORMAL 24 of 24). */
const pragmas = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  busy_timeout: 5000,
  trusted_schema: 0,
  cell_size_check: 1,
  secure_delete: 1,
} as const

/**
 * Opens a SQLite file with the house's pragmas, set and read back.
 * Throws when a pragma does not hold, or the driver's error when the file is no database.
 */
export function openDatabase(file: string, options: { readonly?: boolean } = {}): Database {
  const db = new Driver(file, { readonly: options.readonly ?? false, timeout: pragmas.busy_timeout })
  try {
    for (const [name, wanted] of Object.entries(pragmas)) {
      // A read-only connection cannot change the journal; the file says WAL already.
      if (options.readonly && (name === 'journal_mode' || name === 'secure_delete')) continue
      db.pragma(`${name} = ${wanted}`)
      const found = db.pragma(name, { simple: true })
      if (String(found).toLowerCase() !== String(wanted)) {
        throw new Error(`pragma ${name} is ${String(found)}, wanted ${wanted}`)
      }
    }
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** A plain exclusive connection, for the folder lock only: rollback journal, held until closed. */
export function openLock(file: string): Database {
  return new Driver(file, { timeout: 0 })
}

const prepared = new WeakMap<Database, Map<string, Driver.Statement>>()

/** The prepared statement for this text, prepared once per connection. Parameters are always bound, never pasted. */
export function sql(db: Database, text: string): Driver.Statement<unknown[], unknown> {
  let statements = prepared.get(db)
  if (!statements) prepared.set(db, (statements = new Map<string, Driver.Statement>()))
  let statement = statements.get(text)
  if (!statement) statements.set(text, (statement = db.prepare(text)))
  return statement
}

/** All rows of a query, typed by the caller, who wrote the columns. */
export function rows<Row>(db: Database, text: string, ...parameters: unknown[]): Row[] {
  return sql(db, text).all(...parameters) as Row[]
}

/** The first row or undefined. */
export function row<Row>(db: Database, text: string, ...parameters: unknown[]): Row | undefined {
  return sql(db, text).get(...parameters) as Row | undefined
}

/** The first column of the first row or undefined. */
export function value<Value>(db: Database, text: string, ...parameters: unknown[]): Value | undefined {
  const found = sql(db, text).get(...parameters) as Record<string, Value> | undefined
  return found && Object.values(found)[0]
}

/** Runs a writing statement; only inside `act`. Returns the new row's id and the number of rows touched. */
export function write(
  db: WritableDatabase,
  text: string,
  ...parameters: unknown[]
): { id: number; changes: number } {
  const result = sql(db, text).run(...parameters)
  return { id: Number(result.lastInsertRowid), changes: result.changes }
}

/**
 * Runs `work` in one immediate transaction: all of it or nothing. `work` is synchronous: no transaction is ever held
 * across an await. Used by `act`, the migrations and the dataset generator; lint forbids it elsewhere.
 */
export function transact<Result>(db: Database, work: (db: WritableDatabase) => Result): Result {
  sql(db, 'BEGIN IMMEDIATE').run()
  try {
    const result = work(db as WritableDatabase)
    if (result instanceof Promise) throw new Error('a transaction may not wait')
    sql(db, 'COMMIT').run()
    return result
  } catch (error) {
    if (db.inTransaction) sql(db, 'ROLLBACK').run()
    throw error
  }
}

/**
 * Runs many transactions that nobody has been told of yet (the demo) without waiting for the disk after each of them; when
 * it returns, all of them are there. A power cut in between loses the last of them and breaks nothing.
 */
export function withoutWaiting(db: Database, work: () => void): void {
  db.pragma('synchronous = NORMAL')
  try {
    work()
  } finally {
    db.pragma(`synchronous = ${pragmas.synchronous}`)
    db.pragma('wal_checkpoint(FULL)')
  }
}

/** Runs several reads on one state of the file, whatever others commit meanwhile. Synchronous, like `transact`. */
export function readTogether<Result>(db: Database, work: () => Result): Result {
  if (db.inTransaction) return work()
  sql(db, 'BEGIN').run()
  try {
    return work()
  } finally {
    sql(db, 'COMMIT').run()
  }
}
