import { rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ORPCError } from '@orpc/server'
import type { PrintJob } from '../../contract/documents.ts'
import { asStorageError, fail } from '../../workbench/errors.ts'
import { readDocument } from '../../workbench/documents.ts'
import { PaperProblem } from '../../workbench/host.ts'
import type { Context } from '../../workbench/workbench.ts'
import { withInHand } from './in-hand.ts'
import { namedById, problemOf, writePaper } from './paper.ts'
import { askToCheck, moveJob, queueJob, readJob } from './print-jobs.ts'
import { readSetting, type PrinterSetting } from './printers.ts'
import { isTooSmall, moveSheet, readSheet } from './sheet.ts'

/** Ends a job that did not go, and the call with the reason. */
function giveUp(context: Context, jobId: number, error: unknown): never {
  const told =
    error instanceof ORPCError ? (error as { data?: { problem?: unknown } }).data?.problem : undefined
  const problem =
    typeof told === 'string' ? told : problemOf(error, error instanceof ORPCError ? 'storage' : 'queue')
  try {
    const { state } = readJob(context.desk.db, jobId)
    if (problem === 'unsure' && state === 'sending') askToCheck(context, jobId)
    else if (state === 'sending' || state === 'queued') moveJob(context, jobId, 'failed', problem)
  } catch {
    // The file cannot be written just now: the job stays where it is, and asSeen says that nobody is sending it.
  }
  if (error instanceof ORPCError) throw error
  return fail('PRINTER', { problem })
}

/**
 * Hands a document to a print queue. Every state is written down before the next thing is done, so that after a crash
 * it is known whether paper may have come out. PRINTER with a stable word when it did not go; the job is then failed.
 */
export async function printDocument(
  context: Context,
  documentId: number,
  printer: string,
  copies: number,
): Promise<PrintJob> {
  readDocument(context.desk.db, documentId)
  return sendJob(context, queueJob(context, documentId, printer, copies))
}

async function writeMoved(file: string, pdf: Uint8Array): Promise<void> {
  try {
    await writeFile(file, pdf)
  } catch (error) {
    throw asStorageError(error)
  }
}

/**
 * The paper as this printer needs it: the very bytes that were issued, unless the printer has an offset. Returns the size
 * that the queue is told.
 */
async function fitToPrinter(file: string, { upright, across, paper }: PrinterSetting) {
  const pdf = await readFile(file)
  const sheet = await readSheet(pdf)
  if (paper !== '' && isTooSmall(paper, sheet.paper)) throw new PaperProblem('too-small')
  const offset = sheet.across ? across : upright
  if (offset.rightTenths !== 0 || offset.downTenths !== 0) {
    const moved = await moveSheet(pdf, offset).catch((error: unknown) =>
      Promise.reject(new PaperProblem('pdf', error)),
    )
    await writeMoved(file, moved)
  }
  return paper === '' ? sheet.paper : paper
}

/** Sends a job that is queued, and stands in the file as that. PRINTER as above. */
export function sendJob(context: Context, job: PrintJob): Promise<PrintJob> {
  return withInHand(context.desk, job.id, () => send(context, job))
}

async function send(context: Context, job: PrintJob): Promise<PrintJob> {
  const { desk } = context
  const { documentId, printer, copies } = job
  let file: string | null = null
  let spoolId = ''
  try {
    const known = await desk.host.printers()
    if (!known.some(({ name }) => name === printer)) throw new PaperProblem('no-printer')
    file = await writePaper(desk, documentId, namedById)
    const paper = await fitToPrinter(file, readSetting(desk.db, printer))
    moveJob(context, job.id, 'sending')
    spoolId = await desk.host.print(file, printer, copies, paper)
  } catch (error) {
    return giveUp(context, job.id, error)
  } finally {
    if (file) rmSync(dirname(file), { recursive: true, force: true })
  }
  // A clerk who was quicker than the spooler's answer has already looked at the paper.
  const now = readJob(desk.db, job.id)
  return now.state === 'sending' ? moveJob(context, job.id, 'spooled', '', spoolId) : now
}
