import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Client } from '../hosts/desk-process.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import { heic, photoTakenAt } from '../workbench/sample-files.ts'
import { expect, expectAccessible, openPage, test as base, signInAs } from './desk.ts'

const yesterday = addDays(localDay(new Date()), -1)
/** Yesterday's time of day as a camera writes it. */
const cameraTime = (time: string) => `${yesterday.replaceAll('-', ':')} ${time}`

const test = base.extend<{ card: string }>({
  card: async ({}, use) => {
    const card = mkdtempSync(join(tmpdir(), 'desk-card-'))
    await use(card)
    rmSync(card, { recursive: true, force: true })
  },
})

/** A card as it comes out of a phone: two folders that number alike, one photo broken off, one that Windows cannot show. */
async function fill(card: string): Promise<void> {
  for (const folder of ['100MEDIA', '101MEDIA']) mkdirSync(join(card, folder))
  const put = (path: string, bytes: Buffer) => writeFileSync(join(card, path), bytes)
  put('100MEDIA/IMG_0001.jpg', await photoTakenAt(cameraTime('10:21:30'), 3))
  put('100MEDIA/IMG_0002.jpg', await photoTakenAt(cameraTime('10:24:00'), 5))
  put('101MEDIA/IMG_0001.jpg', await photoTakenAt(cameraTime('10:25:10'), 7))
  put('101MEDIA/IMG_0002.jpg', await photoTakenAt('1970:01:01 00:00:10', 9))
  put('101MEDIA/IMG_0003.jpg', (await photoTakenAt(cameraTime('10:26:00'), 11)).subarray(0, 9000))
  put('101MEDIA/IMG_0004.HEIC', heic)
  put('101MEDIA/Thumbs.db', Buffer.from('nothing'))
}

/** The demo's own waiting photos are out of the way. */
async function clearWaiting(demo: Client): Promise<void> {
  const { photos } = await demo.visits.waitingPhotos({ limit: 200 })
  if (photos.length === 0) return
  await demo.visits.dropPhotos({ photoIds: photos.map(({ id }) => id), reason: '不在这次走查里' })
}

/** A visit of yesterday at 10:20, entered by another screen. */
async function visited(demo: Client) {
  const { householdId } = (await demo.people.list({})).rows.find((person) => person.householdId !== null)!
  const [visitor] = await demo.visits.visitors({})
  return demo.visits.addVisit({
    ticket: randomUUID(),
    ...{ householdId: householdId!, roundId: null, day: yesterday, time: '10:20', outcome: 'met' },
    ...{ visitorIds: [visitor!.id], metIds: [], metOthers: '邻居', themes: [], note: '', needs: [] },
    ...{ followUpDay: null, photoIds: [], again: true },
  })
}

const choose = (page: Page, card: string) => page.getByLabel('选择文件夹').setInputFiles(card)

test('a card full of photos comes in at once, the broken ones named, and goes to the visit by the camera’s time', async ({
  page,
  desk,
  tokens,
  demo,
  card,
}) => {
  await fill(card)
  await clearWaiting(demo)
  const visit = await visited(demo)
  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  await page.goto(`${desk.origin}/visits/photos`)
  await expect(page.getByText('没有等着的照片')).toBeVisible()
  await expectAccessible(page)

  await choose(page, card)
  const bad = page.getByRole('list', { name: '没收进来的文件' }).getByRole('listitem')
  await expect(page.getByText('收进 4 张')).toBeVisible()
  await expect(bad).toHaveCount(2)
  await expect(bad.filter({ hasText: 'IMG_0003.jpg' })).toContainText('不完整或已损坏')
  await expect(bad.filter({ hasText: 'IMG_0004.HEIC' })).toContainText('HEIC')

  const proposed = page.getByRole('region', { name: visit.door })
  await expect(proposed).toContainText('相差 2–5 分钟')
  await expect(proposed.getByRole('checkbox')).toHaveCount(3)
  await expect(page.getByRole('region', { name: /相机的时间没有调过/ })).toBeVisible()
  await expectAccessible(page)

  // The same card once more: nothing is sent again.
  await choose(page, card)
  await expect(page.getByText('以前收过 4 张')).toBeVisible()
  expect((await demo.visits.waitingPhotos({ limit: 60 })).total).toBe(4)

  // One shows the ID card: covered from now on, and it stays with the others.
  await proposed.getByRole('checkbox').nth(0).uncheck()
  await proposed.getByRole('checkbox').nth(1).uncheck()
  await proposed.getByRole('button', { name: '标为证件' }).click()
  await expect(proposed.getByText('证件', { exact: true })).toBeVisible()
  await proposed.getByRole('button', { name: '全选' }).click()
  await expectAccessible(page)

  // One key for the group; the next one has the focus.
  await proposed.getByRole('button', { name: /是这一户/ }).press('Enter')
  await expect(proposed).toHaveCount(0)
  await expect(page.getByRole('button', { name: '选走访，1 张' })).toBeFocused()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '1 张照片是哪一次走访的' })
  // Open at last: the field of the door has the focus.
  await expect(dialog.getByRole('textbox', { name: '门牌里有' })).toBeFocused()
  await dialog.getByLabel('走访那天').fill(yesterday)
  await dialog.getByRole('textbox', { name: '门牌里有' }).fill(visit.door.slice(-3))
  await expectAccessible(page)
  await dialog.getByRole('button', { name: visit.door }).first().click()
  await expect(page.getByText('没有等着的照片')).toBeVisible()

  const { photos } = await demo.visits.visit({ id: visit.id })
  expect(photos.map(({ file, mark }) => [file.name, mark])).toEqual([
    ['IMG_0001.jpg', ''],
    ['IMG_0002.jpg', ''],
    ['IMG_0001.jpg', 'id-card'],
    ['IMG_0002.jpg', ''],
  ])

  // One of them is of another door, and in the end the whole visit was: all of them wait again.
  await page.goto(`${desk.origin}/households/${visit.householdId}`)
  const written = page.getByRole('article', { name: `${yesterday} 走访` }).filter({ hasText: '邻居' })
  const large = written.getByRole('button', { name: /看大图/ })
  await large.first().click()
  await expectAccessible(page)
  await page.getByRole('button', { name: '不是这一次的，放回去' }).click()
  await expect(large).toHaveCount(3)
  await expect(large.first()).toBeFocused()
  await written.getByRole('button', { name: '作废' }).click()
  await page.keyboard.type('记到别家门上了')
  await page.keyboard.press('Enter')
  await expect(page.getByText('3 张照片在“照片”里等着')).toBeVisible()
  expect((await demo.visits.waitingPhotos({ limit: 60 })).total).toBe(4)
})

test('photos that should not have come in go with a reason', async ({ page, desk, tokens, demo, card }) => {
  writeFileSync(join(card, 'a.jpg'), await photoTakenAt(cameraTime('03:00:00'), 13))
  await clearWaiting(demo)
  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  await page.goto(`${desk.origin}/visits/photos`)
  await choose(page, card)
  await expect(page.getByText('都收好了')).toBeVisible()
  await page.getByRole('button', { name: '不要了…' }).click()
  const dialog = page.getByRole('dialog', { name: '不要这 1 张照片' })
  await dialog.getByRole('button', { name: '不要了' }).click()
  await expect(dialog).toContainText('请写明原因')
  await dialog.getByLabel('为什么不要').fill('拍到了路人')
  await page.keyboard.press('Enter')
  await expect(page.getByText('没有等着的照片')).toBeVisible()
  expect((await demo.visits.waitingPhotos({ limit: 60 })).total).toBe(0)
})
