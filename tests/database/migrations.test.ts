import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSupervision } from '../../electron/counters/enquiries/supervision.ts'
import { listBackups } from '../../electron/database/backup.ts'
import { checkCopy } from '../../electron/database/copies.ts'
import { openDataFile, Refusal } from '../../electron/database/folder.ts'
import { readMigrations, schemaVersion } from '../../electron/database/migrate.ts'
import { openDatabase, rows, type Database } from '../../electron/database/open.ts'
import { schemaOf } from '../../electron/database/snapshot.ts'
import { temporaryFolder } from '../fixture.ts'
import {
  clock,
  ended,
  fill,
  grids,
  kill,
  migrationsFolder,
  nextLine,
  openFolder,
  root,
  startScript,
  startScriptDying,
  work,
} from './data-folder.ts'

const all = readMigrations(migrationsFolder)
const newest = all.at(-1)!.version

/** A migrations folder that ends at a version, with more of one's own behind it. */
function migrationsUpTo(version: number, more: Record<string, string> = {}): string {
  const folder = join(temporaryFolder(), 'migrations')
  mkdirSync(folder)
  for (const { version: number, name, text } of all) {
    if (number <= version) writeFileSync(join(folder, name), text)
  }
  for (const [name, text] of Object.entries(more)) writeFileSync(join(folder, name), text)
  return folder
}

const open = (folder: string, migrations: string) =>
  openDataFile({ folder, migrationsFolder: migrations, clock })

/** Every row of every table of the desk itself. */
function everything(db: Database): Record<string, unknown[]> {
  const tables = rows<{ name: string }>(
    db,
    `SELECT name FROM pragma_table_list
     WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`,
  )
  return Object.fromEntries(tables.map(({ name }) => [name, rows(db, `SELECT * FROM "${name}"`)]))
}

test('the snapshot of the schema is what the migrations lead to', () => {
  const snapshot = readFileSync(`${root}electron/database/schema.sql`, 'utf8')
  expect(schemaOf(migrationsFolder), 'run: node electron/database/snapshot.ts').toBe(snapshot)
})

test('the migrations are numbered in steps of ten, and no number stands twice', () => {
  expect(all.map((migration) => migration.version)).toEqual(all.map((_, index) => (index + 1) * 10))
  const folder = migrationsUpTo(20, { '020-again.sql': '' })
  expect(() => readMigrations(folder)).toThrow('two migrations are numbered 20')
})

/** Rows of each version's own tables, as they were when that version was the newest. */
const rowsOf: Record<number, string> = {
  10: `
    INSERT INTO setting (key, value) VALUES ('community', '{"name":"涂新社区"}');
    INSERT INTO operator (id, name, role, pin_salt, pin_hash, created_at)
      VALUES (1, '主任', 'manager', x'01', x'02', '2026-11-23T01:41:00.000Z');
    INSERT INTO device (token_hash, name, created_at) VALUES (x'03', '前台', '2026-11-23T01:41:00.000Z');
    INSERT INTO sign_in_failure VALUES ('operator:1', 2, '2026-11-23T01:41:00.000Z', 4);
    INSERT INTO sequence VALUES ('ZX', 2026, 123);
    INSERT INTO audit VALUES (1, '2026-11-23T01:41:00.000Z', 1, 1, 'a', 'b', NULL, NULL, x'04');
    INSERT INTO audit_head VALUES (1, 1, x'05');
    INSERT INTO document VALUES (1, 'receipt', '受理回执', 'enquiry:1', '{}', 1, '2026-11-23T01:41:00.000Z');
    INSERT INTO print_job (document_id, printer, copies, state, operator_id, created_at)
      VALUES (1, 'PDF', 1, 'spooled', 1, '2026-11-23T01:41:00.000Z');`,
  20: `
    INSERT INTO grid (id, name) VALUES (1, '第一网格');
    INSERT INTO grid_staff (grid_id, name, duty) VALUES (1, '网格员', '网格员');
    INSERT INTO household (id, grid_id, building, unit, number, created_at)
      VALUES (1, 1, '3', '2', '501', '2026-11-23T01:41:00.000Z');
    INSERT INTO key_group VALUES ('独居老人', 1);
    INSERT INTO person (id, household_id, name, sex, relation, created_at)
      VALUES (1, 1, '张三丰', 1, '户主', '2026-11-23T01:41:00.000Z');
    INSERT INTO person (id, name, sex, relation, created_at) VALUES (2, '张三', 1, '户主', '');
    INSERT INTO person_phone VALUES (1, 0, '19900000001');
    INSERT INTO person_key_group VALUES (1, '独居老人');
    INSERT INTO consent (person_id, purpose, given_by, given_day, wording) VALUES (1, 'a', 'b', '2026-11-23', '1');
    INSERT INTO person_merge (into_id, from_id, filled, at, operator_id) VALUES (1, 2, '{}', '', 1);
    INSERT INTO person_search (rowid, tokens) VALUES (1, '1张三丰 张三丰 三丰 丰');
    INSERT INTO person_search_gone (rowid, tokens) VALUES (2, '1张三 张三 三');
    INSERT INTO person_search_open (rowid, tokens) VALUES (1, '1张三丰 张三丰 三丰 丰');`,
  30: `
    INSERT INTO matter VALUES (1, 'c', '居住证', '户籍', 5, '[]', 'x', 1);
    INSERT INTO enquiry (id, number, ticket, title, channel, asker_id, anonymous, state, accepted_at, accepted_day, operator_id)
      VALUES (1, 'ZX-2026-000001', 't', '居住证', 'counter', 1, 0, 'accepted', '', '2026-11-23', 1);
    INSERT INTO enquiry_event (enquiry_id, step, to_state, at, operator_id) VALUES (1, 'accept', 'accepted', '', 1);`,
  40: `
    INSERT INTO file VALUES (1, 'ab12', 'image', '漏水.jpg', 300000, 1600, 1200, 1, '2026-11-23T01:41:00.000Z');`,
  50: `
    INSERT INTO department (id, kind, name) VALUES (1, 'property', '物业公司');
    INSERT INTO enquiry_group VALUES (1, '3栋主管漏水', 1, '2026-11-23T01:41:00.000Z');
    INSERT INTO assignment (id, enquiry_id, event_id, department_id, part, state, sent_at, arrive_due_at)
      VALUES (1, 1, 1, 1, 'lead', 'sent', '2026-11-23T01:41:00.000Z', '2026-11-23T07:11:00.000Z');
    INSERT INTO enquiry_file VALUES (1, 1);
    INSERT INTO enquiry_paper VALUES (1, 1, '户口簿', 'missing');
    INSERT INTO rating VALUES (1, 5, '[]', '', 'slip', '2026-11-23T01:41:00.000Z', '2026-11-23');
    INSERT INTO saved_filter VALUES (1, 1, '超期', '{"urgency":"overdue"}');
    INSERT INTO harm_report VALUES (1, 'WB-2026-000001', 1, NULL, 'c', 's', '[]', '', '2026-11-23T01:41:00.000Z', 1);`,
  60: `
    INSERT INTO term (id, name, first_day, last_day) VALUES (1, '2026年秋季学期', '2026-09-01', '2027-01-22');
    INSERT INTO term_day_off VALUES (1, '2026-11-12', '家长会');
    INSERT INTO class_group (id, term_id, name, programmes, capacity, arrive_by, leave_by)
      VALUES (1, 1, '阳光班', '["午休"]', 15, '12:10', '13:30');
    INSERT INTO class_group_teacher VALUES (1, 1);
    INSERT INTO staff_check VALUES (1, '2026-08-20');
    INSERT INTO child (id, person_id, grade, class, photo_id, leaves, badge)
      VALUES (1, 1, '三年级', '2班', 1, 'collected', 'ABCDEFGH2345');
    INSERT INTO guardian (id, child_id, position, name, relation, phone) VALUES (1, 1, 0, '王芳', '妈妈', '19900000001');
    INSERT INTO pickup_person (id, child_id, kind, name, relation, from_day, operator_id, created_at)
      VALUES (1, 1, 'authorised', '王芳', '妈妈', '2026-09-01', 1, '2026-11-23T01:41:00.000Z');
    INSERT INTO enrolment (child_id, term_id, group_id, from_day) VALUES (1, 1, 1, '2026-09-01');
    INSERT INTO child_leave (child_id, from_day, to_day, reason, told_by, at, operator_id)
      VALUES (1, '2026-11-24', '2026-11-25', '发烧', '妈妈来电', '2026-11-23T01:41:00.000Z', 1);
    INSERT INTO attendance (id, child_id, group_id, day, kind, at, entered_at, how, operator_id, voided)
      VALUES (1, 1, 1, '2026-11-23', 'arrival', '2026-11-23T04:02:00.000Z', '2026-11-23T04:02:00.000Z', 'tap', 1, 1);
    INSERT INTO attendance_void VALUES (1, '2026-11-23T04:02:03.000Z', '点错了', 1);
    INSERT INTO noon_call (child_id, day, guardian_id, result, at, operator_id)
      VALUES (1, '2026-11-23', 1, 'reached', '2026-11-23T04:12:00.000Z', 1);
    INSERT INTO tray_check VALUES (1, '2026-11-23', '2026-11-23T04:20:00.000Z', 1);
    INSERT INTO incident (id, number, child_id, kind, happened_at, day, what, called, at, operator_id)
      VALUES (1, 'SJ-2026-000001', 1, 'injury', '2026-11-23T04:30:00.000Z', '2026-11-23', '摔倒', '["监护人"]',
        '2026-11-23T04:35:00.000Z', 1);
    INSERT INTO incident_file VALUES (1, 1);
    INSERT INTO incident_sign_off VALUES (1, '2026-11-23T08:00:00.000Z', '', 1);`,
  // The first visitor and the first post were the grid's staff; the interval came with the key group.
  70: `
    INSERT INTO visitor (id, name, kind, operator_id) VALUES (2, '社工', 'social-worker', 1);
    INSERT INTO grid_post (visitor_id, kind, grid_id, from_day) VALUES (2, 'households', 1, '2026-11-01');
    INSERT INTO household (id, building, number, merged_into, created_at)
      VALUES (2, '3', '2-501', 1, '2026-11-23T01:41:00.000Z');
    INSERT INTO household_away (household_id, kind, from_day, operator_id, at)
      VALUES (1, 'vacant', '2026-11-01', 1, '2026-11-23T01:41:00.000Z');
    INSERT INTO household_registration VALUES (1, '家庭户', '自有', '2026-11-23');
    INSERT INTO person_registration (person_id, ethnicity) VALUES (1, '汉族');
    INSERT INTO visit_round (id, number, code, ticket, day, grid_id, operator_id, at)
      VALUES (1, 'ZF-2026-000001', 'ABCDEFGH2345', 'r', '2026-11-23', 1, 1, '2026-11-23T01:41:00.000Z');
    INSERT INTO visit_round_visitor VALUES (1, 2);
    INSERT INTO visit_round_stop VALUES (1, 0, 1, '[]');
    INSERT INTO visit (id, ticket, household_id, grid_id, day, outcome, round_id, operator_id, entered_at, voided)
      VALUES (1, 'v', 1, 1, '2026-11-23', 'met', 1, 1, '2026-11-23T08:00:00.000Z', 1);
    INSERT INTO visit_void VALUES (1, '2026-11-23T08:01:00.000Z', '填错了', 1);
    INSERT INTO visit_visitor VALUES (1, 2);
    INSERT INTO visit_met_person VALUES (1, 1);
    INSERT INTO visit_theme VALUES (1, '健康', '一切都好');
    INSERT INTO visit_need (visit_id, theme, text, enquiry_id) VALUES (1, '居住', '屋顶漏水', 1);
    INSERT INTO visit_photo (file_id, source_sha256, visit_id, operator_id, at)
      VALUES (1, 'cd34', 1, 1, '2026-11-23T08:00:00.000Z');
    INSERT INTO property_company (id, name, from_day) VALUES (1, '桂花物业', '2026-11-01');
    INSERT INTO patrol (id, company_id, day, operator_id, entered_at)
      VALUES (1, 1, '2026-11-23', 1, '2026-11-23T08:00:00.000Z');
    INSERT INTO patrol_tick (patrol_id, position, item, fine) VALUES (1, 0, '消防通道', 1);
    INSERT INTO patrol_file VALUES (1, 1);`,
  // The teams came with the migration.
  80: `
    INSERT INTO volunteer (id, person_id, number, joined_day, created_at)
      VALUES (1, 1, 'ZY-2026-000001', '2026-01-10', '2026-11-23T01:41:00.000Z');
    INSERT INTO team_member (team_id, volunteer_id, from_day) VALUES (1, 1, '2026-01-10');
    INSERT INTO activity_series VALUES (1, '每月清洁日', 20, '2026-01', '2026-12', 1, '2026-11-23T01:41:00.000Z');
    INSERT INTO activity (id, number, name, kind, day, starts, ends, place, content, organiser, in_charge, series_id,
      state, confirm_by, operator_id, created_at)
      VALUES (1, 'HD-2026-000001', '清洁日', 'service', '2026-11-20', '09:00', '11:00', '3栋', '清扫', '社区', '带队人', 1,
        'held', '2026-12-04', 1, '2026-11-23T01:41:00.000Z');
    INSERT INTO activity_sign_up (activity_id, volunteer_id, at, operator_id)
      VALUES (1, 1, '2026-11-19T01:00:00.000Z', 1);
    INSERT INTO activity_file VALUES (1, 1);
    INSERT INTO roll_call VALUES (1, 1, 'c', '2026-11-23T01:41:00.000Z', 1);
    INSERT INTO service_record (id, activity_id, volunteer_id, roll_call_id, day, year, kind, own, arrived, left, minutes,
      how, entered_by, entered_at)
      VALUES (1, 1, 1, 1, '2026-11-20', 2026, 'service', 1, '09:00', '11:00', 120, 'full', 1, '2026-11-23T01:41:00.000Z');
    INSERT INTO point_rule (kind, per_hour, per_attendance, from_day, operator_id, created_at)
      VALUES ('service', 10, 0, '2026-01-01', 1, '2026-11-23T01:41:00.000Z');
    INSERT INTO point_entry (volunteer_id, points, cause, record_id, year, day, at, operator_id)
      VALUES (1, 20, 'service', 1, 2026, '2026-11-23', '2026-11-23T01:41:00.000Z', 1);
    INSERT INTO gift (id, name, points) VALUES (1, '毛巾', 10);
    INSERT INTO gift_move (gift_id, amount, cause, at, operator_id)
      VALUES (1, 5, 'delivery', '2026-11-23T01:41:00.000Z', 1);
    INSERT INTO redemption (id, number, ticket, volunteer_id, gift_id, amount, points, day, at, operator_id)
      VALUES (1, 'DH-2026-000001', 'd', 1, 1, 1, 10, '2026-11-23', '2026-11-23T01:41:00.000Z', 1);
    INSERT INTO redemption_reversal VALUES (1, '领错了', 1, '2026-11-23', '2026-11-23T01:42:00.000Z', 1);
    INSERT INTO pioneer_year (year, state, until_day, unconfirmed, locked_at, locked_by)
      VALUES (2026, 'locked', '2026-11-23', 1, '2026-11-23T01:41:00.000Z', 1);
    INSERT INTO pioneer_rank VALUES (2026, 1, 1, 120, 1, 0, 0);
    INSERT INTO pioneer_correction (year, volunteer_id, kind, reason, before, after, at, operator_id)
      VALUES (2026, 1, 'no-change', '核对无误', '{}', '{}', '2026-11-23T01:41:00.000Z', 1);`,
  90: `
    INSERT INTO document_template VALUES (1, 'certificate-record', '<html></html>', 'ab', '2026-11-23T01:41:00.000Z', 1);
    INSERT INTO own_template VALUES ('certificate-record', 1);
    INSERT INTO certificate_image VALUES (1);
    INSERT INTO signing_key VALUES (1, randomblob(32), randomblob(32), '2026-11-23T01:41:00.000Z', NULL);
    INSERT INTO document VALUES (2, 'certificate-record', '证明', 'certificate:1', '{}', 1, '2026-11-23T01:41:00.000Z', 1, 1);
    INSERT INTO certificate_request VALUES (1, 'r', '{}', 1, '2026-11-23T01:41:00.000Z', 'waiting', NULL, NULL, '');
    INSERT INTO certificate (id, number, ticket, kind, person_id, volunteer_id, purpose, issued_at, day, document_id,
      snapshot_sha256, pdf_sha256, mac, key_id, statement, operator_id)
      VALUES (1, 'ZM-2026-000001', 'k', 'record', 1, 1, '应聘', '2026-11-23T01:41:00.000Z', '2026-11-23', 2, 'a', 'b', x'07',
        1, 'OSC1.a.b', 1);
    INSERT INTO certificate_reprint VALUES (1, 1, 1, '遗失', 1, 'b', '2026-11-23T01:41:00.000Z', 1, 't');
    INSERT INTO certificate_void VALUES (1, '写错了', 'returned', '2026-11-23T01:42:00.000Z', 1);
    INSERT INTO certificate_collection VALUES (1, '本人', '本人', '2026-11-23T01:41:00.000Z', 1);
    INSERT INTO certificate_batch VALUES (1, 'b', '十月清洁日', '{}', 'running', '2026-11-23T01:41:00.000Z', 1);
    INSERT INTO certificate_batch_item VALUES (1, 1, 1, 1, NULL, '');
    INSERT INTO printer_setting (printer, paper) VALUES ('PDF', 'A4');
    INSERT INTO printer_default VALUES ('certificate-record', 'PDF');
    UPDATE print_job SET spool_id = 'PDF-1';
    INSERT INTO print_job (document_id, printer, copies, state, operator_id, created_at, again_of)
      VALUES (2, 'PDF', 1, 'queued', 1, '2026-11-23T01:42:00.000Z', 1);`,
}

/** Tables that a migration gave up; what became of their rows has a test of its own. */
const droppedTables: Record<number, string[]> = { 70: ['grid_staff'] }

/** What became of a table's columns: those that were renamed by the migration to this version, and those it gave up. */
const changedColumns: Record<number, Record<string, Record<string, string | null>>> = {
  50: {
    matter: { limit_days: 'limit_amount' },
    // The day became the instant at which it ends.
    enquiry: { due_day: null },
  },
}

/** Writes the rows of a version while it is the newest. */
function fillAt(folder: string, version: number): void {
  const { db } = open(folder, migrationsUpTo(version))
  db.exec(rowsOf[version]!)
  db.close()
}

describe.each(all.slice(0, -1).map((migration, index) => [migration.version, all[index + 1]!.version]))(
  'from version %i to %i',
  (from, to) => {
    test('every row is kept', () => {
      const folder = temporaryFolder()
      for (const { version } of all.filter((one) => one.version < from)) fillAt(folder, version)
      const old = open(folder, migrationsUpTo(from)).db
      old.exec(rowsOf[from]!)
      const before = everything(old)
      old.close()

      const { db, migratedFrom } = open(folder, migrationsUpTo(to))
      expect(migratedFrom).toBe(from)
      expect(schemaVersion(db)).toBe(to)
      const after = everything(db)
      for (const [table, kept] of Object.entries(before)) {
        expect(kept.length, table).toBeGreaterThan(0)
        if (droppedTables[to]?.includes(table)) {
          expect(after).not.toHaveProperty(table)
          continue
        }
        const changed = changedColumns[to]?.[table] ?? {}
        const expected = (kept as Record<string, unknown>[]).map((was) =>
          Object.fromEntries(
            Object.entries(was).flatMap(([column, content]) => {
              const name = column in changed ? changed[column] : column
              return name === null ? [] : [[name!, content]]
            }),
          ),
        )
        expect(after[table], table).toHaveLength(kept.length)
        expect([table, after[table]]).toMatchObject([table, expected])
      }
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      db.close()
      // The header says it too: the file is not left to its log.
      expect(readFileSync(join(folder, 'desk.sqlite3')).readUInt32BE(60)).toBe(to)
      const [newestBackup] = listBackups(folder)
      expect(newestBackup).toMatchObject({ kind: 'migration' })
      const backup = join(folder, 'backups', newestBackup!.name)
      expect(checkCopy(backup).version).toBe(from)
    })
  },
)

test('a day that was due becomes the instant at which it ends, and what was open stays open', () => {
  const folder = temporaryFolder()
  const old = open(folder, migrationsUpTo(30)).db
  for (const version of [10, 20]) old.exec(rowsOf[version]!)
  old.exec(`
    INSERT INTO matter VALUES (1, 'c', '居住证', '户籍', 5, '[]', 'x', 1);
    INSERT INTO enquiry (id, number, ticket, title, channel, household_id, anonymous, state, accepted_at, accepted_day,
      due_day, closed_day, answer, operator_id)
    VALUES
      (1, 'ZX-2026-000001', 'a', 't', '窗口', 1, 1, 'accepted', '', '2026-11-23', '2026-11-30', NULL, '', 1),
      (2, 'ZX-2026-000002', 'b', 't', '窗口', NULL, 1, 'closed', '', '2026-11-23', '2026-11-24', '2026-11-25', '好', 1),
      (3, 'ZX-2026-000003', 'c', 't', '窗口', NULL, 1, 'withdrawn', '', '2026-11-23', '2026-11-30', NULL, '', 1),
      (4, 'ZX-2026-000004', 'd', 't', '窗口', NULL, 1, 'closed', '', '2026-11-20', NULL, '2026-12-01', '好', 1);`)
  old.close()
  const { db } = open(folder, migrationsFolder)
  const columns = 'open, due_at, answer_due_at, grid_id, answered_day, answer_days, late, answer_kind'
  expect(rows(db, `SELECT ${columns} FROM enquiry ORDER BY id`)).toEqual([
    {
      open: 1,
      due_at: '2026-11-30T15:59:59.999Z',
      answer_due_at: '2026-11-30T15:59:59.999Z',
      grid_id: 1,
      answered_day: null,
      answer_days: null,
      late: null,
      answer_kind: null,
    },
    expect.objectContaining({
      open: 0,
      answered_day: '2026-11-25',
      answer_days: 2,
      late: 1,
      answer_kind: 'solved',
    }),
    expect.objectContaining({ open: 0, answered_day: null, answer_days: null }),
    // From Friday to the Tuesday after next, and without a limit not late.
    expect.objectContaining({ open: 0, answered_day: '2026-12-01', answer_days: 7, late: 0 }),
  ])
  const now = { at: '2026-12-31T01:00:00.000Z', today: '2026-12-31', soonDays: 1 }
  const { byMatter } = readSupervision(db, { from: '2026-11-01', to: '2026-12-31' }, now)
  expect(byMatter).toEqual([{ matterId: null, name: null, count: 2, medianDays: 2, p90Days: 7, late: 1 }])
  db.close()
})

test('the staff of the grids become visitors with a post, one of one name and number once', () => {
  const folder = temporaryFolder()
  const old = open(folder, migrationsUpTo(60)).db
  old.exec(`
    INSERT INTO grid (id, name) VALUES (1, '第一网格'), (2, '第二网格');
    INSERT INTO key_group VALUES ('独居老人', 0), ('道德英模', 1), ('候鸟老人', 2);
    INSERT INTO grid_staff (grid_id, name, duty, phone) VALUES
      (1, '李姐', '网格员', '0731-1'), (2, '李姐', '网格长', '0731-1'), (2, '李姐', '楼栋长', '');`)
  old.close()
  const { db } = open(folder, migrationsFolder)
  expect(rows(db, 'SELECT id, name, kind, phone, active FROM visitor ORDER BY id')).toEqual([
    { id: 1, name: '李姐', kind: 'staff', phone: '0731-1', active: 1 },
    { id: 2, name: '李姐', kind: 'staff', phone: '', active: 1 },
  ])
  expect(
    rows(db, 'SELECT visitor_id, kind, grid_id, duty, from_day, to_day FROM grid_post ORDER BY id'),
  ).toEqual([
    { visitor_id: 1, kind: 'area', grid_id: 1, duty: '网格员', from_day: null, to_day: null },
    { visitor_id: 1, kind: 'area', grid_id: 2, duty: '网格长', from_day: null, to_day: null },
    { visitor_id: 2, kind: 'area', grid_id: 2, duty: '楼栋长', from_day: null, to_day: null },
  ])
  // And the key groups that the folder knows have the usual intervals; one of its own has none.
  expect(rows(db, 'SELECT key_group, days FROM visit_interval ORDER BY days')).toEqual([
    { key_group: '独居老人', days: 30 },
    { key_group: '道德英模', days: 180 },
  ])
  db.close()
})

test('rows of the newest version are known to this test too', () => {
  const folder = temporaryFolder()
  for (const { version } of all) fillAt(folder, version)
  const { db } = open(folder, migrationsFolder)
  for (const [table, kept] of Object.entries(everything(db))) expect(kept.length, table).toBeGreaterThan(0)
  db.close()
})

test('a new file needs no backup and was migrated from nothing', () => {
  const folder = temporaryFolder()
  const { db, migratedFrom } = open(folder, migrationsFolder)
  db.close()
  expect(migratedFrom).toBeNull()
  expect(existsSync(join(folder, 'backups'))).toBe(false)
})

describe('a migration that fails', () => {
  const failing: [string, Record<string, string>, string][] = [
    ['in its SQL', { '900-bad.sql': 'CREATE TABLE one (x) STRICT; DROP TABLE nowhere;' }, '900-bad.sql'],
    [
      'after another one went well',
      { '890-good.sql': 'CREATE TABLE good (x TEXT) STRICT; DELETE FROM grid;', '900-bad.sql': 'nonsense' },
      '900-bad.sql',
    ],
    [
      'by leaving a reference to nothing',
      { '900-bad.sql': "INSERT INTO grid_post (visitor_id, kind) VALUES (99999, 'line');" },
      'a row of grid_post refers to nothing',
    ],
  ]

  test.each(failing)('%s leaves the file as it was, with a backup', (_, more, detail) => {
    const folder = temporaryFolder()
    const db = openFolder(folder)
    work(db, 20)
    const before = everything(db)
    db.close()
    const bytes = readFileSync(join(folder, 'desk.sqlite3'))

    let refusal: unknown
    try {
      open(folder, migrationsUpTo(newest, more)).db.close()
    } catch (error) {
      refusal = error
    }
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ kind: 'migration', detail: expect.stringContaining(detail) as string })
    expect(readFileSync(join(folder, 'desk.sqlite3')).equals(bytes)).toBe(true)
    expect(listBackups(folder)).toHaveLength(1)

    const again = openFolder(folder)
    expect(everything(again)).toEqual(before)
    again.close()
  })
})

test('a migration may rebuild a table that others refer to', () => {
  const folder = temporaryFolder()
  const db = openFolder(folder)
  db.exec(rowsOf[20]!.replace(/INSERT INTO (person_merge|grid_staff).*/g, ''))
  db.close()
  const rebuild = `
    CREATE TABLE grid_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, area TEXT NOT NULL, colour TEXT) STRICT;
    INSERT INTO grid_new SELECT id, name, area, NULL FROM grid;
    DROP TABLE grid;
    ALTER TABLE grid_new RENAME TO grid;`
  const after = open(folder, migrationsUpTo(newest, { '900-rebuild.sql': rebuild })).db
  expect(grids(after)).toBe(1)
  expect(rows(after, 'SELECT grid_id FROM household')).toEqual([{ grid_id: 1 }])
  expect(after.pragma('foreign_keys', { simple: true })).toBe(1)
  after.close()
})

describe('killed', () => {
  // Two migrations: nothing between them may ever be seen either.
  const more = {
    '900-heavy.sql': `ALTER TABLE grid ADD COLUMN colour TEXT;
      UPDATE grid SET colour = 'green', area = area || area;`,
    '910-heavier.sql': `CREATE INDEX grid_area ON grid (area); UPDATE grid SET colour = 'blue';`,
  }

  /** 'old' or 'new'; throws when it is anything between. */
  function age(folder: string): 'old' | 'new' {
    const db = openDatabase(join(folder, 'desk.sqlite3'))
    try {
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(grids(db)).toBe(3000)
      const columns = rows<{ name: string }>(db, 'SELECT name FROM pragma_table_info(?)', 'grid')
      const coloured = columns.some((column) => column.name === 'colour')
      if (schemaVersion(db) === newest) {
        expect(coloured).toBe(false)
        return 'old'
      }
      expect(schemaVersion(db)).toBe(910)
      expect(rows(db, 'SELECT DISTINCT colour FROM grid')).toEqual([{ colour: 'blue' }])
      return 'new'
    } finally {
      db.close()
    }
  }

  function prepare(): string {
    const origin = temporaryFolder()
    const db = openFolder(origin)
    fill(db, 3000)
    db.close()
    return origin
  }

  function copyOf(origin: string): string {
    const folder = temporaryFolder()
    cpSync(origin, folder, { recursive: true })
    return folder
  }

  test('at 24 random moments, a migration has happened or has not', async () => {
    const origin = prepare()
    const migrations = migrationsUpTo(newest, more)
    const full = performance.now()
    const whole = startScript('open-once.ts', copyOf(origin), migrations)
    await nextLine(whole)
    const begun = performance.now()
    await ended(whole)
    const span = performance.now() - begun
    expect(begun).toBeGreaterThan(full)

    const seen = { old: 0, new: 0 }
    for (let time = 0; time < 24; time += 1) {
      const folder = copyOf(origin)
      const child = startScript('open-once.ts', folder, migrations)
      await nextLine(child)
      await new Promise((resolve) => setTimeout(resolve, (span * time) / 22))
      await kill(child)
      for (const { name } of listBackups(folder)) checkCopy(join(folder, 'backups', name))
      seen[age(folder)] += 1
      // And the next start carries on from there.
      open(folder, migrations).db.close()
      expect(age(folder)).toBe('new')
    }
    console.info(
      `migrations: 24 kills within ${Math.round(span)} ms, ${seen.old} old, ${seen.new} new, 0 between`,
    )
    expect(seen.old).toBeGreaterThan(0)
  })

  test('before each step of the first start, the next start finds no file or a whole one', async () => {
    let finished = false
    for (let step = 1; !finished; step += 1) {
      const folder = temporaryFolder()
      finished = (await ended(startScriptDying(step, 'open-once.ts', folder))) === 0
      const db = openFolder(folder)
      expect(schemaVersion(db)).toBe(newest)
      db.close()
    }
  })
})
