import { onScopeDispose, ref, type Ref } from 'vue'

/** The present, moved on every few seconds, for clocks and for times told as 今天 09:12. */
export function useNow(everySeconds = 10): Readonly<Ref<Date>> {
  const now = ref(new Date())
  const timer = setInterval(() => (now.value = new Date()), everySeconds * 1000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
