import { addressOf } from '../../components/files/upload.ts'

/**
 * Photos in small, each fetched once while one operator works here and shown wherever the child is. A few at a time: the
 * browser opens six connections to the desk, and a tap must not wait behind two hundred photos.
 */
const atOnce = 3

let owner: number | undefined
const held = new Map<number, Promise<string>>()
const waiting: (() => void)[] = []
let running = 0

async function inQueue<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= atOnce) await new Promise<void>((start) => waiting.push(start))
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

/** Another operator may not see the same children: what was held for the one before goes. */
function changeOwner(operatorId: number | undefined): void {
  if (operatorId === owner) return
  owner = operatorId
  for (const address of held.values()) address.then((found) => URL.revokeObjectURL(found)).catch(() => {})
  held.clear()
}

/** The photo as an address of this page, for the operator who asks. Rejects when it cannot be had; the next asks again. */
export function photoAddress(photoId: number, operatorId: number | undefined): Promise<string> {
  changeOwner(operatorId)
  const known = held.get(photoId)
  if (known) return known
  const asked = inQueue(() => addressOf({ id: photoId, kind: 'image' }, 'small'))
  held.set(photoId, asked)
  asked.catch(() => held.get(photoId) === asked && held.delete(photoId))
  return asked
}
