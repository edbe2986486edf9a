import { computed, ref, type Ref } from 'vue'
import { conflictOf } from './conflict.ts'

/** A form over a record: the version and the fields it began with, and what is typed. */
type Edited<Form> = { version: number; base: Form; mine: Form }

/**
 * Another screen saved the record first: `met` is asked with the error of a save, and with the record as it stands now turns
 * `other` on. What was not touched here is taken from there by itself (nobody's news is lost to an old form), the rest as
 * ticked in `taken` among `fields`; `settle` puts both into the form, which is then saved over what stands now.
 */
export function useOtherSaved<
  Form extends object,
  Field extends keyof Form & string,
  Of extends { version: number },
>(
  draft: Ref<Edited<Form>>,
  how: {
    read: (current: Of) => Form
    changed: (before: Form, after: Form) => Field[]
    labels: Readonly<Record<Field, string>>
    words: (form: Form, field: Field) => string
    now: () => Of
  },
) {
  const other = ref(null) as Ref<Form | null>
  const taken = ref([]) as Ref<Field[]>
  const theirs = computed(() => (other.value ? how.changed(draft.value.base, other.value) : []))
  const fields = computed(() =>
    theirs.value.map((field) => ({
      field,
      label: how.labels[field],
      theirs: how.words(other.value!, field),
      mine: how.words(draft.value.mine, field),
    })),
  )
  let version = 0

  function met(error: unknown): void {
    const conflict = conflictOf(error)
    if (conflict?.because !== 'changed') return
    const current = (conflict.current as Of | undefined) ?? how.now()
    other.value = how.read(current)
    version = current.version
    const touched = how.changed(draft.value.base, draft.value.mine)
    taken.value = theirs.value.filter((field) => !touched.includes(field))
  }

  function settle(): void {
    const current = other.value!
    for (const field of taken.value) draft.value.mine[field] = current[field]
    draft.value.version = version
    draft.value.base = current
    other.value = null
    taken.value = []
  }

  return { other, fields, taken, met, settle }
}
