import { computed } from 'vue'
import { useSession } from '../../shell/session.ts'

/** Whether the operator looks after children (前台, 老师, 主任); the auditor only looks. The core decides; this only hides. */
export function useLooksAfter() {
  const session = useSession()
  return computed(() => session.operator !== null && session.operator.role !== 'auditor')
}
