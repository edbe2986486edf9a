import fc from 'fast-check'
import { expect, it } from 'vitest'
import { collectCertificate } from '../../../electron/counters/certificates/collect.ts'
import { listCertificates, type Asked } from '../../../electron/counters/certificates/list.ts'
import { voidCertificate } from '../../../electron/counters/certificates/void.ts'
import { mergePersons } from '../../../electron/counters/people/merge.ts'
import { addVolunteer, personOf, serve } from '../volunteers/service.ts'
import { issueRecord, openCertificateDesk, type CertificateDesk } from './issuing.ts'

const ask = (test: CertificateDesk, asked: Partial<Asked> = {}) =>
  listCertificates(test.context(), { query: '', limit: 30, ...asked })
const namesFor = (test: CertificateDesk, asked: Partial<Asked>) =>
  ask(test, asked).rows.map(({ name }) => name)

/** 王小明 twice, the first one void; then 张伟, 张伟强 and 李娜, one a day. */
async function fillRegister() {
  const test = openCertificateDesk()
  const first = await issueRecord(test, test.volunteerId)
  voidCertificate(test.context(), { id: first.id, reason: '姓名写错', sheet: 'returned' })
  const issued = [first, await issueRecord(test, test.volunteerId)]
  for (const [nth, name] of ['张伟', '张伟强', '李娜'].entries()) {
    const volunteerId = addVolunteer(test.db, { name })
    serve(test, volunteerId, 60, { day: '2026-11-20' })
    test.clock.set(`2026-11-${24 + nth}T02:00:00.000Z`)
    issued.push(await issueRecord(test, volunteerId))
  }
  return { test, issued }
}

it('finds a certificate by number, its end, a scanned code, a name, its spelling or its first letters', async () => {
  const { test, issued } = await fillRegister()
  const numbersFor = (query: string) =>
    ask(test, { query }).rows.map(({ number }) => Number(number.slice(-6)))
  for (const query of [
    'ZM-2026-000003',
    'zm-2026-3',
    'ＺＭ２０２６０００００３',
    'zm2026000003',
    '000003',
    '3',
  ]) {
    expect([query, numbersFor(query)]).toEqual([query, [3]])
  }
  expect(numbersFor(issued[4]!.statement)).toEqual([5])
  expect(numbersFor(`https://community.example/verify.html#${issued[4]!.statement}`)).toEqual([5])
  expect(numbersFor('张伟')).toEqual([4, 3])
  expect(numbersFor('zhangwei')).toEqual([4, 3])
  expect(numbersFor('zwq')).toEqual([4])
  expect(numbersFor('lina')).toEqual([5])
  // The index keeps words, not their order.
  expect(numbersFor('伟张')).toEqual([])
  for (const query of ['ZM-2026-000099', 'OSC1.abc.def', '"', '%', '*', 'a'.repeat(1000), '—', '🙂']) {
    expect([query, numbersFor(query)]).toEqual([query, []])
  }
})

it('tells how each stands, and shows what is asked for alone', async () => {
  const { test, issued } = await fillRegister()
  collectCertificate(test.context(), { id: issued[2]!.id, collector: '张伟', relation: '本人' })
  expect(namesFor(test, {})).toEqual(['李娜', '张伟强', '张伟', '王小明', '王小明'])
  expect(ask(test).rows.map(({ standing }) => standing)).toEqual(['valid', 'valid', 'valid', 'valid', 'void'])
  expect(namesFor(test, { standing: 'void' })).toEqual(['王小明'])
  expect(namesFor(test, { waiting: true })).toEqual(['李娜', '张伟强', '王小明'])
  expect(namesFor(test, { volunteerId: test.volunteerId })).toEqual(['王小明', '王小明'])
  expect(namesFor(test, { from: '2026-11-24', to: '2026-11-25' })).toEqual(['张伟强', '张伟'])
  expect(namesFor(test, { kind: 'star' })).toEqual([])
  expect(namesFor(test, { query: '张伟', waiting: true })).toEqual(['张伟强'])
  expect(ask(test, { query: '张', limit: 1 })).toMatchObject({ total: 2 })
  expect(ask(test).rows[2]).toMatchObject({ collected: { collector: '张伟', relation: '本人' }, copies: 1 })
})

it('shows every certificate on exactly one page, whatever the pages’ length and the question', async () => {
  const { test } = await fillRegister()
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.constantFrom('', '张', '王小明'), (limit, query) => {
      const whole = ask(test, { query, limit: 100 })
      const seen: number[] = []
      for (let before: number | undefined; ;) {
        const page = ask(test, { query, limit, ...(before !== undefined && { before }) })
        expect(page.total).toBe(whole.total)
        seen.push(...page.rows.map(({ id }) => id))
        if (page.rows.length < limit) break
        before = page.rows.at(-1)!.id
      }
      expect(seen).toEqual(whole.rows.map(({ id }) => id))
      expect(seen).toHaveLength(whole.total)
    }),
  )
})

it('finds the certificates of somebody who was merged by either name', async () => {
  const { test } = await fillRegister()
  const twin = addVolunteer(test.db, { name: '王晓明' })
  mergePersons(test.context('manager'), {
    into: personOf(test.db, twin),
    from: personOf(test.db, test.volunteerId),
    reason: '同一人',
  })
  expect(namesFor(test, { query: '王晓明' })).toEqual(['王小明', '王小明'])
  expect(namesFor(test, { query: 'wangxiaoming' })).toEqual(['王小明', '王小明'])
})
