import type { Page } from '@playwright/test'
import { expectAccessible, pin } from './desk.ts'
import { expect, noonDay, test } from './noon-class.ts'

const tile = (page: Page, name: string) =>
  page.getByRole('group', { name: '全部孩子' }).getByRole('button', { name: new RegExp(`^${name} `) })
const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name: `${name} 交给谁` })

type Adult = { guardian: string; name: string; relation: string; idTail: string; second: string; pin: string }

/** Fills what stands in the form of an adult who is not on the list, and asks for the authorisation. */
async function askFor(page: Page, adult: Adult): Promise<void> {
  const form = page.getByRole('form', { name: '来的人不在名单上' })
  await form.getByRole('radio', { name: new RegExp(adult.guardian) }).check()
  await form.getByRole('textbox', { name: '姓名' }).fill(adult.name)
  await form.getByRole('textbox', { name: '是孩子的' }).fill(adult.relation)
  await form.getByRole('textbox', { name: '身份证末四位' }).fill(adult.idTail)
  await form.getByRole('radio', { name: new RegExp(adult.second) }).check()
  await form.getByLabel('第二位工作人员的 PIN').fill(adult.pin)
  await page.keyboard.press('Enter')
}

test('an unknown adult: forbidden in red and refused, then once, by a second member with their own PIN', async ({
  browser,
  noon,
}) => {
  const { client, child, clock, screen } = noon
  const childId = child('彭一博')
  await clock('11:58')
  await client.noonClass.arrive({ childIds: [childId], day: noonDay, how: 'tap', at: null })
  await clock('12:12')
  const teacher = await screen(browser, '周老师', '/noon')
  const frontDesk = await screen(browser, '前台小李', '/noon')

  // Who must not is told to the teacher who asks, with the reason; nobody can press a button for them.
  await tile(teacher, '彭一博').click()
  const dialog = dialogOf(teacher, '彭一博')
  const banned = dialog.getByRole('region', { name: '不能交给' })
  await expect(banned).toContainText('不能交给 赵某（妈妈的前男友）')
  await expect(banned).toContainText('法院禁止令，妈妈书面要求')
  await expect(dialog.getByRole('button', { name: /赵某/ })).toHaveCount(0)
  await expect(dialog.getByRole('button', { name: /彭妈妈/ })).toBeVisible()
  await expect(frontDesk.getByText('法院禁止令')).toHaveCount(0)
  await expectAccessible(teacher)

  // The same man under his name as an adult who is not on the list: no PIN helps.
  await dialog.getByRole('button', { name: '来的人不在名单上' }).click()
  await expectAccessible(teacher)
  const banner = { guardian: '彭妈妈', relation: '朋友', idTail: '3027', second: '前台小李', pin }
  await askFor(teacher, { ...banner, name: '赵 某' })
  await expect(dialog.getByText(/没有授权，孩子不能交出/)).toBeVisible()
  await expectAccessible(teacher)
  await expect(tile(frontDesk, '彭一博')).toHaveAccessibleName(/11:58 签到/)

  // Her uncle: the guardian is called on the number on file, which is seen whole for a reason.
  await expect(dialog.getByText('199****1111')).toBeVisible()
  await expect(dialog.getByText('19900001111')).toHaveCount(0)
  const uncle = { guardian: '彭妈妈', name: '周海', relation: '舅舅', idTail: '301x', second: '前台小李' }
  await askFor(teacher, { ...uncle, pin: '111111' })
  await expect(dialog.getByRole('alert')).toContainText('PIN')
  expect((await client.noonClass.collectors({ childId, day: noonDay })).pickups).toHaveLength(2)
  await askFor(teacher, { ...uncle, pin })
  const given = dialog.getByRole('button', { name: /周海/ })
  await expect(given).toContainText('只限今天')
  await expect(given).toContainText('301X')
  await expect(given).toBeFocused()
  await expectAccessible(teacher)

  // The hand-over is one more look and one more press, and the other screen sees it by itself.
  await teacher.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(tile(frontDesk, '彭一博')).toHaveAccessibleName(/12:12 舅舅 周海接走/)
  await expect(tile(teacher, '彭一博')).toHaveAccessibleName(/舅舅 周海接走/)
  await tile(frontDesk, '彭一博').click()
  await expect(frontDesk.getByRole('dialog', { name: '彭一博' })).toContainText('舅舅 周海接走')

  // For today only, and written down with the call.
  const tomorrow = await client.noonClass.collectors({ childId, day: '2026-11-24' })
  expect(tomorrow.pickups.map(({ name }) => name)).toEqual(['彭妈妈', '赵某'])
  const { pickups } = await client.noonClass.child({ id: childId })
  expect(pickups.find(({ name }) => name === '周海')).toMatchObject({
    once: true,
    fromDay: noonDay,
    toDay: noonDay,
  })
})

test('nobody came by closing time: it rings on both screens until the child is in the right hands', async ({
  browser,
  noon,
}) => {
  const { client, child, clock, screen } = noon
  const [late, alone, escorted] = [child('陈雨涵'), child('谢诗妍'), child('黄嘉睿')]
  await clock('12:00')
  const childIds = [late, alone, escorted]
  await client.noonClass.arrive({ childIds, day: noonDay, how: 'tap', at: null })
  await clock('13:20')
  const teacher = await screen(browser, '周老师', '/noon')
  const frontDesk = await screen(browser, '前台小李', '/noon')

  // One may go by herself, one with the school's escort: their records say so, and only theirs.
  await tile(teacher, '谢诗妍').click()
  await dialogOf(teacher, '谢诗妍').getByRole('button', { name: '自己回去' }).click()
  await expect(tile(frontDesk, '谢诗妍')).toHaveAccessibleName(/13:20 自己离开/)
  await tile(teacher, '黄嘉睿').click()
  const escort = dialogOf(teacher, '黄嘉睿')
  await expect(escort.getByRole('button', { name: '自己回去' })).toHaveCount(0)
  await escort.getByRole('button', { name: '随队回学校' }).click()
  await expect(escort.getByText('请写学校带队老师的姓名')).toBeVisible()
  await escort.getByRole('textbox', { name: '学校带队老师' }).fill('唐老师')
  await teacher.keyboard.press('Enter')
  await expect(tile(frontDesk, '黄嘉睿')).toHaveAccessibleName(/唐老师护送/)

  // Five minutes past closing time.
  await clock('13:35', teacher, frontDesk)
  for (const page of [teacher, frontDesk]) {
    await page.reload()
    const alarm = page.getByRole('region', { name: '未接报警' })
    await expect(alarm.getByText('陈雨涵')).toBeVisible()
    await expect(alarm.getByText('未接 5 分钟')).toBeVisible()
    await expect(page.getByText('谢诗妍').first()).toBeVisible()
    await expect(alarm.getByText('谢诗妍')).toHaveCount(0)
  }
  await expectAccessible(teacher)
  await teacher.getByRole('region', { name: '未接报警' }).getByRole('button', { name: '交给谁' }).click()
  const dialog = dialogOf(teacher, '陈雨涵')
  await dialog.getByRole('button', { name: /陈妈妈/ }).click()
  await expect(dialog).toBeHidden()
  await expect(teacher.getByRole('region', { name: '未接报警' })).toHaveCount(0)
  await expect(frontDesk.getByRole('region', { name: '未接报警' })).toHaveCount(0)
  const report = await client.noonClass.report({ from: noonDay, to: noonDay, groupId: null })
  expect(report.latePickups).toBe(1)
})
