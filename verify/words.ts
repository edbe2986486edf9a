import type { Statement } from '../electron/contract/certificate-check.ts'
import type { Community } from './community.ts'
import type { Verdict } from './judge.ts'

export const kindWords: Record<Statement['kind'], string> = {
  record: '志愿服务记录证明',
  star: '荣誉证书（星级志愿者）',
  pioneer: '荣誉证书（志愿先锋）',
  thanks: '感谢状',
  'noon-helper': '荣誉证书（午间课堂志愿辅导）',
}

/** `2026-11-23` -> 2026年11月23日. */
export function spelledDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** Minutes as they stand on the sheet: 64 小时 30 分. */
export function spelledMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest} 分`
  return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分`
}

/** What was certified, line by line, as the sheet in hand must say it. */
export function linesOf(statement: Statement): [label: string, value: string][] {
  const { number, kind, name, minutes, from, to, body, day } = statement
  const lines: [string, string | null][] = [
    ['编号', number],
    ['名称', kindWords[kind]],
    ['姓名', name],
    ['服务时间', minutes === null ? null : spelledMinutes(minutes)],
    ['起止日期', from === null || to === null ? null : `${spelledDay(from)} 至 ${spelledDay(to)}`],
    ['出具单位', body],
    ['出具日期', spelledDay(day)],
  ]
  return lines.filter((line): line is [string, string] => line[1] !== null)
}

type Said = { title: string; sentences: string[] }

const askDesk = ({ name, phone }: Community) =>
  `${name === '' ? '出具单位' : name}前台${phone === '' ? '' : `（电话 ${phone}）`}`

/** The verdict in plain words: what it means, and what to do. */
export function wordsOf(verdict: Verdict, community: Community): Said {
  switch (verdict.result) {
    case 'good':
      return {
        title: '签名相符，所证内容如下',
        sentences: [
          '手里的证书必须与以下各项完全一样。有一项不同，就是被改过。姓名里的 * 代表一个字。',
          `是否已经作废，本页无法得知，请问${askDesk(community)}。`,
        ],
      }
    case 'altered':
      return {
        title: '内容被改动过，不可采信',
        sentences: [
          '二维码里的内容与签名不符：有人改过，或者没有抄全。',
          `请重新扫码；仍不相符，请问${askDesk(community)}。`,
        ],
      }
    case 'foreign':
      return {
        title: '不是本单位签发，不可采信',
        sentences: [
          '签名所用的密钥不在本页之列。',
          `如果证书比本页新，请向${askDesk(community)}索取新的核验页，再核对一次。`,
        ],
      }
    case 'unreadable':
      return {
        title: '不是证书二维码的文字',
        sentences: ['证书二维码里的文字含有 OSC1 开头的一长串字母和数字，请全部复制后再粘贴。'],
      }
  }
}
