import type { EnquiryEvent } from '../../../electron/contract/enquiries.ts'
import { dayWords } from '../../components/formats.ts'
import { answerKindWords, followUpWords } from './words.ts'

/** Who was called or who spoke; of those called together the first leads. */
function departmentWords({ step, departments }: Pick<EnquiryEvent, 'step' | 'departments'>): string {
  if (step !== 'dispatch' || departments.length < 2) return departments.join('、')
  return `主办 ${departments[0]}；协办 ${departments.slice(1).join('、')}`
}

const papersAs: Partial<Record<EnquiryEvent['step'], string>> = {
  notice: '还缺',
  promise: '容缺',
  bring: '补交',
}

/** What a step carries beside its words, one short line each. */
export function factsOf(event: EnquiryEvent, now = new Date()): string[] {
  const { step, detail } = event
  const { kind, via, until, result, papers, consequence, rule, channel } = detail
  const head = [
    departmentWords(event),
    kind && answerKindWords[kind],
    result && followUpWords[result],
    via && `经${via}`,
    until && `到 ${dayWords(until, now)}`,
    step === 'ask' && channel,
  ]
  return [
    head.filter(Boolean).join(' · '),
    papers?.length ? `${papersAs[step] ?? '材料'}：${papers.join('、')}` : '',
    consequence ? `到期不补：${consequence}` : '',
    rule ? `依据：${rule}` : '',
    step !== 'ask' && channel ? `请到：${channel}` : '',
  ].filter(Boolean)
}

/** A whistle has a name of its own: several departments called at once. */
export function isWhistle({ step, departments }: Pick<EnquiryEvent, 'step' | 'departments'>): boolean {
  return step === 'dispatch' && departments.length > 1
}
