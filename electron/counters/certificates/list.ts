import { readCode } from '../../contract/certificate-code.ts'
import type { CertificateKind, CertificateLine } from '../../contract/certificate-records.ts'
import { readTogether, rows, type Database } from '../../database/open.ts'
import type { Context } from '../../workbench/workbench.ts'
import { align } from '../people/alignment.ts'
import { expressionsOf } from '../people/expressions.ts'
import { readQuery } from '../people/query.ts'
import { certificateLines, standingSql } from './record.ts'

export type Asked = {
  query: string
  kind?: CertificateKind | undefined
  standing?: CertificateLine['standing'] | undefined
  waiting?: true | undefined
  volunteerId?: number | undefined
  from?: string | undefined
  to?: string | undefined
  before?: number | undefined
  limit: number
}

type Where = { text: string; parameters: Record<string, unknown> }

const tables = `certificate AS c LEFT JOIN certificate_void AS w ON w.certificate_id = c.id`

/** Constant texts: what was asked for only chooses among them, and its values are parameters. */
const conditions = {
  kind: 'c.kind = @kind',
  standing: `${standingSql} = @standing`,
  waiting: `@waiting = 1 AND w.certificate_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM certificate_collection WHERE certificate_id = c.id)`,
  volunteerId: 'c.volunteer_id = @volunteerId',
  from: 'c.day >= @from',
  to: 'c.day <= @to',
} as const

function whereOf(asked: Asked): Where {
  const given = (Object.keys(conditions) as (keyof typeof conditions)[]).filter(
    (field) => asked[field] !== undefined,
  )
  const valueOf = (field: keyof typeof conditions) => (field === 'waiting' ? 1 : asked[field])
  return {
    text: given.map((field) => ` AND ${conditions[field]}`).join(''),
    parameters: Object.fromEntries(given.map((field) => [field, valueOf(field)])),
  }
}

/** `zm-2026-128`, `ZM2026000128`, `RY-2026-000007`. */
const wholeNumber = /^(ZM|RY)-?(\d{4})-?(\d{1,6})$/

/** A whole number in any writing, or that of a code that a scanner read; else what may be the end of one; else null. */
export function numberTyped(query: string): { whole: string } | { tail: string } | null {
  const code = readCode(query)
  if (code) return { whole: code.statement.number }
  const typed = query
    .slice(0, 40)
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/\p{Pd}/gu, '-')
    .toUpperCase()
  const [, prefix, year, place] = wholeNumber.exec(typed) ?? []
  if (place !== undefined) return { whole: `${prefix}-${year}-${place.padStart(6, '0')}` }
  return /^\d{1,6}$/.test(typed) ? { tail: typed } : null
}

/** Whose person, after merges, one of the two indexes names. */
const named = (where: Where) => `
  WITH found (id) AS (
    SELECT rowid FROM person_search WHERE person_search MATCH @match
    UNION ALL SELECT rowid FROM person_search_gone WHERE person_search_gone MATCH @match)
  SELECT c.id, json_extract(d.data, '$.name') AS sheetName, p.name
  FROM ${tables}
  CROSS JOIN document AS d ON d.id = c.document_id
  CROSS JOIN person AS o ON o.id = c.person_id
  CROSS JOIN person AS p ON p.id = CASE WHEN o.merged_into IS NULL THEN o.id ELSE (
    WITH RECURSIVE kept (id, into_id) AS (
      SELECT id, merged_into FROM person WHERE id = o.merged_into
      UNION SELECT person.id, person.merged_into FROM kept JOIN person ON person.id = kept.into_id)
    SELECT id FROM kept WHERE into_id IS NULL) END
  WHERE p.id IN (SELECT id FROM found)${where.text} ORDER BY c.id DESC`

/** All that meet the query, newest first. Whatever was typed is a question, never an error. */
function idsFound(db: Database, query: string, where: Where): number[] {
  const { text, parameters } = where
  const number = numberTyped(query)
  if (number) {
    const condition = 'whole' in number ? 'c.number = @whole' : 'substr(c.number, -@length) = @tail'
    const typed = 'whole' in number ? number : { ...number, length: number.tail.length }
    return rows<{ id: number }>(
      db,
      `SELECT c.id FROM ${tables} WHERE ${condition}${text} ORDER BY c.id DESC`,
      { ...typed, ...parameters },
    ).map(({ id }) => id)
  }
  const read = readQuery(query)
  const expressions = expressionsOf(read)
  if (!expressions) return []
  const found = rows<{ id: number; name: string; sheetName: string }>(db, named(where), {
    match: expressions.loose === null ? expressions.any : `(${expressions.any}) OR (${expressions.loose})`,
    ...parameters,
  })
  // The index keeps words, not their order.
  const fits = (name: string) => read.name.length === 0 || align(read.name, name) !== null
  return found.filter(({ name, sheetName }) => fits(name) || fits(sheetName)).map(({ id }) => id)
}

function pageOfAll(db: Database, { text, parameters }: Where, { before, limit }: Asked) {
  const ids = rows<{ id: number }>(
    db,
    `SELECT c.id FROM ${tables} WHERE c.id < @before${text} ORDER BY c.id DESC LIMIT @limit`,
    { ...parameters, before: before ?? Number.MAX_SAFE_INTEGER, limit },
  ).map(({ id }) => id)
  const [counted] = rows<{ total: number }>(
    db,
    `SELECT count(*) AS total FROM ${tables} WHERE 1${text}`,
    ...(Object.keys(parameters).length > 0 ? [parameters] : []),
  )
  return { ids, total: counted!.total }
}

/** The register, newest first: all of it, or what was searched for. The next page begins before its last row. */
export function listCertificates(
  { desk: { db } }: Context,
  asked: Asked,
): { rows: CertificateLine[]; total: number } {
  return readTogether(db, () => {
    const where = whereOf(asked)
    if (asked.query === '') {
      const { ids, total } = pageOfAll(db, where, asked)
      return { rows: certificateLines(db, ids), total }
    }
    const found = idsFound(db, asked.query, where)
    const from = asked.before
    const page = found.filter((id) => from === undefined || id < from).slice(0, asked.limit)
    return { rows: certificateLines(db, page), total: found.length }
  })
}
