import { value, type Database } from '../../database/open.ts'
import { isWorkingDay } from '../../workbench/calendar.ts'
import { stillToFollow } from './doors.ts'
import { areaVisitors } from './posts.ts'
import { readVisitRules } from './rules.ts'

/** Nobody lives there on `@today`. */
const awayNow = (household: string) =>
  `EXISTS (SELECT 1 FROM household_away AS a WHERE a.household_id = ${household} AND a.from_day <= @today
     AND (a.until_day IS NULL OR a.until_day > @today))`

/** Different families met since the first of the month. */
const monthMetSql = `
  SELECT count(DISTINCT household_id) FROM visit
  WHERE voided = 0 AND outcome = 'met' AND day BETWEEN @first AND @today`

/** Families whose last agreed day has come, and who were not met since it was agreed. */
const followUpSql = `
  SELECT count(*) FROM visit AS v
  WHERE v.voided = 0 AND v.follow_up_day <= @today AND NOT ${awayNow('v.household_id')} AND ${stillToFollow('v')}`

/** Families of key groups that were not met within their shortest interval. */
const keyOverdueSql = `
  WITH family (id, days) AS (
    SELECT p.household_id, min(i.days) FROM visit_interval AS i
    CROSS JOIN person_key_group AS g ON g.key_group = i.key_group CROSS JOIN person AS p ON p.id = g.person_id
    WHERE p.household_id IS NOT NULL AND p.departure IS NULL AND p.merged_into IS NULL GROUP BY p.household_id)
  SELECT count(*) FROM family
  WHERE NOT ${awayNow('family.id')} AND NOT EXISTS (
    SELECT 1 FROM visit AS v WHERE v.household_id = family.id AND v.voided = 0 AND v.outcome = 'met'
      AND v.day > date(@today, '-' || family.days || ' days'))`

/** Property companies that are walked these days, and were not yet today. */
const patrolsSql = `
  SELECT count(*) FROM property_company AS c
  WHERE c.from_day <= @today AND (c.to_day IS NULL OR c.to_day >= @today)
    AND NOT EXISTS (SELECT 1 FROM patrol AS p WHERE p.company_id = c.id AND p.day = @today)`

/** The numbers of 今日: the same as those of the coverage page, each from its index alone. */
export function countVisits(db: Database, today: string) {
  const count = (text: string, parameters: object = { today }) => value<number>(db, text, parameters) ?? 0
  // Each who answers for a grid is asked for the goal there.
  const answering = [...areaVisitors(db, today).values()].reduce((sum, visitors) => sum + visitors, 0)
  return {
    monthMet: count(monthMetSql, { today, first: `${today.slice(0, 8)}01` }),
    monthGoal: readVisitRules(db).monthGoal * answering,
    followUp: count(followUpSql),
    keyOverdue: count(keyOverdueSql),
    patrols: isWorkingDay(today) ? count(patrolsSql) : 0,
  }
}
