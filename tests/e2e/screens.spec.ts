import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectAccessible, openPage, pairPage, settle, signInAs, startAgain, test } from './desk.ts'

const paths = [
  '/',
  '/people',
  '/people/new',
  '/people/1',
  '/households/1',
  '/enquiries',
  '/enquiries/1',
  '/visits',
  '/visits/rounds',
  '/visits/rounds/1',
  '/visits/coverage',
  '/visits/patrols',
  '/supervision',
  '/noon/children',
  '/noon/children/1',
  '/noon/children/new',
  '/noon/meals',
  '/noon/incidents',
  '/noon/incidents/1',
  '/noon/incidents/new',
  '/noon/reports',
  '/noon/setup',
  '/volunteers',
  '/volunteers?see=past',
  '/volunteers/1',
  '/volunteers/1/roll-call',
  '/volunteers/people',
  '/volunteers/people/new',
  '/volunteers/points',
  '/volunteers/points?view=redemptions',
  '/volunteers/points?view=gifts',
  '/volunteers/points?view=expiry',
  '/volunteers/pioneer',
  '/volunteers/pioneer?year=2025',
  '/volunteers/reports',
  '/volunteers/reports?period=last-year',
  '/certificates',
  '/certificates/1',
  '/certificates/new?of=1',
  '/certificates/requests',
  '/certificates/batches',
  '/certificates/check',
  '/print-queue',
  '/settings/community',
  '/settings/operators',
  '/settings/rules',
  '/settings/departments',
  '/settings/matters',
  '/settings/grids',
  '/settings/visitors',
  '/settings/visit-rules',
  '/settings/companies',
  '/settings/volunteer-rules',
  '/settings/teams',
  '/settings/point-rules',
  '/settings/certificates',
  '/settings/certificate-templates',
  '/settings/certificate-keys',
  '/settings/printers',
  '/settings/child-protection',
  '/settings/data',
  '/settings/audit',
  '/settings/pin',
  '/settings/about',
  // Last: nobody is signed in after it.
  '/second-screen',
]

for (const viewport of [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
]) {
  test(`every screen is whole and accessible at ${viewport.width}x${viewport.height}`, async ({
    page,
    desk,
    tokens,
    demo,
  }) => {
    // Each screen is looked at by axe, which takes a second or two.
    test.setTimeout(paths.length * 8_000)
    expect((await demo.session.me({})).role).toBe('manager')
    await page.setViewportSize(viewport)
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    // The runner's recorder tries its own script in every frame; a sheet lets none run, and says so.
    const isSheets = (text: string) => /^Blocked script execution in '\S+\/documents\//.test(text)
    page.on(
      'console',
      (message) => message.type() === 'error' && !isSheets(message.text()) && problems.push(message.text()),
    )
    await openPage(page, desk, tokens)
    await page.getByRole('heading', { name: '请登录' }).waitFor()
    await expectAccessible(page)
    await signInAs(page, '演示主任')
    for (const path of paths) {
      await page.goto(desk.origin + path)
      await settle(page)
      await expectAccessible(page)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wide, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
    }
    expect(problems).toEqual([])
  })
}

test('the largest text still fits', async ({ page, desk, tokens, demo }) => {
  const { version, ...community } = await demo.settings.community({})
  await demo.settings.changeCommunity({ ...community, textSize: 'extra-large', version })
  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  for (const path of paths.slice(0, 7)) {
    await page.goto(desk.origin + path)
    await settle(page)
    await expectAccessible(page)
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      path,
    ).toBeLessThanOrEqual(0)
  }
})

test('the largest text cuts no column off the ranking of volunteers', async ({
  page,
  desk,
  tokens,
  demo,
}) => {
  const { version, ...community } = await demo.settings.community({})
  await demo.settings.changeCommunity({ ...community, textSize: 'extra-large', version })
  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  await page.goto(`${desk.origin}/volunteers/pioneer`)
  const table = page.getByRole('table')
  await table.waitFor()
  await settle(page)
  await expectAccessible(page)
  expect(
    await table.evaluate((shown) => shown.scrollWidth - shown.parentElement!.clientWidth),
  ).toBeLessThanOrEqual(0)
})

test('a stranger sees only how to pair', async ({ page, desk }) => {
  await page.goto(desk.origin)
  await page.getByRole('heading', { name: /配对/ }).waitFor()
  await expectAccessible(page)
})

test('a damaged file is set aside and the newest backup opened in its place', async ({
  page,
  desk,
  demo,
  folder,
}) => {
  const total = (await demo.people.list({})).total
  await desk.end('SIGTERM')
  const file = openSync(join(folder, 'desk.sqlite3'), 'r+')
  writeSync(file, Buffer.alloc(8192, 'junk'), 0, 8192, 0)
  closeSync(file)
  // Which devices were paired stands in the damaged file: a new start, a new code.
  await startAgain(desk)
  await pairPage(page, desk)
  await page.getByRole('heading', { name: /数据/ }).first().waitFor()
  await expect(page.getByText(/不会删除，也不会覆盖/).first()).toBeVisible()
  await expect(page.getByText(/删除数据|清空数据/)).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: /恢复/ }).first().click()
  await page.getByRole('button', { name: /恢复/ }).last().click()
  await signInAs(page, '演示主任')
  await page.goto(`${desk.origin}/people`)
  await expect(page.getByText(String(total)).first()).toBeVisible()
  expect(desk.takeLog()).toContain('data file refused: corrupt')
})

test('names and notes with markup are text everywhere and run nothing', async ({
  page,
  desk,
  tokens,
  demo,
}) => {
  const attack = '<img src=x onerror="globalThis.executed=1"><script>globalThis.executed=1</script>{{7*7}}'
  const short = '<svg onload=globalThis.executed=1>'
  const made = await demo.people.register({
    name: short,
    sex: 9,
    birth: '1970-01-01',
    relation: '其他',
    householdId: null,
    registeredElsewhere: false,
    keyGroups: [],
    note: attack,
    idNumber: '',
    phones: [],
    notTheSame: [],
  })
  const { id } = await demo.enquiries.accept({
    title: short,
    words: attack,
    matterId: null,
    channel: '窗口',
    askerId: made.id,
    givenName: '',
    givenPhone: '',
    anonymous: false,
    subjectId: null,
    answer: attack,
    ticket: crypto.randomUUID(),
  })
  const { documentId } = await demo.enquiries.paper({ id, paper: 'receipt', assignmentId: null })
  const { html } = await demo.documents.show({ id: documentId })
  await openPage(page, desk, tokens)
  await signInAs(page, '演示前台')
  for (const path of ['/', '/people', `/people/${made.id}`, '/enquiries', `/enquiries/${id}`]) {
    await page.goto(desk.origin + path)
    await settle(page)
    expect(await page.evaluate(() => (globalThis as { executed?: number }).executed), path).toBeUndefined()
  }
  await page.keyboard.press('Control+K')
  await page.keyboard.type('svg')
  await expect(page.getByRole('option').first()).toContainText('<svg onload')
  expect(await page.evaluate(() => (globalThis as { executed?: number }).executed)).toBeUndefined()
  expect(html).toMatch(/^\/documents\//)
})
