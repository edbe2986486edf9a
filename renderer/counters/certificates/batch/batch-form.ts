import type { CertificateKind } from '../../../../electron/contract/certificate-records.ts'
import type { client } from '../../../shell/client.ts'
import { kindWords } from '../words.ts'

type Start = Parameters<typeof client.certificates.startBatch>[0]

export type What = 'activity' | 'team' | 'pioneers'

/** What is filled in for a batch. `title` null: as it is proposed. */
export type BatchForm = {
  ticket: string
  what: What
  activity: { id: number; name: string; day: string; people: number } | null
  team: { id: number; name: string } | null
  year: number | null
  kind: CertificateKind
  from: string | null
  to: string | null
  layout: 'list' | 'totals'
  title: string | null
  purpose: string
  words: string
  seal: boolean
}

export const emptyBatch = (ticket: string): BatchForm => ({
  ticket,
  what: 'activity',
  ...{ activity: null, team: null, year: null, from: null, to: null, title: null },
  kind: 'thanks',
  layout: 'totals',
  purpose: '表彰',
  words: '',
  seal: true,
})

export const whatWords: Readonly<Record<What, string>> = {
  activity: '一次活动的人',
  team: '一支队伍的人',
  pioneers: '志愿先锋名单',
}
export const whatOrder: readonly What[] = ['activity', 'team', 'pioneers']

/** What whom may get; the usual one first. */
export function kindsFor(what: What): readonly CertificateKind[] {
  if (what === 'pioneers') return ['pioneer', 'record', 'thanks']
  return what === 'activity'
    ? ['thanks', 'noon-helper', 'record', 'star']
    : ['record', 'star', 'thanks', 'noon-helper']
}

/** Whether a kind takes words of its own. */
export const takesWords = (kind: CertificateKind): boolean => kind === 'thanks' || kind === 'noon-helper'

/** The days of the year that a kind speaks of until today; null where a kind has none. */
export function usualPeriod(form: BatchForm, today: string): { from: string | null; to: string | null } {
  if (form.kind === 'pioneer') {
    return form.year === null
      ? { from: null, to: null }
      : { from: `${form.year}-01-01`, to: `${form.year}-12-31` }
  }
  if (form.kind !== 'record') return { from: null, to: null }
  if (form.what === 'activity' && form.activity) return { from: form.activity.day, to: form.activity.day }
  if (form.what === 'pioneers' && form.year !== null) {
    const last = `${form.year}-12-31`
    return { from: `${form.year}-01-01`, to: last < today ? last : today }
  }
  return { from: `${today.slice(0, 4)}-01-01`, to: today }
}

/** The form after a choice: what follows from it is chosen anew (for others their usual kind), what was typed stays. */
export function chosen(form: BatchForm, change: Partial<BatchForm>, today: string): BatchForm {
  const next = { ...form, ...change }
  if (change.what !== undefined && change.what !== form.what) next.kind = kindsFor(change.what)[0]!
  return { ...next, ...usualPeriod(next, today) }
}

/** 河边清洁 · 感谢状. */
export function proposedTitle({ what, activity, team, year, kind }: BatchForm): string {
  const whose = what === 'activity' ? activity?.name : what === 'team' ? team?.name : year && `${year} 年`
  return [whose, kindWords[kind]].filter(Boolean).join(' · ').slice(0, 60)
}

export type BatchProblem = 'whom' | 'from' | 'to' | 'words' | 'purpose' | 'title'

/** What has to be filled in yet, by field. */
export function batchProblems(form: BatchForm, today: string): Partial<Record<BatchProblem, string>> {
  const found: Partial<Record<BatchProblem, string>> = {}
  const chosen = { activity: form.activity, team: form.team, pioneers: form.year }[form.what]
  if (chosen === null) found.whom = `请选${{ activity: '活动', team: '队伍', pioneers: '年份' }[form.what]}`
  if (form.kind === 'record') {
    if (form.from === null) found.from = '请写第一天'
    if (form.to === null) found.to = '请写最后一天'
    else if (form.from !== null && form.to < form.from) found.to = '最后一天不能早于第一天'
    else if (form.to > today) found.to = '不能晚于今天'
  }
  if (takesWords(form.kind) && !form.words.trim()) found.words = '请写为什么感谢，印在证书上'
  if (!form.purpose.trim()) found.purpose = '请写用途，记在发放登记里'
  if (!(form.title ?? proposedTitle(form)).trim()) found.title = '请写这一批叫什么'
  return found
}

/** As the core takes it; null while nobody is chosen. */
export function startOf(form: BatchForm): Start | null {
  const { ticket, what, activity, team, year, kind, from, to, layout, purpose, words, seal } = form
  const of: Start['of'] | null =
    what === 'pioneers'
      ? year === null
        ? null
        : { what, year }
      : what === 'activity'
        ? activity && { what, id: activity.id }
        : team && { what, id: team.id }
  if (!of) return null
  return {
    ticket,
    title: (form.title ?? proposedTitle(form)).trim(),
    of,
    wanted: { kind, from, to, layout, purpose, words: takesWords(kind) ? words : '', seal },
  }
}
