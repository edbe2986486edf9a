import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { errors, type ErrorCode } from '../../electron/contract/errors.ts'
import type { PrintJob } from '../../electron/contract/documents.ts'
import type { RequestLine } from '../../electron/contract/certificate-records.ts'
import { isForMe } from '../../renderer/counters/certificates/requests.ts'
import { unmadeSentence, unsentSentence } from '../../renderer/counters/certificates/unmade.ts'
import { HostGone } from '../../renderer/shell/client.ts'
import { sentenceFor } from '../../renderer/shell/sentences.ts'

const nothing = '没有开具，也没有用掉编号。'
const refusal = (code: ErrorCode, data?: unknown) =>
  new ORPCError(code, { status: errors[code].status, data })

describe('a sheet that was not made', () => {
  it('is nowhere said to be kept: without its PDF nothing was issued', () => {
    for (const problem of ['pdf', 'no-browser']) {
      const told = unmadeSentence(refusal('PRINTER', { problem }), nothing)
      expect(told).toMatch(new RegExp(`^${nothing}`))
      expect(told).not.toContain('保存')
      expect(told).not.toContain('都在')
    }
  })

  it('may have been made where nobody answered, and the same press finds it', () => {
    const told = unmadeSentence(new HostGone('no answer'), nothing)
    expect(told).not.toContain(nothing)
    expect(told).toContain('不会重复')
  })

  it('has the desk’s own sentence for what nobody foresaw', () => {
    expect(unmadeSentence(new Error('bug'), nothing)).toBe(sentenceFor(new Error('bug')))
  })
})

describe('a sheet that was made', () => {
  const job: PrintJob = {
    ...{ id: 1, documentId: 2, title: '', printer: 'front', copies: 1, createdAt: '' },
    ...{ state: 'spooled', checkPaper: false, problem: '' },
  }

  it('is issued and not printed when its printer did not take it', () => {
    const told = unsentSentence({ ...job, state: 'failed', problem: 'queue' }, '已开具 ZM-2026-000001')
    expect(told).toMatch(/^已开具 ZM-2026-000001，但没有打出来。打印机没有收下/)
    expect(told).toContain('编号不变')
    expect(unsentSentence(job, '已开具')).toBe('')
    expect(unsentSentence(null, '已开具')).toBe('')
  })
})

describe('a wish is for who can take it a step on', () => {
  const asked = (state: RequestLine['state'], mayDecide: boolean) => ({ state, mayDecide }) as RequestLine

  it('a second person while it waits, anybody at the desk once it is approved, never an onlooker', () => {
    expect(isForMe(asked('waiting', true), true)).toBe(true)
    expect(isForMe(asked('waiting', false), true)).toBe(false)
    for (const mayDecide of [true, false]) expect(isForMe(asked('approved', mayDecide), true)).toBe(true)
    for (const state of ['waiting', 'approved'] as const)
      expect(isForMe(asked(state, false), false)).toBe(false)
  })
})
