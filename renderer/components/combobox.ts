import { computed, ref, useId, watch } from 'vue'

type Options = {
  /** The options that stand in the list now; new ones put the mark back to the first. */
  rows: () => readonly unknown[]
  /** Takes the option at this place. */
  choose: (index: number) => void
  /** The option that Enter takes before any arrow key: 0 = the first, -1 = none (Enter is free for the form). */
  first?: () => number
}

/**
 * The keyboard and ARIA of an editable combobox with a listbox (WAI-ARIA APG, `aria-activedescendant`): focus stays
 * in the input, arrows move the mark, Enter takes it, Esc closes. Keys typed into an input method are left alone.
 */
export function useCombobox(options: Options) {
  const listId = useId()
  const open = ref(false)
  const active = ref(-1)
  const count = () => options.rows().length
  const first = () => Math.min(options.first?.() ?? 0, count() - 1)
  const shown = computed(() => open.value && count() > 0)

  function show() {
    open.value = true
    active.value = first()
  }
  function close() {
    open.value = false
    active.value = -1
  }
  watch(options.rows, () => (active.value = first()))
  watch(active, (index) => {
    if (index >= 0) document.getElementById(`${listId}-${index}`)?.scrollIntoView({ block: 'nearest' })
  })

  function move(by: number) {
    if (!open.value) return show()
    const all = count()
    if (all === 0) return
    active.value = active.value < 0 && by < 0 ? all - 1 : (active.value + by + all) % all
  }

  /** Handles one key; true when the key was for the list and the form should not see it. */
  function press(event: KeyboardEvent): boolean {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter' && shown.value && active.value >= 0) options.choose(active.value)
    else if (event.key === 'Escape' && open.value) close()
    else {
      if (event.key === 'Tab') close()
      return false
    }
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  const input = computed(() => ({
    role: 'combobox' as const,
    'aria-autocomplete': 'list' as const,
    'aria-expanded': shown.value,
    'aria-controls': shown.value ? listId : undefined,
    'aria-activedescendant': shown.value && active.value >= 0 ? `${listId}-${active.value}` : undefined,
    autocomplete: 'off',
    spellcheck: false,
  }))
  const option = (index: number) => ({
    id: `${listId}-${index}`,
    role: 'option' as const,
    'aria-selected': index === active.value,
  })

  return { listId, open, shown, active, show, close, press, input, option }
}
