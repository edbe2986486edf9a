import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { issueNoonPaper, type Asked } from '../../electron/counters/noon-class/paper.ts'
import { openBrowserPrinting } from '../../electron/hosts/browser/printing.ts'
import { readDocument, renderDocument } from '../../electron/workbench/documents.ts'
import { settle } from '../counters/enquiries/cases.ts'
import { fact, rename } from '../counters/noon-class/facts.ts'
import { addLeave, badgeOf, classOf, sql, today } from '../counters/noon-class/fill.ts'
import { openTestDesk, temporaryFolder, type TestDesk } from '../fixture.ts'

const run = promisify(execFile)
const told = async (command: string, ...parameters: string[]) => (await run(command, parameters)).stdout

const printing = openBrowserPrinting()
afterAll(() => printing.close())

/** Groups of so many children each, as the centre prints its papers. */
function open(children: number, groups = 1) {
  const desk = openTestDesk()
  settle(desk)
  return { desk, ...classOf(desk, { groups, children: children * groups }) }
}

/** The paper as a PDF on disk, with what stands on each sheet and how large it is. */
async function printed(desk: TestDesk, paper: Asked['paper'], changed: Partial<Asked> = {}) {
  const asked = { paper, day: today, groupId: null, childId: null, month: null, ...changed }
  const id = issueNoonPaper(desk.context(), asked)
  const page = renderDocument(desk.desk, readDocument(desk.db, id))
  const file = join(temporaryFolder(), 'paper.pdf')
  writeFileSync(file, await printing.toPdf(page))
  const facts = await told('pdfinfo', file)
  // Blanks are where a printer would leave some; a form feed ends each page.
  const text = (await told('pdftotext', '-layout', file, '-')).replace(/[^\S\f]/g, '')
  const [, width, height] = /^Page size:\s+([\d.]+) x ([\d.]+)/m.exec(facts)!
  const sheets = text.split('\f').slice(0, -1)
  return { file, sheets, text, across: Number(width) > Number(height), size: /\((A\d)\)$/m.exec(facts)?.[1] }
}

describe('the roster', () => {
  test('of twenty-five children is one A4 sheet a group, with those who may collect behind it', async () => {
    const { desk } = open(25, 2)
    const { sheets, size, across } = await printed(desk, 'roster')
    expect([sheets.length, size, across]).toEqual([4, 'A4', false])
    expect(sheets[0]).toContain('第1组·午间课堂名册')
    for (const name of ['学生001', '学生025', '老师签字', '▲花生']) expect(sheets[0]).toContain(name)
    expect(sheets[1]).toContain('第1组·可以接走的人')
    expect(sheets[1]).toContain('妈妈家长25')
    expect(sheets[2]).toContain('学生026')
  })

  test('of forty children goes on over a second sheet, with the same head', async () => {
    const { desk } = open(40)
    const { sheets } = await printed(desk, 'roster')
    const lists = sheets.filter((sheet) => sheet.includes('第1组·午间课堂名册'))
    expect(lists).toHaveLength(2)
    for (const sheet of lists) expect(sheet).toMatch(/接走人签字|接走接走人/)
    expect(lists[1]).toContain('学生040')
  })

  test('has no letter under thirteen points', async () => {
    const { desk, childIds } = open(25)
    sql(
      desk,
      "UPDATE child SET allergies = '花生、牛奶、鸡蛋和所有坚果', mark = '戴眼镜' WHERE id = ?",
      childIds[3],
    )
    rename(desk, childIds[3]!, '学生001')
    const { file } = await printed(desk, 'roster')
    const page = await told('pdftohtml', '-xml', '-stdout', '-i', file)
    const sizes = [...page.matchAll(/<fontspec [^>]*size="(\d+)"/g)].map((match) => Number(match[1]))
    // pdftohtml counts pixels of 108 to the inch: 13 pt are 19.5 of them, and it rounds.
    expect(sizes.length).toBeGreaterThan(1)
    for (const size of sizes) expect(size).toBeGreaterThanOrEqual(19)
  })
})

test('a sheet of badges has ten cards, and an eleventh child begins the next', async () => {
  const { desk } = open(11)
  const { sheets, size, file } = await printed(desk, 'badges')
  expect([sheets.length, size]).toEqual([2, 'A4'])
  for (const child of [0, 9]) expect(sheets[0]).toContain(badgeOf(child))
  expect(sheets[1]).toContain(badgeOf(10))
  expect(sheets[1]).not.toContain(badgeOf(9))
  // Drawn, not an empty frame: the QR codes are paths or images of the page.
  expect((await told('pdftocairo', '-svg', '-f', '1', '-l', '1', file, '-')).length).toBeGreaterThan(50_000)
})

test('a month of two hundred children is A4 across, every sheet with its days, and signed at the end', async () => {
  const { desk, groupIds, childIds } = open(200)
  for (const childId of childIds.slice(0, 150))
    fact(desk, { childId, groupId: groupIds[0]!, day: '2026-11-13', kind: 'arrival' })
  const { sheets, size, across, text } = await printed(desk, 'register', { month: '2026-11' })
  expect([size, across]).toEqual(['A4', true])
  expect(sheets.length).toBeGreaterThan(4)
  for (const [index, sheet] of sheets.slice(0, -1).entries()) {
    expect(sheet).toContain('第1组·考勤表')
    expect(sheet).toContain(`第${index + 1}页共${sheets.length}页`)
  }
  for (let child = 1; child <= 200; child += 1)
    expect(text).toContain(`学生${String(child).padStart(3, '0')}`)
  expect(text.match(/√/g)!.length).toBe(151)
  expect(sheets.at(-1)).toContain('负责人签字')
})

test('a meal list, an escort list and a child’s record come out on A4', async () => {
  const { desk, childIds, groupIds } = open(12)
  const [, escorted, alone] = childIds as [number, number, number]
  for (const childId of [escorted, alone])
    fact(desk, { childId, groupId: groupIds[0]!, day: today, kind: 'arrival' })
  addLeave(desk, childIds[4]!)
  const meals = await printed(desk, 'meal-list')
  expect([meals.sheets.length, meals.size]).toEqual([1, 'A4'])
  expect(meals.text).toContain('共11份')
  const escort = await printed(desk, 'escort-list')
  expect([escort.sheets.length, escort.size]).toEqual([1, 'A4'])
  expect(escort.text).toContain('带队人签字')
  expect(escort.text).not.toContain('学生003')
  const record = await printed(desk, 'child-record', { childId: escorted })
  expect(record.size).toBe('A4')
  expect(record.text).toContain('19900004417')
})

test('a name with script in it is printed as the text that it is', async () => {
  const { desk, childIds } = open(3)
  const evil = '<script>x</script>'
  rename(desk, childIds[0]!, evil)
  fact(desk, { childId: childIds[0]!, groupId: 1, day: today, kind: 'arrival' })
  for (const [paper, changed] of [
    ['roster', {}],
    ['badges', {}],
    ['register', { month: '2026-11' }],
    ['child-record', { childId: childIds[0]! }],
  ] as const) {
    expect((await printed(desk, paper, changed)).text.replace(/\s/g, '')).toContain(evil.slice(0, 8))
  }
})
