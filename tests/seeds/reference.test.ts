import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../electron/contract/rules.ts'
import { loadReference } from '../../electron/counters/session/reference.ts'
import { listDepartments } from '../../electron/counters/settings/departments.ts'
import { readRules, writeRules } from '../../electron/counters/settings/rules.ts'
import { rows, transact, value } from '../../electron/database/open.ts'
import { openTestDesk, root } from '../fixture.ts'

const folder = join(root, 'seeds/reference')
type File = { source: string; entries?: { name: string; colour?: string; kind?: string; count?: number }[] }
const file = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as File

describe('the reference data', () => {
  it('names its source in every file', () => {
    const names = readdirSync(folder)
    expect(names.length).toBeGreaterThan(6)
    for (const name of names) expect(file(name.replace('.json', '')).source.length).toBeGreaterThan(10)
  })

  it('agrees with the numbers of the seed article', () => {
    const article = readFileSync(join(root, 'seeds/reference/method.json'), 'utf8')
    expect(article).toContain('三三归一')
    expect(
      file('teams')
        .entries?.map(({ colour }) => colour?.charAt(0))
        .join(''),
    ).toBe('红橙黄绿青蓝紫')
    expect(file('chapters').entries?.map(({ name }) => name)).toEqual([
      '民生篇',
      '金融篇',
      '医疗篇',
      '环保篇',
      '文化篇',
    ])
    expect(Object.fromEntries(file('partners').entries!.map(({ kind, count }) => [kind, count]))).toEqual({
      企业: 7,
      物业公司: 3,
      学校: 2,
      党组织: 7,
      居民代表: 50,
    })
    expect(file('brand-classes').entries?.map(({ name }) => name)).toContain('午间课堂')
  })

  it('gives a fresh desk a catalogue of 50 to 70 matters, key groups and six grids', () => {
    const { db } = openTestDesk()
    const matters = rows<{ limit_amount: number; limit_unit: string; papers: string; source: string }>(
      db,
      'SELECT limit_amount, limit_unit, papers, source FROM matter ORDER BY position',
    )
    expect(matters.length).toBeGreaterThanOrEqual(50)
    expect(matters.length).toBeLessThanOrEqual(70)
    for (const { limit_amount, limit_unit, papers, source } of matters) {
      expect(limit_amount).toBeLessThanOrEqual(15)
      expect(limit_unit).toBe('day')
      expect(Array.isArray(JSON.parse(papers))).toBe(true)
      expect(source).toContain('未经街道核定')
    }
    expect(value(db, 'SELECT count(*) FROM grid')).toBe(6)
    expect(
      value(db, "SELECT count(*) FROM key_group WHERE name IN ('孤寡老人', '困境儿童', '道德英模')"),
    ).toBe(3)
  })

  it('names departments of every kind, one per grid, and the three property companies of the article without names', () => {
    const { db } = openTestDesk()
    const departments = listDepartments(db)
    const of = (kind: string) => departments.filter((one) => one.kind === kind).map(({ name }) => name)
    expect(of('grid')).toEqual(
      rows<{ name: string }>(db, 'SELECT name FROM grid ORDER BY id').map(({ name }) => name),
    )
    expect(of('property')).toEqual(['物业公司（一）', '物业公司（二）', '物业公司（三）'])
    expect(of('street')).toContain('街道社会事务办')
    expect(of('functional')).toEqual(expect.arrayContaining(['派出所', '供水公司', '市场监管所', '司法所']))
    // Nobody real is made up: the community fills in whom to call.
    expect(departments.filter(({ contact, phone }) => contact || phone)).toEqual([])
    expect(file('departments').source).toContain('未经街道核定')
  })

  it('lists tasks that are not a community’s, each with its rule and its channel, as rules that still have to be checked', () => {
    const { db } = openTestDesk()
    const { notOurs } = readRules(db)
    expect(notOurs.length).toBeGreaterThanOrEqual(5)
    for (const one of notOurs) expect(one.rule).toMatch(/《.+》|〔\d{4}〕\d+号/)
    expect(notOurs.find(({ task }) => task.includes('亲属关系'))?.rule).toContain('民发〔2020〕20号')
    expect(rules.parse(readRules(db)).notOurs).toEqual(notOurs)
    expect(file('not-ours').source).toContain('未经街道核定')
  })

  it('changes nothing when it is loaded again', () => {
    const { db } = openTestDesk()
    const everything = () =>
      ['matter', 'key_group', 'grid', 'department', 'setting'].map((table) =>
        JSON.stringify(rows(db, `SELECT * FROM ${table}`)),
      )
    transact(db, (change) => {
      change.exec("UPDATE matter SET limit_amount = 7 WHERE code = 'MZ01'")
      change.exec("UPDATE department SET phone = '110' WHERE name = '派出所'")
      writeRules(change, { notOurs: [] })
    })
    const before = everything()
    transact(db, (change) => loadReference(change, root, '2026-11-23T01:41:00.000Z'))
    expect(everything()).toEqual(before)
  })
})
