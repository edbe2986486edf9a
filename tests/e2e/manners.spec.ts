import { randomUUID } from 'node:crypto'
import { expect, expectAccessible, openPage, pin, signInAs, startAgain, test } from './desk.ts'

const anonymous = {
  words: '',
  matterId: null,
  channel: '窗口' as const,
  askerId: null,
  givenName: '',
  givenPhone: '',
  anonymous: true,
  subjectId: null,
}

test('what one clerk saves, the other sees by itself, and nothing is overwritten silently', async ({
  page,
  desk,
  tokens,
  demo,
}) => {
  const made = await demo.enquiries.accept({
    ...anonymous,
    answer: '',
    title: '楼道灯不亮',
    ticket: randomUUID(),
  })
  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  await page.goto(`${desk.origin}/enquiries/${made.id}`)
  await page.getByRole('heading', { name: '楼道灯不亮' }).first().waitFor()

  // By itself: the other screen's note appears here.
  const noted = await demo.enquiries.note({ id: made.id, version: made.version, text: '已告诉物业' })
  await expect(page.getByText('已告诉物业')).toBeVisible()

  // I am editing; the other saves first.
  await page
    .getByRole('button', { name: /修改|编辑/ })
    .first()
    .click()
  const title = page.getByRole('combobox', { name: '什么事' }).last()
  await title.fill('三楼楼道灯不亮')
  await demo.enquiries.edit({
    id: made.id,
    version: noted.version,
    ...anonymous,
    title: '二单元楼道灯不亮',
    words: '晚上看不见台阶',
  })
  await expect(title).toHaveValue('三楼楼道灯不亮')
  await page.getByRole('button', { name: /^保存/ }).click()
  await expect(page.getByText('二单元楼道灯不亮').first()).toBeVisible()
  await expectAccessible(page)
  expect((await demo.enquiries.get({ id: made.id })).title).toBe('二单元楼道灯不亮')

  // Mine for the title, theirs for the words.
  await page.getByRole('radio', { name: /三楼楼道灯不亮/ }).check()
  await page.getByRole('button', { name: /保存/ }).last().click()
  await expect.poll(async () => (await demo.enquiries.get({ id: made.id })).title).toBe('三楼楼道灯不亮')
  expect((await demo.enquiries.get({ id: made.id })).words).toBe('晚上看不见台阶')
})

test('what is being typed survives the lock, a reload and a host that is gone', async ({
  page,
  desk,
  tokens,
  demo,
}) => {
  expect((await demo.session.me({})).role).toBe('manager')
  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  await page.keyboard.press('F4')
  const asker = page.getByRole('combobox', { name: '谁来问' })
  const title = page.getByRole('combobox', { name: '什么事' })
  await expect(asker).toBeFocused()
  await title.fill('想问老年卡')
  await page.getByLabel(/^原话/).fill('替老伴问的')

  await page.keyboard.press('F12')
  await expect(page.getByPlaceholder('PIN')).toBeFocused()
  // Behind the lock nothing can be reached, by key, pointer or screen reader.
  await expect(page.locator('[inert]').filter({ has: page.getByText('什么事') })).toHaveCount(1)
  await expectAccessible(page)
  await page.keyboard.type(pin)
  await page.keyboard.press('Enter')
  await expect(page.getByPlaceholder('PIN')).toBeHidden()
  await expect(title).toHaveValue('想问老年卡')
  // Who comes back types on where they were.
  await expect(page.getByLabel(/^原话/)).toBeFocused()

  await page.reload()
  await expect(title).toHaveValue('想问老年卡')
  await expect(page.getByLabel(/^原话/)).toHaveValue('替老伴问的')

  // The desk's program dies; the page says so and keeps everything.
  await desk.end('SIGKILL')
  await page.getByRole('combobox', { name: '谁来问' }).fill('张')
  await expect(page.getByText(/没有响应，您输入的内容都还在/)).toBeVisible()
  await expect(title).toHaveValue('想问老年卡')
  await expectAccessible(page)

  await startAgain(desk)
  // A restarted desk asks for the PIN again; behind it all still stands.
  await expect(page.getByPlaceholder('PIN')).toBeVisible({ timeout: 30_000 })
  await page.getByPlaceholder('PIN').fill(pin)
  await page.keyboard.press('Enter')
  await expect(page.getByPlaceholder('PIN')).toBeHidden()
  await expect(title).toHaveValue('想问老年卡')
})

test('a wrong PIN tells the seconds to wait, and the screen locks by itself', async ({
  page,
  desk,
  tokens,
  demo,
}) => {
  const { version, ...community } = await demo.settings.community({})
  await demo.settings.changeCommunity({ ...community, lockMinutes: 1, version })
  await page.clock.install()
  await openPage(page, desk, tokens)
  await page.getByRole('heading', { name: '请登录' }).waitFor()
  for (let slip = 0; slip < 3; slip += 1) {
    await page.keyboard.type('000000')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').first().waitFor()
    await page.waitForTimeout(200)
  }
  await expect(page.getByText(/秒/).first()).toBeVisible()
  await expectAccessible(page)
  await page.clock.fastForward(6_000)
  await new Promise((resolve) => setTimeout(resolve, 5_500))
  await page.getByPlaceholder('PIN').fill(pin)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
  await page.clock.fastForward(61_000)
  await expect(page.getByPlaceholder('PIN')).toBeVisible()
})
