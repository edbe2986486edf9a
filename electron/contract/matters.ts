import { z } from 'zod'
import { everyone, procedure } from './access.ts'
import { id, text, version } from './fields.ts'
import { limit } from './rules.ts'

/** An entry of the service catalogue. */
export const matter = z.object({
  id,
  code: z.string(),
  name: z.string(),
  category: z.string(),
  /** Until the answer is due. */
  limit,
  papers: z.array(z.string()),
  /** Full pinyin and initials of the name, so that the box finds it by either. */
  pinyin: z.string(),
  initials: z.string(),
  /** An inactive one is not offered any more; enquiries that have it keep it. */
  active: z.boolean(),
  version,
})
export type Matter = z.infer<typeof matter>

/** Part of `enquiries`. */
export const matterProcedures = {
  /** The catalogue, in order of category; inactive ones too. */
  matters: procedure(everyone).input(z.strictObject({})).output(z.array(matter)),

  /** Adds (no id) or changes one. CONFLICT `changed`, `duplicate` for a name that is taken. */
  saveMatter: procedure(['manager'])
    .input(
      z.strictObject({
        id: id.nullable(),
        /** Null only for a new one. */
        version: version.nullable(),
        name: text(60),
        category: text(20),
        limit,
        papers: z.array(text(120)).max(40),
        active: z.boolean(),
      }),
    )
    .output(matter),
}
