import { reactive, readonly } from 'vue'
import { sentenceFor } from '../shell/sentences.ts'

export type Toast = {
  id: number
  kind: 'ok' | 'bad' | 'info'
  text: string
  undo: (() => void) | null
  /** Milliseconds it stays. */
  lasts: number
}

const shown = reactive<Toast[]>([])
let next = 1

/** Those on the screen now; the rack in the frame shows them. */
export const toasts = readonly(shown)

export function dismiss(id: number): void {
  const at = shown.findIndex((toast) => toast.id === id)
  if (at >= 0) shown.splice(at, 1)
}

function show(kind: Toast['kind'], text: string, lasts: number, undo: (() => void) | null = null): number {
  const id = next++
  shown.push({ id, kind, text, undo, lasts })
  while (shown.length > 3) shown.shift()
  return id
}

/** A short message. `undo` offers to take it back for 5 s (what can be reversed asks no "are you sure"). */
export const toast = {
  ok: (text: string, undo?: () => void | Promise<unknown>) =>
    show('ok', text, undo ? 5_000 : 3_000, undo ? () => void runUndo(undo) : null),
  info: (text: string) => show('info', text, 4_000),
  /** An error stays until it is read: longer, and with its own close button. */
  error: (error: unknown) => show('bad', typeof error === 'string' ? error : sentenceFor(error), 10_000),
}

async function runUndo(undo: () => void | Promise<unknown>) {
  try {
    await undo()
  } catch (error) {
    toast.error(error)
  }
}
