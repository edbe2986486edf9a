import type { PrintJob } from '../../contract/documents.ts'
import { row, rows, value, write, type Database, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context, Workbench } from '../../workbench/workbench.ts'
import { isInHand } from './in-hand.ts'

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

/**
 * A job as the clerk has to see it. One that nobody is sending any more, whatever stands in the file (which was full, or
 * not to be written), asks for a look, or was never sent.
 */
export function asSeen<Job extends PrintJob>(desk: Workbench, job: Job): Job {
  if (isInHand(desk, job.id)) return job
  if (job.state === 'sending') return { ...job, checkPaper: true }
  return job.state === 'queued' ? { ...job, problem: 'interrupted' } : job
}

const isPending = `j.state NOT IN ('printed', 'failed')`

/** Jobs that still need a look, oldest first; `seen`: of which documents (access.ts). */
export function pendingJobs(db: Database, seen = '1'): PrintJob[] {
  return rows<JobRow>(db, `${jobSql} WHERE ${isPending} AND ${seen} ORDER BY j.id`).map(toJob)
}

export const countPendingJobs = (db: Database, seen: string): number =>
  value<number>(
    db,
    `SELECT count(*) FROM print_job j JOIN document d ON d.id = j.document_id WHERE ${isPending} AND ${seen}`,
  )!

/** Topics beside the job's own. */
const shown = () => ['today']

/** Where a document is to go. `againOf`: the job in whose place it is sent. */
export type Sending = { documentId: number; printer: string; copies: number; againOf?: number }

/** Writes down that a document is to be printed; part of the caller's act. Returns the job's id. */
export function insertJob(
  db: WritableDatabase,
  context: Context,
  { documentId, printer, copies, againOf }: Sending,
): number {
  return write(
    db,
    `INSERT INTO print_job (document_id, printer, copies, state, operator_id, created_at, again_of)
     VALUES (?, ?, ?, 'queued', ?, ?, ?)`,
    documentId,
    printer,
    copies,
    operatorOf(context).id,
    context.desk.clock().toISOString(),
    againOf ?? null,
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

/** Moves a job one step on its way; part of the caller's act. CONFLICT `step` when it is not where that step begins. */
export function stepJob(db: WritableDatabase, id: number, to: State, problem = ''): PrintJob {
  const job = readJob(db, id)
  if (!ways[job.state].includes(to)) fail('CONFLICT', { because: 'step', current: job })
  change(db, id, to, false, problem)
  return job
}

/**
 * Moves a job one step on its way; CONFLICT `step` when it is not where that step begins. `spoolId`: what the spooler
 * calls it from now on.
 */
export function moveJob(context: Context, id: number, to: State, problem = '', spoolId = ''): PrintJob {
  const { desk } = context
  act(context, { action: `print-job.${to}`, subject: `print-job:${id}`, also: shown }, (db, note) => {
    const job = stepJob(db, id, to, problem)
    if (spoolId !== '') write(db, 'UPDATE print_job SET spool_id = ? WHERE id = ?', spoolId, id)
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
