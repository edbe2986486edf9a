import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { issueDemoCertificates, loadDemo } from '../seeds/demo/load.ts'
import type { Trouble } from './contract/session.ts'
import { openDocuments } from './workbench/documents.ts'
import { certificates } from './counters/certificates/handlers.ts'
import { documents, recoverPrintJobs } from './counters/documents/handlers.ts'
import { enquiries } from './counters/enquiries/handlers.ts'
import { noonClass } from './counters/noon-class/handlers.ts'
import { overview } from './counters/overview/handlers.ts'
import { people } from './counters/people/handlers.ts'
import { openDevices } from './counters/session/devices.ts'
import { session } from './counters/session/handlers.ts'
import { findOperator } from './counters/session/operators.ts'
import { needsSetup } from './counters/session/setup.ts'
import { openSessions } from './counters/session/sessions.ts'
import { settings } from './counters/settings/handlers.ts'
import { visits } from './counters/visits/handlers.ts'
import { volunteers } from './counters/volunteers/handlers.ts'
import { listBackups, restoreBackup } from './database/backup.ts'
import { closeDataFile, openDataFile, readAuditKey, Refusal } from './database/folder.ts'
import { startJob } from './database/jobs.ts'
import { lockFolder } from './database/lock.ts'
import { value } from './database/open.ts'
import { act } from './workbench/act.ts'
import { credentialsOf, type Call } from './workbench/api.ts'
import { openChanges } from './workbench/changes.ts'
import { fail } from './workbench/errors.ts'
import { sweepFiles } from './workbench/file-sweep.ts'
import { openFiles } from './workbench/files-route.ts'
import type { Host } from './workbench/host.ts'
import type { Check, House } from './workbench/house.ts'
import { carryNumbers } from './workbench/numbering.ts'
import { serveRenderer } from './workbench/renderer-files.ts'
import { openRpc, type Log } from './workbench/rpc.ts'
import type { Context, Workbench } from './workbench/workbench.ts'

export type DeskOptions = {
  /** The data folder; made when it is not there. */
  folder: string
  /** The application's own folder: migrations, templates, seeds, fonts. */
  root: string
  /** The built renderer. */
  renderer: string
  /** Entry of the worker thread for long jobs. */
  worker: URL
  host: Host
  /** Shown once to pair a browser; without it every caller is the desk's own window (desktop host). */
  pairing?: { code: string }
  demo?: boolean
  clock?: () => Date
  log?: Log
}

export type Desk = {
  /** Answers everything the renderer needs: its files, `/rpc`, `/documents`, `/files`. Never rejects. */
  fetch: (request: Request) => Promise<Response>
  /** Waits for running requests, backs up if anything changed, checkpoints, releases the folder. */
  close: () => Promise<void>
}

const day = 24 * 60 * 60 * 1000
/** After the first screen is there: the check reads the whole file, and a sweep many folders. */
const checkDelay = 5_000

/** A line of the host's log; nothing personal ever comes here. */
const toStderr: Log = (level, line) => process.stderr.write(`${new Date().toISOString()} ${level} ${line}\n`)

/**
 * The demo at once; its few certificates follow one by one, as fast as the host makes PDFs, while the desk answers already.
 * What keeps them from being made (no browser, the desk is closed) leaves those out that were not issued.
 */
function fillDemo(context: Context): void {
  loadDemo(context)
  void issueDemoCertificates(context).catch(() => {})
}

/**
 * Opens the one-stop counter on a data folder. A refused data file does not reject: the desk then answers with what
 * happened and what to do. Rejects with FolderHeld when another process owns the folder.
 */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { folder, root, host, worker, log = toStderr } = options
  const clock = options.clock ?? (() => new Date())

  const changes = openChanges()
  const sessions = openSessions()
  const devices = openDevices(options.pairing?.code)
  const closing = new AbortController()
  let check: Check | null = null
  let timer: NodeJS.Timeout | undefined
  let lock: { release(): void } | undefined

  const house: House = {
    desk: null,
    trouble: null,
    version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
    demo: options.demo ?? false,
    loadDemo: fillDemo,
    sessions,
    clockBehind: false,
    identify({ deviceToken, sessionToken }) {
      const deviceId = devices.find(house.desk, deviceToken)
      const found = sessionToken ? sessions.find(sessionToken) : undefined
      const known =
        found && found.deviceId === deviceId && house.desk && findOperator(house.desk.db, found.operatorId)
      return { deviceId, operator: known && known.active ? known : null, locked: found?.locked ?? false }
    },
    pair: (code) => devices.pair(house.desk, code),
    async restore(backup) {
      // Without the lock another process may be at work here; a network folder stays refused as well.
      if (!lock) fail('TROUBLE')
      restoreBackup(folder, backup, clock())
      open()
      if (!house.desk) return
      const context = { desk: house.desk, operator: null, deviceId: null }
      act(context, { action: 'session.restore', subject: 'settings', reason: backup }, () => {})
    },
    follow: (signal) => changes.follow(AbortSignal.any([signal, closing.signal])),
    followers: changes.followers,
    lastCheck: () => check,
    backUp: (onProgress, signal) =>
      startJob(worker, { kind: 'backup', folder, at: clock().toISOString() }, onProgress, signal),
    verifyAudit: () => startJob(worker, { kind: 'verify-audit', folder }),
  }

  function open(): void {
    try {
      lock ??= lockFolder(folder, { host: host.name, pid: process.pid, startedAt: clock().toISOString() })
      const { db } = openDataFile({
        folder,
        migrationsFolder: join(root, 'electron/database/migrations'),
        clock,
      })
      const desk: Workbench = {
        db,
        clock,
        uptime: () => performance.now(),
        auditKey: readAuditKey(folder),
        publish: changes.publish,
        folder,
        root,
        host,
      }
      house.desk = desk
      house.trouble = null
      const newest = value<string>(db, 'SELECT at FROM audit ORDER BY id DESC LIMIT 1')
      house.clockBehind = newest !== undefined && newest > clock().toISOString()
      const context = { desk, operator: null, deviceId: null }
      carryNumbers(context)
      recoverPrintJobs(context)
      if (house.demo && needsSetup(context)) fillDemo(context)
      scheduleCare(checkDelay)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      log('error', `data file refused: ${error.kind}`)
      house.trouble = troubleOf(error, folder)
    }
  }

  /** Damage met at work: nothing more is written to the file, and the screens offer the newest backup. */
  function giveUpFile(): void {
    if (!house.desk) return
    const { db } = house.desk
    house.desk = null
    clearTimeout(timer)
    const file = join(folder, 'desk.sqlite3')
    house.trouble = troubleOf(
      new Refusal('corrupt', file, 'a page could not be read while the desk was open'),
      folder,
    )
    log('error', 'data file found corrupt at work')
    try {
      db.close()
    } catch (error) {
      log('error', `closing the corrupt file: ${String((error as { code?: unknown }).code)}`)
    }
    changes.publish([{ topic: 'settings', id: null }])
  }

  /**
   * Once a day: looks over the whole file, in the worker, and says the result on the status bar; and puts the photos
   * and PDFs in order.
   */
  function scheduleCare(delay: number): void {
    timer = setTimeout(() => {
      void tidyFiles()
      startJob(worker, { kind: 'check', folder }, undefined, closing.signal)
        .then((result) => {
          check = { at: clock().toISOString(), ...result }
          changes.publish([{ topic: 'settings', id: null }])
        })
        .catch((error: unknown) => log('error', `check of the file failed: ${String((error as Error).name)}`))
      scheduleCare(day)
    }, delay).unref()
  }

  async function tidyFiles(): Promise<void> {
    const desk = house.desk
    if (!desk) return
    const stillOpen = () => house.desk === desk && !closing.signal.aborted
    try {
      await sweepFiles({ desk, operator: null, deviceId: null }, stillOpen)
    } catch (error) {
      log('error', `files were not swept: ${storageCode(error)}`)
    }
  }

  try {
    open()
  } catch (error) {
    lock?.release()
    throw error
  }

  const rpc = openRpc(
    {
      session,
      settings,
      people,
      enquiries,
      noonClass,
      visits,
      volunteers,
      certificates,
      documents,
      overview,
    },
    log,
    giveUpFile,
  )
  const papers = openDocuments(() => house.desk)
  const files = openFiles(log, giveUpFile)
  const running = new Set<Promise<unknown>>()

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const call: Call = { house, credentials: credentialsOf(request) }
    if (pathname.startsWith('/rpc/')) return rpc(request, call)
    if (pathname === '/files' || pathname.startsWith('/files/')) return files.serve(request, call)
    if (pathname.startsWith('/documents/')) return papers.serve(request)
    return serveRenderer(options.renderer, request)
  }

  return {
    async fetch(request) {
      if (closing.signal.aborted) return new Response(null, { status: 503 })
      const response = answer(request).catch((error: unknown) => {
        log('error', `request failed: ${String((error as Error).name)}`)
        return new Response(null, { status: 500 })
      })
      running.add(response)
      void response.finally(() => running.delete(response))
      return response
    },
    async close() {
      if (closing.signal.aborted) return
      closing.abort()
      clearTimeout(timer)
      await Promise.allSettled(running)
      if (house.desk) {
        const { problem } = closeDataFile({ db: house.desk.db, folder, clock })
        if (problem) log('error', `closed without a backup or tidying: ${storageCode(problem)}`)
      }
      lock?.release()
    },
  }
}

/** The code or kind of an error; its message may name what lies in the file. */
function storageCode(error: unknown): string {
  return (error as { code?: string }).code ?? (error as Error).name
}

function troubleOf(refusal: Refusal, folder: string): Trouble {
  const { kind, file, detail } = refusal
  return {
    kind,
    file,
    detail,
    backups: listBackups(folder).map(({ name, at, bytes }) => ({ name, at, bytes })),
  }
}
