import { expect, test } from 'vitest'
import { enquiryPapers } from '../../../electron/contract/enquiries.ts'
import { ratingReasons } from '../../../electron/contract/ratings.ts'
import { stateNames, stepNames } from '../../../electron/counters/enquiries/case-file.ts'
import { dispatchEnquiry, giveBack } from '../../../electron/counters/enquiries/dispatch.ts'
import {
  askAgain,
  closeEnquiry,
  noteEnquiry,
  referEnquiry,
} from '../../../electron/counters/enquiries/life.ts'
import { fit, linesOf, withoutIds, withoutNumbers } from '../../../electron/counters/enquiries/paper-words.ts'
import { issuePaper } from '../../../electron/counters/enquiries/paper.ts'
import { acceptPromise, bringPapers } from '../../../electron/counters/enquiries/papers.ts'
import { rateBySlip } from '../../../electron/counters/enquiries/ratings.ts'
import { rows, value } from '../../../electron/database/open.ts'
import { readDocument } from '../../../electron/workbench/documents.ts'
import { stateWords, stepWords } from '../../../renderer/counters/enquiries/words.ts'
import { openTestDesk } from '../../fixture.ts'
import {
  addDepartment,
  addFile,
  community,
  leak,
  noticed,
  page,
  promised,
  settle,
  whistle,
  wholeCase,
  wordsOf,
} from './cases.ts'
import { accept, refusal, register } from './counter.ts'

const open = () => {
  const desk = openTestDesk()
  settle(desk)
  return desk
}

const step = { code: 'CONFLICT', data: { because: 'step' } }

test('a one-time notice names every paper, what was brought and what is missing, and who told it', () => {
  const desk = open()
  const { id, number } = noticed(desk)
  const html = page(desk, id, 'one-time-notice')
  const seen = wordsOf(html)
  for (const wanted of [
    `一次性告知单 单号 ${number}`,
    '王阳：您于 2026年11月23日 09:41 提出的“高龄津贴怎么办”',
    '还缺下列 2 份材料，请补齐： 户口簿原件及复印件 银行卡复印件 已收到 身份证原件及复印件',
    '说明： 复印件可在服务台免费复印',
    '以上材料一次告知；补齐后即接续办理。补齐之前不计办理时限。',
    '居民签收：',
    '经办人：前台',
    '告知日期：2026年11月23日',
    community.phone,
    community.address,
    community.hours,
  ]) {
    expect(seen).toContain(wanted)
  }
  expect(html).toMatch(/<ul class="brought">\s*<li>身份证原件及复印件<\/li>\s*<\/ul>/)
})

test('a notice has nothing to say when no paper is missing', () => {
  const desk = open()
  const asked = accept(desk)
  expect(refusal(() => page(desk, asked.id, 'one-time-notice'))).toMatchObject(step)
  const { id, version, papers } = noticed(desk)
  const missing = papers.filter(({ state }) => state === 'missing').map((paper) => paper.id)
  bringPapers(desk.context(), { id, version, paperIds: missing, fileIds: [] })
  expect(refusal(() => page(desk, id, 'one-time-notice'))).toMatchObject(step)
})

test('no missing paper is ever cut from a notice', () => {
  const desk = open()
  const missing = Array.from({ length: 40 }, (_, index) => `第 ${index + 1} 份${'很长的材料名'.repeat(18)}`)
  const { id } = noticed(desk, { missing, text: '说明'.repeat(200) })
  const seen = wordsOf(page(desk, id, 'one-time-notice'))
  for (const name of missing) expect(seen).toContain(name)
  expect(seen).toContain('说明'.repeat(200))
})

test('a promise has its list, its day, what follows, and room for both signatures', () => {
  const desk = open()
  const { id, number } = promised(desk)
  const seen = wordsOf(page(desk, id, 'conditional-acceptance'))
  for (const wanted of [
    `容缺受理承诺书 单号 ${number}`,
    '王阳 电话：199****4417 当事人：王*英',
    '承诺补齐的材料（2 份） 户口簿原件及复印件 银行卡复印件',
    '补齐期限 2026年12月1日',
    '逾期未补齐的， 退回申请，不再保留受理时间 ，由此产生的后果由本人承担。',
    '承诺人签字：',
    '经办人：前台',
    '受理日期：2026年11月23日',
  ]) {
    expect(seen).toContain(wanted)
  }
  expect(seen).not.toContain('王小英')
})

test('without a promise, or once it is kept, there is no paper of it', () => {
  const desk = open()
  expect(refusal(() => page(desk, accept(desk).id, 'conditional-acceptance'))).toMatchObject(step)
  const { id, version, papers } = promised(desk)
  const paperIds = papers.filter(({ state }) => state === 'promised').map((paper) => paper.id)
  bringPapers(desk.context(), { id, version, paperIds, fileIds: [] })
  expect(refusal(() => page(desk, id, 'conditional-acceptance'))).toMatchObject(step)
})

test('a rating slip has the number and boxes, and nobody’s name', () => {
  const desk = open()
  const { id, number } = wholeCase(desk)
  const seen = wordsOf(page(desk, id, 'rating-slip'))
  for (const wanted of [
    number,
    '您 2026年11月23日提出的诉求已于 2026年11月26日答复',
    '非常满意 满意 基本满意 不满意 非常不满意',
    ratingReasons.good.join(' '),
    ratingReasons.bad.join(' '),
    '本评价对经办人保密，请折好投入评价箱',
  ]) {
    expect(seen).toContain(wanted)
  }
  expect(seen).not.toMatch(/王|前台|漏水|物业/)
})

test('there is nothing to rate before the answer, and nothing once it is rated', () => {
  const desk = open()
  const { id, version, number } = leak(desk)
  expect(refusal(() => page(desk, id, 'rating-slip'))).toMatchObject(step)
  closeEnquiry(desk.context(), { id, version, answer: '已修好' })
  page(desk, id, 'rating-slip')
  rateBySlip(desk.context('manager'), { number, level: 1, reasons: [], words: '' })
  expect(refusal(() => page(desk, id, 'rating-slip'))).toMatchObject(step)
})

test('the case file has who did what when and why, with what is attached', () => {
  const desk = open()
  const { id, number } = wholeCase(desk)
  const seen = wordsOf(page(desk, id, 'case-file'))
  for (const wanted of [
    `诉求卷宗 单号 ${number}`,
    '状态 已办结',
    '来访人 王阳 电话 199****4417',
    '当事人 王小英',
    '地址 3栋2单元501',
    '答复期限 2026年11月30日 前（5 个工作日）',
    '主办 安居物业公司',
    '报到时限 2026年11月23日 15:11；报到 2026年11月24日 09:00（逾期）；结束 2026年11月26日 16:00',
    '已核对维修资金',
    '答复：解决了 2026年11月26日 六楼水管已换，有事请拨打物业 0000-19901234',
    '回访：满意 不漏了，谢谢 前台 2026年11月26日 16:00',
    '3 2026年11月23日 09:41 记进展 前台 网格员到现场看过，漏点在六楼 附件： · 楼道.jpg（照片，350 KB）',
    '4 2026年11月24日 09:00 催办 前台 单位：安居物业公司 方式：电话 请尽快报到',
    '核对表.jpg',
    '附件 2 个',
    '以上记录截至 2026年11月26日 16:00',
  ]) {
    expect(seen).toContain(wanted)
  }
  expect(seen).not.toMatch(/199 ?0000 ?4417|13812345678/)
})

test('a channel is how somebody asked again, and where to go for what is not ours', () => {
  const desk = open()
  const { id } = accept(desk)
  const told = { reason: '社区不出具', rule: '民发〔2020〕20号', channel: '派出所' }
  referEnquiry(desk.context('manager'), { id, version: 1, ...told })
  askAgain(desk.context(), { id, version: 2, channel: '电话', text: '问到哪里办' })
  const seen = wordsOf(page(desk, id, 'case-file'))
  expect(seen).toContain('依据：民发〔2020〕20号 去向：派出所 社区不出具')
  expect(seen).toContain('渠道：电话 问到哪里办')
})

test('the case file keeps the rating a secret, whoever prints it', () => {
  const desk = open()
  const { id, number } = wholeCase(desk)
  const before = issuePaper(desk.context(), { id, paper: 'case-file', assignmentId: null })
  rateBySlip(desk.context('manager'), { number, level: 2, reasons: ['相互推诿'], words: '等了很久' })
  const after = issuePaper(desk.context('manager'), { id, paper: 'case-file', assignmentId: null })
  expect(after).toBe(before)
  expect(JSON.stringify(readDocument(desk.db, after).data)).not.toMatch(/推诿|等了很久|rating|rated/)
})

test('a case that a rating opened again does not say so on its file', () => {
  const desk = open()
  const { id, number } = wholeCase(desk, 'discontent')
  rateBySlip(desk.context('manager'), { number, level: 1, reasons: [], words: '' })
  const seen = wordsOf(page(desk, id, 'case-file'))
  expect(seen).toContain('重办 主任 → 已受理 居民不满意，自动重办')
  expect(seen).not.toContain('评价')
})

test('steps and states have the same names on paper as on the screen', () => {
  expect(stepNames).toEqual(stepWords)
  expect(stateNames).toEqual(stateWords)
})

test('markup in names and words stays text on every paper', () => {
  const desk = open()
  const evil = '</style><script>alert(1)</script><img src=x>{{number}}{{{number}}}'
  const name = '<b>丁</b><img src=x>'
  const { id } = accept(desk, { title: evil.slice(0, 50), words: evil, givenName: name.slice(0, 20) })
  const standing = () => ({
    id,
    version: value<number>(desk.db, 'SELECT version FROM enquiry WHERE id = ?', id)!,
  })
  const pages: string[] = []
  noteEnquiry(desk.context(), { ...standing(), text: evil, fileIds: [addFile(desk, '<img src=x>.jpg')] })
  const context = desk.context()
  acceptPromise(context, {
    ...standing(),
    brought: [`1${evil}`],
    promised: [evil],
    until: '2026-12-01',
    consequence: evil,
  })
  pages.push(page(desk, id, 'conditional-acceptance'), page(desk, id, 'receipt'))
  const other = noticed(desk, { missing: [evil], text: evil })
  pages.push(page(desk, other.id, 'one-time-notice'))
  const asked = leak(desk, { title: evil.slice(0, 50), words: evil, subjectId: register(desk, '丙<i>') })
  const leadId = addDepartment(desk, '<u>单位</u>')
  const sent = dispatchEnquiry(context, { ...asked, leadId, assistIds: [], task: evil, fileIds: [] })
  pages.push(page(desk, sent.id, 'dispatch-slip', sent.assignments[0]!.id))
  closeEnquiry(desk.context(), { ...standing(), answer: evil })
  pages.push(page(desk, id, 'rating-slip'), page(desk, id, 'case-file'), page(desk, id, 'receipt'))
  for (const html of pages) {
    expect(html).not.toMatch(/<script|<img|<b>丁|<i>|<u>/)
    expect(html.match(/<\/style>/g)).toHaveLength(html.match(/<style>/g)!.length)
  }
  expect(pages.join('')).toContain('&lt;script&gt;alert(1)')
})

test('the same paper is shown again until something on it changes, each department’s for itself', () => {
  const desk = open()
  const { id, version, assignments } = whistle(desk)
  const [lead, assist] = assignments
  const issue = (assignmentId: number, role: 'clerk' | 'manager' = 'clerk') =>
    issuePaper(desk.context(role), { id, paper: 'dispatch-slip', assignmentId })
  const [first, second] = [issue(lead!.id), issue(assist!.id)]
  expect(second).not.toBe(first)
  expect([issue(lead!.id, 'manager'), issue(assist!.id, 'manager')]).toEqual([first, second])
  giveBack(desk.context(), { id, version, assignmentId: assist!.id, via: '电话', reason: '不归我们管' })
  const third = issue(lead!.id)
  expect(third).not.toBe(first)
  expect(rows(desk.db, "SELECT subject FROM audit WHERE action = 'document.issue'")).toEqual(
    [first, second, third].map((document) => ({ subject: `document:${document}` })),
  )
  expect(desk.published).toContainEqual({ topic: 'enquiry', id })
})

test('every paper is issued once and shown again', () => {
  const desk = open()
  const withPapers = noticed(desk).id
  const withPromise = promised(desk).id
  const { id, assignments } = wholeCase(desk)
  const of = { 'one-time-notice': withPapers, 'conditional-acceptance': withPromise } as Record<
    string,
    number
  >
  for (const paper of enquiryPapers) {
    const issue = () =>
      issuePaper(desk.context(), { id: of[paper] ?? id, paper, assignmentId: assignments[0]!.id })
    const made = issue()
    expect(issue()).toBe(made)
    expect(readDocument(desk.db, made).kind).toBe(paper)
  }
  expect(value(desk.db, 'SELECT count(*) FROM document')).toBe(enquiryPapers.length)
})

test('ID numbers and phones are left out however they are written; case numbers, dates and doors stay', () => {
  for (const number of [
    '11010519491231002X',
    '１１０１０５１９４９１２３１００２Ｘ',
    '110105 19491231 002x',
    '110105491231002',
    '6222020200112233445',
  ]) {
    expect(withoutIds(`证件${number}。`)).toBe('证件（号码略）。')
  }
  for (const number of [
    '13812345678',
    '138 1234 5678',
    '+86 138-1234-5678',
    '１３８１２３４５６７８',
    '0731-88886666',
  ]) {
    expect(withoutNumbers(`电话 ${number}，`)).toBe('电话（号码略），')
  }
  const kept = 'ZX-2026-000123 在 2026年11月23日，3栋2单元501，12345 热线，110，20261123'
  expect(withoutNumbers(kept)).toBe(kept)
  expect(withoutIds('请拨打 0731-88886666')).toBe('请拨打 0731-88886666')
})

test('what fits is not cut, what is cut fits', () => {
  expect(fit('一行\n两行', 2)).toBe('一行\n两行')
  expect(fit('一行\n\n\n两行', 2)).toBe('一行\n两行')
  for (const text of ['字'.repeat(2000), '一行\n'.repeat(900), `${'字'.repeat(29)}\n`.repeat(70)]) {
    for (const lines of [1, 4, 9]) {
      const cut = fit(text, lines)
      expect(cut.endsWith('……')).toBe(true)
      expect(linesOf(cut)).toBeLessThanOrEqual(lines)
    }
  }
})
