import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { Operator, Trouble } from '../../electron/contract/session.ts'
import { client, codeOf, deviceToken, sessionToken, watchCalls } from './client.ts'
import { takePairingCode } from './pairing.ts'

/**
 * `starting` asks the desk; `unpaired` this browser is a stranger; `trouble` the data file was refused; `setup` no
 * manager yet; `sign-in` choose who; `open` somebody works here (perhaps behind the lock).
 */
export type Phase = 'starting' | 'unpaired' | 'trouble' | 'setup' | 'sign-in' | 'open'
export type TextSize = 'standard' | 'large' | 'extra-large'

const operatorKey = 'operator'

function keptOperator(): Operator | null {
  try {
    return JSON.parse(sessionStorage.getItem(operatorKey) ?? 'null') as Operator | null
  } catch {
    return null
  }
}

export const useSession = defineStore('session', () => {
  const phase = ref<Phase>('starting')
  /** Who works on this screen; stays while locked, so that the page behind the lock keeps its drafts. */
  const operator = ref<Operator | null>(null)
  /** The lock covers the page. */
  const locked = ref(false)
  /** The desk no longer knows this session (it was started again, or the PIN was reset): the lock needs a sign-in. */
  const ended = ref(false)
  const community = ref('')
  const operators = ref<Operator[]>([])
  const lockMinutes = ref(10)
  const textSize = ref<TextSize>('standard')
  const demo = ref(false)
  const trouble = ref<Trouble | null>(null)
  /** False while the desk's program does not answer. */
  const hostAnswers = ref(true)

  const covered = computed(() => phase.value === 'open' && locked.value)
  const isManager = computed(() => operator.value?.role === 'manager')

  watch(operator, (who) => {
    if (who) sessionStorage.setItem(operatorKey, JSON.stringify(who))
    else sessionStorage.removeItem(operatorKey)
  })
  watch(textSize, (size) => (document.documentElement.dataset['textSize'] = size), { immediate: true })

  watchCalls({
    refused(code) {
      if (code === 'UNPAIRED') phase.value = 'unpaired'
      else if (code === 'TROUBLE' && phase.value !== 'trouble') void start()
      else if (code === 'LOCKED' && phase.value === 'open') locked.value = true
      else if (code === 'SIGNED_OUT' && phase.value === 'open') {
        ended.value = true
        locked.value = true
      }
    },
    reachable: (answers) => (hostAnswers.value = answers),
  })

  /** Reads what the screen should show. Throws when the host does not answer; the caller tries again. */
  async function refresh() {
    const state = await client.session.state({})
    community.value = state.community
    operators.value = state.operators
    lockMinutes.value = state.lockMinutes
    textSize.value = state.textSize
    demo.value = state.demo
    trouble.value = state.trouble
    return state
  }

  async function pairFromAddress() {
    const code = takePairingCode()
    if (!code) return
    try {
      deviceToken.set((await client.session.pair({ code })).device)
    } catch (error) {
      // Used before, perhaps by this very browser: its token decides.
      if (codeOf(error) !== 'UNPAIRED') throw error
    }
  }

  async function start() {
    await pairFromAddress()
    let state
    try {
      state = await refresh()
    } catch (error) {
      if (codeOf(error) === 'UNPAIRED') return
      throw error
    }
    if (state.phase !== 'ready') {
      phase.value = state.phase
      return
    }
    await resume()
  }

  /** Pairs by hand. UNPAIRED when the code is wrong or used. */
  async function pair(code: string) {
    deviceToken.set((await client.session.pair({ code })).device)
    await start()
  }

  /** A reload keeps the session and, when it was locked, the lock. */
  async function resume() {
    const before = keptOperator()
    if (!sessionToken.get() || !before) {
      phase.value = 'sign-in'
      return
    }
    try {
      operator.value = await client.session.me({})
      locked.value = false
    } catch (error) {
      const code = codeOf(error)
      if (code !== 'LOCKED' && code !== 'SIGNED_OUT') throw error
      operator.value = before
      locked.value = true
      ended.value = code === 'SIGNED_OUT'
    }
    phase.value = 'open'
  }

  /** A new session stands: after set-up, sign-in and switching. */
  function begin(signedIn: { token: string; operator: Operator }) {
    sessionToken.set(signedIn.token)
    operator.value = signedIn.operator
    ended.value = false
    locked.value = false
    phase.value = 'open'
  }

  async function signIn(operatorId: number, pin: string) {
    begin(await client.session.signIn({ operatorId, pin }))
  }

  /** Opens the lock: with the PIN of who locked it, or as somebody else. */
  async function unlock(operatorId: number, pin: string) {
    if (operatorId !== operator.value?.id || ended.value) return signIn(operatorId, pin)
    await client.session.unlock({ pin })
    locked.value = false
  }

  /** Covers the screen at once; the desk learns of it when it answers. */
  async function lock() {
    if (phase.value !== 'open' || locked.value) return
    locked.value = true
    await Promise.all([client.session.lock({}), refresh()]).catch(() => {})
  }

  return {
    phase,
    operator,
    locked,
    ended,
    covered,
    community,
    operators,
    lockMinutes,
    textSize,
    demo,
    trouble,
    hostAnswers,
    isManager,
    start,
    refresh,
    pair,
    begin,
    signIn,
    unlock,
    lock,
  }
})
