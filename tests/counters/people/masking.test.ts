import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskIdNumber, maskName, maskPhone } from '../../../electron/workbench/masking.ts'

const digits = (least: number, most: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most })

test('a mask looks as it does on paper', () => {
  expect(maskPhone('19900125678')).toBe('199****5678')
  expect(maskIdNumber('99999919491231002X')).toBe('999***********002X')
  expect([maskName('张三丰'), maskName('张三'), maskName('欧阳长江'), maskName('张')]).toEqual([
    '张*丰',
    '张*',
    '欧**江',
    '*',
  ])
})

test('a phone keeps at most its first three and last four digits', () => {
  fc.assert(
    fc.property(digits(8, 20), (phone) => {
      const mask = maskPhone(phone)
      expect(mask).toMatch(/^\d{3}\*{4}\d{4}$/)
      expect([phone.startsWith(mask.slice(0, 3)), phone.endsWith(mask.slice(-4))]).toEqual([true, true])
    }),
  )
  fc.assert(
    fc.property(digits(1, 7), (phone) => {
      expect(maskPhone(phone).replaceAll('*', '').length).toBeLessThanOrEqual(2)
    }),
  )
})

test('an ID number hides its birth day and keeps its length', () => {
  fc.assert(
    fc.property(digits(18, 18), (number) => {
      const mask = maskIdNumber(number)
      expect(mask).toBe(`${number.slice(0, 3)}${'*'.repeat(11)}${number.slice(-4)}`)
    }),
  )
})
