import { toast } from '../../components/toast.ts'
import { client } from '../../shell/client.ts'

/**
 * Puts text on the clipboard; false when it could not. The desktop window denies the permission that the clipboard API
 * asks for; there the old way works, which needs only that somebody has just pressed a button.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // The other way below.
  }
  const held = document.activeElement as HTMLElement | null
  const field = document.createElement('textarea')
  field.value = text
  field.setAttribute('aria-hidden', 'true')
  field.style.cssText = 'position: fixed; opacity: 0'
  document.body.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  held?.focus({ preventScroll: true })
  return copied
}

/** Copies the dispatch slip of one department as text, ready for WeChat; says itself what came of it. */
export async function copySlip(id: number, assignmentId: number): Promise<void> {
  try {
    const { text } = await client.enquiries.dispatchText({ id, assignmentId })
    if (await copyText(text)) toast.ok('派单文字已复制，可以粘贴到微信')
    else toast.error('没有复制上，请打印派单单。')
  } catch (error) {
    toast.error(error)
  }
}
