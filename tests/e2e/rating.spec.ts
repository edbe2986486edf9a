import { randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, openPage, settle, test, signInAs } from './desk.ts'
import type { Client } from '../hosts/desk-process.ts'

const answered = async (demo: Client) =>
  demo.enquiries.accept({
    title: '楼道灯不亮',
    words: '',
    matterId: null,
    channel: '窗口',
    askerId: (await demo.people.list({})).rows[0]!.id,
    givenName: '',
    givenPhone: '',
    anonymous: false,
    subjectId: null,
    answer: '灯换好了',
    ticket: randomUUID(),
  })

const facesOf = (screen: Page): Locator => screen.getByRole('list').getByRole('button')

test('a resident rates on the second screen; the clerk learns that, the manager learns how', async ({
  page,
  context,
  desk,
  tokens,
  demo,
}) => {
  const { id, number } = await answered(demo)
  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  await page.goto(`${desk.origin}/enquiries/${id}`)
  await settle(page)

  // There is no second screen yet: inviting opens it, and it is not signed in.
  const opens = context.waitForEvent('page')
  await page.getByRole('button', { name: '请评价' }).click()
  const screen = await opens
  await expect(screen).toHaveURL(`${desk.origin}/second-screen`)
  await expect(screen.getByRole('heading', { name: '这件事办得怎么样？' })).toBeVisible()
  await expect(page.getByText(`已请居民评价 ${number}`)).toBeVisible()
  // Neither the session nor a draft came along; only the router keeps a note of its own.
  expect(await screen.evaluate(() => Object.keys(sessionStorage))).toEqual(['vue-router:scroll'])
  expect(await screen.evaluate(() => window.opener as unknown)).toBeNull()
  await expect(screen.getByText(number)).toBeVisible()
  await expect(screen.getByRole('navigation')).toHaveCount(0)
  await expect(facesOf(screen)).toHaveText(['非常满意', '满意', '基本满意', '不满意', '非常不满意'])
  await expectAccessible(screen)

  await screen.getByRole('button', { name: '不满意', exact: true }).click()
  await screen.getByRole('checkbox', { name: '时间太长' }).check()
  await expectAccessible(screen)
  await screen.getByRole('button', { name: '提交' }).click()
  await expect(screen.getByRole('heading', { name: '谢谢您的评价' })).toBeVisible()
  await expectAccessible(screen)
  await expect(screen.getByRole('heading', { name: '请在窗口办理' })).toBeVisible()
  await expectAccessible(screen)

  // The clerk's page says only that it was rated, wherever one looks.
  await expect(page.getByText('已评价')).toBeVisible()
  await expect(page.getByText('时间太长')).toHaveCount(0)
  await expect(page.getByText('不满意', { exact: true })).toHaveCount(0)
  await expect(page.getByRole('button', { name: '请评价' })).toHaveCount(0)

  // The manager sees how.
  const manager = await context.newPage()
  await manager.goto(desk.origin)
  await signInAs(manager, '演示主任')
  await manager.goto(`${desk.origin}/enquiries/${id}`)
  await expect(manager.getByText('时间太长')).toBeVisible()
  await expect(manager.getByText('不满意').first()).toBeVisible()
})

test('an open second screen is used again, and shows nothing of the one before', async ({
  page,
  context,
  desk,
  tokens,
  demo,
}) => {
  const [first, second] = [await answered(demo), await answered(demo)]
  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  const screen = await context.newPage()
  await screen.goto(`${desk.origin}/second-screen`)
  await screen.getByRole('heading', { name: '请在窗口办理' }).waitFor()

  await page.goto(`${desk.origin}/enquiries/${first.id}`)
  await page.getByRole('button', { name: '请评价' }).click()
  await screen.getByRole('button', { name: '非常不满意' }).click()
  await screen.getByRole('checkbox', { name: '态度不好' }).check()

  // The resident walked away; the next one is invited.
  await page.goto(`${desk.origin}/enquiries/${second.id}`)
  await page.getByRole('button', { name: '请评价' }).click()
  await expect(screen.getByText(second.number)).toBeVisible()
  await expect(facesOf(screen)).toHaveCount(5)
  await screen.getByRole('button', { name: '满意', exact: true }).click()
  await expect(screen.getByRole('checkbox', { checked: true })).toHaveCount(0)
  await screen.getByRole('button', { name: '提交' }).click()
  await expect(screen.getByRole('heading', { name: '谢谢您的评价' })).toBeVisible()
  expect(context.pages()).toHaveLength(2)
  expect((await demo.enquiries.get({ id: first.id })).rated).toBe(false)
  expect((await demo.enquiries.get({ id: second.id })).rating).toMatchObject({ level: 4, reasons: [] })
})

test('a ticket rates once, and a second try says so without harm', async ({ page, desk, tokens, demo }) => {
  const { id } = await answered(demo)
  await openPage(page, desk, tokens)
  await page.goto(`${desk.origin}/second-screen`)
  await page.getByRole('heading', { name: '请在窗口办理' }).waitFor()
  const { ticket, number, matter } = await demo.enquiries.inviteRating({ id })
  const words = { level: 5, reasons: [], words: '' }
  await demo.enquiries.rate({ ticket, ...words })
  await expect(demo.enquiries.rate({ ticket, ...words, level: 1 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })

  // The screen was handed the same ticket a moment too late.
  await page.evaluate(
    (invitation) => {
      new BroadcastChannel('second-screen').postMessage({ kind: 'invite', invitation })
    },
    { ticket, number, matter },
  )
  await page.getByRole('button', { name: '非常不满意' }).click()
  await page.getByRole('button', { name: '提交' }).click()
  await expect(page.getByRole('alert')).toHaveText('这次评价已经结束，不用再评了。')
  await expectAccessible(page)
  expect((await demo.enquiries.get({ id })).rating).toMatchObject({ level: 5 })
})

test('nobody has to rate: an invitation is let be, or goes after ten minutes', async ({
  page,
  desk,
  tokens,
  demo,
}) => {
  const { id } = await answered(demo)
  await page.clock.install()
  await openPage(page, desk, tokens)
  await page.goto(`${desk.origin}/second-screen`)
  const idle = page.getByRole('heading', { name: '请在窗口办理' })
  await idle.waitFor()
  const invite = async () => {
    const invitation = await demo.enquiries.inviteRating({ id })
    await page.evaluate((invitation) => {
      new BroadcastChannel('second-screen').postMessage({ kind: 'invite', invitation })
    }, invitation)
    await expect(facesOf(page)).toHaveCount(5)
  }
  await invite()
  await page.getByRole('button', { name: '这次不评' }).click()
  await expect(idle).toBeVisible()
  await invite()
  await page.clock.runFor('09:59')
  await expect(facesOf(page)).toHaveCount(5)
  await page.clock.runFor('00:02')
  await expect(idle).toBeVisible()
  expect((await demo.enquiries.get({ id })).rated).toBe(false)
})

test('the manager enters slips from the box one after another; each case is rated once', async ({
  page,
  desk,
  tokens,
  demo,
}) => {
  const [first, second] = [await answered(demo), await answered(demo)]
  await openPage(page, desk, tokens)
  await signInAs(page, '演示主任')
  await page.goto(`${desk.origin}/supervision`)
  await page.getByRole('button', { name: '录入评价单' }).click()
  const dialog = page.getByRole('dialog', { name: '录入评价单' })
  const number = dialog.getByRole('textbox', { name: /^编号/ })
  await expect(number).toBeFocused()

  // As a hand types it off the slip: the last digits of this year's number.
  await number.fill(String(Number(first.number.slice(-6))))
  await expect(dialog.getByText(first.number)).toBeVisible()
  await dialog.getByRole('radio', { name: '非常满意' }).check()
  await dialog.getByRole('checkbox', { name: '办得快' }).check()
  await expectAccessible(page)
  await number.press('Enter')
  await expect(dialog.getByRole('status')).toContainText(first.number)
  await expect(number).toBeFocused()
  await expect(number).toHaveValue('')

  await number.fill(first.number)
  await dialog.getByRole('radio', { name: '非常不满意' }).check()
  await number.press('Enter')
  await expect(dialog.getByText('这一件已经评价过，一件只评一次')).toBeVisible()
  await expectAccessible(page)
  await number.fill('ZX-2001-000001')
  await number.press('Enter')
  await expect(dialog.getByText(/没有 ZX-2001-000001 这个编号/)).toBeVisible()

  // What stood on the slip is still there for the right number.
  await number.fill(second.number)
  await number.press('Enter')
  await expect(dialog.getByRole('status')).toContainText(second.number)
  expect((await demo.enquiries.get({ id: first.id })).rating).toMatchObject({ level: 5, way: 'slip' })
  expect((await demo.enquiries.get({ id: second.id })).rating).toMatchObject({ level: 1, way: 'slip' })
})
