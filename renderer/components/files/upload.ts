import { ORPCError } from '@orpc/client'
import {
  attachment,
  mostFileBytes,
  mostFileName,
  savedName,
  type Attachment,
} from '../../../electron/contract/files.ts'
import { authorisedFetch, codeOf } from '../../shell/client.ts'
import { fieldSentences, sentenceFor } from '../../shell/sentences.ts'

const refused = (problem: string) =>
  new ORPCError('INVALID', { status: 422, data: { fields: [{ path: 'file', problem }] } })

/** The name as the desk takes it: the end of a long one says what it is, so the middle goes. */
export function sendableName(name: string): string {
  const whole = name.toWellFormed().replaceAll('\0', '').trim() || '附件'
  if (whole.length <= mostFileName) return whole
  return `${whole.slice(0, mostFileName - 21)}…${whole.slice(-20)}`.toWellFormed()
}

/** Hands one photo or PDF to the desk. Throws what a call throws; INVALID `file` says what is wrong with it. */
export async function upload(file: File): Promise<Attachment> {
  // Not worth sending: the desk would say the same.
  if (file.size > mostFileBytes) throw refused('too-large')
  const body = await file.arrayBuffer().catch(() => {
    throw refused('unreadable')
  })
  const response = await authorisedFetch('/files', {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(sendableName(file.name)),
    },
    body,
  })
  const { json } = (await response.json()) as { json: unknown }
  return attachment.parse(json)
}

/** Why a file was not taken, in words that follow its name. */
export const sentenceForFile = (error: unknown): string => fieldSentences(error)['file'] ?? sentenceFor(error)

/** Whether trying once more may help: not with a file that is itself wrong. */
export const mayRetry = (error: unknown): boolean => codeOf(error) !== 'INVALID'

/**
 * The bytes of a file as an address of this page; whoever asks revokes it. A PDF is bytes and nothing else, so that
 * this page can save it but never becomes the place where it runs.
 */
export async function addressOf(
  file: Pick<Attachment, 'id' | 'kind'>,
  size: 'whole' | 'small',
): Promise<string> {
  const response = await authorisedFetch(`/files/${file.id}${size === 'small' ? '/small' : ''}`)
  const type = file.kind === 'image' ? 'image/jpeg' : 'application/octet-stream'
  return URL.createObjectURL(new Blob([await response.arrayBuffer()], { type }))
}

/** Lets the browser save what stands at an address. */
export function saveAs(address: string, file: Attachment): void {
  const link = document.createElement('a')
  link.href = address
  link.download = savedName(file)
  link.click()
}

/** Fetches a file and saves it. */
export async function saveFile(file: Attachment): Promise<void> {
  const address = await addressOf(file, 'whole')
  saveAs(address, file)
  // The download has begun by then; it keeps the bytes by itself.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
