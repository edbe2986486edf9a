import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PDFDocument } from '@cantoo/pdf-lib'
import { expect, test } from 'vitest'
import { printJobStates } from '../../electron/contract/documents.ts'
import { readJob, recoverPrintJobs } from '../../electron/counters/documents/print-jobs.ts'
import { value } from '../../electron/database/open.ts'
import { verifyAudit } from '../../electron/database/audit.ts'
import { accept, issueReceipt } from '../counters/enquiries/counter.ts'
import { openTestDesk } from '../fixture.ts'
import { openSpooler } from '../hosts/spooler.ts'

/** Kills after the job was written down; at each step between its states, walked through several times. */
const kills = 60
const script = fileURLToPath(new URL('print-once.ts', import.meta.url))

/** Runs the script until it dies at that step; false when it came to its end before. */
const dies = (args: string[], at: number) =>
  new Promise<boolean>((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, DIE_AT: String(at) },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('exit', (status, signal) => {
      if (signal === 'SIGKILL') resolve(true)
      else if (status === 0) resolve(false)
      else reject(new Error(said))
    })
  })

test(
  `a host killed ${kills} times while it prints sends nothing twice and loses no job`,
  async ({ skip }) => {
    const spooler = await openSpooler()
    if ('skipped' in spooler) return skip(spooler.skipped)
    await spooler.addQueue('desk')
    // Taken and kept: every job that ever reached the spooler can be counted.
    await spooler.enable('desk', false)

    const desk = openTestDesk()
    const documentId = issueReceipt(desk.context(), accept(desk).id)
    const sheet = await PDFDocument.create()
    sheet.addPage([420, 595])
    writeFileSync(join(desk.folder, 'sheet'), await sheet.save())
    const jobs = () => value<number>(desk.db, 'SELECT count(*) FROM print_job') ?? 0
    const atStart = { desk: desk.desk, operator: null, deviceId: null }

    const seen = new Set<string>()
    let killed = 0
    let whole = 0
    for (let at = 1; killed < kills; at += 1) {
      const [jobsBefore, takenBefore] = [jobs(), (await spooler.taken()).length]
      const died = await dies([desk.folder, String(documentId), 'desk'], at)
      const id = value<number>(desk.db, 'SELECT max(id) FROM print_job') ?? 0
      const written = jobs() - jobsBefore
      expect(written).toBeLessThanOrEqual(1)
      if (written === 1) seen.add(readJob(desk.db, id).state)
      recoverPrintJobs(atStart)
      recoverPrintJobs(atStart)
      const taken = (await spooler.taken()).length - takenBefore
      // Nothing reaches the spooler that was not written down first, and nothing twice.
      expect(taken).toBeLessThanOrEqual(written)
      if (written === 1) {
        const job = readJob(desk.db, id)
        expect(printJobStates).toContain(job.state)
        // Either it never went, or the clerk is asked to look.
        if (job.state === 'failed') expect([taken, job.problem]).toEqual([0, 'interrupted'])
        else expect(job.state === 'spooled' || job.checkPaper).toBe(true)
        if (died) killed += 1
      }
      if (!died) {
        expect([written, taken, readJob(desk.db, id).state]).toEqual([1, 1, 'spooled'])
        whole += 1
        at = 0
      }
    }
    expect([...seen].sort()).toEqual(['queued', 'sending', 'spooled'])
    expect(whole).toBeGreaterThan(0)
    expect(value(desk.db, "SELECT count(*) FROM print_job WHERE state = 'queued'")).toBe(0)
    expect(value(desk.db, "SELECT count(*) FROM print_job WHERE state = 'sending' AND check_paper = 0")).toBe(
      0,
    )
    expect(verifyAudit(desk.db, desk.desk.auditKey)).toMatchObject({ firstBad: null })
    expect(desk.db.pragma('integrity_check', { simple: true })).toBe('ok')
    console.log(
      `kills ${killed}, whole ${whole}, jobs ${jobs()}, taken ${(await spooler.taken()).length}, twice 0, lost 0`,
    )
  },
  5 * 60_000,
)
