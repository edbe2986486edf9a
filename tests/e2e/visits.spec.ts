import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { openClocked, type Clocked } from './clocked.ts'
import { expect, expectAccessible, pin, test as base } from './desk.ts'

type Family = { door: string; name: string; keyGroups?: string[] }
/** One building of the first grid; nobody was visited yet. */
const families: Family[] = [
  { door: '1栋1单元101', name: '周桂兰', keyGroups: ['独居老人'] },
  { door: '1栋1单元102', name: '陈立新' },
  { door: '1栋1单元201', name: '黄小梅' },
  { door: '1栋1单元202', name: '谢文斌' },
]

type Visits = Clocked & { household: (name: string) => number }

const test = base.extend<{ visits: Visits }>({
  visits: async ({ folder }, use) => {
    // Monday 23 November 2026, half past four: the grid worker is back from the round.
    const now = '2026-11-23T08:30:00.000Z'
    const clocked = await openClocked(folder, now)
    const { client } = clocked
    const clerk = await client.session.addOperator({ name: '网格员小邓', role: 'clerk', pin })
    const [grid] = await client.people.grids({})
    const visitor = await client.visits.saveVisitor({
      ...{ id: null, version: null, name: '邓网格员', kind: 'staff' as const, phone: '', active: true },
      operatorId: clerk.id,
    })
    await client.visits.addPost({
      ...{ visitorId: visitor.id, kind: 'area' as const, gridId: grid!.id, duty: '' },
      ...{ fromDay: '2026-01-05', toDay: null },
    })
    const households = new Map<string, number>()
    for (const { door, name, keyGroups = [] } of families) {
      const home = await client.people.addHousehold({ gridId: grid!.id, estate: '', door, note: '' })
      households.set(name, home.id)
      await client.people.register({
        ...{ name, sex: 9 as const, birth: null, relation: '户主' as const, householdId: home.id },
        ...{ registeredElsewhere: false, keyGroups, note: '', idNumber: '', phones: [], notTheSame: [] },
      })
    }
    await use({
      ...clocked,
      household: (name) => households.get(name)!,
    })
    await clocked.close()
  },
})

/** Saves what the document dialog shows and reads it; closes the dialog. */
async function readSheet(page: Page): Promise<string> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '存为 PDF' }).click()
  const file = await (await download).path()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
}

const entryOf = (page: Page, door: string) => page.getByRole('form', { name: `记 ${door}` })

test('a round from the plan to what became of what a family asked for', async ({ browser, visits }) => {
  const { client, household, screen } = visits
  const worker = await screen(browser, '网格员小邓', '/visits')
  const secretary = await screen(browser, '主任', '/visits/coverage')
  const month = secretary.getByRole('region', { name: '本月见到' })
  await expect(month).toContainText('0 / 目标 25 户')

  // The plan knows who is at the desk and which grid is theirs; Enter is the round on paper.
  await expect(worker.getByRole('checkbox', { name: '邓网格员' })).toBeChecked()
  await expect(worker.getByText('排出 4 户，可排的共 4 户')).toBeVisible()
  await expectAccessible(worker)

  // The doors are one step away by the keys, and one step more leads past all of them.
  const go = worker.getByRole('button', { name: /出单并打印/ })
  await expect(go).toBeFocused()
  await worker.keyboard.press('Shift+Tab')
  await worker.keyboard.press('ArrowDown')
  await expect(worker.getByRole('checkbox', { name: /1栋1单元102/ })).toBeFocused()
  await worker.keyboard.press('Space')
  await expect(go).toContainText('3 户')
  await worker.keyboard.press('Space')
  await worker.keyboard.press('Shift+Tab')
  await expect(worker.getByRole('button', { name: '全不去' })).toBeFocused()
  await go.press('Enter')
  const paper = await readSheet(worker)
  const number = 'ZF-2026-000001'
  for (const wanted of [number, '周桂兰', '1栋1单元202', '见面', '拒访', '搬离', '邓网格员']) {
    expect(paper).toContain(wanted)
  }
  const code = /ZFD[2-9A-Z]{12}/.exec(paper)![0]
  await expect(worker.getByText('已出单').first()).toContainText(number)
  // Nobody else is sent to the same doors.
  await expect(worker.getByText('该去的都在单上了')).toBeVisible()
  await expectAccessible(worker)

  // Back at the desk: the scanner types the code of the paper, and the round is open.
  await worker.getByRole('link', { name: '走访单', exact: true }).click()
  const scan = worker.getByRole('textbox', { name: '扫单上的二维码，或输入编号' })
  await expect(scan).toBeFocused()
  await worker.keyboard.type(code)
  await worker.keyboard.press('Enter')
  await expect(worker.getByRole('heading', { name: number })).toBeVisible()

  // Row by row: somebody was met, and wants something done.
  const first = entryOf(worker, '1栋1单元101')
  if (!(await first.isVisible())) await worker.getByRole('button', { name: /1栋1单元101/ }).click()
  await expect(first).toBeVisible()
  await worker.keyboard.press('1')
  await first.getByRole('textbox', { name: '几点' }).fill('1020')
  await first.getByRole('checkbox', { name: /周桂兰/ }).check()
  await first.getByRole('button', { name: '入户登记表' }).click()
  const form = worker.getByRole('dialog', { name: /入户登记表/ })
  await expect(form.getByRole('combobox', { name: '户别' })).toBeFocused()
  await expectAccessible(worker)
  await worker.keyboard.press('Escape')
  await expect(form).toBeHidden()
  await first.getByRole('button', { name: '有事要办' }).click()
  await worker.keyboard.type('卫生间想装扶手')
  await expectAccessible(worker)
  await worker.keyboard.press('Escape')
  await first.getByRole('button', { name: /保存，下一户/ }).click()
  const enquiry = worker.getByRole('link', { name: 'ZX-2026-000001' })
  await expect(enquiry.first()).toBeVisible()

  // The next ones by their keys alone.
  for (const [door, key] of [
    ['1栋1单元102', '2'],
    ['1栋1单元201', '3'],
    ['1栋1单元202', '1'],
  ] as const) {
    await expect(entryOf(worker, door)).toBeVisible()
    await worker.keyboard.press(key)
    await worker.keyboard.press('7')
    await expect(entryOf(worker, door).getByRole('textbox', { name: '备注' })).toBeFocused()
    await worker.keyboard.type(`记 ${key}`)
    await worker.keyboard.press('Enter')
    await expect(entryOf(worker, door)).toBeHidden()
  }
  await expect(worker.getByText('这一单记完了：4 户，见面 2 户。')).toBeVisible()
  const { list } = await client.visits.round({ id: 1 })
  const notes = list.slice(1).map(async ({ visit }) => (await client.visits.visit({ id: visit!.id })).note)
  expect(await Promise.all(notes)).toEqual(['记 2', '记 3', '记 1'])
  await expectAccessible(worker)

  // The secretary sees it by itself: two met, two in vain.
  await expect(month).toContainText('2 / 目标 25 户')
  await expect(secretary.getByRole('region', { name: '今年访到' })).toContainText('2 / 4 户')
  await expect(secretary.getByRole('button', { name: /本月跑空：2/ })).toBeVisible()
  await expectAccessible(secretary)
  await month.getByRole('button', { name: /本月见到：2/ }).click()
  await expect(secretary.getByRole('dialog').getByText('1栋1单元101')).toBeVisible()

  // The enquiry leads back to the door, and is answered at its counter.
  await enquiry.first().click()
  const detail = worker.getByRole('article')
  await expect(detail.getByText('来自入户走访')).toBeVisible()
  await expect(detail.getByRole('link', { name: /1栋1单元101/ }).first()).toBeVisible()
  await detail.getByRole('button', { name: '答复并办结' }).click()
  await worker.getByRole('textbox', { name: /答复/ }).fill('周三下午上门装好')
  await worker.keyboard.press('Enter')
  await expect(detail.getByText('周三下午上门装好').first()).toBeVisible()

  // Who goes there again reads first what became of it.
  await worker.goto(`${visits.desk.origin}/households/${household('周桂兰')}`)
  const last = worker.getByRole('article', { name: '2026-11-23 走访' })
  await expect(last).toContainText('ZX-2026-000001 已办结：周三下午上门装好')
  await expectAccessible(worker)

  // 今日 and the one search know the round and the month.
  await worker.goto(visits.desk.origin)
  const today = worker.getByRole('navigation', { name: '入户走访' })
  await expect(today.getByRole('link', { name: /本月见面/ })).toHaveText(/本月见面 2\s*目标 25 户/)
  await expectAccessible(worker)
  await worker.keyboard.press('Control+k')
  await worker.keyboard.type('zf-2026-1')
  await worker.getByRole('option', { name: new RegExp(number) }).click()
  await expect(worker).toHaveURL(/\/visits\/rounds\/1$/)

  const { all } = await client.visits.coverage({ month: '2026-11' })
  expect(all).toMatchObject({ households: 4, covered: 2, monthMet: 2, monthInVain: 2, monthGoal: 25 })
})

test('a visit without a round is entered late, twice and at an empty door by the keys', async ({
  browser,
  visits,
}) => {
  const worker = await visits.screen(browser, '网格员小邓', '/visits/coverage')
  const dialog = worker.getByRole('dialog', { name: '记一次走访' })
  const day = dialog.getByRole('textbox', { name: '哪天去的' })
  const alert = dialog.getByRole('alert')
  const told = worker.getByRole('status').filter({ hasText: '撤销' })
  async function at(door: string, outcome: string) {
    await worker.getByRole('button', { name: '记一次走访' }).click()
    await expect(dialog.getByRole('combobox', { name: '哪一户' })).toBeFocused()
    await worker.keyboard.type(door)
    await dialog.getByRole('option', { name: new RegExp(door) }).waitFor()
    await worker.keyboard.press('ArrowDown')
    await worker.keyboard.press('Enter')
    await worker.keyboard.press(outcome)
  }

  // What is refused stays in sight, the first time as well.
  await at('1栋1单元102', '1')
  await day.fill('2024-10-20')
  await worker.keyboard.press('Enter')
  await expect(alert).toContainText('超过一年了，请核对年份')
  await day.fill('2026-10-20')
  await worker.keyboard.press('Enter')
  await expect(told).toContainText('已补记 10月20日 1栋1单元102：见面')

  // The same door and day once more: Tab is the answer.
  await at('1栋1单元102', '2')
  await day.fill('2026-10-20')
  await worker.keyboard.press('Enter')
  await expect(alert).toBeFocused()
  await expect(alert).toContainText('10月20日已经记过一次')
  await expectAccessible(worker)
  await worker.keyboard.press('Tab')
  await expect(dialog.getByRole('button', { name: '就是那一次，不记了' })).toBeFocused()
  await worker.keyboard.press('Tab')
  await worker.keyboard.press('Enter')
  await expect(told).toHaveCount(1)
  await expect(told).toContainText('无人')

  // An empty door leaves the count only with a reason.
  await at('1栋1单元201', '4')
  await worker.keyboard.press('Enter')
  await expect(dialog.getByRole('textbox', { name: '怎么知道的' })).toBeFocused()
  await expectAccessible(worker)
  await worker.keyboard.type('水表不走')
  await worker.keyboard.press('Enter')
  await expect(dialog).toBeHidden()

  await worker.goto(`${visits.desk.origin}/households/${visits.household('黄小梅')}`)
  const away = worker.getByText(/不算在应走访的户数里/)
  await expect(away).toContainText('水表不走')
  const change = worker.getByRole('button', { name: '改', exact: true })
  await change.click()
  await worker.getByRole('textbox', { name: '怎么知道的' }).fill('水电都停了')
  await worker.keyboard.press('Enter')
  await expect(away).toContainText('水电都停了')
  await expect(change).toBeFocused()

  // A word by hand brings the door back, and leaves the focus where one goes on.
  await worker.getByRole('button', { name: '恢复走访' }).first().click()
  await worker.keyboard.type('又有人住了')
  await worker.keyboard.press('Enter')
  await expect(away).toBeHidden()
  await expect(worker.getByRole('main').getByRole('button', { name: '记一次走访' })).toBeFocused()
})

test('what a patrol finds is an enquiry that leads back to its day', async ({ browser, visits }) => {
  const { client, desk, screen } = visits
  const company = await client.visits.saveCompany({
    ...{ id: null, version: null, name: '安居物业', contact: '', phone: '' },
    ...{ fromDay: '2026-10-01', toDay: null },
  })
  const { ticks } = await client.visits.savePatrol({
    ...{ companyId: company.id, day: '2026-11-20', version: null, visitorId: null, note: '', fileIds: [] },
    ticks: [{ item: '电梯运行', fine: false, finding: '二号梯停了' }],
  })
  const raised = await client.visits.raiseFinding({
    ...{ tickId: ticks[0]!.id, title: '二号电梯停运', matterId: null },
  })
  const worker = await screen(browser, '网格员小邓', `/enquiries/${raised.ticks[0]!.enquiry!.id}`)
  await worker.getByRole('link', { name: '11月20日 安居物业' }).click()
  await expect(worker).toHaveURL(`${desk.origin}/visits/patrols?company=1&day=2026-11-20&month=2026-11`)
  await expect(worker.getByText('二号梯停了')).toBeVisible()
  await expect(worker.getByRole('link', { name: 'ZX-2026-000001' })).toBeVisible()
  await expectAccessible(worker)
})
