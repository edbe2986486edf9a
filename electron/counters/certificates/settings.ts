import Mustache from 'mustache'
import type { CertificateSettings } from '../../contract/certificate-templates.ts'
import type { CertificateKind } from '../../contract/certificate-records.ts'
import { row, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { findFile } from '../../workbench/files.ts'
import type { Context } from '../../workbench/workbench.ts'

export type Honour = Exclude<CertificateKind, 'record'>

/** As they are kept; the images by their ids. */
export type KeptSettings = Omit<CertificateSettings, 'version' | 'logo' | 'seal'>

const key = 'certificates'

const unset: KeptSettings = {
  body: '',
  head: '',
  agent: '',
  verifier: '',
  phone: '',
  logoId: null,
  sealId: null,
  approval: [],
  verifyUrl: '',
  wording: {
    star: '您自参加本社区志愿服务以来，累计服务 {{hours}}，参加活动 {{activities}} 次，被评定为{{star}}志愿者。特发此证，以资鼓励。',
    pioneer:
      '您在 {{year}} 年度志愿服务中奉献 {{hours}}，服务居民，热心公益，被评为“志愿先锋”。特发此证，以资鼓励。',
    thanks: '{{words}}。您的善举温暖了邻里。谨此致谢。',
    'noon-helper': '您参加本社区午间课堂志愿辅导，用心陪伴孩子，{{words}}。特发此证，以表感谢。',
  },
}

/** What a sentence may name; `words` is what the clerk wrote for a thanks. */
export const wordingNames = [
  'name',
  'volunteerNumber',
  'hours',
  'activities',
  'from',
  'to',
  'year',
  'star',
  'rank',
  'words',
  'body',
] as const
export type WordingValues = Record<(typeof wordingNames)[number], string>

/** The sentence of an honour as plain text; the sheet's template escapes it. */
export const wordingOf = (sentence: string, values: WordingValues): string =>
  Mustache.render(sentence, values, undefined, { escape: (value: string) => value })

/** Whether a sentence names only what there is, by plain names: no sections, no other signs. */
export function isWording(sentence: string): boolean {
  try {
    return Mustache.parse(sentence).every(
      ([type, name]) =>
        type === 'text' || (type === 'name' && (wordingNames as readonly string[]).includes(name)),
    )
  } catch {
    return false
  }
}

/** An address without a fragment of its own, of the kind that a browser opens. */
function isVerifyUrl(text: string): boolean {
  if (text === '') return true
  const url = URL.parse(text)
  return url?.protocol === 'https:' && !text.includes('#') && url.username === '' && !/\s/.test(text)
}

export function readCertificateSettings(db: Database): CertificateSettings {
  const found = row<{ value: string; version: number }>(
    db,
    'SELECT value, version FROM setting WHERE key = ?',
    key,
  )
  const kept = found ? (JSON.parse(found.value) as Partial<KeptSettings>) : {}
  const settings = { ...unset, ...kept, wording: { ...unset.wording, ...kept.wording } }
  return {
    ...settings,
    logo: attachmentOf(db, settings.logoId),
    seal: attachmentOf(db, settings.sealId),
    version: found?.version ?? 1,
  }
}

function attachmentOf(db: Database, id: number | null): CertificateSettings['logo'] {
  if (id === null) return null
  const { name, kind, bytes, width, height } = findFile(db, id)
  return { id, name, kind, bytes, width, height }
}

/**
 * A stored photo that is nobody's ID card or child. The files part takes JPEG and PNG by their bytes and draws them anew; an
 * SVG never came so far.
 */
function checkImage(db: Database, field: 'logoId' | 'sealId', id: number | null): void {
  if (id === null) return
  const file = row<{ kind: string; restricted: number }>(
    db,
    'SELECT kind, restricted FROM file WHERE id = ?',
    id,
  )
  if (file?.kind !== 'image' || file.restricted === 1) invalid(field, 'not-a-photo')
}

type Input = KeptSettings & { version: number }

/** What must hold before settings are shown or saved. INVALID as the contract says. */
export function checkSettings(db: Database, input: Input): void {
  for (const kind of Object.keys(unset.wording) as Honour[]) {
    if (!isWording(input.wording[kind])) invalid(`wording.${kind}`, 'template')
  }
  checkImage(db, 'logoId', input.logoId)
  checkImage(db, 'sealId', input.sealId)
  if (!isVerifyUrl(input.verifyUrl)) invalid('verifyUrl', 'url')
}

/** Saves the settings; sheets that were issued keep what they say. CONFLICT `changed` with what stands. */
export function changeCertificateSettings(context: Context, input: Input): CertificateSettings {
  return act(context, { action: 'certificate.change-settings', subject: 'certificate-setup' }, (db, note) => {
    const before = readCertificateSettings(db)
    if (before.version !== input.version) fail('CONFLICT', { because: 'changed', current: before })
    checkSettings(db, input)
    const { version, ...kept } = input
    for (const id of [input.logoId, input.sealId])
      if (id !== null)
        write(db, 'INSERT INTO certificate_image (file_id) VALUES (?) ON CONFLICT DO NOTHING', id)
    write(
      db,
      `INSERT INTO setting (key, value, version) VALUES (?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version`,
      key,
      JSON.stringify({ ...kept, approval: [...new Set(kept.approval)] }),
      version + 1,
    )
    const after = readCertificateSettings(db)
    note(audited(before), audited(after))
    return after
  })
}

/** Who signs is somebody's name: that it changed stands in the audit, not what it is. */
const audited = ({ head, agent, verifier, phone, logo: _, seal: __, ...rest }: CertificateSettings) => ({
  ...rest,
  staff: [head, agent, verifier],
  phone,
})
