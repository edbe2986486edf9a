import { z } from 'zod'
import { procedure, staff } from './access.ts'
import { id, instant, text } from './fields.ts'

/** Who can be told of suspected harm to a child. The police first: the duty is to report at once. */
export const toldWhom = [
  '公安机关（110）',
  '社区未成年人保护专人',
  '街道民政（未保办）',
  '学校',
  '监护人',
] as const

export const harmReport = z.object({
  id,
  number: z.string(),
  at: instant,
  operator: z.string(),
  enquiryId: id.nullable(),
  /** The report this one adds to. */
  follows: id.nullable(),
  child: z.string(),
  seen: z.string(),
  told: z.array(z.enum(toldWhom)),
  toldAt: instant,
})
export type HarmReport = z.infer<typeof harmReport>

export const harmProcedures = {
  /**
   * Writes down a suspicion of harm to a child and who was told (未成年人保护法 11: at once). Never changed; additions
   * follow. INVALID `toldAt` `future`.
   */
  reportHarm: procedure(staff)
    .input(
      z.strictObject({
        enquiryId: id.nullable(),
        follows: id.nullable(),
        child: text(100),
        seen: text(2000),
        told: z.array(z.enum(toldWhom)).min(1).max(5),
        toldAt: instant,
      }),
    )
    .output(harmReport),

  /** The log, newest first; each look at it is written down. */
  harmReports: procedure(['manager', 'auditor']).input(z.strictObject({})).output(z.array(harmReport)),
}
