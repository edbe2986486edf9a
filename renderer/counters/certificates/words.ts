import type { CertificateKind } from '../../../electron/contract/certificate-records.ts'

/** Records first, then the honours. Not the contract's list: that brings zod to the first screen. */
export const kindOrder: readonly CertificateKind[] = ['record', 'star', 'pioneer', 'thanks', 'noon-helper']

export const kindWords: Readonly<Record<CertificateKind, string>> = {
  record: '志愿服务记录证明',
  star: '星级志愿者证书',
  pioneer: '志愿先锋证书',
  thanks: '感谢状',
  'noon-helper': '午间课堂志愿辅导证书',
}
