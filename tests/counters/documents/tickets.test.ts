import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rows } from '../../../electron/database/open.ts'
import { fileNameOf, issueTicket, openDocuments } from '../../../electron/workbench/documents.ts'
import { selfContained, withFonts } from '../../../electron/workbench/fonts.ts'
import type { Host } from '../../../electron/workbench/host.ts'
import { openTestDesk, root } from '../../fixture.ts'
import { accept, issueReceipt } from '../enquiries/counter.ts'
import { fakeHost } from './fake-host.ts'

function withReceipt(changed: Partial<Host> = {}) {
  const desk = openTestDesk({ host: fakeHost(changed) })
  const documentId = issueReceipt(desk.context(), accept(desk).id)
  const papers = openDocuments(() => desk.desk)
  const get = (path: string, method = 'GET') =>
    papers.serve(new Request(`http://127.0.0.1${path}`, { method }))
  return { desk, documentId, get }
}

test('a ticket opens its document once', async () => {
  const { desk, documentId, get } = withReceipt()
  const path = issueTicket(desk.desk, documentId, 'html')
  expect(path).toMatch(/^\/documents\/[\w-]{32}\.html$/)
  const first = await get(path)
  expect(first.status).toBe(200)
  expect(await first.text()).toContain('ZX-2026-000001')
  expect((await get(path)).status).toBe(404)
})

test('a ticket is good for a minute, whatever the clock says', async () => {
  const { desk, documentId, get } = withReceipt()
  const path = issueTicket(desk.desk, documentId, 'html')
  desk.clock.set('2020-01-01T00:00:00.000Z')
  desk.clock.advance(59)
  const late = issueTicket(desk.desk, documentId, 'html')
  expect((await get(path)).status).toBe(200)
  desk.clock.advance(60)
  expect((await get(late)).status).toBe(404)
})

test('a ticket for the page is none for the PDF; guesses and other methods tell nothing', async () => {
  const { desk, documentId, get } = withReceipt()
  const path = issueTicket(desk.desk, documentId, 'html')
  for (const guess of [
    path.replace('.html', '.pdf'),
    '/documents/',
    `/documents/${'a'.repeat(32)}.html`,
    '/documents/../settings.html',
    `/documents/${documentId}.html`,
    '/documents/%2e%2e/x.html',
  ]) {
    const response = await get(guess)
    expect([response.status, await response.text()]).toEqual([404, ''])
  }
  expect((await get(path, 'POST')).status).toBe(405)
  expect((await get(path)).status).toBe(200)
})

test('the page may be framed by the desk alone and run nothing', async () => {
  const { desk, documentId, get } = withReceipt()
  const { headers } = await get(issueTicket(desk.desk, documentId, 'html'))
  const policy = headers.get('content-security-policy')!
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'self'")
  expect(policy).toMatch(/sandbox(?!.*allow-scripts)/)
  expect(policy).not.toContain('script-src')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('a saved PDF has a name in Chinese', async () => {
  const { desk, documentId, get } = withReceipt()
  const response = await get(issueTicket(desk.desk, documentId, 'pdf'))
  expect(response.headers.get('content-type')).toBe('application/pdf')
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="ZX-2026-000001.pdf"; filename*=UTF-8''${encodeURIComponent('受理回执 ZX-2026-000001.pdf')}`,
  )
})

test('no file name leads anywhere else', () => {
  expect(fileNameOf('../..\\C:<a>|"b"?*\r\n\0')).toBe('..-..-C--a---b------.pdf')
})

test('without a PDF the answer is 502 and empty; without a data file 503', async () => {
  const { desk, documentId, get } = withReceipt({ toPdf: () => Promise.reject(new Error('/usr/bin/secret')) })
  const response = await get(issueTicket(desk.desk, documentId, 'pdf'))
  expect([response.status, await response.text()]).toEqual([502, ''])
  const refused = openDocuments(() => null)
  expect((await refused.serve(new Request('http://127.0.0.1/documents/x.html'))).status).toBe(503)
})

test('only the subsets of the font that the text needs are inlined', () => {
  const faces = (text: string) => withFonts(root, text).fonts.length
  expect(faces('')).toBe(0)
  expect(faces('ABC 123')).toBeLessThan(3)
  expect(faces('受理回执 ZX')).toBeGreaterThan(1)
  expect(faces('受理回执 ZX')).toBeLessThan(8)
  // Beyond the font: left to the system.
  expect(faces('\u{20BB7}')).toBe(0)
  const page = selfContained(withFonts(root, '<head></head>受'))
  expect(page).toContain('@font-face')
  expect(page).not.toMatch(/url\((?!data:)/)
})

test('templates have no logic, load nothing and escape everything', () => {
  const folder = join(root, 'resources/documents')
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  )
  expect(names).toContain(join('parts', 'style.html'))
  for (const name of names) {
    expect(read(name)).not.toMatch(/\{\{\{|\{\{&|<script|<link|<iframe|\son\w+=|https?:|javascript:/)
    for (const [, part] of read(name).matchAll(/\{\{>\s*([^}]*?)\s*\}\}/g)) {
      expect(names).toContain(join('parts', `${part}.html`))
    }
  }
  for (const name of names.filter((one) => !one.startsWith('parts'))) {
    const page = read(name).replace(/\{\{> ([\w-]+)\}\}/g, (_, part: string) => read(`parts/${part}.html`))
    expect(page).toMatch(/@page \{[^}]*size: A[45]/)
  }
})

test('a document whose kind names a path is never looked for', async () => {
  const { desk, get } = withReceipt()
  desk.db.prepare("UPDATE document SET kind = '../../package'").run()
  await expect(get(issueTicket(desk.desk, 1, 'html'))).rejects.toThrow('impossible kind')
})

test('the audit knows who issued what', () => {
  const { desk, documentId } = withReceipt()
  expect(rows(desk.db, "SELECT subject FROM audit WHERE action LIKE 'document.%'")).toEqual([
    { subject: `document:${documentId}` },
  ])
})
