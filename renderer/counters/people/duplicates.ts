import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { phone as phoneField } from '../../../electron/contract/fields.ts'
import { readIdNumber, tidyIdNumber } from '../../../electron/contract/id-number.ts'
import type { Duplicate } from '../../../electron/contract/people.ts'
import { client } from '../../shell/client.ts'
import type { PersonDraft } from './person-form.ts'
import { phonesOf } from './person-form.ts'

const pauseInTyping = 250
type Likeness = Pick<PersonDraft, 'name' | 'birth' | 'idNumber' | 'phones'>

/** Watches a person being typed and asks who may be the same; those ruled out are not named again. */
export function useDuplicates(draft: Readonly<Ref<Likeness>>, except?: number) {
  const found = ref<Duplicate[]>([])
  const ruledOut = ref<number[]>([])
  let timer = 0
  let latest = 0

  async function look() {
    const mine = ++latest
    const { name, birth } = draft.value
    const number = tidyIdNumber(draft.value.idNumber ?? '')
    const idNumber = readIdNumber(number) ? number : ''
    const phones = phonesOf(draft.value).filter((one) => phoneField.safeParse(one).success)
    // Never by name alone: without a second fact there is nothing to ask.
    if (!idNumber && !(name.trim() && (birth || phones.length))) {
      found.value = []
      return
    }
    try {
      const who = { name, birth, idNumber, phones, ...(except === undefined ? {} : { except }) }
      const duplicates = await client.people.duplicates(who)
      if (mine === latest) found.value = duplicates.filter((one) => !ruledOut.value.includes(one.person.id))
    } catch {
      // Only an early warning: registering checks again.
    }
  }
  watch(
    () => [draft.value.name, draft.value.birth, draft.value.idNumber, phonesOf(draft.value).join()],
    () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(look, pauseInTyping)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => window.clearTimeout(timer))

  function ruleOut() {
    ruledOut.value.push(...found.value.map((one) => one.person.id))
    found.value = []
  }
  return { found, ruledOut, ruleOut }
}
