import type { Page } from '@playwright/test'
import { expect, expectAccessible, openPage, signInAs, test } from './desk.ts'

const records = [
  { what: 'a resident', path: '/people/1', form: '修改居民', mine: '备注', theirs: '姓名' },
  {
    what: 'a volunteer',
    path: '/volunteers/people/1',
    form: '修改志愿者档案',
    mine: '全国志愿服务系统编号',
    theirs: '备注',
  },
  { what: 'a child', path: '/noon/children/1', form: '修改学生档案', mine: '保险', theirs: '过敏' },
] as const

/** A label, whatever mark of a required field follows it. */
const starting = (label: string) => new RegExp(`^${label}`)

for (const { what, path, form, mine, theirs } of records) {
  test(`${what} changed on two screens keeps what each of them typed`, async ({
    page,
    context,
    desk,
    tokens,
    demo,
  }) => {
    await demo.session.me({})
    await openPage(page, desk, tokens)
    await signInAs(page, '演示前台')
    const other = await context.newPage()
    await other.goto(desk.origin)
    await signInAs(other, '演示主任')
    const open = async (screen: Page) => {
      await screen.goto(`${desk.origin}${path}`)
      await screen.getByRole('button', { name: '修改' }).first().click()
      return screen.getByRole('form', { name: form })
    }
    const here = await open(page)
    const there = await open(other)

    await there.getByLabel(starting(theirs)).fill('对方写的')
    await there.getByRole('button', { name: /^保存/ }).click()
    await expect(there).toHaveCount(0)

    await here.getByLabel(starting(mine)).fill('这边写的')
    await here.getByRole('button', { name: /^保存/ }).click()
    const told = here.getByRole('alert').filter({ hasText: '另一块屏幕先保存了这份档案' })
    await expect(told.getByText(/对方 对方写的/)).toBeVisible()
    await expect(here.getByLabel(starting(mine))).toHaveValue('这边写的')
    await expectAccessible(page)
    await told.getByRole('checkbox', { name: /对方写的/ }).check()
    await told.getByRole('button', { name: '就这样，回到表单' }).click()
    await expect(told).toHaveCount(0)
    await expect(here.getByLabel(starting(theirs))).toHaveValue('对方写的')
    await here.getByRole('button', { name: /^保存/ }).click()
    await expect(here).toHaveCount(0)

    const again = await open(page)
    await expect(again.getByLabel(starting(mine))).toHaveValue('这边写的')
    await expect(again.getByLabel(starting(theirs))).toHaveValue('对方写的')
  })
}
