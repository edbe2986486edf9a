import { watch, type Ref } from 'vue'

/** Puts the focus on what has just been opened when it would otherwise be nowhere (after the search box). */
export function focusOnArrival(opened: Readonly<Ref<HTMLElement | null>>): void {
  watch(
    opened,
    (element) => {
      if (element && document.activeElement === document.body) element.focus({ preventScroll: true })
    },
    { flush: 'post' },
  )
}
