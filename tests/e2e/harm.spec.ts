import { expect, expectAccessible, openPage, test, signInAs } from './desk.ts'

test('suspected harm to a child is written down from a new entry, and only overseers read it', async ({
  page,
  context,
  desk,
  tokens,
  demo,
}) => {
  await demo.session.me({})
  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  await page.goto(`${desk.origin}/enquiries`)
  await page.getByRole('button', { name: '疑似侵害未成年人' }).click()
  const dialog = page.getByRole('dialog', { name: '疑似侵害未成年人' })
  await expect(dialog.getByText('110', { exact: true })).toBeVisible()
  // Whom to call comes first.
  await expect(dialog.getByRole('checkbox', { name: '公安机关（110）' })).toBeFocused()
  await dialog.getByRole('button', { name: '记入报告' }).click()
  await expect(dialog.getByText(/先打电话再记/)).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Space')
  await dialog.getByLabel('哪个孩子').fill('三年级男生')
  await page.reload()
  await page.getByRole('button', { name: '疑似侵害未成年人' }).click()
  await expect(dialog.getByLabel('哪个孩子')).toHaveValue('三年级男生')
  await dialog.getByLabel(/看到、听到/).fill('手臂有成片的淤青')
  await dialog.getByRole('button', { name: '记入报告' }).click()
  await expect(dialog.getByText(/WB-\d{4}-000001/)).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '疑似侵害未成年人' })).toBeFocused()
  await page.goto(`${desk.origin}/settings/child-protection`)
  await expect(page.getByText('淤青')).toHaveCount(0)

  const manager = await context.newPage()
  await manager.goto(desk.origin)
  await signInAs(manager, '演示主任')
  await manager.goto(`${desk.origin}/settings/child-protection`)
  await expect(manager.getByText('手臂有成片的淤青')).toBeVisible()
  await expectAccessible(manager)
  await manager.getByRole('button', { name: /^补充/ }).click()
  await manager.getByRole('checkbox', { name: '学校' }).check()
  await manager.getByLabel('哪个孩子').fill('同上')
  await manager.getByLabel(/看到、听到/).fill('班主任证实')
  await manager.getByRole('button', { name: '记入报告' }).click()
  await manager.getByRole('button', { name: '知道了' }).click()
  await expect(manager.getByRole('article')).toHaveCount(1)
  await expect(manager.getByText('班主任证实')).toBeVisible()
})
