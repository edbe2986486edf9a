import type { PrintJob } from '../../contract/documents.ts'
import type { QueuedJob, SpoolWord } from '../../contract/printers.ts'
import { row, rows, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { SpooledJob } from '../../workbench/host.ts'
import type { Context, Workbench } from '../../workbench/workbench.ts'
import { jobFor, seenSql } from './access.ts'
import { isInHand } from './in-hand.ts'
import { asSeen, insertJob, moveJob, readJob, stepJob } from './print-jobs.ts'
import { sendJob } from './print.ts'

type Row = Omit<QueuedJob, 'checkPaper' | 'spooler'> & { checkPaper: number; spoolId: string }

const queueSql = `
  SELECT j.id, j.document_id AS documentId, d.title, d.kind, j.printer, j.copies, j.state,
    j.check_paper AS checkPaper, j.problem, j.created_at AS createdAt, j.spool_id AS spoolId, o.name AS operator,
    again.id AS againId
  FROM print_job j
    JOIN document d ON d.id = j.document_id
    JOIN operator o ON o.id = j.operator_id
    LEFT JOIN print_job again ON again.again_of = j.id`

function spoolerOf(spoolId: string, jobs: SpooledJob[] | null | undefined): SpoolWord | null {
  if (spoolId === '' || jobs === undefined) return null
  if (jobs === null) return 'silent'
  return jobs.find(({ id }) => id === spoolId)?.state ?? 'unknown'
}

/** The queue of the desk, with what the spooler says now; as the contract says. */
export async function readQueue(
  context: Context,
  { before, limit }: { before?: number | undefined; limit: number },
) {
  const { desk } = context
  const seen = seenSql(operatorOf(context).role)
  const jobs = await desk.host.jobs().catch(() => null)
  const toQueued = ({ spoolId, checkPaper, ...found }: Row): QueuedJob =>
    asSeen(desk, { ...found, checkPaper: checkPaper === 1, spooler: spoolerOf(spoolId, jobs) })
  const stuck = rows<Row>(
    desk.db,
    `${queueSql} WHERE j.state NOT IN ('printed', 'failed') AND ${seen} ORDER BY j.id`,
  )
  const ended = rows<Row>(
    desk.db,
    `${queueSql} WHERE j.state IN ('printed', 'failed') AND ${seen} AND j.id < ? ORDER BY j.id DESC LIMIT ?`,
    before ?? Number.MAX_SAFE_INTEGER,
    limit,
  )
  return { answers: jobs !== null, stuck: stuck.map(toQueued), ended: ended.map(toQueued) }
}

/** What the spooler called this job and those in whose place it was sent. */
function spoolIdsOf(db: Database, id: number): string[] {
  return rows<{ spoolId: string }>(
    db,
    `WITH RECURSIVE earlier (id) AS (
       VALUES (?) UNION SELECT j.again_of FROM print_job j JOIN earlier ON j.id = earlier.id WHERE j.again_of IS NOT NULL)
     SELECT spool_id AS spoolId FROM print_job WHERE id IN (SELECT id FROM earlier) AND spool_id <> ''`,
    id,
  ).map(({ spoolId }) => spoolId)
}

/**
 * Takes what did not come out of the spooler, so that it does not come later beside its successor. PRINTER
 * `not-withdrawn` when it still waits there. A spooler that does not answer prints nothing now, and is asked again before
 * anything is sent in the job's place.
 */
async function withdraw(desk: Workbench, id: number): Promise<void> {
  const waiting = async () =>
    new Set(((await desk.host.jobs()) ?? []).filter(({ state }) => state !== 'over').map((job) => job.id))
  const ours = spoolIdsOf(desk.db, id)
  const before = ours.length > 0 ? await waiting() : new Set<string>()
  const held = ours.filter((spoolId) => before.has(spoolId))
  if (held.length === 0) return
  for (const spoolId of held) await desk.host.withdraw(spoolId).catch(() => {})
  const after = await waiting()
  if (held.some((spoolId) => after.has(spoolId))) fail('PRINTER', { problem: 'not-withdrawn' })
}

/** The clerk looked at the paper; as the contract says. */
export async function confirmJob(
  context: Context,
  { jobId, printed }: { jobId: number; printed: boolean },
): Promise<PrintJob> {
  jobFor(context, jobId)
  if (printed) return moveJob(context, jobId, 'printed')
  await withdraw(context.desk, jobId)
  return moveJob(context, jobId, 'failed', 'no-paper')
}

/** CONFLICT `step` for a job in whose place nothing may be sent. */
function checkAgain(desk: Workbench, id: number): PrintJob {
  const job = readJob(desk.db, id)
  if (job.state === 'printed' || isInHand(desk, id)) fail('CONFLICT', { because: 'step', current: job })
  const again = row<{ id: number }>(desk.db, 'SELECT id FROM print_job WHERE again_of = ?', id)
  if (again) fail('CONFLICT', { because: 'step', current: readJob(desk.db, again.id) })
  return job
}

/** Sends a job's document once more as a new job, by the clerk's decision; as the contract says. */
export async function sendAgain(
  context: Context,
  { jobId, printer, copies }: { jobId: number; printer: string; copies: number },
): Promise<PrintJob> {
  const { desk } = context
  jobFor(context, jobId)
  checkAgain(desk, jobId)
  await withdraw(desk, jobId)
  const id = act(
    context,
    {
      action: 'print-job.again',
      subject: (made: number) => `print-job:${made}`,
      also: () => [`print-job:${jobId}`, 'today'],
    },
    (db, note) => {
      const { documentId, state } = checkAgain(desk, jobId)
      if (state !== 'failed') stepJob(db, jobId, 'failed', 'no-paper')
      note(null, { documentId, printer, copies, againOf: jobId })
      return insertJob(db, context, { documentId, printer, copies, againOf: jobId })
    },
  )
  return sendJob(context, readJob(desk.db, id))
}
