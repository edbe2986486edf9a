import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  changedFields,
  compare,
  settle,
  type Details,
  type Difference,
} from '../../renderer/counters/enquiries/details.ts'

const base: Details = {
  title: '楼道灯不亮',
  words: '',
  matterId: null,
  channel: '窗口',
  asker: null,
  anonymous: true,
  givenName: '',
  givenPhone: '',
  idRefused: false,
  subject: null,
}

const details = fc.record({
  title: fc.constantFrom('楼道灯不亮', '三楼灯不亮', '二单元灯不亮'),
  words: fc.constantFrom('', '晚上看不见', '老人摔过'),
  matterId: fc.constantFrom(null, 1, 2),
  channel: fc.constantFrom('窗口' as const, '电话' as const),
  anonymous: fc.boolean(),
  givenName: fc.constantFrom('', '李阿姨'),
})
const variant = (change: Partial<Details>): Details => ({ ...base, ...change })

test('where only one of two clerks changed a field, that side is taken', () => {
  const mine = variant({ words: '晚上看不见台阶' })
  const theirs = variant({ channel: '电话' })
  expect(compare(base, mine, theirs)).toEqual([
    { field: 'channel', choice: 'theirs' },
    { field: 'words', choice: 'mine' },
  ])
  expect(settle(compare(base, mine, theirs), mine, theirs)).toEqual(
    variant({ words: '晚上看不见台阶', channel: '电话' }),
  )
})

test('where both changed it, nobody decides but the clerk', () => {
  const [difference] = compare(base, variant({ title: '三楼灯不亮' }), variant({ title: '二单元灯不亮' }))
  expect(difference).toEqual({ field: 'title', choice: null })
})

test('the asker is one field, whether registered, named or anonymous', () => {
  const named = variant({ anonymous: false, givenName: '李阿姨', givenPhone: '19900000000' })
  expect(changedFields(base, named)).toEqual(['asker'])
  expect(settle([{ field: 'asker', choice: 'theirs' }], base, named)).toEqual(named)
})

test('blanks around a text are no difference', () => {
  expect(compare(base, variant({ title: ' 楼道灯不亮 ' }), base)).toEqual([])
})

test('all mine gives mine, all theirs gives theirs, and what is equal on both sides stays', () => {
  fc.assert(
    fc.property(details, details, details, (start, my, their) => {
      const [from, mine, theirs] = [variant(start), variant(my), variant(their)]
      const differences = compare(from, mine, theirs)
      const all = (choice: Difference['choice']) => differences.map((one) => ({ ...one, choice }))
      expect(changedFields(settle(all('mine'), mine, theirs), mine)).toEqual([])
      expect(changedFields(settle(all('theirs'), mine, theirs), theirs)).toEqual([])
      // A field is left open only when both left where they started from.
      for (const { field, choice } of differences)
        expect(choice === null).toBe(
          changedFields(from, mine).includes(field) && changedFields(from, theirs).includes(field),
        )
    }),
  )
})
