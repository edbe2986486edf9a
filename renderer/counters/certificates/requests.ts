import { useQuery } from '@pinia/colada'
import { client } from '../../shell/client.ts'

/** Wishes that wait for a second person; `all`: those that were decided too, newest first. */
export const useRequests = (state: () => 'waiting' | 'all' = () => 'waiting') =>
  useQuery({
    key: () => ['certificate-request', state()],
    query: () => client.certificates.requests({ state: state() }),
  })
