import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadReference } from '../../electron/counters/session/reference.ts'
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
    const matters = rows<{ code: string; limit_days: number; papers: string; source: string }>(
      db,
      'SELECT code, limit_days, papers, source FROM matter ORDER BY position',
    )
    expect(matters.length).toBeGreaterThanOrEqual(50)
    expect(matters.length).toBeLessThanOrEqual(70)
    for (const { limit_days, papers, source } of matters) {
      expect(limit_days).toBeLessThanOrEqual(15)
      expect(Array.isArray(JSON.parse(papers))).toBe(true)
      expect(source).toContain('未经街道核定')
    }
    expect(value(db, 'SELECT count(*) FROM grid')).toBe(6)
    expect(
      value(db, "SELECT count(*) FROM key_group WHERE name IN ('孤寡老人', '困境儿童', '道德英模')"),
    ).toBe(3)
  })

  it('changes nothing when it is loaded again', () => {
    const { db } = openTestDesk()
    const everything = () =>
      ['matter', 'key_group', 'grid'].map((table) => JSON.stringify(rows(db, `SELECT * FROM ${table}`)))
    transact(db, (change) => {
      change.exec("UPDATE matter SET limit_days = 7 WHERE code = 'MZ01'")
    })
    const before = everything()
    transact(db, (change) => loadReference(change, root, '2026-11-23T01:41:00.000Z'))
    expect(everything()).toEqual(before)
  })
})
