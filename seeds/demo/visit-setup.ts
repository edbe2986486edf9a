import { addHousehold } from '../../electron/counters/people/households.ts'
import { listGrids } from '../../electron/counters/people/grids.ts'
import { saveCompany } from '../../electron/counters/visits/companies.ts'
import { addPost } from '../../electron/counters/visits/posts.ts'
import { changeVisitRules, readVisitRules } from '../../electron/counters/visits/rules.ts'
import { listVisitors, saveVisitor } from '../../electron/counters/visits/visitors.ts'
import { rows } from '../../electron/database/open.ts'
import { addDays } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import { missing } from './happen.ts'
import { workingDayBefore } from './moments.ts'

/** A grid of the demo with its doors in walking order, and who goes there. */
export type DemoGrid = { id: number; doors: number[]; worker: number; helper: number }
export type VisitStaff = {
  grids: DemoGrid[]
  companies: number[]
  /** Doors that stand empty, with nobody registered. */
  empty: number[]
}

/**
 * The demo's doors are a thirtieth of a community's: the goal is made as small, so that it reaches as little of them as 25
 * a month reach of four hundred.
 */
const monthGoal = 1

const doorsBehindLocks = [
  { grid: 2, estate: '西院', door: '9栋1单元101' },
  { grid: 4, estate: '北苑', door: '9栋2单元203' },
  { grid: 6, estate: '新村', door: '9栋1单元302' },
]

/** Who visits beside the grid workers, companies, the goal, and three doors behind which nobody lives. */
export function setUpVisits(clerk: Context, manager: Context, today: string, tick: () => void): VisitStaff {
  const { db } = clerk.desk
  const firstDay = addDays(today, -364)
  const grids = listGrids(db, today)
  const visitor = (
    name: string,
    kind: 'staff' | 'social-worker' | 'volunteer',
    operatorId: number | null,
  ) => {
    tick()
    const fields = { id: null, version: null, name, kind, phone: '', operatorId, active: true }
    return saveVisitor(manager, fields).id
  }
  const post = (
    visitorId: number,
    kind: 'line' | 'households',
    gridId: number | null,
    duty: string,
    toDay: string | null,
  ) => {
    tick()
    addPost(manager, { visitorId, kind, gridId, duty, fromDay: firstDay, toDay })
  }

  const desk = visitor('演示前台', 'staff', clerk.operator!.id)
  post(desk, 'line', null, '民政', null)
  const socialWorker = visitor('演示社工', 'social-worker', null)
  post(socialWorker, 'households', grids[0]!.id, '', null)
  post(socialWorker, 'households', grids[4]!.id, '', null)
  // Handed on in the summer: it stays in the history of who looked after which grid.
  const volunteer = visitor('演示志愿者', 'volunteer', null)
  post(volunteer, 'households', grids[2]!.id, '', addDays(today, -140))
  post(volunteer, 'households', grids[3]!.id, '', null)

  tick()
  changeVisitRules(manager, { ...readVisitRules(db), monthGoal })
  const companies = ['演示一物业', '演示二物业', '演示三物业'].map((name) => {
    tick()
    const fields = { id: null, version: null, name, contact: '值班室', phone: '', toDay: null }
    return saveCompany(manager, { ...fields, fromDay: workingDayBefore(today, 40) }).id
  })
  const empty = doorsBehindLocks.map(({ grid, ...place }) => {
    tick()
    return addHousehold(clerk, { gridId: grids[grid - 1]!.id, ...place, note: '' }).id
  })

  const visitors = listVisitors(db)
  const holder = (gridId: number, kind: 'area' | 'households') =>
    visitors.find(({ posts }) => posts.some((one) => one.kind === kind && one.gridId === gridId))?.id ??
    missing(kind)
  return {
    companies,
    empty,
    grids: grids.map(({ id }) => ({
      id,
      doors: rows<{ id: number }>(
        db,
        `SELECT id FROM household WHERE grid_id = ? AND merged_into IS NULL
         ORDER BY estate, CAST(building AS INTEGER), unit, number`,
        id,
      ).map((door) => door.id),
      worker: holder(id, 'area'),
      helper: holder(id, 'households'),
    })),
  }
}
