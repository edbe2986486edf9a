import { randomUUID } from 'node:crypto'
import { expect, expectAccessible, openPage, test, signInAs } from './desk.ts'
import type { Client } from '../hosts/desk-process.ts'

/** An enquiry as another screen of the desk takes it. */
const accept = (demo: Client, title: string, askerId: number, matterId: number | null = null) =>
  demo.enquiries.accept({
    title,
    words: '',
    matterId,
    channel: '窗口',
    askerId,
    givenName: '',
    givenPhone: '',
    anonymous: false,
    subjectId: null,
    answer: '',
    ticket: randomUUID(),
  })

const everyNumber = async (demo: Client) =>
  (await demo.enquiries.list({ state: 'all', limit: 100 })).rows.length

test('somebody who only asks how it stands is told at once, and gets no second number', async ({
  page,
  desk,
  tokens,
  demo,
}) => {
  const asker = (await demo.people.list({})).rows[0]!
  const earlier = await accept(demo, '楼道灯不亮', asker.id)
  await demo.enquiries.note({
    id: earlier.id,
    version: earlier.version,
    text: '物业说明天上午来换灯',
    fileIds: [],
  })
  const before = await everyNumber(demo)

  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  await page.goto(`${desk.origin}/enquiries`)
  const who = page.getByRole('combobox', { name: '谁来问' })
  await who.fill(asker.name)
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')

  // Offered above the title, and not in the way of a new one: the title has the focus.
  const offer = page.getByRole('region', { name: '这件事可能来过' })
  await expect(offer).toContainText(earlier.number)
  await expect(offer).toContainText('同一人')
  await expect(page.getByRole('combobox', { name: '什么事' })).toBeFocused()
  await expectAccessible(page)

  // By keyboard: back from the title into the offer.
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('button', { name: `只问进展 ${earlier.number}` })).toBeFocused()
  await page.keyboard.press('Enter')
  const asked = page.getByLabel(/这次问了什么/)
  await expect(asked).toBeFocused()
  await asked.fill('来问灯什么时候换')

  // What was typed survives a reload.
  await page.reload()
  await expect(page.getByLabel(/这次问了什么/)).toHaveValue('来问灯什么时候换')
  await page.getByLabel(/这次问了什么/).press('Enter')

  // The answer can be given on the spot.
  await expect(page.getByRole('status').filter({ hasText: '没有另立新号' })).toBeVisible()
  await expect(page.getByRole('heading', { name: earlier.number })).toBeVisible()
  await expect(page.getByText('物业说明天上午来换灯')).toBeVisible()
  await expectAccessible(page)
  expect(await everyNumber(demo)).toBe(before)
  const now = await demo.enquiries.get({ id: earlier.id })
  expect(now.events.at(-1)).toMatchObject({ step: 'ask', text: '来问灯什么时候换' })

  // The next one begins with an empty entry.
  await page.keyboard.press('Enter')
  await expect(who).toBeFocused()
  await expect(who).toHaveValue('')
  await expect(page.getByRole('region', { name: '这件事可能来过' })).toBeHidden()
})

test('the same person may come with something new, by Enter as ever', async ({
  page,
  desk,
  tokens,
  demo,
}) => {
  const asker = (await demo.people.list({})).rows[0]!
  await accept(demo, '楼道灯不亮', asker.id)
  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  await page.goto(`${desk.origin}/enquiries`)
  await page.getByRole('combobox', { name: '谁来问' }).fill(asker.name)
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: '这件事可能来过' }).waitFor()
  await page.keyboard.type('领老年证')
  await page.getByRole('checkbox', { name: '不愿出示证件' }).check()
  await page.keyboard.press('Enter')
  const number = await page.locator('#accepted-number').innerText()
  const [made] = (await demo.enquiries.list({ state: 'all', limit: 1 })).rows
  expect(number).toBe(made!.number)
  expect((await demo.enquiries.get({ id: made!.id })).idRefused).toBe(true)
})

test('a second leak in the building is put together with the first', async ({ page, desk, tokens, demo }) => {
  const matter = (await demo.enquiries.matters({})).find(({ active }) => active)!
  // Two doors of one building.
  const { rows } = await demo.people.list({ limit: 100 })
  const buildingOf = (door: string | null) => /^(.*?栋)/.exec(door ?? '')?.[1]
  const [first, second] = rows
    .flatMap((one) => rows.map((other) => [one, other] as const))
    .find(
      ([one, other]) =>
        one.householdId !== other.householdId &&
        buildingOf(one.door) !== undefined &&
        buildingOf(one.door) === buildingOf(other.door),
    )!
  const leak = await accept(demo, '屋顶漏水', first.id, matter.id)

  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  await page.goto(`${desk.origin}/enquiries`)
  await page.getByRole('combobox', { name: '谁来问' }).fill(second.name)
  await page.getByRole('option').filter({ hasText: second.door! }).first().click()
  await page.getByRole('combobox', { name: '什么事' }).fill(matter.name)
  const together = page.getByRole('checkbox', { name: /一起办/ })
  await together.check()
  await page.keyboard.press('Enter')
  await page.locator('#accepted-number').waitFor()
  await expect(page.getByText(/并在一起/)).toBeVisible()
  const { group } = await demo.enquiries.get({ id: leak.id })
  expect(group?.others).toHaveLength(1)
})
