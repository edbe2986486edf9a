import type { Client } from '../hosts/desk-process.ts'
import { row, rows, value, type Database } from '../../electron/database/open.ts'
import { addDays } from '../../electron/workbench/calendar.ts'
import { endDay } from '../../seeds/dataset/plan.ts'

export type ListInput = Parameters<Client['enquiries']['list']>[0]

/** A page of the list, and what a hand-written statement would have instead of the filter. */
export type ListQuestion = {
  kind: string
  input: ListInput
  /** Conditions on `e`, and the order of the page. */
  where: string
  order: string
  /** Another source than the enquiries alone. */
  from?: string
  parameters: unknown[]
  /** The answer is as long whatever the years: good for comparing them. */
  ageless: boolean
}

const newest = 'e.id DESC'
const byLimit = 'e.waiting, e.due_at, e.id'

/** A key of the middle of what this filter gives, so that the page is a deep one. */
const middle = (db: Database, where: string, ...parameters: unknown[]) =>
  value<number>(
    db,
    `SELECT id FROM enquiry e WHERE ${where} ORDER BY id DESC LIMIT 1
     OFFSET (SELECT count(*) / 2 FROM enquiry e WHERE ${where})`,
    ...parameters,
    ...parameters,
  ) ?? 1

/** Ids by how often they are named, the most frequent first. */
const ranked = (db: Database, column: string) =>
  rows<{ id: number }>(
    db,
    `SELECT ${column} AS id FROM enquiry WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1`,
  ).map(({ id }) => id)

/** Every kind of page that the list can be asked for, with the frequent and the rare of each. */
export function listQuestions(
  db: Database,
  now: { at: string; morning: string; tonight: string },
): ListQuestion[] {
  const made: ListQuestion[] = []
  const ask = (
    kind: string,
    input: ListInput,
    where: string,
    parameters: unknown[] = [],
    more: Partial<ListQuestion> = {},
  ) => made.push({ kind, input, where, parameters, order: newest, ageless: false, ...more })
  const open = { order: byLimit, ageless: true }

  ask('open', {}, 'e.open = 1', [], open)
  const deep = row<{ waiting: number; due: string; id: number }>(
    db,
    `SELECT waiting, due_at AS due, id FROM enquiry WHERE open = 1 ORDER BY waiting, due_at, id
     LIMIT 1 OFFSET (SELECT count(*) * 2 / 3 FROM enquiry WHERE open = 1)`,
  )!
  ask(
    'open, deep',
    { after: `${deep.waiting}.${deep.due}.${deep.id}` },
    'e.open = 1 AND (e.waiting, e.due_at, e.id) > (?, ?, ?)',
    [deep.waiting, deep.due, deep.id],
    open,
  )
  const running = 'e.open = 1 AND e.waiting = 0'
  ask('overdue', { urgency: 'overdue' }, `${running} AND e.due_at < ?`, [now.at], open)
  ask('today', { urgency: 'today' }, `${running} AND e.due_at BETWEEN ? AND ?`, [now.at, now.tonight], open)
  ask('waiting', { urgency: 'waiting' }, 'e.open = 1 AND e.waiting = 1', [], open)
  ask(
    'remind',
    { urgency: 'remind' },
    `${running} AND e.state IN ('dispatched', 'working') AND e.answer_due_at < ?`,
    [now.morning],
    open,
  )
  ask(
    'arrival',
    { urgency: 'arrival' },
    `${running} AND e.id IN (SELECT enquiry_id FROM assignment WHERE state = 'sent' AND arrive_due_at < ?)`,
    [now.at],
    open,
  )
  ask('promises', { promiseDue: true }, 'e.open = 1 AND e.promise_day <= ?', [endDay], open)
  ask(
    'late, bounced',
    { why: 'bounced' },
    `${running} AND e.due_at < ? AND e.state <> 'answered' AND (SELECT count(*) FROM enquiry_event v
       WHERE v.enquiry_id = e.id AND v.step IN ('return', 'transfer')) > 1`,
    [now.at],
    open,
  )

  ask('all', { state: 'all' }, 'true')
  ask('closed', { state: 'closed' }, 'e.open = 0')
  for (const state of [
    'dispatched',
    'working',
    'answered',
    'closed',
    'archived',
    'withdrawn',
    'referred',
  ] as const) {
    if (state !== 'closed') ask(`state ${state}`, { state }, 'e.state = ?', [state])
  }
  for (const where of ['true', "e.state = 'archived'"]) {
    const after = middle(db, where)
    const state = where === 'true' ? 'all' : 'archived'
    ask('deep', { state, after: String(after) }, `${where} AND e.id < ?`, [after])
  }

  const [matters, operators] = [ranked(db, 'matter_id'), ranked(db, 'operator_id')]
  const [departments, grids] = [ranked(db, 'lead_id'), ranked(db, 'grid_id')]
  const some = (ids: number[]) => [ids[0]!, ids[Math.floor(ids.length / 2)]!, ids.at(-1)!]
  for (const [kind, field, column, ids] of [
    ['matter', 'matterId', 'matter_id', matters],
    ['operator', 'operatorId', 'operator_id', operators],
    ['department', 'departmentId', 'lead_id', departments],
    ['grid', 'gridId', 'grid_id', grids],
  ] as const) {
    for (const id of some(ids)) {
      ask(`by ${kind}`, { state: 'all', [field]: id }, `e.${column} = ?`, [id])
      ask(`by ${kind}, open`, { [field]: id }, `e.open = 1 AND e.${column} = ?`, [id], open)
      ask(
        `by ${kind} and state`,
        { state: 'withdrawn', [field]: id },
        `e.state = 'withdrawn' AND e.${column} = ?`,
        [id],
      )
    }
    const after = middle(db, `e.${column} = ?`, ids[0])
    ask(
      `by ${kind}, deep`,
      { state: 'all', [field]: ids[0]!, after: String(after) },
      `e.${column} = ? AND e.id < ?`,
      [ids[0], after],
    )
  }
  ask('without matter', { state: 'all', matterId: null }, 'e.matter_id IS NULL')
  ask('by the desk', { state: 'closed', departmentId: null }, 'e.open = 0 AND e.lead_id IS NULL')

  for (const nth of [0, 2, 5]) {
    const [matter, operator, department, grid] = [
      matters[nth]!,
      operators[nth % 4]!,
      departments[nth]!,
      grids[nth]!,
    ]
    ask(
      'combined',
      { state: 'withdrawn', matterId: matter, operatorId: operator, gridId: grid },
      "e.state = 'withdrawn' AND e.matter_id = ? AND e.operator_id = ? AND e.grid_id = ?",
      [matter, operator, grid],
    )
    ask(
      'combined',
      { state: 'all', departmentId: department, gridId: grid, matterId: matter },
      'e.lead_id = ? AND e.grid_id = ? AND e.matter_id = ?',
      [department, grid, matter],
    )
    ask('late', { state: 'all', late: true, gridId: grid }, 'e.late = 1 AND e.grid_id = ?', [grid])
    ask(
      'refused',
      { state: 'all', kind: 'refused', matterId: matter },
      "e.answer_kind = 'refused' AND e.matter_id = ?",
      [matter],
    )
  }
  ask('late', { state: 'all', late: true }, 'e.late = 1')
  ask('refused', { state: 'all', kind: 'refused' }, "e.answer_kind = 'refused'")
  ask('explained', { state: 'closed', kind: 'explained' }, "e.open = 0 AND e.answer_kind = 'explained'")
  ask('discontent', { state: 'all', followUp: 'discontent' }, "e.follow_up = 'discontent'")

  for (const [kind, days] of [
    ['90 days', 90],
    ['a year', 365],
  ] as const) {
    const [from, to] = [addDays(endDay, -days), endDay]
    const ageless = days === 90
    for (const by of ['accepted', 'answered', 'closed'] as const) {
      const column = `e.${by}_day`
      const within = { order: `${column} DESC, e.id DESC`, ageless }
      const period = { by, from, to }
      ask(`${by} in ${kind}`, { state: 'all', period }, `${column} BETWEEN ? AND ?`, [from, to], within)
      // The days first, then whatever else the panel has: each must be answered without reading a year of rows.
      for (const [also, more, where] of [
        ['open', { state: 'open' }, 'e.open = 1'],
        ['closed', { state: 'closed' }, 'e.open = 0'],
        ['withdrawn', { state: 'withdrawn' }, "e.state = 'withdrawn'"],
        ['late', { state: 'all', late: true }, 'e.late = 1'],
        ['refused', { state: 'all', kind: 'refused' }, "e.answer_kind = 'refused'"],
        ['discontent', { state: 'all', followUp: 'discontent' }, "e.follow_up = 'discontent'"],
        [
          'late at its department',
          { state: 'all', late: true, departmentId: departments[0]! },
          `e.late = 1 AND e.lead_id = ${departments[0]}`,
        ],
      ] as const) {
        ask(
          `${by} in ${kind}, ${also}`,
          { ...more, period },
          `${column} BETWEEN ? AND ? AND ${where}`,
          [from, to],
          within,
        )
      }
      ask(
        `${by} in ${kind}, narrowed`,
        { state: 'all', period, matterId: matters[3]!, gridId: grids[1]! },
        `${column} BETWEEN ? AND ? AND e.matter_id = ? AND e.grid_id = ?`,
        [from, to, matters[3], grids[1]],
        within,
      )
    }
    for (const rating of ['good', 'bad'] as const) {
      ask(
        `rated ${rating} in ${kind}`,
        { state: 'all', period: { by: 'rated', from, to }, rating },
        `r.day BETWEEN ? AND ? AND r.level ${rating === 'good' ? '>= 3' : '<= 2'}`,
        [from, to],
        { from: 'rating r JOIN enquiry e ON e.id = r.enquiry_id', order: 'r.day DESC, e.id DESC', ageless },
      )
    }
  }
  return made
}
