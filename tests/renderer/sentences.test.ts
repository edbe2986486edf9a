import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { errors, type ErrorCode } from '../../electron/contract/errors.ts'
import { conflictOf } from '../../renderer/components/conflict.ts'
import { HostGone } from '../../renderer/shell/client.ts'
import { fieldSentences, secondsInWords, sentenceFor } from '../../renderer/shell/sentences.ts'

const refusal = (code: ErrorCode, data?: unknown) =>
  new ORPCError(code, { status: errors[code].status, data })

describe('errors in a clerk’s words', () => {
  it('has a sentence of its own for every code of the contract', () => {
    const codes = Object.keys(errors) as ErrorCode[]
    const unknown = sentenceFor(new Error('bug'))
    const told = codes.map((code) => sentenceFor(refusal(code, {})))
    expect(new Set(told).size).toBe(codes.length)
    for (const sentence of told) {
      expect(sentence).not.toBe(unknown)
      expect(sentence).toMatch(/^[^A-Z_]*(PIN|PDF)?[^A-Z_]*。$/)
    }
  })

  it('names the field and says that nothing was saved', () => {
    const error = refusal('INVALID', { fields: [{ path: 'phones.0', problem: 'phone' }] })
    expect(sentenceFor(error)).toBe('电话：不像电话号码，请核对位数。还没有保存。')
    expect(fieldSentences(error)).toEqual({ 'phones.0': '不像电话号码，请核对位数' })
  })

  it('finds the name of a field inside a list', () => {
    const error = refusal('INVALID', { fields: [{ path: 'staff.2.duty', problem: 'required' }] })
    expect(sentenceFor(error)).toBe('职责：不能为空。还没有保存。')
  })

  it('says something sensible for a problem it has never heard of', () => {
    const error = refusal('INVALID', { fields: [{ path: 'mystery', problem: 'odd' }] })
    expect(sentenceFor(error)).toBe('有一项：填得不对，请核对。还没有保存。')
  })

  it('promises that nothing was overwritten when another screen was first', () => {
    const error = refusal('CONFLICT', { because: 'changed', current: { version: 3 } })
    expect(sentenceFor(error)).toContain('没有覆盖')
    expect(conflictOf(error)).toEqual({ because: 'changed', current: { version: 3 } })
    expect(conflictOf(refusal('FORBIDDEN'))).toBeNull()
  })

  it('keeps calm when the host does not answer', () => {
    expect(sentenceFor(new HostGone('no answer'))).toContain('您输入的内容都还在')
  })

  it('tells waiting times as a person would', () => {
    expect(secondsInWords(4.2)).toBe('5 秒')
    expect(secondsInWords(60)).toBe('1 分钟')
    expect(secondsInWords(90)).toBe('1 分 30 秒')
    expect(sentenceFor(refusal('WAIT', { seconds: 900 }))).toContain('15 分钟')
  })
})
