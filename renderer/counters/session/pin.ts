import { computed, onScopeDispose, ref } from 'vue'
import { codeOf } from '../../shell/client.ts'
import { secondsInWords, sentenceFor } from '../../shell/sentences.ts'

export const pinRule = '6 到 12 位数字'

/** The PIN of everybody in a demonstration folder; seeds/demo/operators.ts sets it. */
export const demoPin = '246810'

/** Why a PIN may not be used; null when it may. */
export function pinProblem(pin: string): string | null {
  if (!pin) return '请设置 PIN'
  if (!/^\d+$/.test(pin)) return 'PIN 只能是数字'
  if (pin.length < 6) return `还差 ${6 - pin.length} 位，至少 6 位`
  if (pin.length > 12) return '最多 12 位'
  return null
}

/** A PIN that others guess first: all the same, a run, or a repeated pair. Advice, not a prohibition. */
export function easyPin(pin: string): boolean {
  if (pinProblem(pin)) return false
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]))
  return steps.every((step) => step === steps[0]) || /^(\d{2,3})\1+$/.test(pin)
}

/** Tells a refused PIN, and counts down the seconds until the next try is looked at. */
export function usePinTrial() {
  const refused = ref<unknown>(null)
  const left = ref(0)
  let until = 0
  let timer = 0

  function look() {
    left.value = Math.max(0, Math.ceil((until - performance.now()) / 1000))
    if (left.value === 0) clearInterval(timer)
  }
  function forget() {
    clearInterval(timer)
    refused.value = null
    left.value = 0
  }
  onScopeDispose(() => clearInterval(timer))

  /** Runs one try; true when it was right. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    forget()
    try {
      await work()
      return true
    } catch (error) {
      refused.value = error
      const code = codeOf(error)
      if (code === 'WRONG_PIN' || code === 'WAIT') {
        until = performance.now() + (error as { data: { seconds: number } }).data.seconds * 1000
        timer = window.setInterval(look, 250)
        look()
      }
      return false
    }
  }

  const sentence = computed(() => {
    if (!refused.value) return ''
    const code = codeOf(refused.value)
    if (code !== 'WRONG_PIN' && code !== 'WAIT') return sentenceFor(refused.value)
    const because = code === 'WRONG_PIN' ? 'PIN 不对' : '试得太多了'
    return left.value > 0 ? `${because}，请等 ${secondsInWords(left.value)} 再试` : `${because}，请再输一次`
  })

  return { attempt, forget, sentence, left, refused }
}
