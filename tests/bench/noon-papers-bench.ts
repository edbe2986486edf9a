import { join } from 'node:path'
import { daysOfMonth } from '../../electron/counters/noon-class/register.ts'
import { openDatabase, rows, transact, value, write, type Database } from '../../electron/database/open.ts'
import { addDays } from '../../electron/workbench/calendar.ts'
import type { DeskProcess } from '../hosts/desk-process.ts'
import { kill, signInClerk, startHost } from './host.ts'
import { interleaveAsync, rowOf, timed, timedAsync, type Row } from './measure.ts'
import { noonFile } from './noon-class.ts'

const attendanceRows = 1_200_000
const registerRounds = 60
const pdfRounds = 12

/**
 * A whole month of the last term, four months ago, when all of its two hundred children came every day; they are put into
 * one group, for a group's month is what is asked for.
 */
function monthOf(folder: string, day: string): { groupId: number; month: string; childIds: number[] } {
  const month = addDays(day, -112).slice(0, 7)
  const db = openDatabase(join(folder, 'desk.sqlite3'))
  try {
    const termId = value<number>(
      db,
      'SELECT id FROM term WHERE first_day <= ? AND last_day >= ?',
      daysOfMonth(month).from,
      daysOfMonth(month).to,
    )!
    const groupId = value<number>(db, 'SELECT min(id) FROM class_group WHERE term_id = ?', termId)!
    transact(db, (file) =>
      write(file, 'UPDATE enrolment SET group_id = ? WHERE term_id = ?', groupId, termId),
    )
    const found = rows<{ id: number }>(db, 'SELECT child_id AS id FROM enrolment WHERE group_id = ?', groupId)
    return { groupId, month, childIds: found.map(({ id }) => id) }
  } finally {
    db.close()
  }
}

/** What the register reads, by bare statements: no rules, no marks, no answer. */
function bareRegister(db: Database, { month, childIds }: ReturnType<typeof monthOf>): () => unknown {
  const { from, to } = daysOfMonth(month)
  const children = JSON.stringify(childIds)
  const [enrolled, attended, left] = [
    'SELECT * FROM enrolment WHERE child_id IN (SELECT value FROM json_each(?)) AND from_day <= ?',
    `SELECT * FROM attendance INDEXED BY attendance_child
     WHERE child_id IN (SELECT value FROM json_each(?)) AND day BETWEEN ? AND ?`,
    'SELECT * FROM child_leave WHERE child_id IN (SELECT value FROM json_each(?)) AND to_day >= ? AND from_day <= ?',
  ].map((text) => db.prepare(text))
  return () => [enrolled!.all(children, to), attended!.all(children, from, to), left!.all(children, from, to)]
}

/** The PDF as the renderer saves it: the paper is issued, its page opened by a ticket. Returns its bytes. */
async function savePdf(
  client: Awaited<ReturnType<typeof signInClerk>>['client'],
  host: DeskProcess,
  { groupId, month, day }: { groupId: number; month: string; day: string },
): Promise<number> {
  const { documentId } = await client.noonClass.paper({
    paper: 'register',
    day,
    groupId,
    childId: null,
    month,
  })
  const { pdf } = await client.documents.show({ id: documentId })
  const answer = await fetch(new URL(pdf, host.origin))
  const { byteLength } = await answer.arrayBuffer()
  if (!answer.ok || byteLength < 10_000) throw new Error(`no PDF came: ${answer.status}`)
  return byteLength
}

/** `noon.register` and `noon.register-pdf`: a month of two hundred children, on 1.2 million rows of attendance. */
export async function benchNoonPapers(wanted: (name: string) => boolean): Promise<Row[]> {
  if (!wanted('noon.register') && !wanted('noon.register-pdf')) return []
  const { folder, day } = noonFile(attendanceRows)
  const asked = monthOf(folder, day)
  const host = await startHost(folder)
  const beside = openDatabase(join(folder, 'desk.sqlite3'), { readonly: true })
  try {
    const { client } = await signInClerk(host)
    const made: Row[] = []
    if (wanted('noon.register')) {
      const bare = bareRegister(beside, asked)
      const { groupId, month } = asked
      const samples = await interleaveAsync(
        {
          app: () => timedAsync(() => client.noonClass.register({ groupId, month })),
          bare: async () => timed(bare),
        },
        registerRounds,
      )
      made.push(rowOf('noon.register', 'ms', samples.app, samples.bare))
    }
    if (wanted('noon.register-pdf')) {
      const pdf = () => timedAsync(() => savePdf(client, host, { ...asked, day }))
      // The first page starts Chromium.
      const { app } = await interleaveAsync({ app: pdf }, pdfRounds, 1)
      made.push(rowOf('noon.register-pdf', 'ms', app))
    }
    return made
  } finally {
    beside.close()
    await kill(host)
  }
}
