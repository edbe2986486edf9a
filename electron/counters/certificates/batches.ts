import { ORPCError } from '@orpc/server'
import type { Batch } from '../../contract/certificate-batches.ts'
import { problemWords } from '../../contract/certificate-records.ts'
import { value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { personsBehind } from '../volunteers/same-person.ts'
import { membersOf, type Of } from './batch-members.ts'
import { nextItem, readHead, readHeads, readWholeBatch, workingOn, type BatchWanted } from './batch-record.ts'
import { checkWords } from './facts.ts'
import { issueSheet } from './issue.ts'
import { readCertificateSettings } from './settings.ts'

/** Shown in the list of batches. */
const mostBatches = 30

type State = 'running' | 'stopped' | 'cancelled' | 'done'

/** CONFLICT `step` where a second person has to approve each of them: a manager's batch is approved by being started. */
function checkMayIssue(context: Context, { kind }: BatchWanted): void {
  const { approval } = readCertificateSettings(context.desk.db)
  if (approval.includes(kind) && operatorOf(context).role !== 'manager') fail('CONFLICT', { because: 'step' })
}

function setState(context: Context, id: number, action: string, to: State): void {
  act(context, { action: `certificate.batch-${action}`, subject: `certificate-batch:${id}` }, (db, note) => {
    write(db, 'UPDATE certificate_batch SET state = ? WHERE id = ?', to, id)
    note(null, { state: to })
  })
}

/** The word for why there is none for somebody; null: this is no matter of theirs, and the batch stops. */
function problemOf(error: unknown): string | null {
  if (!(error instanceof ORPCError)) return null
  const { code, data } = error as { code: string; data: { fields?: { problem: string }[] } | undefined }
  if (code === 'PRINTER') return 'pdf'
  if (code === 'STORAGE_FULL' || code === 'STORAGE_READ_ONLY') return 'storage'
  if (code !== 'INVALID') return null
  const problem = data?.fields?.[0]?.problem
  return problemWords.some((word) => word === problem) ? problem! : null
}

function markProblem(context: Context, id: number, position: number, problem: string): void {
  const what = { action: 'certificate.batch-problem', subject: `certificate-batch:${id}` }
  act(context, what, (db, note) => {
    write(
      db,
      'UPDATE certificate_batch_item SET problem = ? WHERE batch_id = ? AND position = ?',
      problem,
      id,
      position,
    )
    note(null, { position, problem })
  })
}

/** Issues the next one; false when there is none left, or the batch was cancelled or cannot go on. */
async function issueNext(context: Context, id: number): Promise<boolean> {
  const { desk } = context
  const { ticket, state, wanted } = readHead(desk, id)
  if (state !== 'running') return false
  const item = nextItem(desk.db, id)
  if (!item) {
    setState(context, id, 'done', 'done')
    return false
  }
  const { position, volunteerId, personId } = item
  try {
    await issueSheet(context, {
      ticket: `${ticket}:${position}`,
      wanted: { ...wanted, volunteerId, personId: volunteerId === null ? personId : null },
      requestId: null,
      replacesId: null,
      print: null,
      batch: { id, position },
    })
  } catch (error) {
    const problem = problemOf(error)
    if (problem === null) throw error
    markProblem(context, id, position, problem)
    if (problem === 'storage') {
      setState(context, id, 'stop', 'stopped')
      return false
    }
  }
  return true
}

/**
 * Works on a batch until it is over. It never rejects: what ends it (a full disk, a closed file) leaves it stopped where it
 * was, to be resumed by somebody. Each certificate and the mark of its item are one act.
 */
async function work(context: Context, id: number): Promise<void> {
  const on = workingOn(context.desk)
  // Cancelled and resumed while one is being made: who works on it goes on.
  if (on.has(id)) return
  on.add(id)
  try {
    while (await issueNext(context, id));
  } catch {
    // It reads as stopped from now on.
  } finally {
    on.delete(id)
  }
}

/** The persons of these volunteers, in their order: who is meant under two numbers gets one sheet. */
function eachOnce(db: Database, volunteerIds: readonly number[]) {
  const persons = new Map(
    personsBehind(db, volunteerIds).map(({ volunteerId, personId }) => [volunteerId, personId]),
  )
  const met = new Set<number>()
  return volunteerIds.flatMap((volunteerId) => {
    const personId = persons.get(volunteerId)!
    if (met.has(personId)) return []
    met.add(personId)
    return { volunteerId, personId }
  })
}

/** Begins a batch and returns at once; progress comes by the change feed. The same ticket twice is one batch. */
export function startBatch(
  context: Context,
  { ticket, title, of, wanted }: { ticket: string; title: string; of: Of; wanted: BatchWanted },
): Batch {
  const { db: file, clock } = context.desk
  const operatorId = operatorOf(context).id
  const before = value<number>(file, 'SELECT id FROM certificate_batch WHERE ticket = ?', ticket)
  if (before !== undefined) return readWholeBatch(context.desk, before)
  const what = {
    action: 'certificate.batch-start',
    subject: (made: number) => `certificate-batch:${made}`,
  }
  const id = act(context, what, (db, note) => {
    checkMayIssue(context, wanted)
    checkWords(wanted)
    const members = eachOnce(db, membersOf(db, of, todayOf(context)))
    if (members.length === 0) fail('CONFLICT', { because: 'step' })
    const made = write(
      db,
      `INSERT INTO certificate_batch (ticket, title, wanted, state, at, operator_id) VALUES (?, ?, ?, 'running', ?, ?)`,
      ticket,
      title,
      JSON.stringify(wanted),
      clock().toISOString(),
      operatorId,
    ).id
    members.forEach(({ volunteerId, personId }, position) => {
      write(
        db,
        'INSERT INTO certificate_batch_item (batch_id, position, person_id, volunteer_id) VALUES (?, ?, ?, ?)',
        made,
        position + 1,
        personId,
        volunteerId,
      )
    })
    note(null, { of: of.what, kind: wanted.kind, volunteers: members.length })
    return made
  })
  void work(context, id)
  return readWholeBatch(context.desk, id)
}

export const readBatch = ({ desk }: Context, id: number): Batch => readWholeBatch(desk, id)

export const listBatches = ({ desk }: Context): Omit<Batch, 'items'>[] => readHeads(desk, mostBatches)

/** Stops after the one that is being made; what was issued stays issued. CONFLICT `step` when it is over. */
export function cancelBatch(context: Context, { id }: { id: number }): Batch {
  operatorOf(context)
  const { state } = readHead(context.desk, id)
  if (state !== 'running' && state !== 'stopped') fail('CONFLICT', { because: 'step' })
  setState(context, id, 'cancel', 'cancelled')
  return readWholeBatch(context.desk, id)
}

/** Goes on with those who have none yet, also those who failed. CONFLICT `step` while it runs and when all are issued. */
export function resumeBatch(context: Context, { id }: { id: number }): Batch {
  const { desk } = context
  const { state, wanted, issued, total } = readHead(desk, id)
  if (state === 'running' || issued === total) fail('CONFLICT', { because: 'step' })
  checkMayIssue(context, wanted)
  const what = { action: 'certificate.batch-resume', subject: `certificate-batch:${id}` }
  act(context, what, (db, note) => {
    write(db, "UPDATE certificate_batch SET state = 'running' WHERE id = ?", id)
    write(db, "UPDATE certificate_batch_item SET problem = '' WHERE batch_id = ? AND problem <> ''", id)
    note({ state }, { state: 'running' })
  })
  void work(context, id)
  return readWholeBatch(desk, id)
}
