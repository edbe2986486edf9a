import { z } from 'zod'
import { id, text } from './fields.ts'

/*
 * Photos and PDFs. Their bytes do not go through procedures but over plain routes with the same headers: `POST /files`
 * takes one and answers `{ json: attachment }`, `GET /files/<id>` and `GET /files/<id>/small` give one back. Errors
 * are those of a procedure. A record then names the files by their ids. Photos marked as showing an ID card or a child
 * are given to clerk and manager only (FORBIDDEN), each time on the record, the preview too; and so is, unrecorded, what
 * no record has taken in yet, except to who sent it.
 */

/** The largest photo or PDF that is taken, in bytes. */
export const mostFileBytes = 20 * 1024 * 1024
/** The longest name of a file, in characters; screens cut longer ones. */
export const mostFileName = 120
/** How many files one record may have. */
export const mostFiles = 20

/** What the operator's computer called it; it is shown, and never becomes part of a path. */
export const fileName = text(mostFileName)

export const attachment = z.object({
  id,
  name: z.string(),
  kind: z.enum(['image', 'pdf']),
  /** As it is stored: a photo is smaller than what was sent. */
  bytes: z.int(),
  /** Of photos, in pixels. */
  width: z.int().nullable(),
  height: z.int().nullable(),
})
export type Attachment = z.infer<typeof attachment>

/** Files of a record, as its procedures take them. */
export const fileIds = z.array(id).max(mostFiles).default([])

/** Names that Windows keeps for devices, whatever follows the first dot. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i

/**
 * What a saved copy is called: signs that some file system or reader does not like become a dash, and the ending says
 * what it is, not what its owner once called it.
 */
export function savedName({ name, kind }: Pick<Attachment, 'name' | 'kind'>): string {
  const bare = name
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '-')
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/^[. ]+|[. ]+$/g, '')
    .replace(device, '$&-')
  return `${bare || '附件'}.${kind === 'image' ? 'jpg' : 'pdf'}`
}
