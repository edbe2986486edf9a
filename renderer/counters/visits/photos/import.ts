import { ORPCError } from '@orpc/client'
import { mostFileBytes } from '../../../../electron/contract/files.ts'
import { upload } from '../../../components/files/upload.ts'
import { client } from '../../../shell/client.ts'
import { openImport } from './importing.ts'

const refused = (problem: string) =>
  new ORPCError('INVALID', { status: 422, data: { fields: [{ path: 'file', problem }] } })

async function hashOf(file: File): Promise<string> {
  if (file.size === 0) throw refused('empty')
  if (file.size > mostFileBytes) throw refused('too-large')
  const bytes = await file.arrayBuffer().catch(() => {
    throw refused('unreadable')
  })
  // The desk would take it as a letter, and then not as a photo.
  if (new TextDecoder('latin1').decode(bytes.slice(0, 5)) === '%PDF-') throw refused('not-a-photo')
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** No PDF is taken here: what the desk does not know is told as no photo. */
async function send(file: File): Promise<number> {
  try {
    return (await upload(file)).id
  } catch (error) {
    const { fields = [] } = (error as { data?: { fields?: { problem: string }[] } }).data ?? {}
    throw fields.some(({ problem }) => problem === 'unknown-type') ? refused('not-a-photo') : error
  }
}

/** The import of this window; it runs on while other pages are open. */
export const photoImport = openImport({
  hashOf,
  known: async (hash) => (await client.visits.knownPhotos({ hashes: [hash] })).known.length > 0,
  send,
  take: async (fileId) => (await client.visits.takePhotos({ fileIds: [fileId] })).known.length === 0,
  now: () => performance.now(),
})
