import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { client, codeOf } from '../../../shell/client.ts'
import { openLine, type Invitation } from './channel.ts'
import type { Reason } from './levels.ts'

/** What the resident sees: nothing to do, the five levels, why, or thanks. */
type Scene = 'idle' | 'levels' | 'reasons' | 'thanks'

/** As long as the ticket holds. */
const invitedFor = 10 * 60_000
const thanksFor = 4_000

/** The second screen: shows an invitation of the desk, takes one rating, and forgets. */
export function useFacing() {
  const line = openLine()
  const invitation = shallowRef<Invitation | null>(null)
  const level = ref<number | null>(null)
  const reasons = ref<Reason[]>([])
  const thanked = ref(false)
  const busy = ref(false)
  /** Why it was not taken, in words for a resident. */
  const sentence = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined

  const scene = computed<Scene>(() => {
    if (thanked.value) return 'thanks'
    if (!invitation.value) return 'idle'
    return level.value === null ? 'levels' : 'reasons'
  })

  function forget() {
    clearTimeout(timer)
    invitation.value = level.value = null
    reasons.value = []
    thanked.value = busy.value = false
    sentence.value = ''
  }

  line.listen((word) => {
    if (word.kind === 'hello') line.say({ kind: 'ready' })
    if (word.kind === 'over' && word.ticket === invitation.value?.ticket) forget()
    if (word.kind !== 'invite') return
    forget()
    invitation.value = word.invitation
    timer = setTimeout(forget, invitedFor)
    line.say({ kind: 'shown', ticket: word.invitation.ticket })
  })
  line.say({ kind: 'ready' })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    line.close()
  })

  /** Takes a level; the reasons of another one do not belong to it. */
  function choose(chosen: number | null) {
    level.value = chosen
    reasons.value = []
    sentence.value = ''
  }

  /** Not now: nobody has to. */
  function letBe() {
    if (invitation.value) line.say({ kind: 'over', ticket: invitation.value.ticket })
    forget()
  }

  async function submit() {
    const invited = invitation.value
    if (busy.value || !invited || level.value === null) return
    busy.value = true
    sentence.value = ''
    try {
      await client.enquiries.rate({
        ticket: invited.ticket,
        level: level.value,
        reasons: [...reasons.value],
        words: '',
      })
    } catch (error) {
      busy.value = false
      // The desk may have invited somebody else meanwhile.
      if (invitation.value?.ticket !== invited.ticket) return
      const over = codeOf(error) === 'NOT_FOUND' || codeOf(error) === 'CONFLICT'
      sentence.value = over
        ? '这次评价已经结束，不用再评了。'
        : '没有记上，请再按一次，或者告诉窗口的工作人员。'
      return
    }
    line.say({ kind: 'over', ticket: invited.ticket })
    if (invitation.value?.ticket !== invited.ticket) return
    forget()
    thanked.value = true
    timer = setTimeout(forget, thanksFor)
  }

  return { scene, invitation, level, reasons, busy, sentence, choose, letBe, submit }
}
