import type { CertificateKind, Wanted } from '../../../electron/contract/certificate-records.ts'
import { issueCertificate } from '../../../electron/counters/certificates/issue.ts'
import {
  changeCertificateSettings,
  readCertificateSettings,
} from '../../../electron/counters/certificates/settings.ts'
import { rows, transact, value, write, type Database } from '../../../electron/database/open.ts'
import { addDays } from '../../../electron/workbench/calendar.ts'
import type { Host } from '../../../electron/workbench/host.ts'
import { openTestDesk, paperlessHost, type TestDesk } from '../../fixture.ts'
import { addVolunteer, serve } from '../volunteers/service.ts'
import { pdfOf } from './pdf-of.ts'

/** So many days of confirmed service before November 2026, of so many minutes each, by plain SQL: quick. */
export function serveDays(db: Database, volunteerId: number, days: number, minutes = 61): void {
  const until = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  transact(db, (file) => {
    const last = value<number>(file, 'SELECT coalesce(max(id), 0) FROM activity')!
    for (let nth = 1; nth <= days; nth += 1) {
      const day = addDays('2026-11-01', -nth)
      const activityId = write(
        file,
        `INSERT INTO activity (number, name, kind, own, day, starts, ends, place, content, organiser, in_charge, state,
           confirm_by, operator_id, created_at)
         VALUES (?, '社区巡逻', 'service', 1, ?, '00:00', ?, '社区', '巡逻', '志愿联盟', '队长', 'held', ?, 1, ?)`,
        `HD-2025-${String(last + nth).padStart(6, '0')}`,
        day,
        until,
        day,
        `${day}T00:00:00.000Z`,
      ).id
      const callId = write(
        file,
        'INSERT INTO roll_call (activity_id, ticket, at, operator_id) VALUES (?, ?, ?, 2)',
        activityId,
        crypto.randomUUID(),
        `${day}T00:00:00.000Z`,
      ).id
      const recordId = write(
        file,
        `INSERT INTO service_record (activity_id, volunteer_id, roll_call_id, day, year, kind, own, arrived, left, minutes,
           how, entered_by, entered_at)
         VALUES (?, ?, ?, ?, ?, 'service', 1, '00:00', ?, ?, 'full', 2, ?)`,
        activityId,
        volunteerId,
        callId,
        day,
        Number(day.slice(0, 4)),
        until,
        minutes,
        `${day}T00:00:00.000Z`,
      ).id
      write(
        file,
        'UPDATE service_record SET confirmed_by = 1, confirmed_at = ?, counted = 1 WHERE id = ?',
        `${day}T00:00:00.000Z`,
        recordId,
      )
    }
  })
}

type Maker = { toPdf: Host['toPdf']; sent: string[]; made: number; before: () => Promise<void> | void }

export type CertificateDesk = TestDesk & { maker: Maker; volunteerId: number }

/** A desk that may issue: its body is named, and one volunteer has two confirmed hours of November. */
export function openCertificateDesk(settings: { approval?: CertificateKind[] } = {}): CertificateDesk {
  const maker: Maker = {
    sent: [],
    made: 0,
    before: () => {},
    toPdf: async ({ html }) => {
      await maker.before()
      maker.made += 1
      return pdfOf(html)
    },
  }
  const host: Host = {
    ...paperlessHost,
    toPdf: (page) => maker.toPdf(page),
    printers: () => Promise.resolve([{ name: 'front', ready: true, isDefault: true }]),
    print: (file) => {
      maker.sent.push(file)
      return Promise.resolve('front-1')
    },
  }
  const test = openTestDesk({ host })
  nameBody(test, settings.approval)
  const volunteerId = addVolunteer(test.db, { name: '王小明' })
  serve(test, volunteerId, 120, { day: '2026-11-20' })
  return { ...test, maker, volunteerId }
}

/** The settings without which nothing is issued. */
export function nameBody(test: TestDesk, approval: CertificateKind[] = []): void {
  const { logo, seal, ...settings } = readCertificateSettings(test.db)
  if (logo || seal) throw new Error('a fresh desk has neither')
  changeCertificateSettings(test.context('manager'), {
    ...settings,
    body: '测试市测试区测试社区居民委员会',
    head: '负责人',
    agent: '经办人',
    approval,
  })
}

/** A record of November 2026. */
export const recordOf = (volunteerId: number, changed: Partial<Wanted> = {}): Wanted => ({
  kind: 'record',
  volunteerId,
  personId: null,
  from: '2026-11-01',
  to: '2026-11-22',
  layout: 'list',
  purpose: '应聘',
  words: '',
  seal: false,
  ...changed,
})

export const orderOf = (wanted: Wanted) => ({
  ticket: crypto.randomUUID() as string,
  wanted,
  requestId: null as number | null,
  replacesId: null as number | null,
  print: null as { printer: string; copies: number } | null,
})

/** Issues a record to this volunteer. */
export const issueRecord = async (test: TestDesk, volunteerId: number, changed: Partial<Wanted> = {}) =>
  (await issueCertificate(test.context(), orderOf(recordOf(volunteerId, changed)))).certificate

/** Every number ever given, in the order of issue. */
export const numbersOf = (db: Database) =>
  rows<{ number: string }>(db, 'SELECT number FROM certificate ORDER BY id').map(({ number }) => number)

/** ZM-2026-000001 and so on. */
export const numbersTo = (count: number, prefix = 'ZM') =>
  Array.from({ length: count }, (_, nth) => `${prefix}-2026-${String(nth + 1).padStart(6, '0')}`)

/** The last number of a sequence that was used; undefined before the first. */
export const lastUsed = (db: Database, prefix = 'ZM') =>
  value<number>(db, 'SELECT last FROM sequence WHERE kind = ? AND year = 2026', prefix)

/** Takes down what keeps a table from being edited, as somebody with a database program would. */
export function edit(db: Database, text: string, ...parameters: unknown[]): void {
  for (const { name } of rows<{ name: string }>(
    db,
    "SELECT name FROM sqlite_master WHERE type = 'trigger'",
  )) {
    if (name.startsWith('certificate')) db.exec(`DROP TRIGGER ${name}`)
  }
  db.prepare(text).run(...parameters)
}
