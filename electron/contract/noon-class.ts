import { noonChildrenProcedures } from './noon-children.ts'
import { noonDayProcedures } from './noon-days.ts'
import { noonReportProcedures } from './noon-reports.ts'
import { noonSetupProcedures } from './noon-setup.ts'

/** The noon class (午间课堂): who is expected, who is here, and to whom each child was handed. */
export const noonClass = {
  ...noonSetupProcedures,
  ...noonChildrenProcedures,
  ...noonDayProcedures,
  ...noonReportProcedures,
}
