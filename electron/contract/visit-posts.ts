import { z } from 'zod'
import { procedure } from './access.ts'
import { day, id, optionalText, text, version } from './fields.ts'

const none = z.strictObject({})

/** Visits are the desk's business; the auditor looks. */
export const seeing = ['clerk', 'manager', 'auditor'] as const

/** 社区工作人员, 社工, 志愿者: the last two visit beside the staff (联户). */
export const visitorKinds = ['staff', 'social-worker', 'volunteer'] as const
/** 管线: a field of business; 包片: answers for a grid; 联户: visits families of a grid too. */
export const postKinds = ['line', 'area', 'households'] as const

export const post = z.object({
  id,
  visitorId: id,
  kind: z.enum(postKinds),
  /** Null: a line for all grids. */
  gridId: id.nullable(),
  grid: z.string().nullable(),
  duty: z.string(),
  /** Null: since before posts had dates. */
  fromDay: day.nullable(),
  /** The last day; null while it runs. */
  toDay: day.nullable(),
})
export type Post = z.infer<typeof post>

export const visitor = z.object({
  id,
  name: z.string(),
  kind: z.enum(visitorKinds),
  /** Whole: a number of duty, not of a resident. */
  phone: z.string(),
  operatorId: id.nullable(),
  active: z.boolean(),
  /** All posts, running ones first, then the latest. */
  posts: z.array(post),
  version,
})
export type Visitor = z.infer<typeof visitor>

/** By what rules families are visited. */
const ruleFields = {
  /** Families a month that one visitor is asked to meet (seed article: 每月走访25户左右). */
  monthGoal: z.int().min(1).max(500),
  /** Days between two visits to a family of a key group; groups left out have none. */
  intervals: z.array(z.strictObject({ keyGroup: text(20), days: z.int().min(1).max(366) })).max(50),
  /** The tick list of a patrol (日走访). */
  patrolItems: z.array(text(30)).min(1).max(30),
  version,
}
export const visitRules = z.object(ruleFields)
export type VisitRules = z.infer<typeof visitRules>

/** Part of `visits`. */
export const postProcedures = {
  /** Everybody who goes from door to door, active ones first. */
  visitors: procedure(seeing).input(none).output(z.array(visitor)),

  /** INVALID `operatorId` `unknown`; CONFLICT `duplicate` (that operator is a visitor already), `changed`. */
  saveVisitor: procedure(['manager'])
    .input(
      z.strictObject({
        id: id.nullable(),
        version: version.nullable(),
        name: text(20),
        kind: z.enum(visitorKinds),
        phone: optionalText(20),
        operatorId: id.nullable(),
        active: z.boolean(),
      }),
    )
    .output(visitor),

  /**
   * Gives a post. INVALID `gridId` `required` (all but a line), `visitorId` `unknown` for one who is not active, `toDay`
   * `before-from`; CONFLICT `overlap`: the same post of the same visitor runs already.
   */
  addPost: procedure(['manager'])
    .input(
      z.strictObject({
        visitorId: id,
        kind: z.enum(postKinds),
        gridId: id.nullable(),
        duty: optionalText(20),
        fromDay: day,
        toDay: day.nullable(),
      }),
    )
    .output(visitor),

  /** Ends a post on a day, its last. INVALID `toDay` `before-from`; CONFLICT `step` when it ended already. */
  endPost: procedure(['manager'])
    .input(z.strictObject({ postId: id, toDay: day }))
    .output(visitor),

  rules: procedure(seeing).input(none).output(visitRules),

  /** INVALID `intervals` `unknown`, `duplicate`, `patrolItems` `duplicate`; CONFLICT `changed`. */
  changeRules: procedure(['manager']).input(z.strictObject(ruleFields)).output(visitRules),
}
