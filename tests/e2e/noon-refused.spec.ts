import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { settle } from './desk.ts'
import { expect, noonDay, test } from './noon-class.ts'

/** What a scanner does: it types and presses Enter. */
async function scan(page: Page, text: string): Promise<void> {
  await page.getByRole('main').first().focus()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
const executed = (page: Page) => page.evaluate(() => (globalThis as { executed?: number }).executed)

test('the badge of a child who left, a badge that was renewed and a forged one bring nobody in', async ({
  browser,
  noon,
}) => {
  const { client, child, badge, screen } = noon
  const [gone, renewed] = [child('曾明宇'), child('罗雪琪')]
  const [ofGone, ofRenewed, good] = [await badge('曾明宇'), await badge('罗雪琪'), await badge('陈雨涵')]
  const left = await client.noonClass.child({ id: gone })
  await client.noonClass.withdraw({ id: gone, version: left.version, leftDay: noonDay, reason: '转学' })
  const lost = await client.noonClass.child({ id: renewed })
  await client.noonClass.newBadge({ id: renewed, version: lost.version, reason: '胸卡丢了' })

  const teacher = await screen(browser, '周老师', '/noon')
  await settle(teacher)
  const forged = '<svg/onload=globalThis.executed=1>'
  for (const dead of [ofGone, ofRenewed, forged, `${good}0`]) {
    await scan(teacher, dead)
    await expect(teacher.getByRole('alert').getByText(/这张胸卡不能用/), dead).toBeVisible()
    await teacher.keyboard.press('Escape')
  }
  expect(await executed(teacher)).toBeUndefined()
  const { tiles } = await client.noonClass.board({ day: noonDay, groupId: null })
  expect(tiles.some(({ childId }) => childId === gone)).toBe(false)
  expect(tiles.every(({ state }) => state === 'expected')).toBe(true)

  // Lower case, as some scanners type: the one that holds brings its child in, once.
  await scan(teacher, good.toLowerCase())
  await expect(teacher.getByText('陈雨涵 已签到')).toBeVisible()
  await scan(teacher, good)
  await expect(teacher.getByText('陈雨涵 早就签到了')).toBeVisible()
})

test('a name with a script in it is a name on the board, the roster and its PDF', async ({
  browser,
  noon,
  folder,
}) => {
  const { client, desk, groups, screen } = noon
  const name = '<svg onload=globalThis.executed=1>{{1}}'
  const person = await client.people.register({
    ...{ name, sex: 1 as const, birth: '2017-03-04', relation: '其他', householdId: null },
    ...{ registeredElsewhere: false, keyGroups: [], note: '', idNumber: '', phones: [], notTheSame: [] },
  })
  const { id, version } = await client.noonClass.saveChild({
    ...{ id: null, version: null, personId: person.id, school: '<b>校</b>', grade: '三', className: '2' },
    ...{ mark: '<i>高</i>', photoId: null, allergies: '<u>花生</u>', health: '', leaves: 'alone' as const },
    ...{ insurance: '', agreementDay: null },
    guardians: [{ id: null, name: '<script>', relation: '妈妈', phone: '19900001111' }],
  })
  await client.noonClass.enrol({ id, version, groupId: groups.first, fromDay: noonDay })
  await client.noonClass.arrive({ childIds: [id], day: noonDay, how: 'tap', at: null })

  const teacher = await screen(browser, '周老师', '/noon')
  for (const path of ['/noon', '/noon/meals', '/noon/children', `/noon/children/${id}`, '/noon/reports']) {
    await teacher.goto(desk.origin + path)
    await settle(teacher)
    if (path !== '/noon/reports') await expect(teacher.getByText(name).first(), path).toBeVisible()
    expect(await executed(teacher), path).toBeUndefined()
    expect(await teacher.locator('svg[onload]').count(), path).toBe(0)
  }

  for (const paper of ['roster', 'meal-list', 'badges'] as const) {
    const { documentId } = await client.noonClass.paper({
      ...{ paper, day: noonDay, groupId: groups.first, childId: null, month: null },
    })
    const { html, pdf } = await client.documents.show({ id: documentId })
    await teacher.goto(desk.origin + html)
    await expect(teacher.getByText(name).first(), paper).toBeVisible()
    expect(await executed(teacher), paper).toBeUndefined()
    if (paper !== 'roster') continue
    const file = join(folder, 'roster.pdf')
    writeFileSync(file, await (await teacher.request.get(desk.origin + pdf)).body())
    const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replace(/\s/g, '')
    expect(text).toContain(name.replace(/\s/g, ''))
  }
})
