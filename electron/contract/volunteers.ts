import { volunteerActivityProcedures } from './volunteer-activities.ts'
import { volunteerPeopleProcedures } from './volunteer-people.ts'
import { volunteerPioneerProcedures } from './volunteer-pioneer.ts'
import { volunteerPointsProcedures } from './volunteer-points.ts'
import { volunteerRecordProcedures } from './volunteer-records.ts'
import { volunteerReportProcedures } from './volunteer-reports.ts'
import { volunteerRuleProcedures } from './volunteer-rules.ts'
import { volunteerTeamProcedures } from './volunteer-teams.ts'

/** Volunteers (志愿者): who serves in which colour, minutes that a second person confirmed, points that add up. */
export const volunteers = {
  ...volunteerRuleProcedures,
  ...volunteerPeopleProcedures,
  ...volunteerTeamProcedures,
  ...volunteerActivityProcedures,
  ...volunteerRecordProcedures,
  ...volunteerPointsProcedures,
  ...volunteerPioneerProcedures,
  ...volunteerReportProcedures,
}
