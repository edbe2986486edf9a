import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { issueRoundPaper } from '../../../electron/counters/visits/round-paper.ts'
import { value } from '../../../electron/database/open.ts'
import { readDocument, renderDocument } from '../../../electron/workbench/documents.ts'
import { qrImage } from '../../../electron/workbench/qr.ts'
import { settle, wordsOf } from '../enquiries/cases.ts'
import { refusal } from '../enquiries/counter.ts'
import { addDoor, knock, moveIn, need, openWalks, plan, type Walks } from './walks.ts'

/** A round of three doors in two buildings, the second of them lived in by an old woman alone. */
function open() {
  const walks = openWalks()
  settle(walks)
  const doors = ['1栋1单元101', '1栋1单元102', '2栋201'].map((door) =>
    addDoor(walks, door, walks.gridIds[0]!, '桂花苑'),
  )
  moveIn(walks, doors[1]!, '吴奶奶', { keyGroups: ['孤寡老人', '高龄老人'] })
  for (const name of ['张大山', '张小妹', '张小弟']) {
    moveIn(walks, doors[2]!, name, name === '张大山' ? {} : { relation: '子女' })
  }
  return { walks, doors }
}

const issue = (walks: Walks, id: number) => issueRoundPaper(walks.context(), id)
const page = (walks: Walks, documentId: number) =>
  renderDocument(walks.desk, readDocument(walks.db, documentId)).html

describe('the printed round', () => {
  test('says number, day, grid and who goes, then of each door who lives there, why, and when it was met', () => {
    const { walks, doors } = open()
    knock(walks, doors[0]!, '2026-03-01', 'met', { needs: [need('漏水')], followUpDay: '2026-11-20' })
    knock(walks, doors[0]!, '2026-11-19', 'nobody')
    const round = plan(walks, doors, { gridId: walks.gridIds[0]!, visitorIds: walks.visitorIds })
    const words = wordsOf(page(walks, issue(walks, round.id)))
    for (const wanted of [
      '入户走访单 ZF-2026-000001',
      '2026年11月24日 星期二',
      '第一网格',
      '共 3 户',
      '测试社区党群服务中心',
      '走访人：李网格、周社工',
      '桂花苑 1栋 2 户',
      '1栋1单元101 还没有登记人',
      '约好再来、诉求未结、好久没去',
      '上次 2026-03-01 跑空 1 次 未结诉求 1 件 约好 2026-11-20 再来',
      '1栋1单元102 吴奶奶',
      '重点 今年未见、重点到期',
      '还没有见过',
      '桂花苑 2栋 1 户',
      '2栋201 张大山、张小妹 等 3 人',
    ]) {
      expect(words).toContain(wanted)
    }
    // Neighbours read along.
    expect(words).not.toMatch(/孤寡|高龄/)
  })

  test('leaves room for the pen: result to tick, time, situation, needs and the day to come again', () => {
    const { walks, doors } = open()
    const html = page(walks, issue(walks, plan(walks, doors).id))
    const words = wordsOf(html)
    expect(words).toContain('结果 时间 家庭情况 诉求 回访日')
    expect(words.match(/见面 无人 拒访 空置 搬离/g)).toHaveLength(3)
    expect(html.match(/class="box"/g)).toHaveLength(15)
  })

  test('has its code on every page, as a picture and to be typed', async () => {
    const { walks, doors } = open()
    const round = plan(walks, doors)
    const html = page(walks, issue(walks, round.id))
    const code = value<string>(walks.db, 'SELECT code FROM visit_round WHERE id = ?', round.id)!
    // In the head of the table, which printing repeats.
    const head = /<thead>[\s\S]*<\/thead>/.exec(html)![0]
    expect(head).toContain(
      `src="${qrImage(`ZFD${code}`).replaceAll('=', '&#x3D;').replaceAll('/', '&#x2F;')}"`,
    )
    expect(wordsOf(head)).toContain(`回来扫码录入，或输入 ZFD${code}`)
    const svg = Buffer.from(qrImage(`ZFD${code}`).split(',')[1]!, 'base64')
    expect((await sharp(svg).metadata()).format).toBe('svg')
  })

  test('stands in the order of the legs, a building again when one comes back to it', () => {
    const { walks, doors } = open()
    const round = plan(walks, [doors[2]!, doors[0]!, doors[1]!])
    const words = wordsOf(page(walks, issue(walks, round.id)))
    expect(words.match(/桂花苑 \d栋 \d 户|\d栋(?:\d单元)?\d{3}/g)).toEqual([
      '桂花苑 2栋 1 户',
      '2栋201',
      '桂花苑 1栋 2 户',
      '1栋1单元101',
      '1栋1单元102',
    ])
  })

  test('printed again unchanged is the same document, and another once something is known anew', () => {
    const { walks, doors } = open()
    const { id } = plan(walks, doors)
    const first = issue(walks, id)
    expect(issue(walks, id)).toBe(first)
    knock(walks, doors[0]!, '2026-11-22', 'nobody')
    expect(issue(walks, id)).not.toBe(first)
    expect(value(walks.db, "SELECT count(*) FROM audit WHERE action = 'document.issue'")).toBe(2)
  })

  test('escapes whatever somebody is called', () => {
    const { walks, doors } = open()
    moveIn(walks, doors[0]!, '<b>王</b>')
    const html = page(walks, issue(walks, plan(walks, doors).id))
    expect(html).not.toContain('<b>王</b>')
    expect(html).not.toContain('<script')
  })

  test('of no round is refused', () => {
    const { walks } = open()
    expect(refusal(() => issue(walks, 99))).toEqual({ code: 'NOT_FOUND', data: { what: 'round' } })
  })
})
