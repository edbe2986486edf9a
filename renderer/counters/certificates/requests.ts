import { useQuery } from '@pinia/colada'
import type { RequestLine } from '../../../electron/contract/certificate-records.ts'
import { client } from '../../shell/client.ts'

/** Wishes with which something has to be done yet; `all`: those that are over too, newest first. */
export const useRequests = (state: () => 'open' | 'all' = () => 'open') =>
  useQuery({
    key: () => ['certificate-request', state()],
    query: () => client.certificates.requests({ state: state() }),
  })

/** Whether whoever is signed in can take it a step on: decide what another asked for, or issue what was approved. */
export const isForMe = ({ state, mayDecide }: RequestLine, serves: boolean): boolean =>
  serves && (state === 'approved' || (state === 'waiting' && mayDecide))
