import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { openQueue } from '../hosts/cups.ts'
import { body, clerks, test } from './certificate-counter.ts'
import { expect, expectAccessible } from './desk.ts'

const manager = '主任'
const scan = () =>
  sharp({ create: { width: 300, height: 300, channels: 3, background: '#c00' } })
    .png()
    .toBuffer()
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>globalThis.executed = 1</script></svg>'

test('who issues, signs and seals is looked at before it is saved; an SVG is no seal', async ({
  browser,
  counter,
}) => {
  const { client, screen } = counter
  const page = await screen(browser, manager, '/settings/certificates')
  const sheet = page.frameLocator('iframe[title$=的样张]')
  await expect(sheet.getByText(body).first()).toBeVisible()
  await page.getByRole('textbox', { name: '负责人' }).fill('测试负责人')
  await expect(sheet.getByText('测试负责人').first()).toBeVisible()
  await expectAccessible(page)

  // A scan of the seal is taken, a drawing with a script is not.
  const seal = page.getByRole('group', { name: '印章' })
  await seal.locator('input[type=file]').setInputFiles({
    ...{ name: '印章.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) },
  })
  await expect(page.getByText(/是 SVG 图形，不能添加/)).toBeVisible()
  await expectAccessible(page)
  await seal
    .locator('input[type=file]')
    .setInputFiles({ name: '印章.png', mimeType: 'image/png', buffer: await scan() })
  await expect(seal.getByText(/^印章.png/)).toBeVisible()
  await expect(sheet.locator('img').first()).toBeVisible()

  await page.getByRole('button', { name: '去掉 印章.svg' }).click()

  // A name in braces that no sheet knows: told at its field, the last good sheet stays, nothing is saved.
  const thanks = page.getByRole('textbox', { name: /^感谢状/ })
  await thanks.fill('{{word}}。谢谢')
  await expect(page.getByText('花括号里的名字不认得，或没有写完，请核对').first()).toBeVisible()
  await expect(sheet.getByText('您的善举温暖了邻里').first()).toBeVisible()
  await expectAccessible(page)
  const save = page.getByRole('button', { name: /^保存/ })
  await save.click()
  await expect(thanks).toBeFocused()
  expect((await client.certificates.settings({})).head).toBe('')
  await thanks.fill('{{words}}。谢谢')
  await expect(sheet.getByText('在社区活动中热心助人。谢谢')).toBeVisible()
  await save.click()
  await expect(page.getByText(/已保存，从下一张证书起/)).toBeVisible()
  expect(await client.certificates.settings({})).toMatchObject({
    ...{ body, head: '测试负责人', seal: { name: '印章.png' }, wording: { thanks: '{{words}}。谢谢' } },
  })

  // The clerk looks, and changes nothing.
  const clerk = await screen(browser, clerks[0], '/settings/certificates')
  await expect(clerk.getByText('这些由主任修改。')).toBeVisible()
  await expect(clerk.getByRole('textbox', { name: '负责人' })).toBeDisabled()
  await expect(clerk.getByRole('button', { name: /^保存/ })).toHaveCount(0)
  await expectAccessible(clerk)
})

test('a template that does not hold is refused by its line, and the old one stays', async ({
  browser,
  counter,
}) => {
  const { client, screen } = counter
  const stored = async () => (await client.certificates.templates({})).find(({ kind }) => kind === 'thanks')!
  const before = await stored()
  const page = await screen(browser, manager, '/settings/certificate-templates')
  await page.getByRole('radio', { name: '感谢状' }).check()
  const editor = page.getByRole('textbox', { name: '感谢状的模板' })
  const sheet = page.frameLocator('iframe[title$=的样张]')
  await expect(sheet.getByText('感谢状').first()).toBeVisible()
  const lines = before.html.split('\n')
  const at = lines.findIndex((line) => line.includes('{{number}}'))
  const wrong = lines.with(at, lines[at]!.replace('{{number}}', '{{nummer}}')).join('\n')
  await editor.fill(wrong)
  await expect(page.getByText(`模板：第 ${at + 1} 行花括号里的名字不认得`)).toBeVisible()
  await expect(sheet.getByText('感谢状').first()).toBeVisible()
  await expectAccessible(page)
  await editor.press('Control+S')
  // The line is chosen, ready to be typed over.
  await expect
    .poll(() =>
      editor.evaluate((area: HTMLTextAreaElement) =>
        area.value.slice(area.selectionStart, area.selectionEnd),
      ),
    )
    .toContain('{{nummer}}')
  expect(await stored()).toEqual(before)
  await page.getByRole('button', { name: '不改了' }).click()
  await expect(page.getByText(/行花括号里的名字不认得/)).toHaveCount(0)

  // One that holds serves from the next sheet on, and the built-in one can be had back, and that too be undone.
  await editor.fill(before.html.replace('LETTER OF THANKS', 'WITH THANKS'))
  await expect(sheet.getByText('WITH THANKS')).toBeVisible()
  await editor.press('Control+S')
  await expect(page.getByText(/现在用的是本社区的模板，主任/)).toBeVisible()
  expect((await stored()).own).toBe(true)
  await page.getByRole('button', { name: '用回内置模板' }).click()
  await expect(page.getByText('现在用的是内置模板。')).toBeVisible()
  expect((await stored()).own).toBe(false)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText(/现在用的是本社区的模板/)).toBeVisible()
  await expectAccessible(page)
})

test('a new key signs from now on, and the page that is exported knows both', async ({
  browser,
  counter,
  folder,
}) => {
  const { client, screen } = counter
  const page = await screen(browser, manager, '/settings/certificate-keys')
  await expect(page.getByText('现用')).toBeVisible()
  await page.getByRole('button', { name: '更换密钥…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: /为什么更换/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('请写为什么更换')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('textbox').fill('数据盘丢过一次')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('已停用')).toBeVisible()
  await expectAccessible(page)
  const keys = await client.certificates.keys({})
  expect(keys.map(({ retiredAt }) => retiredAt === null)).toEqual([true, false])
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出核验页' }).click(),
  ])
  await saved.saveAs(`${folder}.html`)
  for (const { key } of keys) expect(readFileSync(`${folder}.html`, 'utf8')).toContain(key)
  await page.goto(pathToFileURL(`${folder}.html`).href)
  await expect(page.locator('#keys li')).toHaveCount(2)
})

test('a printer has its offset, its paper and its test page, and a kind of paper its printer', async ({
  browser,
  counter,
}) => {
  const { client, screen } = counter
  const queue = await openQueue()
  test.skip('skipped' in queue, 'skipped' in queue ? queue.skipped : '')
  if ('skipped' in queue) return
  try {
    const page = await screen(browser, manager, '/settings/printers')
    await page.getByRole('button', { name: `设置${queue.name}` }).click()
    const dialog = page.getByRole('dialog')
    const right = dialog.getByLabel('横的单据向右')
    await right.fill('很多')
    await expect(dialog.getByText('请填 -30 到 30，最多一位小数')).toBeVisible()
    await expectAccessible(page)
    await right.fill('－1.5')
    await dialog.getByLabel('测试页').selectOption({ label: 'A4 横' })
    await dialog.getByRole('button', { name: '保存并打测试页' }).click()
    await expect.poll(() => queue.printed(), { timeout: 60_000 }).toHaveLength(1)
    await page.keyboard.press('Escape')
    await expect(page.getByText('横：右 -1.5，下 0 毫米')).toBeVisible()
    await page.getByLabel('证书 · 感谢状').selectOption(queue.name)
    await expect
      .poll(async () => (await client.documents.printers({})).defaults)
      .toEqual([{ kind: 'certificate-thanks', printer: queue.name }])
    await expectAccessible(page)
  } finally {
    await queue.close()
  }
})
