import fc from 'fast-check'
import { expect, test } from 'vitest'
import { align } from '../../../electron/counters/people/alignment.ts'
import { cutSyllables } from '../../../electron/counters/people/expressions.ts'
import { readings, tidyName, tidyPhone } from '../../../electron/counters/people/names.ts'
import { readQuery } from '../../../electron/counters/people/query.ts'
import { personTokens } from '../../../electron/counters/people/tokens.ts'

const spelled = (name: string) => readings(name).map((reading) => reading.join(' '))

test.each([
  ['单小红', 'shan xiao hong'],
  ['曾长江', 'zeng chang jiang'],
  ['查建国', 'zha jian guo'],
  ['仇和平', 'qiu he ping'],
  ['解秀英', 'xie xiu ying'],
  ['区小强', 'ou xiao qiang'],
  ['尉迟恭', 'yu chi gong'],
  ['单于丹', 'chan yu dan'],
  ['万俟秀', 'mo qi xiu'],
  ['长孙明', 'zhang sun ming'],
  ['欧阳修', 'ou yang xiu'],
  ['吕布', 'lv bu'],
  ['阿依古丽·买买提', 'a yi gu li mai mai ti'],
  ['John Smith', 'john smith'],
])('%s is read %s first', (name, reading) => {
  expect(spelled(name)[0]).toBe(reading)
})

test('who does not know the surname may type it as the plain character', () => {
  expect(spelled('单小红')).toContain('dan xiao hong')
  expect(spelled('曾长江')).toContain('ceng chang jiang')
})

test('a character read in two ways is found in both, and there are never more than four', () => {
  expect(spelled('王乐')).toEqual(['wang le', 'wang yue'])
  expect(spelled('张晟')).toEqual(['zhang sheng', 'zhang cheng'])
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'乐行长重朝单曾查朴和'), minLength: 1, maxLength: 8 }),
      (name) => {
        expect(readings(name).length).toBeLessThanOrEqual(4)
      },
    ),
  )
})

test('the index finds every end of a name, and its whole by the mark', () => {
  expect(personTokens({ name: '张三丰', phones: ['19900125678'], idNumber: '' }).split(' ')).toEqual([
    '1张三丰',
    '张三丰',
    '三丰',
    '丰',
    '1zhangsanfeng',
    'zhangsanfeng',
    'sanfeng',
    'feng',
    '1zsf',
    'zsf',
    'sf',
    'f',
    '087652100991',
  ])
})

test('a token is never more than one word to the index', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (name) => {
      for (const token of personTokens({ name, phones: [], idNumber: '' }).split(' ')) {
        expect(token).toMatch(/^[a-z0-9\u{80}-\u{10ffff}]*$/u)
      }
    }),
  )
})

test('a name is kept in one spelling', () => {
  expect(tidyName(' 张　三 丰 ')).toBe('张三丰')
  expect(tidyName('阿依古丽 • 买买提')).toBe('阿依古丽·买买提')
  expect(tidyName('Ｊｏｈｎ   Smith')).toBe('John Smith')
  expect(tidyPhone('+86 199-0012-5678')).toBe('19900125678')
})

test('what is half spelled and half abbreviated is cut where a syllable ends', () => {
  expect(cutSyllables('zhangsf')).toEqual(['zhang', 's', 'f'])
  expect(cutSyllables('zhwei')).toEqual(['zh', 'wei'])
})

const meets = (typed: string, name: string) => {
  const found = align(readQuery(typed).name, name)
  return found && { how: found.how, text: found.marks.map(([from, to]) => name.slice(from, to)).join('|') }
}

test('the characters that were meant are marked', () => {
  expect(meets('三丰', '张三丰')).toEqual({ how: 'name', text: '三丰' })
  expect(meets('zhangsan', '张三丰')).toEqual({ how: 'pinyin', text: '张三' })
  expect(meets('sf', '张三丰')).toEqual({ how: 'initials', text: '三丰' })
  expect(meets('张wei', '张伟明')).toEqual({ how: 'name', text: '张伟' })
  expect(meets('z伟', '张伟明')).toEqual({ how: 'name', text: '张伟' })
  expect(meets('zhangsf', '张三丰')).toEqual({ how: 'pinyin', text: '张三丰' })
  expect(meets('maimaiti', '阿依古丽·买买提')).toEqual({ how: 'pinyin', text: '买买提' })
  expect(meets('gulimai', '阿依古丽·买买提')).toEqual({ how: 'pinyin', text: '古丽|买' })
  expect(meets('王', '张三丰')).toBeNull()
  expect(meets('张wei', '章伟张')).toBeNull()
})

test('a long name of like syllables does not take long', () => {
  expect(align(readQuery('an'.repeat(31) + 'q').name, '安'.repeat(40))).toBeNull()
  expect(align(readQuery('a'.repeat(64)).name, '阿'.repeat(40))).toBeNull()
})
