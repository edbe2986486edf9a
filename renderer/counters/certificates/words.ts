import type {
  CertificateKind,
  CertificateLine,
  Draft,
} from '../../../electron/contract/certificate-records.ts'

/** Records first, then the honours. Not the contract's list: that brings zod to the first screen. */
export const kindOrder: readonly CertificateKind[] = ['record', 'star', 'pioneer', 'thanks', 'noon-helper']

export const kindWords: Readonly<Record<CertificateKind, string>> = {
  record: '志愿服务记录证明',
  star: '星级志愿者证书',
  pioneer: '志愿先锋证书',
  thanks: '感谢状',
  'noon-helper': '午间课堂志愿辅导证书',
}

/** Where room is short, as on a row of choices. */
export const shortKinds: Readonly<Record<CertificateKind, string>> = {
  record: '记录证明',
  star: '星级证书',
  pioneer: '先锋证书',
  thanks: '感谢状',
  'noon-helper': '午间课堂',
}

export type Standing = CertificateLine['standing']
export const standingWords: Readonly<Record<Standing, string>> = {
  valid: '有效',
  void: '已作废',
  superseded: '已作废，已换发',
}
export const standingTones: Readonly<Record<Standing, 'ok' | 'bad' | 'warn'>> = {
  valid: 'ok',
  void: 'bad',
  superseded: 'warn',
}

/** What became of the sheet of a voided one. */
export type VoidedSheet = 'returned' | 'lost' | 'not-returned'
export const sheetOrder: readonly VoidedSheet[] = ['returned', 'lost', 'not-returned']
export const sheetWords: Readonly<Record<VoidedSheet, string>> = {
  returned: '已收回',
  lost: '本人说丢了',
  'not-returned': '没有收回',
}

export type Problem = Draft['problems'][number]

/** What keeps a certificate from being issued, what to do, and where. */
export const problemTells: Readonly<Record<Problem, { why: string; todo: string; path?: string }>> = {
  'nothing-confirmed': {
    why: '这段时间没有确认过的服务时长',
    todo: '换一段时间，或先确认下面没确认的记录',
  },
  period: { why: '起止日期不对', todo: '两天都要写，最后一天不能早于第一天，也不能晚于今天' },
  'not-reached': { why: '还没评上', todo: '星级要满第一颗星的小时数；先锋要在当年定稿的名单里' },
  glyph: { why: '有的字印不出来', todo: '在姓名里的，写上替代的写法；在别处的，换个写法' },
  'no-body': {
    why: '还没有写记录单位，证书上必须有',
    todo: '请主任在“设置 · 证书内容”里写上',
    path: '/settings/certificates',
  },
  'consent-missing': { why: '未成年，缺监护人同意', todo: '先在志愿者档案里登记监护人同意' },
}

/** 2026-01-01 至 2026-11-23; one day alone; empty where a kind has no period. */
export function periodWords(from: string | null, to: string | null): string {
  if (from === null || to === null) return ''
  return from === to ? from : `${from} 至 ${to}`
}
