import type { Wanted } from '../../contract/certificate-records.ts'
import type { CertificateSettings } from '../../contract/certificate-templates.ts'
import { missingSigns } from '../../workbench/fonts.ts'
import { maskIdNumber } from '../../workbench/masking.ts'
import { listed, spelledDay } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { hoursText } from '../volunteers/paper-words.ts'
import type { PeriodRecord } from '../volunteers/records-of-period.ts'
import { factsOf, numbersText, recipientOf, type Facts, type Recipient } from './facts.ts'
import { readCertificateSettings, wordingOf } from './settings.ts'
import { lengthOf, type Snapshot } from './sheet.ts'

export const titles: Readonly<Record<Wanted['kind'], string>> = {
  record: '志愿服务记录证明',
  star: '荣誉证书',
  pioneer: '荣誉证书',
  thanks: '感谢状',
  'noon-helper': '荣誉证书',
}

const starWords = ['', '一星级', '二星级', '三星级', '四星级', '五星级']

/** What the honour is called on the sheet. */
export function honourOf(kind: Wanted['kind'], { star, year }: Pick<Facts, 'star' | 'year'>): string {
  if (kind === 'star') return `${starWords[star ?? 0] ?? ''}志愿者`
  if (kind === 'pioneer') return `${year ?? ''}年度志愿先锋`
  return kind === 'noon-helper' ? '午间课堂志愿辅导' : ''
}

/** No more than fits in two lines of the sheet. */
const mostContents = 56

/** What was done, the most frequent first, as far as it fits. */
function contentsOf(records: readonly PeriodRecord[]): string {
  const counts = new Map<string, number>()
  for (const { content, name } of records) {
    const said = content === '' ? name : content
    counts.set(said, (counts.get(said) ?? 0) + 1)
  }
  const ordered = [...counts].toSorted(([, one], [, other]) => other - one).map(([said]) => said)
  const fitting: string[] = []
  for (const said of ordered) {
    if ([...fitting, said].join('、').length > mostContents) break
    fitting.push(said)
  }
  if (fitting.length === 0)
    return ordered.length === 0 ? '' : `${[...ordered[0]!].slice(0, mostContents).join('')}…`
  return fitting.join('、') + (fitting.length < ordered.length ? `等 ${ordered.length} 项` : '')
}

/** Characters that may stand for one that has no sign. */
const mostWritten = 8

/**
 * Whether a name may be written so: every character as it is, in place of each missing one at least one other. Place by place
 * and not as a pattern, which some names would keep busy for hours.
 */
function isWriting(name: readonly string[], missing: readonly string[], written: readonly string[]): boolean {
  let ends = new Set([0])
  for (const character of name) {
    const next = new Set<number>()
    for (const end of ends) {
      if (!missing.includes(character)) {
        if (written[end] === character) next.add(end + 1)
        continue
      }
      for (let taken = 1; taken <= mostWritten && end + taken <= written.length; taken += 1)
        next.add(end + taken)
    }
    ends = next
  }
  return ends.has(written.length)
}

/**
 * The name as it stands on the sheet. Where characters of it have no sign, another writing in their place is taken, and
 * nothing else of the name may differ; null where the writing does not fit.
 */
export function sheetName(
  name: string,
  missing: readonly string[],
  written: string | undefined,
): { name: string; note: string } | null {
  const without = [...name].filter((character) => missing.includes(character))
  if (without.length === 0 || !written) return { name, note: '' }
  if (!isWriting([...name], missing, [...written])) return null
  const points = without.map((character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase()}`)
  return { name: written, note: `姓名含字库未收之字（${points.join('、')}），此处以他字书写` }
}

type Frame = {
  number: string
  /** The day of issue, `2026-11-23`. */
  day: string
  /** The text of the QR code; empty: a preview. */
  code: string
  /** The number of the certificate that this one stands for. */
  replaces?: string
}

export type Prepared = { recipient: Recipient; facts: Facts; settings: CertificateSettings }

/** What a sheet is made from, as it is now. NOT_FOUND `volunteer`, `person`. */
export function prepare(context: Context, wanted: Wanted): Prepared {
  const { db } = context.desk
  const recipient = recipientOf(db, wanted)
  const facts = factsOf(db, wanted, recipient, todayOf(context))
  return { recipient, facts, settings: readCertificateSettings(db) }
}

/** Puts it in the words in which it stands on the sheet. */
export function sheetOf(
  root: string,
  wanted: Wanted,
  { recipient, facts, settings }: Prepared,
  { number, day, code, replaces = '' }: Frame,
): Snapshot {
  const missing = missingSigns(root, recipient.name)
  const written = sheetName(recipient.name, missing, wanted.writtenName) ?? { name: recipient.name, note: '' }
  const spelled = (given: string | null) => (given === null ? '' : spelledDay(given))
  const words = {
    name: written.name,
    volunteerNumber: numbersText(recipient) ?? '',
    hours: facts.minutes === null ? '' : hoursText(facts.minutes),
    activities: facts.activities === null ? '' : String(facts.activities),
    from: spelled(wanted.from),
    to: spelled(wanted.to),
    body: settings.body,
  }
  const lists = wanted.kind === 'record' && wanted.layout === 'list'
  const details = lists ? listed(facts.records.map(lineOf)) : null
  const sentence =
    wanted.kind === 'record'
      ? ''
      : wordingOf(settings.wording[wanted.kind], {
          ...words,
          year: facts.year === null ? '' : String(facts.year),
          star: starWords[facts.star ?? 0] ?? '',
          rank: facts.rank === null ? '' : String(facts.rank),
          words: wanted.words,
        })
  return {
    kind: wanted.kind,
    number,
    title: titles[wanted.kind],
    nameNote: written.note,
    idNumber: wanted.kind === 'record' && recipient.idNumber !== '' ? maskIdNumber(recipient.idNumber) : '',
    ...words,
    contents: contentsOf(facts.records),
    details: details && { count: details.list.length, ...details },
    sentence,
    length: lengthOf(sentence),
    honour: honourOf(wanted.kind, facts),
    head: settings.head,
    agent: settings.agent,
    verifier: settings.verifier,
    phone: settings.phone,
    issuedOn: spelledDay(day),
    replaces,
    code,
    images: { logo: settings.logoId, seal: wanted.seal ? settings.sealId : null },
    preview: code === '',
    reprint: null,
  }
}

const lineOf = ({ day, name, content, place, minutes }: PeriodRecord, index: number) => ({
  position: index + 1,
  day,
  name,
  content,
  place,
  hours: hoursText(minutes),
})

/** Everything that stands on the sheet, to be frozen; the same until a record, a name or a setting changes. */
export const snapshotOf = (context: Context, wanted: Wanted, frame: Frame): Snapshot =>
  sheetOf(context.desk.root, wanted, prepare(context, wanted), frame)

export const previewNumber = '——————'

/** The sheet as it would be, without number and code. */
export const previewOf = (context: Context, wanted: Wanted): Snapshot =>
  snapshotOf(context, wanted, { number: previewNumber, day: todayOf(context), code: '' })
