import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import type { Client } from '../hosts/desk-process.ts'
import { signIn, startDesk, type DeskProcess, type Tokens } from '../hosts/desk-process.ts'
import { expect, expectAccessible, openPage, pin, settle, signInAs, test as base } from './desk.ts'

const clockedDesk = fileURLToPath(new URL('../hosts/clocked-desk.ts', import.meta.url))

type Clocked = {
  /** A desk whose clock the test holds. `comeBack`: the clerk left the desk locked and unlocks it at that moment. */
  clocked: {
    desk: DeskProcess
    tokens: Tokens
    client: Client
    comeBack: (instant: string, page: Page) => Promise<void>
  }
}

const test = base.extend<Clocked>({
  clocked: async ({ folder }, use) => {
    const clock = (instant: string) => writeFileSync(`${folder}.clock`, instant)
    // Wednesday 30 September 2026, ten o'clock: before the week off and the Saturday that is worked for it.
    clock('2026-09-30T02:00:00.000Z')
    const desk = await startDesk(folder, { main: clockedDesk })
    const tokens = { device: '', session: '' }
    const client = await signIn(desk, tokens)
    await use({
      desk,
      tokens,
      client,
      async comeBack(instant, page) {
        await page.keyboard.press('F12')
        await page.getByRole('dialog', { name: '屏幕已锁定' }).waitFor()
        clock(instant)
        await page.clock.setFixedTime(instant)
        await page.keyboard.type(pin)
        await page.keyboard.press('Enter')
        await page.getByRole('dialog', { name: '屏幕已锁定' }).waitFor({ state: 'hidden' })
        // What another morning shows: the API's session was left open all the while.
        await page.reload()
        await settle(page)
      },
    })
    await desk.end('SIGTERM')
    expect(desk.log()).toBe('')
  },
})

const pdfText = (file: string) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })

/** Saves what the document dialog shows and reads it; closes the dialog. */
async function readSheet(page: Page): Promise<string> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '存为 PDF' }).click()
  const text = pdfText(await (await download).path())
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  return text
}

/** Types a department and takes the first that is offered. */
async function choose(page: Page, ...names: string[]): Promise<void> {
  const field = page.getByRole('combobox', { name: /派给谁|请谁协办/ })
  for (const name of names) {
    await field.fill(name)
    await page.getByRole('option', { name }).first().waitFor()
    await page.keyboard.press('Enter')
  }
}

test('a whistle over 国庆: three departments, each arrives and answers, in time by the worked Saturday', async ({
  page,
  clocked: { desk, tokens, client, comeBack },
}) => {
  const { id, number } = await client.enquiries.accept({
    title: '楼上漏水到我家',
    words: '卫生间天花板一直滴水',
    matterId: null,
    channel: '窗口',
    askerId: null,
    givenName: '李女士',
    givenPhone: '19900000001',
    anonymous: false,
    idRefused: true,
    subjectId: null,
    answer: '',
    ticket: 'e7a1c1a4-6c37-4f0e-9a51-0d5a3c1b2f60',
  })
  await page.clock.setFixedTime('2026-09-30T02:00:00.000Z')
  await openPage(page, desk, tokens)
  await signInAs(page, '主任')
  await page.goto(`${desk.origin}/enquiries/${id}`)
  const detail = page.getByRole('article')
  const departments = page.getByRole('region', { name: /承办单位/ })

  // Five working days from Wednesday: 8, 9, Saturday the 10th, 12 and 13 October.
  await expect(detail.getByText('还剩 5 个工作日').first()).toBeVisible()
  await expect(detail.getByText(/10月13日/).first()).toBeVisible()
  await expectAccessible(page)

  // The whistle.
  await detail.getByRole('button', { name: '派单', exact: true }).click()
  await choose(page, '物业公司（一）', '供水公司', '区住房和城乡建设局')
  await expect(page.getByText(/3 家一起办/)).toBeVisible()
  await page.getByRole('textbox', { name: /要求/ }).fill('三家今天一起上门看现场')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(detail.getByText('网格吹哨 · 部门报到')).toBeVisible()
  await expectAccessible(page)
  const called = await client.enquiries.get({ id })
  expect(called.assignments.map(({ part, department }) => [part, department])).toEqual([
    ['lead', '物业公司（一）'],
    ['assist', '供水公司'],
    ['assist', '区住房和城乡建设局'],
  ])

  // Its slip, as paper and as text.
  await departments.getByRole('button', { name: '派单单，打印给 供水公司' }).click()
  const slip = await readSheet(page)
  for (const wanted of [number, '供水公司', '协办', '三家今天一起上门看现场']) expect(slip).toContain(wanted)
  expect(slip).not.toContain('19900000001')
  const { text } = await client.enquiries.dispatchText({ id, assignmentId: called.assignments[0]!.id })
  expect(text).toContain('主办')
  expect(text).not.toContain('19900000001')

  // Four working hours later nobody has reported: late.
  await comeBack('2026-09-30T08:00:00.000Z', page)
  await expect(departments.getByText('该报到，没报到').first()).toBeVisible()
  await departments.getByRole('button', { name: '物业公司（一） 催办' }).click()
  await page.getByRole('textbox').last().fill('请马上回话')
  await page.keyboard.press('Enter')
  await expect(detail.getByText('请马上回话').first()).toBeVisible()

  // Two report; one gives back.
  await departments.getByRole('button', { name: '物业公司（一） 报到' }).click()
  await page.keyboard.press('Enter')
  await expect(departments.getByText('已报到').first()).toBeVisible()
  await departments.getByRole('button', { name: '供水公司 报到' }).click()
  await page.keyboard.press('Enter')
  await departments.getByRole('button', { name: /区住房和城乡建设局 (协办)?退回/ }).click()
  await page.getByRole('textbox').last().fill('不涉及房屋安全')
  await page.keyboard.press('Enter')
  await expect(departments.getByText('已退回')).toBeVisible()
  await departments.getByRole('button', { name: '供水公司 反馈' }).click()
  await page.getByRole('textbox').last().fill('已关阀，表后管由物业修')
  const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#3a6ea5' } })
    .jpeg()
    .toBuffer()
  await page
    .locator('form input[type=file]')
    .setInputFiles({ name: '阀门.jpg', mimeType: 'image/jpeg', buffer: photo })
  // Drawn anew and stored: its size is told.
  await expect(page.locator('form').getByText(/^\d+ KB$/)).toBeVisible()
  await page.getByRole('textbox').last().focus()
  await page.keyboard.press('Enter')
  await expect(departments.getByText('已反馈').first()).toBeVisible()
  await expect(detail.getByRole('button', { name: /阀门\.jpg/ }).first()).toBeVisible()

  // On the worked Saturday two working days are left after it; the limit is moved with a reason.
  await comeBack('2026-10-10T01:00:00.000Z', page)
  await expect(detail.getByText('还剩 2 个工作日').first()).toBeVisible()
  await detail.getByRole('button', { name: '更多' }).click()
  await page
    .getByRole('menuitem', { name: '延期' })
    .or(page.getByRole('button', { name: '延期', exact: true }))
    .first()
    .click()
  const until = page.getByRole('textbox', { name: /延到哪一天/ })
  await until.fill('2026-10-17')
  await page.getByRole('textbox', { name: /原因/ }).fill('配件要从外地发货')
  await page.keyboard.press('Enter')
  // A Saturday on which nobody works.
  await expect(page.getByText(/那天不上班|不是工作日/).first()).toBeVisible()
  await until.fill('2026-10-16')
  await page.keyboard.press('Enter')
  await expect(detail.getByText(/配件要从外地发货/).first()).toBeVisible()
  expect((await client.enquiries.get({ id })).dueDay).toBe('2026-10-16')

  // The lead says so: the enquiry is answered.
  await comeBack('2026-10-12T02:00:00.000Z', page)
  await detail.getByRole('button', { name: '答复', exact: true }).last().click()
  await page.getByRole('textbox', { name: /答复/ }).fill('立管接头已更换，观察两天不再滴水')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(detail.getByText('立管接头已更换，观察两天不再滴水').first()).toBeVisible()
  expect(await client.enquiries.get({ id })).toMatchObject({ state: 'answered', dueDay: '2026-10-15' })

  // Called back, and the file closed.
  await detail.getByRole('button', { name: '回访', exact: true }).click()
  await page.getByRole('radio', { name: '满意', exact: true }).check()
  await page.getByRole('button', { name: /回访并办结/ }).click()
  await expect(detail.getByText('已办结').first()).toBeVisible()
  await expectAccessible(page)
  const closed = await client.enquiries.get({ id })
  expect(closed).toMatchObject({ state: 'closed', followUp: 'content' })
  expect(closed.events.map(({ step }) => step)).toEqual([
    'accept',
    'dispatch',
    'remind',
    'arrive',
    'arrive',
    'decline',
    'report',
    'extend',
    'answer',
    'follow-up',
  ])
  const { documentId } = await client.enquiries.paper({ id, paper: 'case-file', assignmentId: null })
  const { html } = await client.documents.show({ id: documentId })
  const file = await (await page.request.get(desk.origin + html)).text()
  for (const wanted of [number, '配件要从外地发货', '不涉及房屋安全', '协办']) expect(file).toContain(wanted)
})

test('a step on a case that another screen just moved: told, kept, and taken again', async ({
  page,
  clocked: { desk, tokens, client },
}) => {
  const { id } = await client.enquiries.accept({
    title: '路灯不亮',
    words: '',
    matterId: null,
    channel: '电话',
    askerId: null,
    givenName: '',
    givenPhone: '',
    anonymous: true,
    idRefused: false,
    subjectId: null,
    answer: '',
    ticket: 'e7a1c1a4-6c37-4f0e-9a51-0d5a3c1b2f61',
  })
  await page.clock.setFixedTime('2026-09-30T02:00:00.000Z')
  await openPage(page, desk, tokens)
  await signInAs(page, '主任')
  await page.goto(`${desk.origin}/enquiries/${id}`)
  const detail = page.getByRole('article')
  await detail.getByRole('button', { name: '派单', exact: true }).click()
  await choose(page, '供电公司')
  await page.getByRole('textbox', { name: /要求/ }).fill('巷口第二盏')
  // Meanwhile somebody at the other window writes a note; this screen's feed is held back.
  await page.route('**/rpc/enquiries/get', (route) => route.abort())
  await client.enquiries.note({ id, version: 1, text: '居民又打来一次', fileIds: [] })
  await page.keyboard.press('Enter')
  await expect(page.getByText(/您写的还在/)).toBeVisible()
  await expect(page.getByRole('textbox', { name: /要求/ })).toHaveValue('巷口第二盏')
  expect((await client.enquiries.get({ id })).state).toBe('accepted')
  await page.unroute('**/rpc/enquiries/get')
  await page.getByRole('button', { name: /^派单/ }).last().click()
  await expect(
    page
      .getByRole('region', { name: /承办单位/ })
      .getByText('供电公司')
      .first(),
  ).toBeVisible()
  expect((await client.enquiries.get({ id })).state).toBe('dispatched')
})
