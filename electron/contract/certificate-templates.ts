import { z } from 'zod'
import { procedure } from './access.ts'
import { attachment } from './files.ts'
import { id, instant, optionalText, text, version } from './fields.ts'
import { certificateKinds, readers } from './certificate-records.ts'

const none = z.strictObject({})

const settingFields = {
  /** 记录单位, as it stands on the sheet: 长沙市天心区金盆岭街道涂新社区居民委员会. Empty: nothing can be issued. */
  body: optionalText(60),
  /** 负责人, 经办人, 核验人 as printed (2015 form). */
  head: optionalText(20),
  agent: optionalText(20),
  verifier: optionalText(20),
  phone: optionalText(40),
  /** JPEG/PNG through the files part; no SVG. */
  logoId: id.nullable(),
  sealId: id.nullable(),
  /** Kinds that a second person approves. */
  approval: z.array(z.enum(certificateKinds)),
  /** Where the community hosts verify.html, `https://…`; empty: the code is plain text. INVALID `verifyUrl` `url`. */
  verifyUrl: optionalText(100),
  /** The sentence of each honour, with {{name}} and what else its template knows. */
  wording: z.strictObject({
    star: text(300),
    pioneer: text(300),
    thanks: text(300),
    'noon-helper': text(300),
  }),
  version,
}
export const certificateSettings = z.object({
  ...settingFields,
  logo: attachment.nullable(),
  seal: attachment.nullable(),
})
export type CertificateSettings = z.infer<typeof certificateSettings>

export const templateLine = z.object({
  kind: z.enum(certificateKinds),
  /** The community's own, or the built-in one. */
  own: z.boolean(),
  at: instant.nullable(),
  operator: z.string().nullable(),
  html: z.string(),
})

/** Part of `certificates`. */
export const certificateTemplateProcedures = {
  settings: procedure(readers).input(none).output(certificateSettings),

  /** INVALID `wording.<kind>` `template`, `logoId`, `sealId` `not-a-photo`, `verifyUrl` `url`; CONFLICT `changed`. */
  changeSettings: procedure(['manager']).input(z.strictObject(settingFields)).output(certificateSettings),

  templates: procedure(readers).input(none).output(z.array(templateLine)),

  /**
   * The community's own template of a kind. One that does not render is refused and the old one stays: INVALID `html` with
   * `line:N:<word>`, word = `tag` (not closed, not opened), `unknown` (a name that the sheet does not know), `script`,
   * `outside` (fetches something), `too-long`, `no-number`, `no-code` (the sheet must show number and QR code).
   */
  saveTemplate: procedure(['manager'])
    .input(z.strictObject({ kind: z.enum(certificateKinds), html: z.string().max(200_000) }))
    .output(templateLine),

  /** Back to the built-in one. */
  resetTemplate: procedure(['manager'])
    .input(z.strictObject({ kind: z.enum(certificateKinds) }))
    .output(templateLine),

  /** The sheet with example data, as it would look with this template (null: the one that serves) and these settings. */
  previewTemplate: procedure(['manager'])
    .input(
      z.strictObject({
        kind: z.enum(certificateKinds),
        html: z.string().max(200_000).nullable(),
        settings: z.strictObject(settingFields).nullable(),
      }),
    )
    .output(z.object({ html: z.string() })),
}
