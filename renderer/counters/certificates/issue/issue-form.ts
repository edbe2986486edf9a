import type {
  CertificateKind,
  Draft,
  RequestLine,
  Wanted,
} from '../../../../electron/contract/certificate-records.ts'
import { durationWords } from '../../../components/formats.ts'
import { kindOrder } from '../words.ts'

/** Whom a certificate is for: a volunteer, or of some honours a person who is none. */
export type Whom = { volunteerId: number | null; personId: number | null }

export type Quick = 'this-year' | 'last-year' | 'all' | 'own'
export const quickOrder: readonly Quick[] = ['this-year', 'last-year', 'all', 'own']
export const quickWords: Readonly<Record<Quick, string>> = {
  'this-year': '今年',
  'last-year': '去年',
  all: '全部',
  own: '自己写',
}

/** What people need a certificate for, the most usual first. */
export const usualPurposes: readonly string[] = ['应聘', '升学', '评优', '入党入团', '积分落户', '留作纪念']

/** What is filled in. `ticket` belongs to the wish that `asked` says: another wish, another ticket. */
export type IssueForm = {
  kind: CertificateKind
  quick: Quick
  from: string | null
  to: string | null
  /** Of a pioneer. */
  year: number
  layout: Wanted['layout']
  purpose: string
  words: string
  writtenName: string
  seal: boolean
  copies: number
  ticket: string
  asked: string
}

export const emptyForm = (today: string): IssueForm => ({
  kind: 'record',
  quick: 'this-year',
  from: `${today.slice(0, 4)}-01-01`,
  to: today,
  year: Number(today.slice(0, 4)) - 1,
  layout: 'list',
  ...{ purpose: '', words: '', writtenName: '' },
  seal: true,
  copies: 1,
  ...{ ticket: '', asked: '' },
})

/** Whether a kind takes words of its own. */
export const takesWords = (kind: CertificateKind): boolean => kind === 'thanks' || kind === 'noon-helper'

/** What somebody may get: who is no volunteer is thanked only. */
export const kindsFor = ({ volunteerId }: Whom): readonly CertificateKind[] =>
  volunteerId === null ? kindOrder.filter(takesWords) : kindOrder

/** The days of a quick choice, both included; `joined`: the first day of service. Null: they are typed. */
export function daysOf(quick: Quick, today: string, joined: string): { from: string; to: string } | null {
  const year = Number(today.slice(0, 4))
  if (quick === 'this-year') return { from: `${year}-01-01`, to: today }
  if (quick === 'last-year') return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }
  return quick === 'all' ? { from: joined < today ? joined : today, to: today } : null
}

/** The period that stands on the sheet: a record's own, a pioneer's year, of the other honours none. */
export function periodOf({ kind, from, to, year }: IssueForm): { from: string | null; to: string | null } {
  if (kind === 'record') return { from, to }
  return kind === 'pioneer' ? { from: `${year}-01-01`, to: `${year}-12-31` } : { from: null, to: null }
}

/** As the core takes it. `purpose` null: it stands on no sheet, so a preview does not wait for it. */
export function wantedOf(form: IssueForm, whom: Whom, purpose: string | null = form.purpose.trim()): Wanted {
  const { kind, layout, words, writtenName, seal } = form
  return {
    kind,
    ...whom,
    ...periodOf(form),
    layout: kind === 'record' ? layout : 'list',
    purpose: purpose ?? '—',
    words: takesWords(kind) ? words.trim() : '',
    ...(writtenName.trim() ? { writtenName: writtenName.trim() } : {}),
    seal,
  }
}

export type FormProblem = 'from' | 'to' | 'words' | 'purpose' | 'copies'

/** Whether a wish was approved and nothing was issued for it yet. */
export const isIssuable = ({ state, certificateId }: Pick<RequestLine, 'state' | 'certificateId'>): boolean =>
  state === 'approved' && certificateId === null

/** What has to be filled in yet, by field. */
export function formProblems(form: IssueForm, today: string): Partial<Record<FormProblem, string>> {
  const found: Partial<Record<FormProblem, string>> = {}
  const { from, to } = form
  if (form.kind === 'record') {
    if (from === null) found.from = '请写第一天'
    if (to === null) found.to = '请写最后一天'
    else if (to > today) found.to = '不能晚于今天'
    else if (from !== null && to < from) found.to = '最后一天不能早于第一天'
  }
  if (takesWords(form.kind) && !form.words.trim()) found.words = '请写为什么感谢，印在证书上'
  if (!form.purpose.trim()) found.purpose = '请写用途，记在发放登记里'
  if (!Number.isInteger(form.copies) || form.copies < 1 || form.copies > 20) found.copies = '1 到 20 份'
  return found
}

/** The ticket of this wish: the same wish handed in twice is one certificate, a changed one is another. */
export function ticketFor(
  form: IssueForm,
  wish: string,
  fresh: () => string,
): { ticket: string; asked: string } {
  return form.ticket !== '' && form.asked === wish
    ? { ticket: form.ticket, asked: form.asked }
    : { ticket: fresh(), asked: wish }
}

/** 12 小时 30 分 · 5 次; what an honour has to say of itself otherwise. */
export function amountWords({ minutes, activities, star, rank }: Draft, kind: CertificateKind): string {
  if (kind === 'star') return star ? `${'一二三四五'[star - 1] ?? star}星` : ''
  if (kind === 'pioneer') return rank === null ? '' : `第 ${rank} 名`
  if (minutes === null) return ''
  return `${durationWords(minutes)}${activities === null ? '' : ` · ${activities} 次活动`}`
}

/** The red button: what one press does. */
export function goWords(draft: Draft | null, printer: string): string {
  if (draft?.needsApproval) return '送第二人审批'
  const what = draft?.earlier.length ? '再开一份' : draft?.open.length ? '只按已确认的开' : '开具'
  return printer ? `${what}并打印` : what
}
