import { codeOf } from '../../../shell/client.ts'

type Data = { fields?: { path: string; problem: string }[] }

/** The line that keeps a template from being saved, counted from 1; null for anything else that went wrong. */
export function badLineOf(error: unknown): number | null {
  if (codeOf(error) !== 'INVALID') return null
  const { fields = [] } = (error as { data?: Data }).data ?? {}
  const problem = fields.find(({ path }) => path === 'html')?.problem ?? ''
  const line = /^line:(\d+):/.exec(problem)?.[1]
  return line === undefined ? null : Number(line)
}

/** Where a line begins and ends in a text, without its break, to be chosen in the editor. */
export function spanOfLine(text: string, line: number): { from: number; to: number } {
  const lines = text.split('\n')
  const at = Math.min(Math.max(line, 1), lines.length) - 1
  const from = lines.slice(0, at).reduce((sum, one) => sum + one.length + 1, 0)
  return { from, to: from + lines[at]!.length }
}
