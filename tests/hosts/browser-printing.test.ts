import { execFile } from 'node:child_process'
import { chmodSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { findChromium, openBrowserPrinting } from '../../electron/hosts/browser/printing.ts'
import { renderDocument } from '../../electron/workbench/documents.ts'
import { root, temporaryFolder } from '../fixture.ts'
import { openQueue } from './cups.ts'

const run = promisify(execFile)
const told = async (command: string, ...parameters: string[]) => (await run(command, parameters)).stdout

function openPrinting(options: { keptWarm?: number } = {}) {
  const printing = openBrowserPrinting(options)
  onTestFinished(() => printing.close())
  return printing
}

const receipt = (changed: Record<string, unknown> = {}) =>
  renderDocument(
    { root },
    {
      kind: 'receipt',
      data: {
        community: {
          name: '测试社区党群服务中心',
          phone: '0000-19900000',
          address: '示范路 1 号',
          hours: '9:00—17:30',
        },
        number: 'ZX-2026-000123',
        title: '高龄津贴怎么办',
        words: '替母亲问要带哪些材料',
        matter: '高龄津贴申领',
        channel: '窗口',
        asker: '欧阳建国',
        askerPhone: '199****4417',
        subject: '王*英',
        acceptedOn: '2026年11月23日 09:41',
        limit: '5 个工作日',
        dueOn: '2026年11月30日',
        operator: '前台',
        papers: { list: ['身份证原件', '户口簿'] },
        answer: null,
        ...changed,
      },
    },
  )

async function saved(pdf: Uint8Array): Promise<string> {
  const file = join(temporaryFolder(), 'paper.pdf')
  writeFileSync(file, pdf)
  return file
}

/** The Chromium processes that this test process started. */
function browsers(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]
        return (
          parent === String(process.pid) && /chrom|edge/.test(readFileSync(`/proc/${name}/cmdline`, 'utf8'))
        )
      } catch {
        return false
      }
    })
    .map(Number)
}

const onLinux = process.platform === 'linux'

test('a receipt is one A5 page with its fonts inside and its text whole', async () => {
  const file = await saved(await openPrinting().toPdf(receipt()))
  const facts = await told('pdfinfo', file)
  expect(facts).toMatch(/^Pages:\s+1$/m)
  expect(facts).toMatch(/^Page size:.*\(A5\)$/m)
  const fonts = (await told('pdffonts', file)).split('\n').slice(2).filter(Boolean)
  expect(fonts.length).toBeGreaterThan(0)
  // Columns: name, type, encoding, emb sub uni; each is embedded and can be read back as text.
  for (const line of fonts) expect(line).toMatch(/\syes\s+(yes|no)\s+yes\s+\d+\s+\d+$/)
  const text = await told('pdftotext', '-layout', file, '-')
  for (const wanted of ['受理回执', 'ZX-2026-000123', '欧阳建国', '2026年11月30日前答复', '户口簿']) {
    expect(text).toContain(wanted)
  }
})

test('a long answer and many papers flow onto another page, nothing is cut off', async () => {
  const list = Array.from({ length: 40 }, (_, index) => `第 ${index + 1} 份材料，原件和复印件各一份`)
  const file = await saved(await openPrinting().toPdf(receipt({ papers: { list } })))
  expect(await told('pdftotext', file, '-')).toContain('第 40 份材料')
})

test('names with markup appear as text; a page runs nothing and loads nothing', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const asker = `<img src="${elsewhere}/name">`
  const script = `<script>document.body.innerHTML = 'executed'; fetch('${elsewhere}/script')</script>
    <img src="${elsewhere}/image" onerror="document.body.innerHTML = 'executed'">
    <iframe src="${elsewhere}/frame"></iframe><link rel="stylesheet" href="${elsewhere}/style">`
  // As if the escaping had failed: the raw markup stands in the page.
  const page = receipt({ asker })
  const html = page.html.replace('</body>', `${script}</body>`)
  const file = await saved(await openPrinting().toPdf({ ...page, html }))
  const text = await told('pdftotext', file, '-')
  expect(text).toContain('<img')
  expect(text).not.toContain('executed')
  expect(asked).toEqual([])
})

test.runIf(onLinux)('Chromium killed in the middle is a clean problem, and the next page comes', async () => {
  const printing = openPrinting()
  await printing.toPdf(receipt())
  const page = receipt()
  const html = page.html.replace('</body>', `${'<p>很长的一页</p>'.repeat(200_000)}</body>`)
  const paper = printing.toPdf({ ...page, html })
  const refused = expect(paper).rejects.toMatchObject({ name: 'PaperProblem', problem: 'pdf' })
  for (const pid of browsers()) process.kill(pid, 'SIGKILL')
  await refused
  expect((await printing.toPdf(receipt())).byteLength).toBeGreaterThan(1000)
})

test.runIf(onLinux)('Chromium ends when it is idle and when the host ends', async () => {
  const printing = openPrinting({ keptWarm: 0 })
  await printing.toPdf(receipt())
  await vi.waitFor(() => expect(browsers()).toEqual([]), { timeout: 20_000, interval: 50 })
  const warm = openPrinting()
  await warm.toPdf(receipt())
  expect(browsers()).not.toEqual([])
  await warm.close()
  await vi.waitFor(() => expect(browsers()).toEqual([]), { timeout: 20_000, interval: 50 })
  await expect(warm.toPdf(receipt())).rejects.toMatchObject({ problem: 'pdf' })
})

test('CHROME_PATH comes first, unless it is no program', () => {
  onTestFinished(() => void vi.unstubAllEnvs())
  const program = join(temporaryFolder(), 'my-browser')
  writeFileSync(program, '#!/bin/sh\nexit 1\n')
  vi.stubEnv('CHROME_PATH', program)
  chmodSync(program, 0o600)
  expect(findChromium()).not.toBe(program)
  chmodSync(program, 0o700)
  expect(findChromium()).toBe(program)
})

test.runIf(onLinux)('a browser that does not start is named as the problem', async () => {
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('CHROME_PATH', '/bin/false')
  const printing = openPrinting()
  await expect(printing.toPdf(receipt())).rejects.toMatchObject({ problem: 'no-browser' })
  vi.unstubAllEnvs()
  expect((await printing.toPdf(receipt())).byteLength).toBeGreaterThan(1000)
})

test('a queue takes a paper and prints it', async (context) => {
  const queue = await openQueue()
  if ('skipped' in queue) return context.skip(queue.skipped)
  onTestFinished(() => queue.close())
  const printing = openPrinting()
  expect(await printing.printers()).toContainEqual({ name: queue.name, ready: true, isDefault: false })
  const file = await saved(await printing.toPdf(receipt()))
  await printing.print(file, queue.name, 1, 'A5')
  const printed = await vi.waitFor(
    async () => {
      const found = await queue.printed()
      expect(found).toHaveLength(1)
      return found[0]!
    },
    { timeout: 30_000, interval: 100 },
  )
  onTestFinished(() => rmSync(printed))
  expect(await told('pdfinfo', printed)).toMatch(/^Pages:\s+1$/m)
  await expect(printing.print(file, 'no-such-queue', 1, null)).rejects.toMatchObject({ problem: 'queue' })
})

test('a name that looks like an option or a command is only a name', async () => {
  const file = await saved(new Uint8Array([1]))
  for (const name of ['-h evil.invalid', '; touch /tmp/executed', '$(id)']) {
    await expect(openPrinting().print(file, name, 1, null)).rejects.toMatchObject({ name: 'PaperProblem' })
  }
})
