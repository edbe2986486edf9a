import type { Page } from '@playwright/test'
import { expectAccessible, settle } from './desk.ts'
import { expect, noonDay, test } from './noon-class.ts'

const tile = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name: typeof name === 'string' ? new RegExp(`^${name} `) : name })

test('two screens receive a class: each sees the other, and what was wrong is taken back', async ({
  browser,
  noon: { client, groups, child, badge, clock, screen },
}) => {
  await client.noonClass.addLeave({
    ...{ childId: child('张浩然'), fromDay: noonDay, toDay: noonDay, reason: '发烧', toldBy: '妈妈' },
  })
  const teacher = await screen(browser, '周老师', `/noon/${groups.first}`)
  const frontDesk = await screen(browser, '前台小李', '/noon')
  await clock('12:02', teacher, frontDesk)
  await expect(tile(teacher, '陈雨涵')).toContainText('应到')
  await expect(teacher.getByRole('link', { name: '应到 8' })).toBeVisible()
  await expectAccessible(teacher)
  await expectAccessible(frontDesk)

  // A tap, seen on the other screen by itself.
  await tile(teacher, '陈雨涵').click()
  await expect(tile(teacher, '陈雨涵')).toContainText('12:02 签到')
  await expect(tile(frontDesk, '陈雨涵')).toContainText('12:02 签到')
  await expect(frontDesk.getByRole('link', { name: '在 1', exact: true })).toBeVisible()

  // The wrong one: five seconds to take it back, on both screens.
  await tile(teacher, '刘欣怡').click()
  await expect(tile(frontDesk, '刘欣怡')).toContainText('签到')
  const offer = teacher.locator('.toast').filter({ hasText: '刘欣怡 已签到' })
  await offer.getByRole('button', { name: /撤销/ }).click()
  await expect(tile(teacher, '刘欣怡')).toContainText('应到')
  await expect(tile(frontDesk, '刘欣怡')).toContainText('应到')

  // Two of one name never look alike, and Enter takes neither of them.
  await expect(tile(teacher, /^王子萱.*三\(1\)班 · 戴眼镜/)).toContainText('同名')
  await expect(tile(teacher, /^王子萱.*三\(3\)班 · 高个子/)).toContainText('同名')
  await tile(teacher, '陈雨涵').focus()
  await teacher.keyboard.type('wangzixuan')
  const field = teacher.getByRole('combobox', { name: '刷牌，或输入姓名、拼音' })
  await expect(field).toBeFocused()
  await expect(teacher.getByRole('option')).toHaveCount(2)
  await teacher.keyboard.press('Enter')
  await expect(teacher.getByText(/有 2 个，请看班级和照片/)).toBeVisible()
  await expectAccessible(teacher)
  await teacher.keyboard.press('ArrowDown')
  await teacher.keyboard.press('ArrowDown')
  await teacher.keyboard.press('Enter')
  await expect(tile(frontDesk, /^王子萱.*三\(3\)班/)).toContainText('12:02 签到')
  await expect(tile(frontDesk, /^王子萱.*三\(1\)班/)).toContainText('应到')

  // A badge, scanned twice and on both screens: one arrival.
  const code = await badge('李梓轩')
  for (const page of [teacher, frontDesk, teacher]) {
    await page.keyboard.press('Escape')
    await page.getByRole('main').focus()
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await expect(tile(page, '李梓轩')).toContainText('12:02 签到')
  }
  await expect(teacher.getByText('李梓轩 早就签到了')).toBeVisible()

  // A child of the other group: signed in, and the teacher told where it belongs.
  await teacher.keyboard.press('Escape')
  await teacher.getByRole('main').focus()
  await teacher.keyboard.type(await badge('罗雪琪'))
  await teacher.keyboard.press('Enter')
  await expect(teacher.getByText(/罗雪琪 已签到，是第二组的/)).toBeVisible()
  await expect(tile(frontDesk, '罗雪琪')).toContainText('12:02 签到')

  // Who told of leave came after all: asked, then signed in.
  await tile(teacher, '张浩然').click()
  await expect(teacher.getByRole('dialog', { name: /今天请假了/ })).toContainText('发烧')
  await expectAccessible(teacher)
  await teacher.getByRole('button', { name: '来了，签到' }).click()
  await expect(tile(frontDesk, '张浩然')).toContainText('12:02 签到')

  // The rest of the group with an exception, by keyboard.
  await teacher.getByRole('button', { name: '全组签到' }).click()
  await expect(teacher.getByText('已选 5 人')).toBeVisible()
  await tile(teacher, '彭一博').focus()
  await teacher.keyboard.press('Space')
  await expect(tile(teacher, '彭一博')).toHaveAttribute('aria-pressed', 'false')
  await teacher.getByRole('button', { name: '签到 4 人' }).click()
  await expect(tile(frontDesk, '谢诗妍')).toContainText('12:02 签到')
  await expect(tile(frontDesk, '彭一博')).toContainText('应到')

  // Arrow keys walk, Enter taps.
  await tile(teacher, '刘欣怡').focus()
  await teacher.keyboard.press('ArrowRight')
  await expect(tile(teacher, '彭一博')).toBeFocused()
  await teacher.keyboard.press('Enter')
  await expect(tile(frontDesk, '彭一博')).toContainText('12:02 签到')

  const { tiles } = await client.noonClass.board({ day: noonDay, groupId: groups.first })
  expect(tiles.every(({ state }) => state === 'in')).toBe(true)
})

test('at 12:10 the desk knows who is missing, and the alarm stays until somebody says why', async ({
  browser,
  noon: { client, groups, child, clock, screen, desk },
}) => {
  const here = [
    '陈雨涵',
    '李梓轩',
    '刘欣怡',
    '王子萱 三(1)',
    '王子萱 三(3)',
    '张浩然',
    '黄嘉睿',
    '曾明宇',
    '罗雪琪',
  ]
  await client.noonClass.arrive({ childIds: here.map(child), day: noonDay, how: 'tap', at: null })
  const teacher = await screen(browser, '周老师', `/noon/${groups.first}`)
  const frontDesk = await screen(browser, '前台小李', '/')
  await settle(teacher)
  await expect(teacher.getByText('没有未到、未接的孩子')).toBeVisible()

  await clock('12:18', teacher, frontDesk)
  await teacher.reload()
  await frontDesk.reload()
  const alarms = teacher.getByRole('region', { name: '未到报警' })
  await expect(alarms.getByRole('listitem')).toHaveCount(2)
  await expect(tile(teacher, '彭一博')).toContainText('未到 8 分钟')
  // Wherever the desk is: the rail rings, and 今日 opens the rows.
  const rail = frontDesk.getByRole('navigation', { name: '窗口' })
  await expect(rail.getByRole('link', { name: /午间课堂/ })).toContainText('未到 2 人')
  const today = frontDesk.getByRole('navigation', { name: '午间课堂' })
  await expectAccessible(frontDesk)
  await today.getByRole('link', { name: '未到 2' }).click()
  await expect(frontDesk).toHaveURL(`${desk.origin}/noon?show=missing`)
  await expect(frontDesk.getByRole('group', { name: '全部孩子' }).getByRole('button')).toHaveCount(2)

  // In order: mother, who does not answer, then father, who says why.
  const peng = alarms.getByRole('listitem').filter({ hasText: '彭一博' })
  await expect(peng).toContainText('199****1111')
  await peng.getByRole('button', { name: '拨打妈妈' }).click()
  await expect(peng.getByText('19900001111')).toBeVisible()
  await expectAccessible(teacher)
  await peng.getByRole('button', { name: '没人接' }).click()
  await expect(peng).toContainText('12:18 周老师致电彭妈妈 · 没人接')
  await expect(peng).not.toContainText('19900001111')
  // The other screen sees who was called and goes on from there.
  const same = frontDesk.getByRole('listitem').filter({ hasText: '彭一博' })
  await expect(same.getByRole('button', { name: '拨打爸爸' })).toBeVisible()
  await same.getByRole('button', { name: '拨打爸爸' }).click()
  await same.getByLabel(/说了什么/).fill('在医院')
  await same.getByRole('button', { name: '接通了' }).click()
  const why = frontDesk.getByRole('dialog', { name: '为什么没来' })
  await expect(why).toContainText('彭一博')
  await why.getByRole('button', { name: '记下，关掉报警' }).click()
  await expect(why.getByText('请选一个原因')).toBeVisible()
  await why.getByRole('radio', { name: '病了' }).check()
  await expectAccessible(frontDesk)
  await why.getByRole('button', { name: '记下，关掉报警' }).click()
  await expect(tile(teacher, '彭一博')).toContainText('缺席 · 病了')
  await expect(alarms.getByRole('listitem')).toHaveCount(1)
  await expect(rail.getByRole('link', { name: /午间课堂/ })).toContainText('未到 1 人')

  // The other one simply comes late: the tap ends its alarm.
  await tile(teacher, '谢诗妍').click()
  await expect(alarms).toBeHidden()
  await expect(rail.getByRole('link', { name: /午间课堂/ })).not.toContainText('未到')
  expect(await client.noonClass.alarms({ day: noonDay })).toEqual([])
})

test('a child is handed only to a face on its list, and who took it is kept', async ({
  browser,
  noon: { client, groups, child, clock, screen },
}) => {
  const childIds = ['陈雨涵', '黄嘉睿', '谢诗妍'].map(child)
  await client.noonClass.arrive({ childIds, day: noonDay, how: 'tap', at: null })
  const teacher = await screen(browser, '周老师', `/noon/${groups.first}`)
  const frontDesk = await screen(browser, '前台小李', '/noon')
  await clock('13:05', teacher, frontDesk)

  await tile(teacher, '陈雨涵').click()
  const release = teacher.getByRole('dialog', { name: '陈雨涵 交给谁' })
  await expect(release.getByRole('button', { name: /陈妈妈/ })).toBeFocused()
  await expectAccessible(teacher)
  await teacher.keyboard.press('Enter')
  await expect(release).toBeHidden()
  await expect(tile(frontDesk, '陈雨涵')).toContainText('13:05 妈妈 陈妈妈接走')

  // Entered wrongly, seen later: with a reason she is here again.
  await tile(frontDesk, '陈雨涵').click()
  const gone = frontDesk.getByRole('dialog', { name: '陈雨涵' })
  await gone.getByRole('button', { name: /接走记错了/ }).click()
  await expectAccessible(frontDesk)
  await gone.getByRole('button', { name: '点错了人' }).click()
  await expect(tile(teacher, '陈雨涵')).toContainText('签到')

  // The school's escort takes those whose record says so, in one press.
  await teacher.getByRole('button', { name: '更多' }).click()
  await teacher.getByRole('menuitem', { name: '整队随学校接走…' }).click()
  await expect(teacher.getByText('已选 1 人')).toBeVisible()
  await teacher.getByLabel('学校带队老师').fill('唐老师')
  await expectAccessible(teacher)
  await teacher.getByRole('button', { name: '1 人随队回学校' }).click()
  await expect(tile(frontDesk, '黄嘉睿')).toContainText('唐老师护送')
  await expect(tile(teacher, '谢诗妍')).toContainText('签到')
})

test('after a power cut the paper roster is entered with its real times', async ({
  browser,
  noon: { client, groups, child, clock, screen },
}) => {
  const teacher = await screen(browser, '周老师', `/noon/${groups.first}`)
  await clock('13:20', teacher)
  await teacher.reload()
  await teacher.getByRole('button', { name: '更多' }).click()
  await teacher.getByRole('menuitem', { name: '补录签到…' }).click()
  const late = teacher.getByRole('dialog', { name: '补录签到' })
  await late.getByLabel('几点来的').fill('13:50')
  await late.getByRole('checkbox', { name: /陈雨涵/ }).check()
  await late.getByRole('checkbox', { name: /李梓轩/ }).check()
  await expectAccessible(teacher)
  await late.getByRole('button', { name: '补录 2 人' }).click()
  await expect(late.getByRole('alert')).toContainText('时间')
  await late.getByLabel('几点来的').fill('1205')
  await teacher.keyboard.press('Enter')
  await expect(late.getByRole('checkbox', { name: /陈雨涵/ })).toHaveCount(0)
  await teacher.keyboard.press('Escape')
  await expect(tile(teacher, '陈雨涵')).toContainText('12:05 签到')
  const { tiles } = await client.noonClass.board({ day: noonDay, groupId: null })
  expect(tiles.find(({ childId }) => childId === child('李梓轩'))).toMatchObject({ state: 'in' })
})
