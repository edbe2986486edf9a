import { onBeforeUnmount, ref, shallowRef } from 'vue'

/**
 * A sheet that follows what is being typed: asked for when the hands rest, the newest answer wins. A refusal leaves the last
 * good sheet where it is, and says why.
 */
export function useLivePreview(draw: () => Promise<{ html: string }>, restMs = 500) {
  const path = ref<string | null>(null)
  const failure = shallowRef<unknown>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest = 0

  async function now() {
    clearTimeout(timer)
    const mine = (newest += 1)
    try {
      const { html } = await draw()
      if (mine !== newest) return
      path.value = html
      failure.value = null
    } catch (error) {
      if (mine === newest) failure.value = error
    }
  }
  function soon() {
    clearTimeout(timer)
    timer = setTimeout(() => void now(), restMs)
  }
  onBeforeUnmount(() => {
    newest += 1
    clearTimeout(timer)
  })
  return { path, failure, now, soon }
}
