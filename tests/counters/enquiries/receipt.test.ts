import { expect, test } from 'vitest'
import { closeEnquiry, withdrawEnquiry } from '../../../electron/counters/enquiries/life.ts'
import { readMatters } from '../../../electron/counters/enquiries/matters.ts'
import { issueReceipt } from '../../../electron/counters/enquiries/receipt.ts'
import { changeCommunity, readCommunity } from '../../../electron/counters/settings/community.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { readDocument, renderDocument } from '../../../electron/workbench/documents.ts'
import { openTestDesk, type TestDesk } from '../../fixture.ts'
import { accept, refusal, register } from './counter.ts'

const community = {
  name: '测试社区党群服务中心',
  phone: '0000-1990 0000',
  address: '示范路 1 号',
  hours: '周一至周五 9:00—17:30',
  lockMinutes: 10,
  textSize: 'standard' as const,
}

function settle(test: TestDesk) {
  changeCommunity(test.context('manager'), { ...community, version: readCommunity(test.db).version })
}

/** What a reader sees: the page without its styles and tags. */
const words = (html: string) =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

test('a receipt says all that the resident needs', () => {
  const desk = openTestDesk()
  settle(desk)
  const matter = readMatters(desk.db).find(({ papers }) => papers.length > 2)!
  const [son, mother] = [register(desk, '王阳'), register(desk, '王小英')]
  const made = accept(desk, { askerId: son, subjectId: mother, matterId: matter.id, words: '要带哪些材料' })
  const document = readDocument(desk.db, issueReceipt(desk.context(), made.id))
  expect(document).toMatchObject({
    title: `受理回执 ${made.number}`,
    subject: `enquiry:${made.id}`,
    kind: 'receipt',
  })
  const seen = words(renderDocument(desk.desk, document))
  for (const wanted of [
    made.number,
    '高龄津贴怎么办',
    '要带哪些材料',
    matter.name,
    '王阳',
    '199****4417',
    '王*英',
    '2026年11月23日 09:41',
    `${matter.limit.amount} 个工作日`,
    '经办人：前台',
    community.name,
    community.phone,
    community.address,
    community.hours,
    '怎么查进度',
  ]) {
    expect(seen).toContain(wanted)
  }
  expect(seen).not.toContain('王小英')
})

test('names with markup stay text', () => {
  const desk = openTestDesk()
  const made = accept(desk, {
    givenName: '<img src=x onerror=a>',
    words: '</style><script>alert(1)</script>{{number}}$&',
  })
  const html = renderDocument(desk.desk, readDocument(desk.db, issueReceipt(desk.context(), made.id)))
  expect(html).not.toMatch(/<script|<img/)
  expect(html).toContain('&lt;script&gt;alert(1)&lt;&#x2F;script&gt;{{number}}$&amp;')
})

test('what was issued stays as it was, and only a changed enquiry gives another receipt', () => {
  const desk = openTestDesk()
  settle(desk)
  const made = accept(desk)
  const first = issueReceipt(desk.context(), made.id)
  expect(issueReceipt(desk.context('manager'), made.id)).toBe(first)
  closeEnquiry(desk.context(), { id: made.id, version: 1, answer: '到二楼办' })
  const second = issueReceipt(desk.context(), made.id)
  expect(second).not.toBe(first)
  expect(words(renderDocument(desk.desk, readDocument(desk.db, first)))).not.toContain('到二楼办')
  expect(words(renderDocument(desk.desk, readDocument(desk.db, second)))).toContain('到二楼办')
  expect(rows(desk.db, "SELECT subject FROM audit WHERE action = 'document.issue'")).toEqual([
    { subject: `document:${first}` },
    { subject: `document:${second}` },
  ])
})

test('a withdrawn enquiry has no receipt', () => {
  const desk = openTestDesk()
  const { id } = accept(desk)
  withdrawEnquiry(desk.context(), { id, version: 1, reason: '录错了' })
  expect(refusal(() => issueReceipt(desk.context(), id))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'step' },
  })
  expect(value(desk.db, 'SELECT count(*) FROM document')).toBe(0)
})

test('an anonymous asker and a matter-less question give a whole receipt too', () => {
  const desk = openTestDesk()
  const document = readDocument(desk.db, issueReceipt(desk.context(), accept(desk).id))
  const seen = words(renderDocument(desk.desk, document))
  expect(seen).toContain('匿名')
  expect(seen).toContain('未留')
  expect(seen).toContain('5 个工作日')
  expect(seen).not.toContain('需要准备的材料')
})
