import type { client } from '../../shell/client.ts'

type AddVisit = Parameters<typeof client.visits.addVisit>[0]
/** What the desk takes of a visit. */
export type ContractInputs = {
  fields: Omit<Parameters<typeof client.visits.changeVisit>[0], 'id' | 'version'>
  needs: AddVisit['needs']
}
