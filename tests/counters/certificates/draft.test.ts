import { describe, expect, test } from 'vitest'
import type { Wanted } from '../../../electron/contract/certificate-records.ts'
import { readDraft } from '../../../electron/counters/certificates/draft.ts'
import { previewCertificate } from '../../../electron/counters/certificates/preview.ts'
import { sheetName, snapshotOf } from '../../../electron/counters/certificates/snapshot.ts'
import { hoursText } from '../../../electron/counters/volunteers/paper-words.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { idNumberOf, refusal, register } from '../people/people.ts'
import {
  addActivity,
  addConsent,
  addVolunteer,
  line,
  notFound,
  save,
  serve,
  sql,
} from '../volunteers/service.ts'
import { nameBody, openCertificateDesk, recordOf, serveDays } from './issuing.ts'

const honour = (kind: Wanted['kind'], volunteerId: number | null, changed: Partial<Wanted> = {}): Wanted => ({
  ...recordOf(1),
  kind,
  volunteerId,
  from: null,
  to: null,
  ...changed,
})
const problemsOf = (desk: TestDesk, wanted: Wanted) => readDraft(desk.context(), wanted).problems
const frame = { number: 'ZM-2026-000001', day: '2026-11-23', code: 'OSC1.a.b' }

describe('a record', () => {
  test('counts confirmed own service of its period to the minute', () => {
    const desk = openCertificateDesk()
    serve(desk, desk.volunteerId, 95, { day: '2026-11-22' })
    serve(desk, desk.volunteerId, 300, { day: '2026-10-31' })
    const draft = readDraft(desk.context(), recordOf(desk.volunteerId))
    expect(draft).toMatchObject({ name: '王小明', minutes: 215, activities: 2, problems: [], missing: [] })
    expect(draft.lines.map(({ day, minutes }) => [day, minutes])).toEqual([
      ['2026-11-20', 120],
      ['2026-11-22', 95],
    ])
    expect(snapshotOf(desk.context(), recordOf(desk.volunteerId), frame)).toMatchObject({
      hours: '3 小时 35 分',
      activities: '2',
      from: '2026年11月1日',
      to: '2026年11月22日',
      details: { count: 2 },
    })
  })

  test('shows what nobody confirmed, and whether that is late', () => {
    const desk = openCertificateDesk()
    const late = addActivity(desk.db, { day: '2026-11-02', name: '早该核对' })
    const fresh = addActivity(desk.db, { day: '2026-11-21', name: '刚刚开展' })
    for (const activityId of [late, fresh]) save(desk, activityId, [line(desk.volunteerId)])
    const { open, minutes } = readDraft(desk.context(), recordOf(desk.volunteerId))
    expect(open).toMatchObject([
      { activityId: late, name: '早该核对', late: true },
      { activityId: fresh, name: '刚刚开展', late: false },
    ])
    expect(minutes).toBe(120)
  })

  test('gives totals alone where they are asked for', () => {
    const desk = openCertificateDesk()
    const totals = snapshotOf(desk.context(), recordOf(desk.volunteerId, { layout: 'totals' }), frame)
    expect(totals).toMatchObject({ details: null, hours: '2 小时', contents: '捡拾垃圾' })
  })

  test('of zero hours, of no period or of one to come is none', () => {
    const desk = openCertificateDesk()
    const idle = addVolunteer(desk.db)
    expect(problemsOf(desk, recordOf(idle))).toEqual(['nothing-confirmed'])
    for (const period of [
      { from: null, to: null },
      { from: '2026-11-20', to: '2026-11-01' },
      { from: '2026-11-01', to: '2026-11-24' },
    ])
      expect(problemsOf(desk, recordOf(desk.volunteerId, period))).toEqual(['period'])
    expect(problemsOf(desk, recordOf(desk.volunteerId, { to: '2026-11-23' }))).toEqual([])
  })

  test('needs a body that records', () => {
    const desk = openTestDesk()
    const volunteerId = addVolunteer(desk.db)
    serve(desk, volunteerId, 60, { day: '2026-11-20' })
    expect(problemsOf(desk, recordOf(volunteerId))).toEqual(['no-body'])
    nameBody(desk)
    expect(problemsOf(desk, recordOf(volunteerId))).toEqual([])
  })

  test('of a minor needs the guardian’s consent of today', () => {
    const desk = openCertificateDesk()
    const minor = addVolunteer(desk.db, { name: '小明', birth: '2012-01-01' })
    addConsent(desk.db, minor, '未成年人参加志愿服务', '2026-01-01', '2026-11-23')
    serveDays(desk.db, minor, 1)
    const wanted = recordOf(minor, { from: '2026-10-01', to: '2026-10-31' })
    expect(problemsOf(desk, wanted)).toEqual(['consent-missing'])
    addConsent(desk.db, minor, '未成年人参加志愿服务', '2026-11-23')
    expect(problemsOf(desk, wanted)).toEqual([])
  })

  test('shows the ID number of its register masked', () => {
    const desk = openCertificateDesk()
    const number = idNumberOf('1980-05-04')
    sql(desk.db, 'UPDATE person SET id_number = ? WHERE name = ?', number, '王小明')
    const { idNumber } = snapshotOf(desk.context(), recordOf(desk.volunteerId), frame)
    expect(idNumber).toBe(`999***********${number.slice(-4)}`)
    expect(JSON.stringify(snapshotOf(desk.context(), recordOf(desk.volunteerId), frame))).not.toContain(
      number,
    )
  })

  test('holds two thousand activities', () => {
    const desk = openCertificateDesk()
    const busy = addVolunteer(desk.db)
    serveDays(desk.db, busy, 2000, 7)
    const wanted = recordOf(busy, { from: '2020-01-01' })
    expect(readDraft(desk.context(), wanted)).toMatchObject({
      activities: 2000,
      minutes: 14_000,
      problems: [],
    })
    expect(snapshotOf(desk.context(), wanted, frame)).toMatchObject({
      hours: '233 小时 20 分',
      contents: '巡逻',
    })
  })

  test('of nobody is not found', () => {
    const desk = openCertificateDesk()
    expect(refusal(() => readDraft(desk.context(), recordOf(99)))).toEqual(notFound('volunteer'))
    const nobody = honour('thanks', null, { personId: 99 })
    expect(refusal(() => readDraft(desk.context(), nobody))).toEqual(notFound('person'))
    expect(refusal(() => readDraft(desk.context(), honour('star', null)))).toEqual(notFound('volunteer'))
  })
})

describe('an honour', () => {
  test('names the star that all confirmed hours reach', () => {
    const desk = openCertificateDesk()
    expect(problemsOf(desk, honour('star', desk.volunteerId))).toEqual(['not-reached'])
    serveDays(desk.db, desk.volunteerId, 300, 60)
    const wanted = honour('star', desk.volunteerId)
    expect(readDraft(desk.context(), wanted)).toMatchObject({ star: 2, minutes: 18_120, problems: [] })
    expect(snapshotOf(desk.context(), wanted, frame)).toMatchObject({
      honour: '二星级志愿者',
      sentence: expect.stringContaining('累计服务 302 小时，参加活动 301 次，被评定为二星级志愿者') as string,
    })
  })

  test('of a pioneer waits for the frozen list, and ends with its places', () => {
    const listed = (state: string, rank: number | null) => {
      const desk = openCertificateDesk()
      const [published, frozen] = [state !== 'locked', state === 'frozen']
      sql(
        desk.db,
        `INSERT INTO pioneer_year (year, state, until_day, unconfirmed, places, published_day, objections_until, locked_at,
           locked_by)
         VALUES (2026, 'locked', '2026-11-22', 0, 3, NULL, NULL, '2026-11-22T01:00:00.000Z', 1)`,
      )
      sql(desk.db, 'INSERT INTO pioneer_rank VALUES (2026, ?, ?, 120, 1, 0, 0)', desk.volunteerId, rank)
      sql(
        desk.db,
        'UPDATE pioneer_year SET state = ?, published_day = ?, frozen_at = ?, frozen_by = ?',
        state,
        published ? '2026-11-22' : null,
        frozen ? '2026-11-23T01:00:00.000Z' : null,
        frozen ? 1 : null,
      )
      return { desk, wanted: honour('pioneer', desk.volunteerId, { from: '2026-01-01', to: '2026-12-31' }) }
    }
    for (const [state, rank] of [
      ['locked', 1],
      ['published', 1],
      ['frozen', 4],
      ['frozen', null],
    ] as const) {
      const { desk, wanted } = listed(state, rank)
      expect(problemsOf(desk, wanted), `${state} ${rank}`).toEqual(['not-reached'])
    }
    const { desk, wanted } = listed('frozen', 3)
    expect(readDraft(desk.context(), wanted)).toMatchObject({ rank: 3, minutes: 120, problems: [] })
    expect(snapshotOf(desk.context(), wanted, frame).honour).toBe('2026年度志愿先锋')
    expect(problemsOf(desk, { ...wanted, from: null, to: null })).toContain('period')
    expect(problemsOf(desk, { ...wanted, from: '2025-01-01', to: '2025-12-31' })).toEqual(['not-reached'])
  })

  test('of thanks goes to somebody who is no volunteer, in the clerk’s words', () => {
    const desk = openCertificateDesk()
    const { id } = register(desk.context(), { name: '李雷' })
    const wanted = honour('thanks', null, { personId: id, words: '捐赠图书一百册' })
    expect(readDraft(desk.context(), wanted)).toMatchObject({
      name: '李雷',
      volunteerNumber: null,
      problems: [],
    })
    expect(snapshotOf(desk.context(), wanted, frame)).toMatchObject({
      title: '感谢状',
      sentence: expect.stringContaining('捐赠图书一百册') as string,
      idNumber: '',
    })
  })
})

describe('a rare character', () => {
  test('without a sign is named before anything is issued', () => {
    const desk = openCertificateDesk()
    const rare = addVolunteer(desk.db, { name: '𠮷䶮' })
    serve(desk, rare, 60, { day: '2026-11-20' })
    const draft = readDraft(desk.context(), recordOf(rare))
    expect(draft).toMatchObject({ problems: ['glyph'], missing: ['𠮷', '䶮'] })
  })

  test('may be written otherwise, the rest of the name as it is', () => {
    const desk = openCertificateDesk()
    const rare = addVolunteer(desk.db, { name: '𠮷小明' })
    serve(desk, rare, 60, { day: '2026-11-20' })
    const wanted = recordOf(rare, { writtenName: '吉小明' })
    expect(readDraft(desk.context(), wanted)).toMatchObject({ name: '吉小明', problems: [] })
    expect(snapshotOf(desk.context(), wanted, frame)).toMatchObject({
      name: '吉小明',
      nameNote: '姓名含字库未收之字（U+20BB7），此处以他字书写',
    })
    expect(problemsOf(desk, recordOf(rare, { writtenName: '王大明' }))).toEqual(['glyph'])
  })

  test.each([
    ['𠮷小明', '吉小明', '吉小明'],
    ['𠮷小明', 'JI小明', 'JI小明'],
    ['𠮷.*', '吉.*', '吉.*'],
    ['𠮷.*', '吉大家', null],
    ['𠮷小明', '吉小明二', null],
    ['王小明', '李小明', '王小明'],
    ['𠮷小𠮷', '吉祥小吉', '吉祥小吉'],
    ['𠮷小明', '一二三四五六七八小明', '一二三四五六七八小明'],
    ['𠮷小明', '一二三四五六七八九小明', null],
    ['𠮷小明', '小明', null],
  ])('%s written as %s stands as %s', (name, written, stands) => {
    expect(sheetName(name, ['𠮷'], written)?.name ?? null).toBe(stands)
  })
})

test('no name keeps the desk busy with how it might be written', () => {
  const began = performance.now()
  expect(sheetName('𠮷a'.repeat(20), ['𠮷'], `${'a'.repeat(79)}b`)).toBeNull()
  expect(sheetName('𠮷a'.repeat(20), ['𠮷'], 'a'.repeat(80))?.name).toHaveLength(80)
  expect(performance.now() - began).toBeLessThan(200)
})

test('what was done is cut off between characters, never within one', () => {
  const desk = openCertificateDesk()
  const long = '𠮷'.repeat(80)
  sql(desk.db, 'UPDATE activity SET content = ?', long)
  const { contents } = snapshotOf(desk.context(), recordOf(desk.volunteerId), frame)
  expect(contents).toBe(`${'𠮷'.repeat(56)}…`)
})

test('a preview is a page that opens once, without number and code', () => {
  const desk = openCertificateDesk()
  const { html } = previewCertificate(desk.context(), recordOf(desk.volunteerId))
  expect(html).toMatch(/^\/documents\/[\w-]{32}\.html$/)
})

test.each([
  [1, '1 分'],
  [60, '1 小时'],
  [3870, '64 小时 30 分'],
])('%i minutes are said as %s', (minutes, words) => {
  expect(hoursText(minutes)).toBe(words)
})
