import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idNumberCheck, readIdNumber, tidyIdNumber } from '../../../electron/contract/id-number.ts'
import { idNumber } from '../../../electron/contract/people.ts'

const birthDays = fc
  .date({ min: new Date('1850-01-01'), max: new Date('2026-11-23'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const valid = fc
  .tuple(fc.integer({ min: 0, max: 999_999 }), birthDays, fc.integer({ min: 0, max: 999 }))
  .map(([area, birth, order]) => {
    const head = `${String(area).padStart(6, '0')}${birth.replaceAll('-', '')}${String(order).padStart(3, '0')}`
    return { number: head + idNumberCheck(head), birth, sex: order % 2 === 1 ? 1 : 2 }
  })

test.each([
  ['11010519491231002X', '1949-12-31', 2],
  ['440524188001010014', '1880-01-01', 1],
])('%s is valid and tells birth and sex', (number, birth, sex) => {
  expect(readIdNumber(number)).toEqual({ birth, sex })
})

test('every number with its check character tells the birth day and sex it was made of', () => {
  fc.assert(
    fc.property(valid, ({ number, birth, sex }) => {
      expect(readIdNumber(number)).toEqual({ birth, sex })
    }),
  )
})

test('one wrong character is never accepted', () => {
  fc.assert(
    fc.property(
      valid,
      fc.integer({ min: 0, max: 17 }),
      fc.constantFrom(...'0123456789X'),
      ({ number }, place, typed) => {
        fc.pre(number[place] !== typed)
        expect(readIdNumber(number.slice(0, place) + typed + number.slice(place + 1))).toBeNull()
      },
    ),
  )
})

test('two neighbouring characters swapped are never accepted', () => {
  fc.assert(
    fc.property(valid, fc.integer({ min: 0, max: 16 }), ({ number }, place) => {
      fc.pre(number[place] !== number[place + 1])
      const swapped = number.slice(0, place) + number[place + 1] + number[place] + number.slice(place + 2)
      expect(readIdNumber(swapped)).toBeNull()
    }),
  )
})

test('a day that does not exist is no birth day, whatever the check character says', () => {
  for (const day of ['20230229', '20001301', '19990431', '17991231', '00000000']) {
    const head = `999999${day}001`
    expect(readIdNumber(head + idNumberCheck(head))).toBeNull()
  }
})

test('blanks, full-width digits and a small x are forgiven', () => {
  expect(tidyIdNumber(' １１０１０５ 19491231 002x ')).toBe('11010519491231002X')
  expect(idNumber.parse('11010519491231002ｘ')).toBe('11010519491231002X')
  expect(idNumber.parse('')).toBe('')
  expect(idNumber.safeParse('110105194912310021').success).toBe(false)
})

test('any text at all gets an answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
      readIdNumber(tidyIdNumber(typed))
    }),
  )
})
