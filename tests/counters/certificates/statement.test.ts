import { ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64url, readCode } from '../../../electron/contract/certificate-code.ts'
import { certificateKinds } from '../../../electron/contract/certificate-records.ts'
import { keyWord } from '../../../electron/counters/certificates/keys.ts'
import { judge, signStatement } from '../../../electron/counters/certificates/statement.ts'
import { judge as judgeOnPage } from '../../../verify/judge.ts'

const pair = (seed: number) => {
  const { secretKey, publicKey } = ed25519.keygen(new Uint8Array(32).fill(seed))
  return { privateKey: secretKey, publicKey }
}
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const key = pair(1)
const known = [{ key: base64url(key.publicKey), madeAt: '2026-01-01', retiredAt: null }]

const told = {
  number: 'ZM-2026-000128',
  kind: 'record',
  name: '张*三',
  minutes: 3870,
  from: '2026-01-01',
  to: '2026-11-22',
  body: '测试市测试区测试街道测试社区居民委员会',
  day: '2026-11-23',
} as const
const code = signStatement(told, key)

/** What both judges say of a text; they have to agree. */
function judged(text: string, keys = known): string {
  const onPage = judgeOnPage(text, keys).result
  const read = readCode(text)
  const atDesk = read ? judge(read, keys) : 'unreadable'
  expect(onPage).toBe(atDesk === 'fits' ? 'good' : atDesk)
  return onPage
}

describe('what is signed', () => {
  const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  const day = days.map((date) => date.toISOString().slice(0, 10))
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  const statements = fc.record({
    number: fc.constantFrom('ZM-2026-000001', 'RY-2099-999999'),
    kind: fc.constantFrom(...certificateKinds),
    name: words,
    minutes: fc.option(fc.nat()),
    from: fc.option(day),
    to: fc.option(day),
    body: words,
    day,
  })

  test('is read back as it was', () => {
    fc.assert(
      fc.property(statements, (statement) => {
        const signed = signStatement(statement, key)
        expect(readCode(signed)!.statement).toEqual({ ...statement, key: keyWord(key.publicKey) })
        expect(judged(signed)).toBe('good')
      }),
      { numRuns: 60 },
    )
  })

  test('is short enough for a code that a phone reads, without a sign that an address escapes', () => {
    expect(code.length).toBeLessThan(340)
    expect(encodeURI(code)).toBe(code)
  })

  test('stands behind the address where the community hosts its page', () => {
    const hosted = signStatement(told, key, 'https://example.org/verify.html')
    expect(hosted).toBe(`https://example.org/verify.html#${code}`)
    expect(judged(hosted)).toBe('good')
    expect(judged(` ${code}\n`)).toBe('good')
  })
})

describe('an altered code is refused', () => {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.#= é'

  test('at whichever place one character is another, in a statement of any words', () => {
    const statement = fc.record({
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
      body: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      minutes: fc.nat(),
    })
    let tried = 0
    fc.assert(
      fc.property(
        statement,
        fc.array(fc.constantFrom(...signs), { minLength: 50, maxLength: 50 }),
        (words, all) => {
          const good = signStatement({ ...told, ...words }, key)
          expect(judged(good)).toBe('good')
          for (let at = 0; at < good.length; at += 1) {
            const sign = all[at % all.length]!
            if (good[at] === sign) continue
            tried += 1
            expect(judged(good.slice(0, at) + sign + good.slice(at + 1)), `${at} ${sign}`).not.toBe('good')
          }
        },
      ),
      { numRuns: 8 },
    )
    expect(tried).toBeGreaterThan(1000)
  })

  test('a foreign key’s whole code too, whatever key is named in it', () => {
    const foreign = pair(2)
    const own = signStatement(told, foreign)
    expect(judged(own)).toBe('foreign')
    for (let at = 0; at < own.length; at += 1) {
      const other = own[at] === 'A' ? 'B' : 'A'
      expect(judged(own.slice(0, at) + other + own.slice(at + 1)), `${at}`).not.toBe('good')
    }
  })

  test('at the last character too, whose spare bits say nothing', () => {
    const last = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
    const fitting = last.filter((sign) => judged(code.slice(0, -1) + sign) === 'good')
    expect(fitting).toEqual([code.at(-1)])
  })

  test('when a character is missing or doubled', () => {
    for (let at = 0; at < code.length; at += 1) {
      expect(judged(code.slice(0, at) + code.slice(at + 1))).not.toBe('good')
      expect(judged(code.slice(0, at) + code[at] + code.slice(at))).not.toBe('good')
    }
  })

  test('when other hours are written into it', () => {
    const [prefix, payload, signature] = code.split('.')
    const more = Buffer.from(payload!, 'base64url').toString().replace('3870', '9870')
    expect(judged([prefix, Buffer.from(more).toString('base64url'), signature].join('.'))).toBe('altered')
  })
})

test('a code by another key is foreign, also one that claims the name of ours', () => {
  expect(judged(signStatement(told, pair(2)))).toBe('foreign')
  expect(judged(code, [])).toBe('foreign')
  const list = [...Object.values(told), keyWord(key.publicKey)]
  const signed = `OSC1.${base64url(Buffer.from(JSON.stringify(list)))}`
  const forged = `${signed}.${base64url(ed25519.sign(Buffer.from(signed), pair(2).privateKey))}`
  expect(judged(forged)).toBe('altered')
})

test('nothing else is a code', () => {
  const list = (value: unknown) => `OSC1.${base64url(Buffer.from(JSON.stringify(value)))}.${'A'.repeat(86)}`
  const bad = [
    '',
    'OSC1',
    'OSC1..',
    `OSC2.${code.slice(5)}`,
    `${code}.AAAA`,
    list({}),
    list([1, 2, 3]),
    list([...Object.values(told), 5]),
    list(['ZM-2026-000128', 'medal', '张*三', 1, null, null, '社区', '2026-11-23', 'AAAAAAAA']),
    `OSC1.${base64url(Uint8Array.of(0xff, 0xfe))}.${'A'.repeat(86)}`,
  ]
  for (const text of bad) expect(judged(text), text).toBe('unreadable')
})

test('every run of bytes has one writing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(fromBase64url(base64url(bytes))).toEqual(Uint8Array.from(bytes))
    }),
  )
  expect(fromBase64url('QQ')).toEqual(Uint8Array.of(65))
  expect(fromBase64url('QR')).toBeNull()
  expect(fromBase64url('QQ==')).toBeNull()
  expect(fromBase64url('Q')).toBeNull()
})
