import { describe, expect, it } from 'vitest'
import { documentKinds, type Printer } from '../../electron/contract/printers.ts'
import { printerFor, toMillimetres, toTenths } from '../../renderer/counters/documents/printers.ts'
import { isLeft, jobWords, kindGroups, spoolerWords } from '../../renderer/counters/documents/words.ts'

const nowhere = { rightTenths: 0, downTenths: 0 }
const printer = (name: string, changed: Partial<Printer> = {}): Printer => ({
  ...{ name, known: true, ready: true, isDefault: false, upright: nowhere, across: nowhere, paper: '' },
  ...changed,
})

describe('the printer of a kind', () => {
  const printers = [printer('A'), printer('B', { isDefault: true }), printer('C', { known: false })]
  const set = (...defaults: [string, string][]) =>
    printerFor({ printers, defaults: defaults.map(([kind, name]) => ({ kind, printer: name })) }, 'receipt')

  it('is its own, then the one for all, then the system’s default', () => {
    expect(set(['receipt', 'A'], ['any', 'B'])).toBe('A')
    expect(set(['any', 'A'], ['case-file', 'B'])).toBe('A')
    expect(set()).toBe('B')
  })

  it('is never one that is not there now', () => {
    expect(set(['receipt', 'C'], ['any', 'A'])).toBe('A')
    expect(set(['receipt', 'C'])).toBe('B')
    expect(printerFor({ printers: [printer('C', { known: false })], defaults: [] }, 'receipt')).toBe('')
  })

  it('can be set for every kind that has words, and every kind has them', () => {
    expect(kindGroups.flatMap(({ kinds }) => Object.keys(kinds)).sort()).toEqual([...documentKinds].sort())
  })
})

describe('an offset as it is typed', () => {
  it.each([
    ['1.5', 15],
    ['-2', -20],
    ['－０．５', -5],
    ['−0.3', -3],
    ['', 0],
    ['-0', 0],
    ['30', 300],
    ['30.1', null],
    ['1.25', null],
    ['半', null],
    ['1e1', null],
  ])('%s is %s tenths of a millimetre', (typed, tenths) => {
    expect(toTenths(typed)).toBe(tenths)
  })

  it('is shown as it was typed', () => {
    for (const tenths of [-300, -15, 0, 5, 120]) expect(toTenths(toMillimetres(tenths))).toBe(tenths)
  })
})

describe('a job in words', () => {
  const job = {
    ...{ id: 1, documentId: 1, title: '', printer: 'A', copies: 1, checkPaper: false, problem: '' },
    createdAt: '2026-11-23T01:41:00.000Z',
  }

  it('asks for a look where nobody knows, and says so where nothing was sent', () => {
    expect(jobWords({ ...job, state: 'sending', checkPaper: true })).toContain('看一眼')
    expect(isLeft({ ...job, state: 'queued', problem: 'interrupted' })).toBe(true)
    expect(jobWords({ ...job, state: 'queued', problem: 'interrupted' })).toContain('没有送出去')
    expect(jobWords({ ...job, state: 'failed', problem: 'too-small' })).toContain('装的纸')
  })

  it('repeats what the spooler says, and nothing where it was not asked', () => {
    expect(spoolerWords({ spooler: 'held' })).toContain('卡在')
    expect(spoolerWords({ spooler: null })).toBe('')
  })
})
