import { computed } from 'vue'
import { useSession } from '../shell/session.ts'

/** Whether the signed-in operator serves residents (前台, 主任); the others look. The core decides; this only hides. */
export function useServes() {
  const session = useSession()
  return computed(() => session.operator?.role === 'clerk' || session.operator?.role === 'manager')
}
