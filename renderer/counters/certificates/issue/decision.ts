import { useMutation, useQueryCache } from '@pinia/colada'
import { toast } from '../../../components/toast.ts'
import { client } from '../../../shell/client.ts'

type Decision = Parameters<typeof client.certificates.decide>[0]

/** Says yes or no to a wish; false when it was refused, which has been said then. */
export function useDecision() {
  const cache = useQueryCache()
  const step = useMutation({
    mutation: (decision: Decision) => client.certificates.decide(decision),
    onSettled: () => void cache.invalidateQueries({ key: ['certificate-request'] }),
  })
  async function decide(decision: Decision, told: string): Promise<boolean> {
    if (step.isLoading.value) return false
    try {
      await step.mutateAsync(decision)
      toast.ok(told)
      return true
    } catch (error) {
      toast.error(error)
      return false
    }
  }
  return { decide, busy: step.isLoading }
}
