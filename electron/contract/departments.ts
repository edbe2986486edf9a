import { z } from 'zod'
import { everyone, procedure } from './access.ts'
import { id, optionalText, text, version } from './fields.ts'

export const departmentKinds = ['grid', 'property', 'street', 'functional', 'other'] as const

/** Who can be called to an enquiry (承办单位). */
export const department = z.object({
  id,
  kind: z.enum(departmentKinds),
  name: z.string(),
  /** Whom to ask for there, and how. */
  contact: z.string(),
  phone: z.string(),
  note: z.string(),
  active: z.boolean(),
  version,
})
export type Department = z.infer<typeof department>

/** Part of `settings`. */
export const departmentProcedures = {
  /** Those that may be called first, in their order; then the inactive ones. */
  departments: procedure(everyone).input(z.strictObject({})).output(z.array(department)),

  /** Adds (no id) or changes one. CONFLICT `changed`, `duplicate` for a name that is taken. */
  saveDepartment: procedure(['manager'])
    .input(
      z.strictObject({
        id: id.nullable(),
        /** Null only for a new one. */
        version: version.nullable(),
        kind: department.shape.kind,
        name: text(40),
        contact: optionalText(20),
        phone: optionalText(40),
        note: optionalText(200),
        active: z.boolean(),
      }),
    )
    .output(department),
}
