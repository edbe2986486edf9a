import { execFileSync } from 'node:child_process'
import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, pairPage, pin, test } from './desk.ts'

/** Moves the focus there by Tab alone; fails when Tab never gets there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not reach it')
}

const pdfText = (file: string) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })

test('a clerk opens a new desk and takes a walk-in to a printed receipt, by keyboard alone', async ({
  page,
  desk,
}) => {
  await pairPage(page, desk)

  // First start.
  await page.getByRole('heading', { name: '设置一门式服务台' }).waitFor()
  expect(page.url()).not.toContain('pair=')
  await expectAccessible(page)
  await page.keyboard.type('测试社区')
  await page.keyboard.press('Enter')
  await expect(page.getByText('第一位主任').first()).toBeVisible()
  await page.keyboard.type('王主任')
  await page.keyboard.press('Tab')
  await page.keyboard.type(pin)
  await page.keyboard.press('Tab')
  await page.keyboard.type(pin)
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await page.getByRole('radio', { name: /虚构/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await expectAccessible(page)
  await page.keyboard.press('Enter')

  // 今日, then the one search.
  await page.getByRole('heading', { name: /上午好|下午好|晚上好|中午好|早/ }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Control+K')
  await page.keyboard.type('pengzg')
  const hit = page.getByRole('option').filter({ hasText: '彭志刚' }).first()
  await hit.waitFor()
  await expect(hit.locator('mark').first()).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/people\/\d+$/)
  await page.getByRole('heading', { name: '彭志刚' }).first().waitFor()
  await expectAccessible(page)

  // A new enquiry for him.
  await tabTo(
    page,
    page
      .getByRole('link', { name: /办理|来访/ })
      .or(page.getByRole('button', { name: /办理|来访/ }))
      .first(),
  )
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/enquiries/)
  const title = page.getByRole('combobox', { name: '什么事' })
  await tabTo(page, title)
  await page.keyboard.type('gljt')
  await page.getByRole('option').first().waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(title).not.toHaveValue('gljt')
  await page.keyboard.press('Enter')
  const number = page.locator('#accepted-number')
  await expect(number).toHaveText(/ZX-\d{4}-\d{6}/)
  const given = (await number.innerText()).match(/ZX-\d{4}-\d{6}/)![0]
  await expectAccessible(page)

  // The receipt.
  await tabTo(page, page.getByRole('button', { name: /打印回执/ }))
  await page.keyboard.press('Enter')
  const sheet = page.frameLocator('iframe')
  await expect(sheet.getByText(given).first()).toBeVisible()
  await expectAccessible(page)
  await tabTo(page, page.getByRole('button', { name: /存为 ?PDF/ }))
  const download = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const file = await (await download).path()
  const text = pdfText(file)
  for (const wanted of [given, '受理回执', '彭志刚', '测试社区', '王主任', '高龄津贴'])
    expect(text).toContain(wanted)
  expect((await download).suggestedFilename()).toBe(`受理回执 ${given}.pdf`)
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' })
  expect(info).toMatch(/Pages:\s+1\n/)
  expect(info).toMatch(/Page size: .*\(A5\)/)

  // The next one is waiting.
  await page.keyboard.press('Escape')
  await tabTo(page, page.getByRole('button', { name: /下一位/ }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: '谁来问' })).toBeFocused()
  await expect(page.getByRole('combobox', { name: '谁来问' })).toHaveValue('')
})
