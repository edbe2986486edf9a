import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expectAccessible } from './desk.ts'
import { at, expect, noonDay, test } from './noon-class.ts'

const tile = (page: Page, name: string) =>
  page.getByRole('group', { name: '全部孩子' }).getByRole('button', { name: new RegExp(`^${name} `) })
/** Any picture will do for a rash: one that was drawn. */
const picture = fileURLToPath(new URL('../../seeds/demo/portraits/boy-09.jpg', import.meta.url))

test('an allergy is seen before the tray, and what went wrong is written down, photographed and signed off', async ({
  browser,
  noon,
}) => {
  const { client, child, clock, screen } = noon
  const childId = child('李梓轩')
  await clock('12:02')
  await client.noonClass.arrive({ childIds: [childId], day: noonDay, how: 'tap', at: null })
  await clock('12:15')
  const teacher = await screen(browser, '周老师', '/noon')
  const frontDesk = await screen(browser, '前台小李', '/noon/meals')

  // On the tile, on the strip above the board, on the page of the meals, and on its paper.
  await expect(tile(teacher, '李梓轩')).toHaveAccessibleName(/过敏 花生/)
  await expect(tile(teacher, '李梓轩').getByText('花生')).toBeVisible()
  const strip = teacher.getByRole('region', { name: '餐前核对' })
  await expect(strip).toContainText('还有 1 个')
  const meal = frontDesk.getByRole('listitem').filter({ hasText: '李梓轩' })
  await expect(meal).toContainText('花生')
  await expect(frontDesk.getByText('1 份过敏餐没看过')).toBeVisible()
  await expectAccessible(teacher)
  await expectAccessible(frontDesk)
  const { documentId } = await client.noonClass.paper({
    ...{ paper: 'meal-list' as const, day: noonDay, groupId: null, childId: null, month: null },
  })
  const { html } = await client.documents.show({ id: documentId })
  const list = await (await frontDesk.request.get(noon.desk.origin + html)).text()
  expect(list).toContain('李梓轩')
  expect(list).toContain('花生')

  // The tray is looked at; the other screen knows at once.
  await strip.getByRole('button', { name: /李梓轩/ }).click()
  await expect(strip.getByText('1 个过敏的孩子都看过餐了')).toBeVisible()
  await expect(meal.getByText('看过餐了')).toBeVisible()

  // And yet: a neighbour's biscuit.
  await clock('12:40', teacher, frontDesk)
  await teacher.getByRole('link', { name: '事件', exact: true }).click()
  await teacher.getByRole('link', { name: /记事件/ }).click()
  const form = teacher.getByRole('form', { name: '记事件' })
  await form.getByRole('combobox', { name: '哪个孩子' }).fill('lizi')
  await teacher.getByRole('option', { name: /李梓轩/ }).waitFor()
  await teacher.keyboard.press('Enter')
  await form.getByRole('button', { name: '记下' }).click()
  await expect(form.getByText('请写发生了什么')).toBeVisible()
  await expectAccessible(teacher)
  await form.getByRole('radio', { name: '过敏' }).check()
  await form.getByRole('textbox', { name: '几点' }).fill('12:31')
  await form.getByRole('textbox', { name: /经过/ }).fill('吃了同桌的花生饼干，嘴唇发红，说喉咙痒')
  await form.getByRole('textbox', { name: '怎么处理的' }).fill('漱口，停止进食，量体温，送社区卫生服务中心')
  await form.getByRole('checkbox', { name: '监护人' }).check()
  await form.getByRole('checkbox', { name: '社区卫生服务中心' }).check()
  await form.locator('input[type=file]').setInputFiles(picture)
  await expect(form.getByRole('button', { name: /去掉/ })).toBeVisible()
  await form.getByRole('button', { name: '记下' }).click()
  await expect(teacher).toHaveURL(/\/noon\/incidents\/\d+/)
  await expect(teacher.getByText('待签阅').first()).toBeVisible()
  await expect(teacher.getByRole('button', { name: '签阅' })).toHaveCount(0)
  await expectAccessible(teacher)

  // The manager reads it, with the photo, and signs it off.
  const manager = await screen(browser, '主任', '/noon/incidents')
  await manager.getByRole('link', { name: /李梓轩/ }).click()
  await expect(manager.getByText('吃了同桌的花生饼干').last()).toBeVisible()
  await expect(manager.getByText('监护人、社区卫生服务中心')).toBeVisible()
  await manager.getByRole('button', { name: /看大照片/ }).click()
  const photo = manager.getByRole('dialog').getByRole('img', { name: /jpg/ })
  await expect.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  await manager.keyboard.press('Escape')
  await manager.getByRole('button', { name: '签阅', exact: true }).click()
  await manager.getByRole('textbox', { name: /意见/ }).fill('处理及时，明天班前会讲分享食物')
  await manager.getByRole('form', { name: '签阅' }).getByRole('button', { name: '签阅' }).click()
  await expect(manager.getByText('已签阅').first()).toBeVisible()
  await expectAccessible(manager)
  await expect(teacher.getByText('已签阅').first()).toBeVisible()
  await expect(teacher.getByText('处理及时，明天班前会讲分享食物')).toBeVisible()

  // It stays as it was written; more is added to it.
  await expect(manager.getByRole('button', { name: /修改|删除/ })).toHaveCount(0)
  const [written] = await client.noonClass.incidents({ from: noonDay, to: noonDay, childId })
  expect(written).toMatchObject({
    number: 'SJ-2026-000001',
    kind: 'allergy',
    happenedAt: at('12:31'),
    signedOff: { operator: '主任' },
  })
  expect(written!.files).toHaveLength(1)
})
