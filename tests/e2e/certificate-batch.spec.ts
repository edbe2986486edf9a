import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { openQueue } from '../hosts/cups.ts'
import type { Client } from '../hosts/desk-process.ts'
import { clerks, test } from './certificate-counter.ts'
import { expect, expectAccessible, openPage, signInAs, test as demoTest } from './desk.ts'

const given = ['丙', '丁', '戊', '己', '庚', '辛', '壬']

/** A team of the one who served and of seven who did not yet. */
async function makeTeam(client: Client, first: number): Promise<void> {
  const { id } = await client.volunteers.saveTeam({
    ...{ id: null, version: null, colour: 'green', name: '护绿队', leaderId: first, active: true },
  })
  for (const name of given) {
    const person = await client.people.register({
      ...{ name: `周${name}`, sex: 1, birth: '1980-01-01', relation: '其他', householdId: null },
      ...{ registeredElsewhere: false, keyGroups: [], note: '', idNumber: '', phones: [], notTheSame: [] },
    })
    await client.volunteers.register({
      ...{ personId: person.id, joinedDay: '2026-01-05', teamIds: [id], nationalNumber: '' },
      ...{ nationalDay: null, skills: [], serviceKinds: [], partyMember: false, note: '' },
    })
  }
}

/** Fills in a new batch of the team up to its button. */
async function chooseTeam(page: Page, kind: string): Promise<void> {
  await page.getByRole('radio', { name: '一支队伍的人' }).check()
  await page.getByRole('radio', { name: /护绿队/ }).check()
  await expect(page.getByText('今天在队里的 8 人都开。')).toBeVisible()
  await page.getByRole('radio', { name: kind }).check()
}

test('a team’s batch is stopped, gone on with, saved as one PDF and printed, and nobody has two', async ({
  browser,
  counter,
  folder,
}) => {
  test.setTimeout(180_000)
  const { client, volunteerId, screen } = counter
  await makeTeam(client, volunteerId)
  const queue = await openQueue()
  try {
    const page = await screen(browser, clerks[0], '/certificates/batches')
    await expect(page.getByRole('radio', { name: '一次活动的人' })).toBeFocused()
    // What a second person approves one by one is no batch of the clerk’s.
    await chooseTeam(page, '感谢状')
    await expect(page.getByText('这种证书要第二人审批，批量由主任来开。')).toBeVisible()
    await expect(page.getByRole('button', { name: /开始开具/ })).toHaveAttribute('aria-disabled', 'true')
    await chooseTeam(page, '午间课堂志愿辅导证书')
    const words = page.getByRole('textbox', { name: /写在证书上的话/ })
    const purpose = page.getByRole('textbox', { name: /用途/ })
    await purpose.press('Enter')
    await expect(words).toBeFocused()
    await expectAccessible(page)
    await words.fill('整个学期不缺一天')
    await purpose.press('Enter')

    // It runs by itself, and stops after the one that is being made.
    await expect(page.getByRole('button', { name: '取消' })).toBeVisible()
    await page.getByRole('button', { name: '取消' }).click()
    await expect(page.getByText('已取消').first()).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: '接着开' }).click()
    await expect(page.getByText(/已开 8 份，共 8 位/).first()).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('开完了').first()).toBeVisible()
    const [head] = await client.certificates.batches({})
    const { items } = await client.certificates.batch({ id: head!.id })
    expect(items.map(({ certificate }) => certificate?.number)).toEqual(
      items.map((_, index) => `RY-2026-00000${index + 1}`),
    )

    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '存成一个 PDF' }).click(),
    ])
    await saved.saveAs(`${folder}.pdf`)
    expect(execFileSync('pdfinfo', [`${folder}.pdf`], { encoding: 'utf8' })).toMatch(/Pages:\s+8\n/)

    if (!('skipped' in queue)) {
      // One that was voided meanwhile is not printed.
      await client.certificates.void({
        ...{ id: items[4]!.certificate!.id, reason: '姓名有误', sheet: 'not-returned' },
      })
      await page.getByRole('button', { name: '打印 8 份…' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('打印机', { exact: true }).selectOption(queue.name)
      // The first two lie there already.
      await dialog.getByLabel(/从第几份起/).fill('3')
      await expect(dialog.getByText('从 RY-2026-000003 起')).toBeVisible()
      await expectAccessible(page)
      await dialog.getByLabel(/从第几份起/).press('Enter')
      await expect(dialog.getByText('这次的 5 份都送出了，请看一眼纸（1 份已作废，没有送）')).toBeVisible({
        timeout: 60_000,
      })
      await expect.poll(() => queue.printed(), { timeout: 60_000 }).toHaveLength(5)
      // One press for the paper that was counted.
      expect((await client.documents.pending({})).length).toBe(5)
      await dialog.getByRole('button', { name: '5 份都出来了' }).click()
      await expect(dialog).toHaveCount(0)
      await expect.poll(() => client.documents.pending({})).toEqual([])
    }

    // The same again is warned about; another kind is not, and who has nothing confirmed is named with what to do.
    await page.getByRole('link', { name: '新的一批' }).click()
    await chooseTeam(page, '午间课堂志愿辅导证书')
    await expect(page.getByText(/再开一批，每人会多一份/)).toBeVisible()
    await expectAccessible(page)
    await chooseTeam(page, '志愿服务记录证明')
    await expect(page.getByText(/再开一批，每人会多一份/)).toHaveCount(0)
    await page.getByRole('button', { name: /开始开具/ }).click()
    await expect(page.getByText(/已开 1 份，7 位没开出，共 8 位/).first()).toBeVisible({ timeout: 60_000 })
    const troubles = page.getByRole('region', { name: '没有开出来的' })
    await expect(troubles).toContainText('这段时间没有确认过的服务时长：周丙、周丁')
    await expect(troubles.getByRole('link', { name: /先在活动里确认服务记录/ })).toBeVisible()
    await expectAccessible(page)
    expect((await client.certificates.list({})).total).toBe(9)
  } finally {
    if (!('skipped' in queue)) await queue.close()
  }
})

demoTest(
  'the frozen list of pioneers is one choice and one press, in its order',
  async ({ page, desk, tokens, demo }) => {
    demoTest.setTimeout(180_000)
    await openPage(page, desk, tokens)
    await signInAs(page, '演示前台')
    await page.goto(`${desk.origin}/certificates/batches`)
    await page.getByRole('radio', { name: '志愿先锋名单' }).check()
    // The only year that is frozen is the one that is meant.
    await expect(page.getByRole('radio', { name: '2025 年' })).toBeChecked()
    await expect(page.getByRole('textbox', { name: /这一批叫什么/ })).toHaveValue('2025 年 · 志愿先锋证书')
    await page.getByRole('textbox', { name: /用途/ }).press('Enter')
    await expect(page.getByText('开完了').first()).toBeVisible({ timeout: 120_000 })
    await expectAccessible(page)
    const { rows } = await demo.volunteers.ranking({ year: 2025, limit: 100 })
    const { places } = await demo.volunteers.pioneerYear({ year: 2025 })
    const [head] = await demo.certificates.batches({})
    const { items } = await demo.certificates.batch({ id: head!.id })
    expect(items.map(({ name }) => name)).toEqual(
      rows.filter(({ rank }) => rank !== null && rank <= places!).map(({ name }) => name),
    )
    expect(items.filter(({ certificate }) => certificate === null)).toEqual([])
  },
)
