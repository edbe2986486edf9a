import type { PrintJob } from '../../contract/documents.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

type State = PrintJob['state']

/** Where a job may go from where it is. 'spooled' is only handed over: the clerk's look at the paper ends it. */
const ways: Record<State, readonly State[]> = {
  queued: ['sending', 'failed'],
  sending: ['spooled', 'failed', 'printed'],
  spooled: ['printed', 'failed'],
  printed: [],
  failed: [],
}

type JobRow = Omit<PrintJob, 'checkPaper'> & { checkPaper: number }

const jobSql = `
  SELECT j.id, j.document_id AS documentId, d.title, j.printer, j.copies, j.state, j.check_paper AS checkPaper,
    j.problem, j.created_at AS createdAt
  FROM print_job j JOIN document d ON d.id = j.document_id`

const toJob = (found: JobRow): PrintJob => ({ ...found, checkPaper: found.checkPaper === 1 })

/** One job; NOT_FOUND without it. */
export function readJob(db: Database, id: number): PrintJob {
  const found = row<JobRow>(db, `${jobSql} WHERE j.id = ?`, id)
  return found ? toJob(found) : fail('NOT_FOUND', { what: 'print-job' })
}

/** Jobs that still need a look, oldest first. */
export function pendingJobs(db: Database): PrintJob[] {
  return rows<JobRow>(db, `${jobSql} WHERE j.state NOT IN ('printed', 'failed') ORDER BY j.id`).map(toJob)
}

export function countPendingJobs(db: Database): number {
  return value<number>(db, "SELECT count(*) FROM print_job WHERE state NOT IN ('printed', 'failed')") ?? 0
}

const shown = () => ['today']

/** Where a document is to go. */
export type Sending = { documentId: number; printer: string; copies: number }

/** Writes down that a document is to be printed; part of the caller's act. Returns the job's id. */
export function insertJob(
  db: WritableDatabase,
  context: Context,
  { documentId, printer, copies }: Sending,
): number {
  return write(
    db,
    `INSERT INTO print_job (document_id, printer, copies, state, operator_id, created_at)
     VALUES (?, ?, ?, 'queued', ?, ?)`,
    documentId,
    printer,
    copies,
    operatorOf(context).id,
    context.desk.clock().toISOString(),
  ).id
}

/** Writes down that a document is to be printed, before anything is sent anywhere. */
export function queueJob(context: Context, documentId: number, printer: string, copies: number): PrintJob {
  const { desk } = context
  const id = act(
    context,
    { action: 'document.print', subject: (made: number) => `print-job:${made}`, also: shown },
    (db, note) => {
      note(null, { documentId, printer, copies })
      return insertJob(db, context, { documentId, printer, copies })
    },
  )
  return readJob(desk.db, id)
}

function change(db: WritableDatabase, id: number, to: State, checkPaper: boolean, problem: string): void {
  write(
    db,
    'UPDATE print_job SET state = ?, check_paper = ?, problem = ? WHERE id = ?',
    to,
    checkPaper ? 1 : 0,
    problem,
    id,
  )
}

/** Moves a job one step on its way; CONFLICT `step` when it is not where that step begins. */
export function moveJob(context: Context, id: number, to: State, problem = ''): PrintJob {
  const { desk } = context
  act(context, { action: `print-job.${to}`, subject: `print-job:${id}`, also: shown }, (db, note) => {
    const job = readJob(db, id)
    if (!ways[job.state].includes(to)) fail('CONFLICT', { because: 'step', current: job })
    change(db, id, to, false, problem)
    note({ state: job.state, problem: job.problem }, { state: to, problem })
  })
  return readJob(desk.db, id)
}

/** Nobody knows whether paper came out: the job stays where it is and asks for a look. */
export function askToCheck(context: Context, id: number): void {
  act(context, { action: 'print-job.check', subject: `print-job:${id}`, also: shown }, (db, note) => {
    change(db, id, 'sending', true, 'unsure')
    note({ checkPaper: false }, { checkPaper: true })
  })
}

/**
 * After a start: a job that was being sent may or may not lie in the tray, so it asks for a look and is never sent
 * again by itself; one that was not sent yet has failed. Called once by desk.ts before anybody is served.
 */
export function recoverPrintJobs(context: Context): void {
  for (const job of pendingJobs(context.desk.db)) {
    if (job.state === 'sending' && !job.checkPaper) askToCheck(context, job.id)
    if (job.state === 'queued') moveJob(context, job.id, 'failed', 'interrupted')
  }
}
