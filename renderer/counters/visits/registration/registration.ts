import { useMutation } from '@pinia/colada'
import { computed, ref, watch } from 'vue'
import type { Duplicate } from '../../../../electron/contract/people.ts'
import type { Registration } from '../../../../electron/contract/visit-registration.ts'
import { conflictOf } from '../../../components/conflict.ts'
import { dayOf } from '../../../components/formats.ts'
import { client } from '../../../shell/client.ts'
import { useDraft } from '../../../shell/drafts.ts'
import { fieldSentences, sentenceFor } from '../../../shell/sentences.ts'
import { problemsOf } from '../../people/person-form.ts'
import { changesOf, rebase, settle as settled, type Clash, type Rebased } from './changes.ts'
import {
  changedMembers,
  formOf,
  inputOf,
  isBlank,
  leavesNow,
  nextMember,
  phonesIn,
  type Form,
} from './form.ts'

/** Problems of the form: its own, and each person's by the key of their line. */
export type Problems = { checkedDay?: string; members: Record<string, Record<string, string>> }

/** What is wrong as it stands; an empty name counts only once somebody wanted to save. */
export function problemsIn(
  base: Form,
  form: Form,
  tried: boolean,
  today: string,
  dayUnread: boolean,
): Problems {
  const before = new Map(base.members.map((member) => [member.key, member]))
  const problems: Problems = { members: {} }
  if (tried && (!form.checkedDay || dayUnread)) problems.checkedDay = '请写明哪一天上门核对的'
  else if (form.checkedDay && form.checkedDay > today) problems.checkedDay = '不能晚于今天'
  for (const member of form.members) {
    if (isBlank(member)) continue
    const found: Record<string, string> = {
      ...problemsOf({ ...member, phones: phonesIn(member.phones ?? '') }, tried),
    }
    if (leavesNow(member, before.get(member.key))) {
      const { departureDay, departureUnread, birth } = member
      if (tried && (!departureDay || departureUnread)) found['departureDay'] = '请填写日期'
      else if (departureDay && departureDay > today) found['departureDay'] = '不能晚于今天'
      else if (departureDay && birth && departureDay < birth) found['departureDay'] = '不能早于出生日期'
    }
    if (Object.keys(found).length) problems.members[member.key] = found
  }
  return problems
}

const isClean = ({ checkedDay, members }: Problems) => !checkedDay && Object.keys(members).length === 0

/** Everybody's version: two forms of one household are the same while these are. */
const versionsOf = ({ householdId, version, members }: Form): string =>
  [householdId, version, ...members.map((member) => `${member.key}:${member.version}`)].join()

/** The form of a household being written: what stood when it was opened, what was typed, and the way to save it. */
export function useRegistration(
  registration: Registration,
  day: string,
  onSaved: (saved: Registration) => void,
) {
  const opened = formOf(registration, day)
  const draft = useDraft(`registration-${registration.householdId}`, {
    base: opened,
    form: opened,
    dayUnread: false,
  })
  const { restored, clear: forget } = draft
  const base = computed(() => draft.value.base)
  const form = computed(() => draft.value.form)
  const tried = ref(false)
  const reviewing = ref(false)
  const changed = computed(() => changesOf(base.value, form.value))

  /** What the desk said of single fields, by line and field; forgotten with the next key. */
  const refused = ref<Record<string, string>>({})
  watch(form, () => (refused.value = {}), { deep: true })
  const problems = computed<Problems>(() => {
    const own = problemsIn(base.value, form.value, tried.value, dayOf(new Date()), draft.value.dayUnread)
    for (const [path, sentence] of Object.entries(refused.value)) {
      const match = /^members\.(\d+)\.(\w+)/.exec(path)
      const key = match && sent[Number(match[1])]
      if (match && key) (own.members[key] ??= {})[match[2]!] ??= sentence
      if (path === 'checkedDay') own.checkedDay ??= sentence
    }
    return own
  })
  /** The lines in the order in which they were handed in: the desk names them by number. */
  let sent: string[] = []

  /** Another screen's form, when it was saved under this one. */
  const theirs = ref<Form | null>(null)
  const other = computed<Rebased | null>(() =>
    theirs.value ? rebase(base.value, form.value, theirs.value) : null,
  )
  if (restored && versionsOf(base.value) !== versionsOf(opened)) theirs.value = opened

  function settle(clashes: Clash[]) {
    if (!other.value || !theirs.value) return
    draft.value = {
      ...draft.value,
      base: theirs.value,
      form: settled(other.value.form, clashes, theirs.value),
    }
    theirs.value = null
    reviewing.value = false
    saving.reset()
  }

  const duplicates = ref<Duplicate[]>([])
  const saving = useMutation({
    mutation: () => {
      sent = changedMembers(base.value, form.value).map(({ key }) => key)
      return client.visits.saveRegistration(inputOf(base.value, form.value))
    },
    onSuccess: (saved) => {
      forget()
      onSaved(saved)
    },
    onError: (error) => {
      reviewing.value = false
      refused.value = fieldSentences(error)
      const conflict = conflictOf(error)
      if (conflict?.because === 'changed')
        theirs.value = formOf(conflict.current as Registration, form.value.checkedDay ?? day)
      if (conflict?.because === 'duplicate') duplicates.value = conflict.current as Duplicate[]
    },
  })
  const sentence = computed(() =>
    saving.error.value && !other.value && !duplicates.value.length ? sentenceFor(saving.error.value) : '',
  )

  return {
    ...{ draft, base, form, changed, problems, sentence, other, settle, duplicates, saving, reviewing },
    ...{ restored, forget },
    add: () => form.value.members.push(nextMember(form.value)),
    remove: (key: string) => (form.value.members = form.value.members.filter((member) => member.key !== key)),
    review() {
      tried.value = true
      saving.reset()
      duplicates.value = []
      if (isClean(problems.value)) reviewing.value = true
    },
    save() {
      if (!saving.isLoading.value) saving.mutate()
    },
    /** None of those named is one of the new people. */
    different() {
      const named = duplicates.value.map(({ person }) => person.id)
      form.value.notTheSame = [...new Set([...form.value.notTheSame, ...named])]
      duplicates.value = []
      saving.mutate()
    },
  }
}
