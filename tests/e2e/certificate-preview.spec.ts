import type { Page } from '@playwright/test'
import { clerks, test } from './certificate-counter.ts'
import { expect, expectAccessible } from './desk.ts'

/** The sheet that is seen; the next one comes behind it without a title. */
const seen = (page: Page) => page.frameLocator('iframe[title^=样张]')

test('the sheet stays in sight while the next is on its way, and one step back leaves the form', async ({
  browser,
  counter,
}) => {
  const page = await counter.screen(browser, clerks[0], '/certificates')
  const picker = page.getByRole('combobox', { name: '给哪位志愿者' })
  await expect(picker).toBeFocused()
  await picker.fill('zgl')
  await expect(page.getByRole('option', { name: /周桂兰/ })).toBeVisible()
  await picker.press('Enter')
  await expect(seen(page).getByText('2 小时 30 分').first()).toBeVisible()

  // A host that takes its time: what was there stays there.
  let go = () => {}
  const held = new Promise<void>((resolve) => (go = resolve))
  await page.route('**/documents/*.html', async (route) => {
    await held
    await route.continue()
  })
  await page.getByRole('radio', { name: '去年' }).check()
  await expect(page.locator('iframe:not([title])')).toHaveCount(1)
  await expect(seen(page).getByText('2 小时 30 分').first()).toBeVisible()
  go()
  await expect(seen(page).getByText('2025年1月1日').first()).toBeVisible()
  await expect(seen(page).getByText('2 小时 30 分')).toHaveCount(0)
  await page.getByRole('radio', { name: '全部' }).check()
  await expect(seen(page).getByText('2 小时 30 分').first()).toBeVisible()

  // However many sheets were looked at, they are no steps of the browser.
  await page.goBack()
  await expect(page).toHaveURL(`${counter.desk.origin}/certificates`)
})

test('a sheet that did not come is asked for once more, and then by hand', async ({ browser, counter }) => {
  const page = await counter.screen(browser, clerks[0], '/')
  let fails = 1
  await page.route('**/documents/*.html', (route) => (fails-- > 0 ? route.abort() : route.continue()))
  await page.goto(`${counter.desk.origin}/certificates/new?of=${counter.volunteerId}`)
  await expect(seen(page).getByText('2 小时 30 分').first()).toBeVisible()
  fails = 2
  await page.getByRole('radio', { name: '去年' }).check()
  await expect(page.getByText('样张没有取到。')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '再取一次' }).click()
  await expect(seen(page).getByText('2025年1月1日').first()).toBeVisible()
  await expect(page.getByText('样张没有取到。')).toHaveCount(0)
})
