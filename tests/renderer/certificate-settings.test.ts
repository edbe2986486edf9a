import { ORPCError } from '@orpc/client'
import { expect, it } from 'vitest'
import {
  contentProblems,
  differing,
  inputOf,
  sameContent,
  withSeal,
  type ContentForm,
} from '../../renderer/counters/settings/certificates/content.ts'
import { badLineOf, spanOfLine } from '../../renderer/counters/settings/certificates/template-problems.ts'
import { sentenceFor } from '../../renderer/shell/sentences.ts'

const form: ContentForm = {
  ...{ body: '测试居民委员会', head: '', agent: '', verifier: '', phone: '', verifyUrl: '' },
  ...{ logoId: null, sealId: null, logo: null, seal: null, version: 3 },
  approval: ['star', 'record'],
  wording: { star: '一', pioneer: '二', thanks: '三', 'noon-helper': '四' },
}
const refused = (problem: string) =>
  new ORPCError('INVALID', { defined: true, data: { fields: [{ path: 'html', problem }] } })

it('a template that is refused names its line, in words and for the editor', () => {
  const error = refused('line:12:unknown')
  expect(badLineOf(error)).toBe(12)
  expect(sentenceFor(error)).toContain('模板：第 12 行花括号里的名字不认得')
  expect(badLineOf(refused('too_big'))).toBeNull()
  expect(badLineOf(new Error('no answer'))).toBeNull()
})

it('finds a line in the text, also the last and one that is no longer there', () => {
  const text = 'a\nbcd\n\ne'
  expect(spanOfLine(text, 1)).toEqual({ from: 0, to: 1 })
  expect(spanOfLine(text, 2)).toEqual({ from: 2, to: 5 })
  expect(spanOfLine(text, 3)).toEqual({ from: 6, to: 6 })
  expect(spanOfLine(text, 99)).toEqual({ from: 7, to: 8 })
})

it('hands in images by their ids, and is unchanged whatever the order of what needs approval', () => {
  const seal = { id: 8, name: '印章.jpg', kind: 'image', bytes: 1, width: 1, height: 1 } as const
  const sealed = withSeal(form, [seal])
  expect(inputOf(sealed)).toMatchObject({ sealId: 8 })
  expect(Object.keys(inputOf(sealed))).not.toContain('seal')
  expect(sameContent(form, { ...form, approval: ['record', 'star'], version: 4 })).toBe(true)
  expect(sameContent(form, sealed)).toBe(false)
  expect(withSeal(sealed, [])).toMatchObject({ seal: null, sealId: null })
  expect(differing(form, { ...sealed, phone: '1' })).toEqual(['联系电话', '印章'])
})

it('wants the body and a sentence of each honour before it is saved', () => {
  expect(contentProblems(form)).toEqual({})
  const bare = { ...form, body: ' ', wording: { ...form.wording, thanks: '' } }
  expect(Object.keys(contentProblems(bare))).toEqual(['body', 'wording.thanks'])
})
