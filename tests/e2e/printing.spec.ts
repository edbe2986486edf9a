import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { openQueue } from '../hosts/cups.ts'
import { expect, expectAccessible, openPage, signInAs, test } from './desk.ts'

test('a receipt goes to the named queue, and the clerk says whether paper came', async ({
  page,
  desk,
  tokens,
  demo,
}) => {
  const queue = await openQueue()
  test.skip('skipped' in queue, 'skipped' in queue ? queue.skipped : '')
  if ('skipped' in queue) return
  try {
    const { id, number } = await demo.enquiries.accept({
      title: '居住证明',
      words: '',
      matterId: null,
      channel: '窗口',
      askerId: null,
      givenName: '测试来访人',
      givenPhone: '',
      anonymous: false,
      subjectId: null,
      answer: '',
      ticket: randomUUID(),
    })
    await openPage(page, desk, tokens)
    await signInAs(page, '演示前台')
    await page.goto(`${desk.origin}/enquiries/${id}`)
    await page.getByRole('button', { name: '打印', exact: true }).click()
    await page.getByRole('menuitem', { name: /受理回执/ }).click()
    await expect(page.frameLocator('iframe').getByText(number).first()).toBeVisible()
    await page.getByLabel('打印机', { exact: true }).selectOption(queue.name)
    await page.getByRole('button', { name: '送打印机' }).click()

    // Handed over is not printed: the clerk looks at the paper.
    const came = page.getByRole('button', { name: /^出来了/ })
    await expect(came).toBeVisible({ timeout: 30_000 })
    await expectAccessible(page)
    expect(await demo.documents.pending({})).toMatchObject([
      { state: 'spooled', printer: queue.name, copies: 1 },
    ])
    await expect.poll(() => queue.printed(), { timeout: 30_000 }).toHaveLength(1)
    const [sheet] = await queue.printed()
    expect(execFileSync('pdfinfo', [sheet!], { encoding: 'utf8' })).toMatch(/Pages:\s+1\n/)
    await came.click()
    await expect.poll(() => demo.documents.pending({})).toEqual([])
  } finally {
    await queue.close()
  }
})
