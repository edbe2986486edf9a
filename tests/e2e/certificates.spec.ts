import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../electron/database/open.ts'
import { openQueue } from '../hosts/cups.ts'
import type { Client, DeskProcess } from '../hosts/desk-process.ts'
import { body, clerks, test } from './certificate-counter.ts'
import { expect, expectAccessible } from './desk.ts'

/** What a person reads on the PDF of a document. */
async function textOf(
  desk: DeskProcess,
  client: Client,
  documentId: number,
  folder: string,
): Promise<string> {
  const { pdf } = await client.documents.show({ id: documentId })
  const file = `${folder}/${documentId}.pdf`
  writeFileSync(file, Buffer.from(await (await fetch(desk.origin + pdf)).arrayBuffer()))
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
}

test('from the volunteer’s page to the paper: issued, printed again, void, and the check says so', async ({
  browser,
  counter,
  folder,
}) => {
  const { desk, client, volunteerId, screen } = counter
  const queue = await openQueue()
  try {
    const page = await screen(browser, clerks[0], `/volunteers/people/${volunteerId}`)
    await page.getByRole('link', { name: '开证明' }).first().click()
    const form = page.getByRole('form', { name: '给周桂兰开证书' })
    await expect(form).toBeVisible()
    // What counts, what does not yet, and the sheet itself.
    await expect(page.getByText('2 小时 30 分 · 1 次活动')).toBeVisible()
    await expect(page.getByText('还有 1 条没确认（1 小时 30 分），不写在证书上。')).toBeVisible()
    await expect(page.getByRole('link', { name: /去确认：清洁家园 2026-11-21/ })).toBeVisible()
    await expect(page.frameLocator('iframe[title^=样张]').getByText('周桂兰').first()).toBeVisible()
    await expectAccessible(page)

    // Enter without a purpose issues nothing; with it, the one press does it all.
    const purpose = page.getByRole('textbox', { name: /用途/ })
    await expect(purpose).toBeFocused()
    await purpose.press('Enter')
    await expect(page.getByText('请写用途，记在发放登记里')).toBeVisible()
    expect((await client.certificates.list({})).total).toBe(0)
    await purpose.fill('应聘')
    if (!('skipped' in queue)) await page.getByLabel('送哪台打印机').selectOption(queue.name)
    await purpose.press('Enter')
    await expect(page.getByRole('heading', { name: /周桂兰 ZM-2026-000001/ })).toBeVisible({
      timeout: 30_000,
    })
    const issued = (await client.certificates.list({})).rows[0]!
    expect(issued).toMatchObject({ number: 'ZM-2026-000001', minutes: 150, purpose: '应聘', copies: 1 })
    const { documentId } = await client.certificates.certificate({ id: issued.id })
    const sheet = await textOf(desk, client, documentId, folder)
    for (const words of ['ZM-2026-000001', '周桂兰', '2 小时 30 分', body]) expect(sheet).toContain(words)

    if ('skipped' in queue) {
      // The sheet opens by itself, for the dialog and for saving.
      await expect(page.getByRole('dialog').frameLocator('iframe').getByText('周桂兰').first()).toBeVisible()
      await page.keyboard.press('Escape')
    } else {
      // Handed over is not printed: the clerk looks at the paper.
      const came = page.getByRole('button', { name: '出来了' })
      await expect(came).toBeVisible({ timeout: 30_000 })
      await expectAccessible(page)
      await expect.poll(() => queue.printed(), { timeout: 30_000 }).toHaveLength(1)
      const [paper] = await queue.printed()
      const pages = (file: string) =>
        /Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))![1]
      const kept = `${folder}/${documentId}.pdf`
      expect(pages(paper!)).toBe(pages(kept))
      await came.click()
      await expect.poll(() => client.documents.pending({})).toEqual([])
    }
    await expectAccessible(page)

    // Once more: the same number, marked as a copy, with its reason.
    await page.getByRole('button', { name: '补打…' }).click()
    await page.getByRole('button', { name: '遗失' }).click()
    if (!('skipped' in queue)) await page.getByLabel('送哪台打印机').selectOption('')
    await expectAccessible(page)
    await page.getByRole('button', { name: '补打', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await expect(
      dialog
        .frameLocator('iframe')
        .getByText(/补打\s*第\s*1\s*次/)
        .first(),
    ).toBeVisible({ timeout: 30_000 })
    await page.keyboard.press('Escape')
    const copied = await client.certificates.certificate({ id: issued.id })
    expect(copied).toMatchObject({
      number: 'ZM-2026-000001',
      copies: 2,
      reprints: [{ copy: 1, reason: '遗失' }],
    })
    const copy = await textOf(desk, client, copied.reprints[0]!.documentId, folder)
    expect(copy.replace(/\s/g, '')).toContain('补打第1次')
    expect(copy).toContain('ZM-2026-000001')

    // Handed out to the one whose name is on it.
    await page.getByRole('button', { name: '领取登记' }).click()
    await expect(page.getByRole('textbox', { name: '领取人' })).toHaveValue('周桂兰')
    await page.getByRole('button', { name: '登记领取' }).click()
    await expect(page.getByText(/周桂兰（本人）/)).toBeVisible()

    // Another screen checks the code: valid, and what was certified.
    const other = await screen(browser, clerks[1], '/certificates/check')
    const code = other.getByRole('textbox', { name: '二维码或编号' })
    await expect(code).toBeFocused()
    await code.fill(copied.statement)
    await code.press('Enter')
    await expect(other.getByText('有效', { exact: true })).toBeVisible()
    for (const words of ['ZM-2026-000001', '周*兰', '2 小时 30 分', body])
      await expect(other.getByText(words, { exact: true })).toBeVisible()
    await expectAccessible(other)

    // Void: with a reason and what became of the sheet.
    await page.getByRole('button', { name: '作废…' }).click()
    await page.getByRole('button', { name: '时间段选错了' }).click()
    await page.getByRole('button', { name: '作废', exact: true }).click()
    await expect(page.getByText('请选纸质证书现在在哪')).toBeVisible()
    await page.getByRole('radio', { name: '已收回' }).check()
    await page.getByRole('button', { name: '作废', exact: true }).click()
    await expect(page.getByText(/时间段选错了。纸质证书已收回/)).toBeVisible()
    await expectAccessible(page)
    await code.fill('zm-2026-000001')
    await code.press('Enter')
    await expect(other.getByText('已作废', { exact: true })).toBeVisible()
    await expect(other.getByText('作废原因：时间段选错了。')).toBeVisible()
    await expectAccessible(other)

    // One step from the voided one to its replacement, which cites it.
    await page.getByRole('link', { name: '重新开一份代替它' }).click()
    await expect(page.getByRole('textbox', { name: /用途/ })).toHaveValue('应聘')
    await expect(page.getByLabel('代替已作废的')).toHaveValue(String(issued.id))
    await page.getByRole('textbox', { name: /用途/ }).press('Enter')
    await expect(page.getByRole('heading', { name: /周桂兰 ZM-2026-000002/ })).toBeVisible({
      timeout: 30_000,
    })
    expect(await client.certificates.certificate({ id: issued.id })).toMatchObject({
      ...{ standing: 'superseded', replacedBy: { number: 'ZM-2026-000002' } },
    })
    await code.fill(copied.statement)
    await code.press('Enter')
    await expect(other.getByText('已作废，已换发', { exact: true })).toBeVisible()
    // A code of which one sign was changed says nothing that could be believed.
    const at = copied.statement.length - 10
    await code.fill(
      copied.statement.slice(0, at) +
        (copied.statement[at] === 'A' ? 'B' : 'A') +
        copied.statement.slice(at + 1),
    )
    await code.press('Enter')
    await expect(other.getByText('被改动过，不可采信')).toBeVisible()
    await expect(other.getByText('周*兰')).toHaveCount(0)
  } finally {
    if (!('skipped' in queue)) await queue.close()
  }
})

test('what needs a second person is asked for, approved by another, and then issued', async ({
  browser,
  counter,
}) => {
  const { desk, client, volunteerId, screen } = counter
  const asking = await screen(browser, clerks[0], `/certificates/new?of=${volunteerId}`)
  await asking.getByRole('radio', { name: '感谢状' }).check()
  await asking.getByRole('textbox', { name: /写在证书上的话/ }).fill('在抗冰除雪中不怕辛劳')
  await asking.getByRole('textbox', { name: /用途/ }).fill('表彰')
  await asking.getByRole('button', { name: /送第二人审批/ }).click()
  await expect(asking.getByText('由你申请，请另一位同事审批')).toBeVisible()
  expect((await client.certificates.list({})).total).toBe(0)

  const second = await screen(browser, clerks[1], '/')
  await second.getByRole('link', { name: /待审批 1/ }).click()
  // Who says yes looks at the sheet first.
  await second.getByRole('button', { name: /^看样张：周桂兰/ }).click()
  await expect(
    second
      .frameLocator('iframe[title^=样张]')
      .getByText(/在抗冰除雪中不怕辛劳/)
      .first(),
  ).toBeVisible()
  await expectAccessible(second)
  await second.getByRole('button', { name: /^同意：周桂兰/ }).click()
  // The first screen hears of it by itself, wherever it is: 今日 tells, and the tab stays until it is issued.
  await expect(asking.getByRole('link', { name: '开具', exact: true })).toBeVisible()
  await asking.goto(`${desk.origin}/certificates`)
  await expect(asking.getByRole('link', { name: '审批 1' })).toBeVisible()
  await asking.goto(desk.origin)
  await asking.getByRole('link', { name: /已同意，待开具 1/ }).click()
  await asking.getByRole('link', { name: '开具', exact: true }).click()
  await expect(asking.getByText('在抗冰除雪中不怕辛劳')).toBeVisible()
  await expectAccessible(asking)
  await asking.getByRole('button', { name: /^开具/ }).click()
  await expect(asking.getByRole('heading', { name: /周桂兰 RY-2026-000001/ })).toBeVisible({
    timeout: 30_000,
  })
  const [line] = (await client.certificates.list({})).rows
  expect(await client.certificates.certificate({ id: line!.id })).toMatchObject({
    ...{ operator: clerks[0], approvedBy: clerks[1] },
  })
  await expect(asking.getByRole('link', { name: /审批/ })).toHaveCount(0)
})

test('a certificate that was edited in the data file is neither drawn nor printed', async ({
  browser,
  counter,
  folder,
}) => {
  const { client, volunteerId, screen } = counter
  const { certificate } = await client.certificates.issue({
    ticket: randomUUID(),
    wanted: {
      ...{ kind: 'record' as const, volunteerId, personId: null, from: '2026-01-01', to: '2026-11-22' },
      ...{ layout: 'totals' as const, purpose: '应聘', words: '', seal: false },
    },
    ...{ requestId: null, replacesId: null, print: null },
  })
  const path = `/certificates/${certificate.id}`
  const page = await screen(browser, clerks[0], path)
  await expect(page.frameLocator('iframe[title^=证书]').getByText('2 小时 30 分').first()).toBeVisible()

  const file = openDatabase(join(folder, 'desk.sqlite3'))
  file
    .prepare("UPDATE document SET data = replace(data, '2 小时 30 分', '200 小时') WHERE id = ?")
    .run(certificate.documentId)
  file.close()
  await page.reload()
  await expect(page.getByText('有人在程序外改过')).toBeVisible()
  await expect(page.getByText('不显示改过的证书')).toBeVisible()
  await expect(page.locator('iframe')).toHaveCount(0)
  for (const way of [/看原件/, /补打/]) await expect(page.getByRole('button', { name: way })).toHaveCount(0)
  await expectAccessible(page)
})
