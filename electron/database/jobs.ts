import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { AuditVerdict } from './audit.ts'
import { sweepBackup } from './backup.ts'

/** The long jobs of the database; each works in a thread with a connection of its own. */
export type Job =
  | { kind: 'backup'; folder: string; at: string }
  | { kind: 'check'; folder: string }
  | { kind: 'verify-audit'; folder: string }

export type JobResult = {
  /** The finished backup's name. */
  backup: string
  check: { sound: boolean; detail: string }
  'verify-audit': AuditVerdict
}

export type JobProgress = { done: number; total: number }

/** A job as the thread gets it. */
export type JobOrder = Job & { token: string }

/** What the thread says to us. */
export type JobMessage =
  | { kind: 'progress'; done: number; total: number }
  /** This file grows to about so many bytes. */
  | { kind: 'growing'; file: string; bytes: number }
  | { kind: 'done'; result: unknown }
  | { kind: 'failed'; message: string; code: string }

const glanceEvery = 200

/**
 * Runs a job in a worker thread. Rejects with the error of the job (its `code` kept, so that a full disk is told as
 * one), or with the signal's reason once the thread has stopped and its unfinished file is gone.
 */
export function startJob<Kind extends Job['kind']>(
  worker: URL,
  job: Extract<Job, { kind: Kind }>,
  onProgress?: (progress: JobProgress) => void,
  signal?: AbortSignal,
): Promise<JobResult[Kind]> {
  if (signal?.aborted) return Promise.reject(signal.reason as Error)
  return new Promise((resolve, reject) => {
    // Ours, not the thread's: what it says last before it is stopped may never arrive.
    const token = `-${randomUUID()}`
    const thread = new Worker(worker, { workerData: { ...job, token }, name: `desk-${job.kind}` })
    let growing: { file: string; bytes: number } | null = null
    let outcome: (() => void) | null = null

    // SQLite copies in one long call that says nothing, so we watch the file grow from outside.
    const timer = setInterval(() => {
      if (!growing) return
      const size = statSync(growing.file, { throwIfNoEntry: false })?.size ?? growing.bytes
      onProgress?.({ done: Math.min(size, growing.bytes), total: growing.bytes })
    }, glanceEvery)

    thread.on('message', (message: JobMessage) => {
      if (message.kind === 'progress') onProgress?.({ done: message.done, total: message.total })
      else if (message.kind === 'growing') growing = { file: message.file, bytes: message.bytes }
      else if (message.kind === 'done') outcome ??= () => resolve(message.result as JobResult[Kind])
      else outcome ??= () => reject(Object.assign(new Error(message.message), { code: message.code }))
    })
    thread.on('error', (error) => (outcome ??= () => reject(error as Error)))

    const cancel = () => {
      outcome ??= () => {
        if (job.kind === 'backup') sweepBackup(job.folder, token)
        reject(signal!.reason as Error)
      }
      void thread.terminate()
    }
    signal?.addEventListener('abort', cancel, { once: true })

    // Only when the thread is gone is its connection closed, and the folder free for what comes next.
    thread.on('exit', () => {
      clearInterval(timer)
      signal?.removeEventListener('abort', cancel)
      if (outcome) outcome()
      else reject(new Error('the worker ended without an answer'))
    })
  })
}
