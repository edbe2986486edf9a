import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openDatabase, rows, value } from '../../electron/database/open.ts'
import { endDay } from '../../seeds/dataset/plan.ts'
import type { Client, DeskProcess } from '../hosts/desk-process.ts'
import { oneYear } from './accept.ts'
import { openBrowser } from './browser.ts'
import { copyOf } from './datasets.ts'
import { kill, signInClerk, startHost } from './host.ts'
import { interleaveAsync, rowOf, timedAsync, type Row } from './measure.ts'

const pdfRounds = 60
const pdfWarmUp = 5
const checkRounds = 300
/** Of the issue. */
const batchSize = 200
/** A search so often in ms, as of somebody who types. */
const searchEvery = 50

const batchNames = ['certificate.batch', 'certificate.batch-memory', 'certificate.batch-search']
const pdfNames = ['certificate.pdf', 'certificate.verify']

/** A record of the dataset's last year with its list of activities. */
const record = {
  kind: 'record' as const,
  from: `${endDay.slice(0, 4)}-01-01`,
  to: endDay,
  layout: 'list' as const,
  purpose: '应聘',
  words: '',
  seal: false,
}

/** Volunteers with confirmed hours in that year to whom nothing keeps the desk from issuing, by the desk's own word. */
async function volunteersToIssue(client: Client, folder: string, count: number): Promise<number[]> {
  const db = openDatabase(join(folder, 'desk.sqlite3'), { readonly: true })
  const served = rows<{ id: number }>(
    db,
    `SELECT DISTINCT volunteer_id AS id FROM service_record WHERE counted = 1 AND day BETWEEN ? AND ? ORDER BY id`,
    record.from,
    record.to,
  )
  db.close()
  const found: number[] = []
  for (const { id } of served) {
    const wanted = { ...record, volunteerId: id, personId: null }
    const { problems, needsApproval } = await client.certificates.draft(wanted)
    if (problems.length === 0 && !needsApproval) found.push(id)
    if (found.length === count) return found
  }
  throw new Error(`only ${found.length} of ${count} volunteers may get a certificate`)
}

type Issued = { documentId: number; statement: string }

async function issue(client: Client, volunteerId: number): Promise<Issued> {
  const { certificate } = await client.certificates.issue({
    ticket: randomUUID(),
    wanted: { ...record, volunteerId, personId: null },
    requestId: null,
    replacesId: null,
    print: null,
  })
  return certificate
}

/** The very page of which the desk made the PDF. */
async function pageOf(client: Client, host: DeskProcess, documentId: number): Promise<string> {
  const { html } = await client.documents.show({ id: documentId })
  const answer = await fetch(new URL(html, host.origin))
  if (!answer.ok) throw new Error(`no page came: ${answer.status}`)
  return answer.text()
}

/** From a page's text to its PDF in a warm Chromium, and nothing else. */
async function openBarePdf(browser: Browser): Promise<(html: string) => Promise<number>> {
  const page = await browser.newPage({ javaScriptEnabled: false })
  return (html) =>
    timedAsync(async () => {
      await page.setContent(html)
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
      if (pdf.length < 10_000) throw new Error('no PDF came')
    })
}

/** `certificate.pdf` from the click to the kept PDF, and `certificate.verify` of the codes that stand on them. */
async function benchPdf(wanted: (name: string) => boolean): Promise<Row[]> {
  if (!pdfNames.some(wanted)) return []
  const folder = copyOf(oneYear())
  const host = await startHost(folder)
  const browser = await openBrowser()
  try {
    const { client } = await signInClerk(host)
    const volunteerIds = await volunteersToIssue(client, folder, pdfRounds + pdfWarmUp + 1)
    // The first one starts Chromium.
    const issued = [await issue(client, volunteerIds.pop()!)]
    const bare = await openBarePdf(browser)
    const samples = await interleaveAsync(
      {
        app: () => timedAsync(async () => issued.push(await issue(client, volunteerIds.pop()!))),
        bare: async () => bare(await pageOf(client, host, issued.at(-1)!.documentId)),
      },
      pdfRounds,
      pdfWarmUp,
    )
    const check = async (round: number) => {
      const { result } = await client.certificates.check({ text: issued[round % issued.length]!.statement })
      if (result !== 'good') throw new Error(`a code that was just issued is ${result}`)
    }
    const { checks } = await interleaveAsync(
      { checks: (round) => timedAsync(() => check(round)) },
      checkRounds,
    )
    const made = [
      rowOf('certificate.pdf', 'ms', samples.app, samples.bare),
      rowOf('certificate.verify', 'ms', checks),
    ]
    return made.filter(({ name }) => wanted(name))
  } finally {
    await browser.close()
    await kill(host)
  }
}

/** The most memory that the process ever held, in MB (10^6 bytes); Chromium is others. */
function peakMegabytes(pid: number): number {
  return (Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024) / 1e6
}

/** `certificate.batch certificate.batch-memory certificate.batch-search`: two hundred, while somebody searches. */
async function benchBatch(wanted: (name: string) => boolean): Promise<Row[]> {
  if (!batchNames.some(wanted)) return []
  const folder = copyOf(oneYear())
  const host = await startHost(folder)
  const beside = openDatabase(join(folder, 'desk.sqlite3'), { readonly: true })
  try {
    const { client } = await signInClerk(host)
    const ids = await volunteersToIssue(client, folder, batchSize)
    const questions = ['张', 'wang', 'lxh', '1234', '3-2-501']
    const search = (round: number) =>
      timedAsync(() => client.overview.search({ query: questions[round % questions.length]! }))
    for (let round = 0; round < 50; round += 1) await search(round)

    const began = performance.now()
    const { id } = await client.certificates.startBatch({
      ticket: randomUUID(),
      title: '二百份',
      of: { what: 'volunteers', ids },
      wanted: record,
    })
    const searches: number[] = []
    // Looked up beside the desk, so that nothing is asked of it but the searches.
    while (value(beside, 'SELECT state FROM certificate_batch WHERE id = ?', id) === 'running') {
      searches.push(await search(searches.length))
      await new Promise((goOn) => setTimeout(goOn, searchEvery))
    }
    const seconds = (performance.now() - began) / 1000
    const { state, issued } = await client.certificates.batch({ id })
    if (state !== 'done' || issued !== batchSize) throw new Error(`the batch is ${state} after ${issued}`)
    const made = [
      rowOf('certificate.batch', 's', [seconds]),
      rowOf('certificate.batch-memory', 'MB', [peakMegabytes(host.child.pid!)]),
      rowOf('certificate.batch-search', 'ms', searches),
    ]
    return made.filter(({ name }) => wanted(name))
  } finally {
    beside.close()
    await kill(host)
  }
}

/** Certificates from the click to the kept PDF, two hundred in one go, and the check of a scanned code. */
export async function benchCertificates(wanted: (name: string) => boolean): Promise<Row[]> {
  return [...(await benchPdf(wanted)), ...(await benchBatch(wanted))]
}
