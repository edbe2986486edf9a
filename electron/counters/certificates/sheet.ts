import type { CertificateKind } from '../../contract/certificate-records.ts'

/**
 * Everything that stands on a sheet, in the words in which it stands there: the document's frozen data. Signs and images
 * that are drawn from it (QR code, seal) come out the same as long as it is kept.
 */
export type Snapshot = {
  kind: CertificateKind
  /** `ZM-2026-000128`; of a preview a run of dashes. */
  number: string
  title: string
  /** Whole; masked only in the statement. */
  name: string
  /** Beside the name, where it is written with other characters than in the register. */
  nameNote: string
  /** 430***********1234, or empty. */
  idNumber: string
  volunteerNumber: string
  /** 2026年1月1日; empty on an honour without a period. */
  from: string
  to: string
  /** 64 小时 30 分 */
  hours: string
  activities: string
  /** What was done, the most frequent first: 家电维修、治安巡逻. */
  contents: string
  /** The activities, where the sheet lists them on its following pages. */
  details: { count: number; list: SheetLine[] } | null
  /** Of an honour: its sentence, and what it is called: 三星级志愿者. */
  sentence: string
  /** How small it has to be set: it is to stand on one sheet whatever was written. */
  length: '' | 'long' | 'longest'
  honour: string
  body: string
  head: string
  agent: string
  verifier: string
  phone: string
  /** 2026年11月23日 */
  issuedOn: string
  /** The certificate that this one stands for: its number. */
  replaces: string
  /** What the QR code says; empty on a preview. */
  code: string
  /** Ids of stored images. */
  images: { logo: number | null; seal: number | null }
  preview: boolean
  /** 补打 第N次, and why. */
  reprint: { copy: number; reason: string } | null
}

export type SheetLine = {
  position: number
  day: string
  name: string
  content: string
  place: string
  hours: string
}

/** Names that a template may use, of its sections too. */
export const templateNames: ReadonlySet<string> = new Set([
  ...[
    'number',
    'title',
    'name',
    'nameNote',
    'idNumber',
    'volunteerNumber',
    'from',
    'to',
    'hours',
    'activities',
  ],
  ...[
    'contents',
    'details',
    'count',
    'list',
    'position',
    'day',
    'content',
    'place',
    'sentence',
    'length',
    'honour',
  ],
  ...['body', 'head', 'agent', 'verifier', 'phone', 'issuedOn', 'replaces', 'qr', 'logo', 'seal'],
  ...['preview', 'reprint', 'copy', 'reason'],
])

/** In characters, for the faces' sizes in parts/certificate-honour.html. */
export const lengthOf = (sentence: string): Snapshot['length'] =>
  sentence.length > 240 ? 'longest' : sentence.length > 100 ? 'long' : ''
