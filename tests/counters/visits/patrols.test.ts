import { expect, test } from 'vitest'
import {
  listCompanies,
  saveCompany,
  type CompanyFields,
} from '../../../electron/counters/visits/companies.ts'
import {
  raiseFinding,
  readPatrol,
  savePatrol,
  type PatrolFields,
} from '../../../electron/counters/visits/patrols.ts'
import { originOfEnquiry } from '../../../electron/counters/visits/origin.ts'
import { write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { addFile } from '../enquiries/cases.ts'
import { look } from '../enquiries/counter.ts'
import { refusal } from '../people/people.ts'
import { addVisitor, audited, count, invalidField, today } from './knock.ts'

const company = (test: TestDesk, changed: Partial<CompanyFields> = {}) =>
  saveCompany(test.context('manager'), {
    id: null,
    version: null,
    name: '安居物业',
    contact: '李经理',
    phone: '19900005555',
    fromDay: '2026-11-02',
    toDay: null,
    ...changed,
  })

const fine = (item: string) => ({ item, fine: true, finding: '' })
const found = (item: string, finding: string) => ({ item, fine: false, finding })

function open() {
  const test = openTestDesk()
  const { id: companyId } = company(test)
  const visitor = addVisitor(test, '李网格')
  const walk = (changed: Partial<PatrolFields> = {}) =>
    savePatrol(test.context(), {
      companyId,
      day: today,
      version: null,
      visitorId: visitor,
      ticks: [fine('消防通道'), found('电梯运行', '二号梯停了'), fine('环境卫生')],
      note: '',
      fileIds: [],
      ...changed,
    })
  const raise = (tickId: number, title = '二号电梯停运') =>
    raiseFinding(test.context(), { tickId, title, matterId: null })
  return { ...test, companyId, visitor, walk, raise }
}

test('a company is added and changed; its name stands once, and its days in order', () => {
  const desk = openTestDesk()
  const made = company(desk)
  expect(made).toMatchObject({ name: '安居物业', fromDay: '2026-11-02', toDay: null, version: 1 })
  expect(company(desk, { id: made.id, version: 1, toDay: '2026-12-31' })).toMatchObject({
    toDay: '2026-12-31',
    version: 2,
  })
  expect(refusal(() => company(desk, { id: made.id, version: 1 }))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'changed', current: { version: 2 } },
  })
  expect(refusal(() => company(desk))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'duplicate', current: { id: made.id } },
  })
  expect(refusal(() => company(desk, { name: '新城物业', toDay: '2026-11-01' }))).toMatchObject(
    invalidField('toDay', 'before-from'),
  )
  expect(refusal(() => company(desk, { id: 99, version: 1, name: '新城物业' }))).toMatchObject({
    code: 'NOT_FOUND',
    data: { what: 'company' },
  })
  company(desk, { name: '新城物业' })
  // Those that are walked no more come last.
  expect(listCompanies(desk.db).map(({ name }) => name)).toEqual(['新城物业', '安居物业'])
  expect(JSON.stringify(audited(desk))).not.toMatch(/安居|李经理|19900005555/)
})

test('a tick list is saved with who walked, what was found and photos of it', () => {
  const desk = open()
  const { companyId } = desk
  expect(readPatrol(desk.context(), { companyId, day: today })).toBeNull()
  desk.published.length = 0
  const fileIds = [addFile(desk, '电梯.jpg')]
  const walked = desk.walk({ note: '张师傅陪同', fileIds })
  expect(walked).toMatchObject({
    company: '安居物业',
    day: today,
    visitor: { name: '李网格' },
    ticks: [
      { item: '消防通道', fine: true, enquiry: null },
      { item: '电梯运行', fine: false, finding: '二号梯停了' },
      { item: '环境卫生', fine: true },
    ],
    files: [{ name: '电梯.jpg' }],
    operator: '前台',
    late: false,
    version: 1,
  })
  expect(readPatrol(desk.context(), { companyId, day: today })).toEqual(walked)
  expect(desk.published.slice(-2)).toEqual([
    { topic: 'patrol', id: walked.id },
    { topic: 'today', id: null },
  ])
  expect(JSON.stringify(audited(desk))).not.toMatch(/二号梯|张师傅/)
})

test('a patrol entered on a later day keeps its own and says so', () => {
  expect(open().walk({ day: '2026-11-20' })).toMatchObject({ day: '2026-11-20', late: true })
})

test.each<[string, Partial<PatrolFields>, string, string]>([
  ['it lies ahead', { day: '2026-11-24' }, 'day', 'future'],
  ['the company was not walked yet', { day: '2026-11-01' }, 'day', 'outside'],
  ['nobody knows who walked', { visitorId: 99 }, 'visitorId', 'unknown'],
  ['a finding has no words', { ticks: [fine('a'), found('b', '')] }, 'ticks.1.finding', 'required'],
  ['a line stands twice', { ticks: [fine('a'), fine('a')] }, 'ticks.1.item', 'duplicate'],
])('a patrol is INVALID when %s', (_, changed, path, problem) => {
  const desk = open()
  expect(refusal(() => desk.walk(changed))).toMatchObject(invalidField(path, problem))
  expect(count(desk, 'patrol')).toBe(0)
})

test('a company that is walked no more is outside after its last day, but what was walked may be corrected', () => {
  const desk = open()
  const { version } = desk.walk()
  company(desk, { id: desk.companyId, version: 1, toDay: '2026-11-20' })
  expect(desk.walk({ version, note: '补记' })).toMatchObject({ note: '补记', version: 2 })
  desk.clock.set('2026-11-24T01:00:00.000Z')
  expect(refusal(() => desk.walk({ day: '2026-11-24' }))).toMatchObject(invalidField('day', 'outside'))
})

test('neither company nor file that are not there are taken', () => {
  const desk = open()
  const gone = (what: string) => ({ code: 'NOT_FOUND', data: { what } })
  expect(refusal(() => desk.walk({ companyId: 99 }))).toMatchObject(gone('company'))
  expect(refusal(() => desk.walk({ fileIds: [99] }))).toMatchObject(gone('file'))
  expect(refusal(() => readPatrol(desk.context(), { companyId: 99, day: today }))).toMatchObject(
    gone('company'),
  )
  expect(count(desk, 'patrol')).toBe(0)
})

test('a photo that another record has is not taken from there, and its own ones stay in a correction', () => {
  const desk = open()
  const portrait = addFile(desk, '学生.jpg')
  act(desk.context(), { action: 'file.store', subject: 'file' }, (db) =>
    write(db, 'INSERT INTO certificate_image (file_id) VALUES (?)', portrait),
  )
  expect(refusal(() => desk.walk({ fileIds: [portrait] }))).toMatchObject({
    code: 'NOT_FOUND',
    data: { what: 'file' },
  })
  const [first, second] = [addFile(desk, '电梯.jpg'), addFile(desk, '消防.jpg')]
  desk.walk({ fileIds: [first] })
  expect(desk.walk({ fileIds: [first, second], version: 1 }).files.map(({ id }) => id)).toEqual([
    first,
    second,
  ])
})

test('another screen that saved this day first is shown, for a new list and for a correction', () => {
  const desk = open()
  const first = desk.walk()
  const changed = { code: 'CONFLICT', data: { because: 'changed', current: { id: first.id } } }
  expect(refusal(() => desk.walk({ note: '也走了一遍' }))).toMatchObject(changed)
  desk.walk({ version: first.version, note: '补记' })
  expect(refusal(() => desk.walk({ version: first.version, note: '旧的一份' }))).toMatchObject(changed)
  expect(readPatrol(desk.context(), { companyId: desk.companyId, day: today })?.note).toBe('补记')
})

test('a finding becomes an enquiry of no household, linked both ways, once', () => {
  const desk = open()
  const walked = desk.walk()
  const [clear, lift] = walked.ticks
  const raised = desk.raise(lift!.id)
  expect(raised.ticks[1]).toMatchObject({ enquiry: { id: 1, number: 'ZX-2026-000001', open: true } })
  expect(look(desk, 1)).toMatchObject({
    title: '二号电梯停运',
    words: '安居物业 2026-11-23 电梯运行：二号梯停了',
    channel: '走访',
    asker: '日走访',
    door: null,
  })
  expect(originOfEnquiry(desk.db, 1)).toEqual({
    what: 'patrol',
    companyId: desk.companyId,
    company: '安居物业',
    day: today,
  })
  expect(desk.published.slice(-3)).toEqual([
    { topic: 'patrol', id: walked.id },
    { topic: 'enquiry', id: 1 },
    { topic: 'today', id: null },
  ])
  const step = { code: 'CONFLICT', data: { because: 'step', current: { id: walked.id } } }
  expect(refusal(() => desk.raise(lift!.id))).toMatchObject(step)
  expect(refusal(() => desk.raise(clear!.id))).toMatchObject(step)
  expect(refusal(() => desk.raise(99))).toMatchObject({ code: 'NOT_FOUND', data: { what: 'tick' } })
  expect(count(desk, 'enquiry')).toBe(1)
})

test('a correction keeps the enquiry of a line, wherever the line stands, and though it is left out', () => {
  const desk = open()
  const walked = desk.walk()
  const { version } = desk.raise(walked.ticks[1]!.id)
  // The version as it was before the finding was raised is an old one.
  expect(refusal(() => desk.walk({ version: walked.version }))).toMatchObject({ code: 'CONFLICT' })
  const turned = desk.walk({
    version,
    ticks: [fine('环境卫生'), found('电梯运行', '二号梯已报修'), fine('门禁监控')],
  })
  expect(turned.ticks.map(({ item, enquiry }) => [item, enquiry?.number ?? null])).toEqual([
    ['环境卫生', null],
    ['电梯运行', 'ZX-2026-000001'],
    ['门禁监控', null],
  ])
  const without = desk.walk({ version: turned.version, ticks: [fine('环境卫生')] })
  expect(without.ticks.map(({ item, enquiry }) => [item, enquiry?.number ?? null])).toEqual([
    ['环境卫生', null],
    ['电梯运行', 'ZX-2026-000001'],
  ])
})
