import { describe, expect, it } from 'vitest'
import { demoPin as seededPin } from '../../seeds/demo/operators.ts'
import { answersTo } from '../../renderer/counters/session/initials.ts'
import { demoPin, easyPin, pinProblem } from '../../renderer/counters/session/pin.ts'

describe('finding an operator by typing', () => {
  it('finds by characters of the name', () => {
    expect(answersTo('周敏', '敏')).toBe(true)
    expect(answersTo('周敏', '王')).toBe(false)
    expect(answersTo('周敏', '')).toBe(true)
  })

  it('finds by the initials of the pinyin', () => {
    expect(answersTo('张伟芳', 'zwf')).toBe(true)
    expect(answersTo('张伟芳', 'WF')).toBe(true)
    expect(answersTo('欧阳文静', 'oy')).toBe(true)
    expect(answersTo('张伟芳', 'zf')).toBe(false)
  })

  it('knows surnames that are read otherwise', () => {
    expect(answersTo('曾国强', 'zgq')).toBe(true)
    expect(answersTo('单晓红', 'sxh')).toBe(true)
    expect(answersTo('查理', 'zl')).toBe(true)
  })
})

describe('a new PIN', () => {
  it('has 6 to 12 digits', () => {
    expect(pinProblem('')).toBe('请设置 PIN')
    expect(pinProblem('1234')).toBe('还差 2 位，至少 6 位')
    expect(pinProblem('12a456')).toBe('PIN 只能是数字')
    expect(pinProblem('1234567890123')).toBe('最多 12 位')
    expect(pinProblem('482915')).toBeNull()
  })

  it('is advised against when anybody would guess it', () => {
    expect(['111111', '123456', '987654', '121212', '123123'].every(easyPin)).toBe(true)
    expect(['482915', '190823', '1234'].some(easyPin)).toBe(false)
  })

  it('of the demo is shown as the demo sets it', () => {
    expect(demoPin).toBe(seededPin)
  })
})
