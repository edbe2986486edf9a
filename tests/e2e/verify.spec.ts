import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test as base, type Page } from '@playwright/test'
import { rotateKey, signingKey } from '../../electron/counters/certificates/keys.ts'
import { signStatement } from '../../electron/counters/certificates/statement.ts'
import { verifyPage } from '../../electron/counters/certificates/verify-page.ts'
import { writeCommunity } from '../../electron/counters/settings/community.ts'
import { migrate, readMigrations } from '../../electron/database/migrate.ts'
import { openDatabase, transact } from '../../electron/database/open.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import { expectAccessible } from './desk.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

type Told = Parameters<typeof signStatement>[0]
const told: Told = {
  number: 'ZM-2026-000128',
  kind: 'record',
  name: '张*三',
  minutes: 3870,
  from: '2026-01-01',
  to: '2026-11-22',
  body: '测试市测试区测试社区居民委员会',
  day: '2026-11-23',
}

/** A community's data file; its keys sign, and its page is exported as the desk does it. */
type Community = { context: Context; sign: (changed?: Partial<Told>) => string; exportTo: () => string }

function openCommunity(folder: string, name: string): Community {
  const db = openDatabase(join(folder, `${crypto.randomUUID()}.sqlite3`))
  migrate(db, readMigrations(join(root, 'electron/database/migrations')))
  transact(db, (file) => writeCommunity(file, { name, phone: '0731-00000000' }))
  const desk = {
    ...{ db, folder, root, auditKey: Buffer.alloc(32, 7), publish: () => {}, uptime: () => 0 },
    clock: () => new Date('2026-11-23T01:41:00.000Z'),
  }
  const context = { desk, operator: null, deviceId: null } as unknown as Context
  return {
    context,
    sign: (changed = {}) => signStatement({ ...told, ...changed }, signingKey(context)),
    exportTo() {
      const path = join(folder, 'verify.html')
      writeFileSync(path, Buffer.from(verifyPage(context).base64, 'base64'))
      return pathToFileURL(path).href
    },
  }
}

const test = base.extend<{ folder: string; alone: Page }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'verify-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  // A page without network, which asks for nothing but itself and breaks none of its own rules.
  alone: async ({ page, context }, use) => {
    await context.setOffline(true)
    const asked: string[] = []
    const said: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(error.message))
    await use(page)
    expect(asked.filter((url) => !/^file:.*\/verify\.html/.test(url))).toEqual([])
    expect(said).toEqual([])
  },
})

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel('二维码里的文字').fill(text)
  await page.getByRole('button', { name: '核对' }).press('Enter')
}

test('a good code says what was certified, from a file on disk', async ({ alone: page, folder }) => {
  const community = openCommunity(folder, '测试社区')
  await page.goto(community.exportTo())
  await expectAccessible(page)
  await paste(page, `  ${community.sign()}\n`)
  const result = page.locator('#result')
  await expect(result).toBeFocused()
  await expect(result.getByRole('heading')).toHaveText('签名相符，所证内容如下')
  for (const words of [
    'ZM-2026-000128',
    '志愿服务记录证明',
    '张*三',
    '64 小时 30 分',
    told.body,
    '2026年11月23日',
  ])
    await expect(result.getByText(words, { exact: true })).toBeVisible()
  await expect(result.getByText('2026年1月1日 至 2026年11月22日')).toBeVisible()
  await expect(result).toContainText('手里的证书必须与以下各项完全一样')
  await expect(result).toContainText('是否已经作废，本页无法得知，请问测试社区前台（电话 0731-00000000）')
  await expect(page.locator('#keys')).toContainText(
    Buffer.from(signingKey(community.context).publicKey).toString('base64url'),
  )
  await expectAccessible(page)
})

test('a scanner types the code and Enter', async ({ alone: page, folder }) => {
  const community = openCommunity(folder, '测试社区')
  await page.goto(community.exportTo())
  const code = page.getByLabel('二维码里的文字')
  await code.fill(community.sign())
  await code.press('Enter')
  await expect(page.locator('#result')).toContainText('64 小时 30 分')
  await expect(code).toHaveValue(community.sign())
})

test('the address of a scanned code opens it at once, and the next one too', async ({
  alone: page,
  folder,
}) => {
  const community = openCommunity(folder, '测试社区')
  const address = community.exportTo()
  await page.goto(`${address}#${community.sign()}`)
  await expect(page.locator('#result')).toContainText('64 小时 30 分')
  await page.goto(`${address}#${community.sign({ minutes: 60 })}`)
  await expect(page.locator('#result')).toContainText('1 小时')
})

test('an altered code, a foreign one and none at all are told apart', async ({ alone: page, folder }) => {
  const community = openCommunity(folder, '测试社区')
  await page.goto(community.exportTo())
  const [prefix, payload, signature] = community.sign().split('.')
  const more = Buffer.from(payload!, 'base64url').toString().replace('3870', '9870')
  await paste(page, [prefix, Buffer.from(more).toString('base64url'), signature].join('.'))
  const result = page.locator('#result')
  await expect(result.getByRole('heading')).toHaveText('内容被改动过，不可采信')
  await expect(result).not.toContainText('164')
  await expectAccessible(page)
  await paste(page, openCommunity(folder, '别处').sign())
  await expect(result.getByRole('heading')).toHaveText('不是本单位签发，不可采信')
  await paste(page, '你好')
  await expect(result.getByRole('heading')).toHaveText('不是证书二维码的文字')
})

test('what an older key signed stays good after a new one', async ({ alone: page, folder }) => {
  const community = openCommunity(folder, '测试社区')
  const before = community.sign()
  rotateKey(community.context, { reason: '例行更换' })
  const after = community.sign({ number: 'ZM-2026-000129' })
  await page.goto(community.exportTo())
  const result = page.locator('#result')
  await paste(page, before)
  await expect(result).toContainText('ZM-2026-000128')
  await paste(page, after)
  await expect(result).toContainText('ZM-2026-000129')
  await expect(page.locator('#keys li')).toHaveCount(2)
})

test('names with markup stay words', async ({ alone: page, folder }) => {
  const name = '</script><script>document.title = "x"</script><img src=x onerror=alert(1)>'
  const community = openCommunity(folder, name)
  await page.goto(community.exportTo())
  await expect(page.locator('#issuer')).toHaveText(name)
  await paste(page, community.sign({ name: '<b>*</b>', body: name }))
  await expect(page.locator('#result')).toContainText('<b>*</b>')
  await expect(page).toHaveTitle('证书核对')
  await expect(page.locator('img')).toHaveCount(0)
})
