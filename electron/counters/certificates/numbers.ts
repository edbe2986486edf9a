import type { CertificateKind } from '../../contract/certificate-records.ts'

/** What a kind is called on paper and in file names. */
export const kindTitles: Record<CertificateKind, string> = {
  record: '志愿服务记录证明',
  star: '星级志愿者证书',
  pioneer: '志愿先锋证书',
  thanks: '感谢状',
  'noon-helper': '午间课堂志愿辅导证书',
}

/** The sequence of a kind's numbers: records (证明) have one, honours (荣誉) another. */
export const prefixOf = (kind: CertificateKind) => (kind === 'record' ? 'ZM' : 'RY')
