import type { PrintJob } from '../../../electron/contract/documents.ts'
import { codeOf, HostGone } from '../../shell/client.ts'
import { printerProblem, sentenceFor } from '../../shell/sentences.ts'

/**
 * Why no sheet was made. `nothing`: what is true after every refusal of the core, as 没有开具，也没有用掉编号。 Where the host did
 * not answer nobody knows: the same press again is the same wish, by its ticket.
 */
export function unmadeSentence(error: unknown, nothing: string): string {
  if (error instanceof HostGone)
    return '服务台程序没有响应，不知道办成了没有。恢复以后照样再按一次：已经办成的就是那一份，不会重复，也不会多占编号。'
  const code = codeOf(error)
  if (code === 'PRINTER')
    return `${nothing}${printerProblem((error as { data?: { problem?: string } }).data?.problem)}`
  return code ? `${nothing}${sentenceFor(error)}` : sentenceFor(error)
}

/** What to say when a sheet was made and its printer did not take it; empty where it did, or none was asked. */
export const unsentSentence = (job: PrintJob | null, made: string): string =>
  job && (job.state === 'failed' || job.state === 'queued')
    ? `${made}，但没有打出来。${printerProblem(job.problem)}弄好以后在“打印队列”里再送一次，编号不变。`
    : ''
