import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { openQueue } from '../hosts/cups.ts'
import type { Client } from '../hosts/desk-process.ts'
import { openClocked, type Clocked } from './clocked.ts'
import { expect, expectAccessible, pin, test as base } from './desk.ts'

const names = ['周桂兰', '陈立新', '黄小梅', '谢文斌']
const clerks = ['前台小邓', '前台小罗'] as const

type Alliance = Clocked & {
  /** Ids of the four, in the order of their names. */
  volunteers: number[]
  /** The activity of Saturday the 28th that nobody recorded yet; all four signed up. */
  activityId: number
}

const plain = { breakMinutes: 0, minutes: null, reason: '', rating: null }

async function addActivity(client: Client, name: string, starts: string, ends: string): Promise<number> {
  const { id } = await client.volunteers.saveActivity({
    ...{ id: null, version: null, ticket: randomUUID(), kind: 'service' as const, own: true },
    ...{ name, day: '2026-11-28', starts, ends, place: '社区广场', content: '清理楼道杂物' },
    ...{ organiser: '志愿联盟', inCharge: '队长', capacity: null, colour: 'green' as const, teamId: null },
  })
  return id
}

const test = base.extend<{ alliance: Alliance }>({
  alliance: async ({ folder }, use) => {
    // Monday 30 November 2026, ten o'clock: on Saturday was the 28th.
    const now = '2026-11-30T02:00:00.000Z'
    const clocked = await openClocked(folder, now)
    const { client } = clocked
    for (const name of clerks) await client.session.addOperator({ name, role: 'clerk', pin })
    await client.volunteers.addPointRule({
      ...{ kind: 'service' as const, perHour: 2, perAttendance: 0, fromDay: '2026-01-01', toDay: null },
    })
    const volunteers: number[] = []
    for (const name of names) {
      const person = await client.people.register({
        ...{ name, sex: 9 as const, birth: '1970-05-04', relation: '户主' as const, householdId: null },
        ...{ registeredElsewhere: false, keyGroups: [], note: '', idNumber: '', phones: [], notTheSame: [] },
      })
      const { id } = await client.volunteers.register({
        ...{
          personId: person.id,
          joinedDay: '2026-01-05',
          teamIds: [],
          nationalNumber: '',
          nationalDay: null,
        },
        ...{ skills: [], serviceKinds: [], partyMember: false, note: '' },
      })
      volunteers.push(id)
    }
    const activityId = await addActivity(client, '清洁家园', '08:30', '11:00')
    await client.volunteers.signUp({ activityId, volunteerIds: volunteers })
    await use({
      ...{ ...clocked, volunteers, activityId },
    })
    await clocked.close()
  },
})

test('the day after the 28th: one enters the sheet, another confirms it, and points are there', async ({
  browser,
  alliance,
}) => {
  const { client, volunteers, activityId, screen } = alliance
  // 谢文斌 also stands on the sheet of another activity, which lies over the end of this one.
  const other = await addActivity(client, '健康义诊', '10:00', '12:00')
  await client.volunteers.saveRollCall({
    ...{ ticket: randomUUID(), activityId: other },
    lines: [{ ...plain, volunteerId: volunteers[3]!, arrived: '10:00', left: '12:00' }],
  })

  const first = await screen(browser, clerks[0], `/volunteers/${activityId}`)
  await first.getByRole('link', { name: '点名', exact: true }).click()
  await expect(first.getByRole('heading', { name: '点名 · 清洁家园' })).toBeVisible()
  await first.getByRole('button', { name: '全部到了' }).click()
  await first.getByRole('textbox', { name: '周桂兰 到的时间' }).fill('0850')
  await first.getByRole('textbox', { name: '周桂兰 到的时间' }).press('Tab')
  await expectAccessible(first)

  // Late and on two sheets at once: neither goes in without a word.
  await first.getByRole('button', { name: '保存点名' }).click()
  for (const name of ['周桂兰', '谢文斌']) {
    const reason = first.getByRole('textbox', { name: `${name} 原因`, exact: true })
    await expect(reason).toHaveAttribute('aria-invalid', 'true')
    await reason.fill(name === '周桂兰' ? '送孩子上学' : '中途去了义诊，两边核对过')
  }
  await first.getByRole('button', { name: '保存点名' }).click()
  await expect(first.getByText('这些由你录入，请另一位同事确认')).toBeVisible()
  await expect(first.getByText('时间重叠')).toBeVisible()
  await expect(first.getByRole('button', { name: /确认/ })).toHaveCount(0)
  await expectAccessible(first)
  // The desk refuses it too, whatever a screen shows.
  const [entered] = (await client.volunteers.records({ activityId })).rows
  expect(entered!.confirmed).toBeNull()
  expect(await client.volunteers.balance({ volunteerId: volunteers[0]! })).toEqual({ points: 0 })

  // 今日 knows that somebody has to look at it, and until when.
  const second = await screen(browser, clerks[1], '/')
  const today = second.getByRole('navigation', { name: '志愿者', exact: true })
  await today.getByRole('link', { name: /待确认 2/ }).click()
  await second
    .getByRole('link', { name: /清洁家园/ })
    .first()
    .click()
  await second.getByRole('button', { name: '全部确认 4 人' }).click()
  await expect(second.getByText('待确认 4 人', { exact: true })).toHaveCount(0)
  await expectAccessible(second)

  // Ten past two hours late: 2 h 10 min are 4 points, the whole sheet 5; the first screen follows by itself.
  await expect(first.getByText(`${clerks[1]}确认`).first()).toBeVisible()
  expect(await client.volunteers.balance({ volunteerId: volunteers[0]! })).toEqual({ points: 4 })
  expect(await client.volunteers.balance({ volunteerId: volunteers[1]! })).toEqual({ points: 5 })

  // Whose own sheet it is may not confirm it at the desk either.
  const waiting = (await client.volunteers.records({ activityId: other })).rows
  const own = client.volunteers.confirmRecords({ activityId: other, recordIds: [waiting[0]!.id] })
  await expect(own).rejects.toMatchObject({ code: 'FORBIDDEN' })

  // The ranking of the open year and the report count the same minutes.
  await second.goto(`${alliance.desk.origin}/volunteers/pioneer`)
  await expect(second.getByRole('row', { name: /并列第 1 名 陈立新/ })).toBeVisible()
  await expect(second.getByText(/还有 1 条记录没人确认/)).toBeVisible()
  await expectAccessible(second)
  await second.goto(`${alliance.desk.origin}/volunteers/reports`)
  await expect(second.getByText('9 小时 40 分').first()).toBeVisible()
  await second.getByRole('button', { name: /^人次：4/ }).click()
  await expect(second.getByRole('dialog').getByText('周桂兰')).toBeVisible()
  await expectAccessible(second)
})

test('the last gift goes to one of two screens, the other is told, and the slip is printed', async ({
  browser,
  alliance,
}) => {
  const { client, volunteers, activityId, screen } = alliance
  const enterer = await screen(browser, clerks[0], '/volunteers/points')
  const other = await screen(browser, clerks[1], '/volunteers/points')
  // The manager enters; a clerk of another screen confirms.
  await client.volunteers.saveRollCall({
    ...{ ticket: randomUUID(), activityId },
    lines: volunteers.map((volunteerId) => ({ ...plain, volunteerId, arrived: '08:30', left: '11:00' })),
  })
  await other.goto(`${alliance.desk.origin}/volunteers/${activityId}`)
  await other.getByRole('button', { name: '全部确认 4 人' }).click()
  await expect.poll(() => client.volunteers.balance({ volunteerId: volunteers[0]! })).toEqual({ points: 5 })
  const cup = await client.volunteers.saveGift({
    ...{ id: null, version: null, name: '保温杯', points: 3, description: '', photoId: null, active: true },
  })
  await client.volunteers.moveStock({ giftId: cup.id, cause: 'delivery', amount: 1, reason: '' })

  // Both screens have the last one before them.
  await enterer.goto(`${alliance.desk.origin}/volunteers/points?of=${volunteers[0]}`)
  await other.goto(`${alliance.desk.origin}/volunteers/points?of=${volunteers[1]}`)
  for (const page of [enterer, other]) {
    await page.getByRole('button', { name: /保温杯/ }).click()
    await expect(page.getByRole('form', { name: '兑换' })).toBeVisible()
  }
  await expectAccessible(enterer)
  // The news of the first one is still on its way when the second one is pressed.
  let letThrough = () => {}
  const held = new Promise<void>((resolve) => (letThrough = resolve))
  await other.route(/volunteers\/gifts/, async (route) => {
    await held
    await route.continue()
  })
  await enterer.getByRole('button', { name: /兑换并打印领取单/ }).press('Enter')
  await expect(enterer.getByRole('dialog')).toBeVisible()
  await other.getByRole('button', { name: /兑换并打印领取单/ }).press('Enter')
  await expect(other.getByRole('alert')).toContainText('“保温杯”刚被领走')
  await expect(other.getByRole('alert')).toContainText('积分和库存都没有动')
  letThrough()
  await expect(other.getByRole('button', { name: /保温杯/ })).toContainText('已经领完')
  expect(await client.volunteers.balance({ volunteerId: volunteers[0]! })).toEqual({ points: 2 })
  expect(await client.volunteers.balance({ volunteerId: volunteers[1]! })).toEqual({ points: 5 })
  await expectAccessible(other)

  // The slip goes to the named queue, and the clerk looks at the paper.
  const slip = enterer.frameLocator('iframe')
  for (const words of ['DH-2026-000001', '保温杯', '周桂兰']) {
    await expect(slip.getByText(words).first()).toBeVisible()
  }
  const queue = await openQueue()
  test.skip('skipped' in queue, 'skipped' in queue ? queue.skipped : '')
  if ('skipped' in queue) return
  try {
    await enterer.goto(`${alliance.desk.origin}/volunteers/points?of=${volunteers[0]}`)
    await enterer
      .getByRole('button', { name: /领取单/ })
      .first()
      .click()
    await enterer.getByLabel('打印机', { exact: true }).selectOption(queue.name)
    await enterer.getByRole('button', { name: '送打印机' }).click()
    await expect(enterer.getByRole('button', { name: /^出来了/ })).toBeVisible({ timeout: 30_000 })
    await expect.poll(() => queue.printed(), { timeout: 30_000 }).toHaveLength(1)
    const [sheet] = await queue.printed()
    // The spooler draws letters anew, so that what they say was read before.
    expect(execFileSync('pdfinfo', [sheet!], { encoding: 'utf8' })).toMatch(/Pages:\s+1\n/)
    await enterer.getByRole('button', { name: /^出来了/ }).click()
    await expect.poll(() => client.documents.pending({})).toEqual([])
  } finally {
    await queue.close()
  }
})
