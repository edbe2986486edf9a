import { patrolProcedures } from './patrols.ts'
import { coverageProcedures } from './visit-coverage.ts'
import { photoProcedures } from './visit-photos.ts'
import { postProcedures } from './visit-posts.ts'
import { recordProcedures } from './visit-records.ts'
import { registrationProcedures } from './visit-registration.ts'
import { roundProcedures } from './visit-rounds.ts'

/** Household visits (入户走访): who is to be seen, what they said, and what became of it. */
export const visits = {
  ...postProcedures,
  ...roundProcedures,
  ...recordProcedures,
  ...registrationProcedures,
  ...photoProcedures,
  ...coverageProcedures,
  ...patrolProcedures,
}
