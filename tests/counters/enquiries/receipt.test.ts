import { expect, test } from 'vitest'
import {
  archiveEnquiry,
  closeEnquiry,
  referEnquiry,
  reopenEnquiry,
  withdrawEnquiry,
} from '../../../electron/counters/enquiries/life.ts'
import { readMatters } from '../../../electron/counters/enquiries/matters.ts'
import { bringPapers, extendEnquiry } from '../../../electron/counters/enquiries/papers.ts'
import { changeRules, readRules } from '../../../electron/counters/settings/rules.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { readDocument, renderDocument } from '../../../electron/workbench/documents.ts'
import { openTestDesk } from '../../fixture.ts'
import { community, noticed, page, promised, settle, whistle, wordsOf as words } from './cases.ts'
import { accept, issueReceipt, refusal, register } from './counter.ts'

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
  const seen = words(renderDocument(desk.desk, document).html)
  for (const wanted of [
    made.number,
    '高龄津贴怎么办',
    '要带哪些材料',
    matter.name,
    '王阳',
    '199****4417',
    '王*英',
    '2026年11月23日 09:41',
    `（${matter.limit.amount} 个工作日，自受理次日起算）`,
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
  const { html } = renderDocument(desk.desk, readDocument(desk.db, issueReceipt(desk.context(), made.id)))
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
  expect(words(renderDocument(desk.desk, readDocument(desk.db, first)).html)).not.toContain('到二楼办')
  expect(words(renderDocument(desk.desk, readDocument(desk.db, second)).html)).toContain('到二楼办')
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
  const seen = words(renderDocument(desk.desk, document).html)
  expect(seen).toContain('匿名')
  expect(seen).toContain('未留')
  expect(seen).toContain('5 个工作日')
  expect(seen).not.toContain('需要准备的材料')
})

test('a limit in working hours is a moment, and does not count from the next day', () => {
  const desk = openTestDesk()
  changeRules(desk.context('manager'), { ...readRules(desk.db), usualLimit: { amount: 4, unit: 'hour' } })
  const { id } = accept(desk)
  const seen = words(page(desk, id, 'receipt'))
  expect(seen).toContain('2026年11月23日 15:11前答复 （4 个工作小时）')
  expect(seen).not.toContain('次日起算')
})

test('an extension is shown with its day and its reason, not with the limit it replaced', () => {
  const desk = openTestDesk()
  const { id, version } = accept(desk)
  const reason = '等房屋鉴定结论'
  extendEnquiry(desk.context('manager'), { id, version, until: '2026-12-04', reason })
  const seen = words(page(desk, id, 'receipt'))
  expect(seen).toContain('延期至 2026年12月4日前答复')
  expect(seen).toContain('延期原因：等房屋鉴定结论')
  expect(seen).not.toContain('个工作日')
})

test('a limit that runs anew is not said to be the one of the acceptance', () => {
  const desk = openTestDesk()
  const { id } = accept(desk, { answer: '到二楼办' })
  desk.clock.set('2026-12-01T02:00:00.000Z')
  reopenEnquiry(desk.context(), { id, version: 1, reason: '二楼不办' })
  const seen = words(page(desk, id, 'receipt'))
  expect(seen).toContain('2026年12月8日前答复')
  expect(seen).not.toContain('5 个工作日')
  expect(seen).not.toContain('到二楼办')
})

test('a receipt says which department leads while it is out', () => {
  const desk = openTestDesk()
  const { id, assignments } = whistle(desk)
  expect(words(page(desk, id, 'receipt'))).toContain(`主办 ${assignments[0]!.department}`)
})

test('papers stand as they are: brought, missing with a clock that stands, promised by a day', () => {
  const desk = openTestDesk()
  const { id, version, papers } = noticed(desk)
  const html = page(desk, id, 'receipt')
  expect(words(html)).toContain('需要准备的材料 户口簿原件及复印件 银行卡复印件 已收到 身份证原件及复印件')
  expect(words(html)).toContain('材料补齐前暂停计时')
  const paperIds = papers.map((paper) => paper.id)
  bringPapers(desk.context(), { id, version, paperIds, fileIds: [] })
  const seen = words(page(desk, id, 'receipt'))
  expect(seen).not.toContain('暂停计时')
  expect(seen).not.toContain('需要准备')
  const promise = words(page(desk, promised(desk).id, 'receipt'))
  expect(promise).toContain('容缺受理，请在 2026年12月1日前补齐 户口簿原件及复印件 银行卡复印件')
})

test('what is not the community’s says where to go and by which rule', () => {
  const desk = openTestDesk()
  const { id } = accept(desk)
  const told = { reason: '社区不出具此证明', rule: '民发〔2020〕20号', channel: '户籍地派出所' }
  referEnquiry(desk.context('manager'), { id, version: 1, ...told })
  const seen = words(page(desk, id, 'receipt'))
  for (const wanted of Object.values(told)) expect(seen).toContain(wanted)
  expect(seen).not.toContain('前答复')
  archiveEnquiry(desk.context('manager'), { id, version: 2 })
  expect(words(page(desk, id, 'receipt'))).toContain('户籍地派出所')
})

test('a withdrawn enquiry has no receipt in the archive either', () => {
  const desk = openTestDesk()
  const { id } = accept(desk)
  withdrawEnquiry(desk.context(), { id, version: 1, reason: '录错了' })
  archiveEnquiry(desk.context('manager'), { id, version: 2 })
  expect(refusal(() => issueReceipt(desk.context(), id))).toMatchObject({ data: { because: 'step' } })
})

test('the subject’s name and everybody’s numbers are masked in what was said, a phone in the answer is not', () => {
  const desk = openTestDesk()
  const [askerId, subjectId] = [register(desk, '王阳'), register(desk, '王小英')]
  const said = '王小英的证 11010519491231002X，打 13812345678'
  const { id, version } = accept(desk, { askerId, subjectId, title: '王小英的津贴', words: said })
  closeEnquiry(desk.context(), { id, version, answer: '请拨打民政 0731-88886666' })
  const seen = words(page(desk, id, 'receipt'))
  expect(seen).toContain('王*英的津贴')
  expect(seen).toContain('王*英的证（号码略），打（号码略）')
  expect(seen).toContain('请拨打民政 0731-88886666')
  expect(JSON.stringify(rows(desk.db, 'SELECT data FROM document'))).not.toMatch(
    /王小英|19491231|13812345678/,
  )
})
