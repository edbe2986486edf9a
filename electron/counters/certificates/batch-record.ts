import type { Batch } from '../../contract/certificate-batches.ts'
import type { Wanted } from '../../contract/certificate-records.ts'
import { row, rows, type Database } from '../../database/open.ts'
import { fail } from '../../workbench/errors.ts'
import type { Workbench } from '../../workbench/workbench.ts'
import { nameNow } from '../people/lines.ts'

/** What each of a batch is to get. */
export type BatchWanted = Omit<Wanted, 'volunteerId' | 'personId'>

type Head = Omit<Batch, 'items'> & { ticket: string; wanted: BatchWanted }

// Which batches this process works on. It dies with the process and with a restored backup: what was under way is stopped.
const working = new WeakMap<Workbench, Set<number>>()

/** The batches that this process works on now. */
export function workingOn(desk: Workbench): Set<number> {
  let found = working.get(desk)
  if (!found) working.set(desk, (found = new Set()))
  return found
}

const headSql = `
  SELECT b.id, b.ticket, b.title, b.wanted, b.state, b.at, o.name AS operator,
    (SELECT count(*) FROM certificate_batch_item WHERE batch_id = b.id) AS total,
    (SELECT count(certificate_id) FROM certificate_batch_item WHERE batch_id = b.id) AS issued,
    (SELECT count(*) FROM certificate_batch_item WHERE batch_id = b.id AND problem <> '') AS failed
  FROM certificate_batch AS b CROSS JOIN operator AS o ON o.id = b.operator_id`

type HeadRow = Omit<Head, 'wanted' | 'kind'> & { wanted: string }

/** A batch that nobody works on any more, though nobody cancelled it, is stopped. */
function toHead(desk: Workbench, found: HeadRow): Head {
  const wanted = JSON.parse(found.wanted) as BatchWanted
  const isStopped = found.state === 'running' && !workingOn(desk).has(found.id)
  return { ...found, wanted, kind: wanted.kind, state: isStopped ? 'stopped' : found.state }
}

/** A batch without its items; NOT_FOUND `certificate-batch`. */
export function readHead(desk: Workbench, id: number): Head {
  const found = row<HeadRow>(desk.db, `${headSql} WHERE b.id = ?`, id)
  return found ? toHead(desk, found) : fail('NOT_FOUND', { what: 'certificate-batch' })
}

const shownHead = ({ ticket: _, wanted: __, ...head }: Head) => head

/** The newest, newest first. */
export const readHeads = (desk: Workbench, most: number): Omit<Batch, 'items'>[] =>
  rows<HeadRow>(desk.db, `${headSql} ORDER BY b.id DESC LIMIT ?`, most).map((found) =>
    shownHead(toHead(desk, found)),
  )

type ItemRow = Omit<Batch['items'][number], 'certificate'> & {
  certificateId: number | null
  certificateNumber: string | null
}

function itemsOf(db: Database, id: number): Batch['items'] {
  return rows<ItemRow>(
    db,
    `SELECT i.position, ${nameNow('p')} AS name, v.number AS volunteerNumber, i.problem, c.id AS certificateId,
       c.number AS certificateNumber
     FROM certificate_batch_item AS i
     CROSS JOIN person AS p ON p.id = i.person_id
     LEFT JOIN volunteer AS v ON v.id = i.volunteer_id
     LEFT JOIN certificate AS c ON c.id = i.certificate_id
     WHERE i.batch_id = ? ORDER BY i.position`,
    id,
  ).map(({ certificateId, certificateNumber, ...item }) => ({
    ...item,
    certificate: certificateId === null ? null : { id: certificateId, number: certificateNumber! },
  }))
}

export const readWholeBatch = (desk: Workbench, id: number): Batch => ({
  ...shownHead(readHead(desk, id)),
  items: itemsOf(desk.db, id),
})

/** The next one to issue: in order, without those that failed. */
export const nextItem = (db: Database, id: number) =>
  row<{ position: number; volunteerId: number | null; personId: number }>(
    db,
    `SELECT position, volunteer_id AS volunteerId, person_id AS personId FROM certificate_batch_item
     WHERE batch_id = ? AND certificate_id IS NULL AND problem = '' ORDER BY position LIMIT 1`,
    id,
  )
