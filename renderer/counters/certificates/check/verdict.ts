import type { client } from '../../../shell/client.ts'
import { durationWords } from '../../../components/formats.ts'
import { kindWords } from '../words.ts'

export type Checked = Awaited<ReturnType<typeof client.certificates.check>>
export type Verdict = { tone: 'ok' | 'warn' | 'bad'; title: string; todo: string }

/** What a check found, in large words, and what to tell who asks. */
export function verdictOf({ result, standing, voidReason, replacedBy }: Checked): Verdict {
  if (result === 'unreadable') {
    return {
      tone: 'warn',
      title: '不是证书的二维码或编号',
      todo: '请重新扫一次，或照着纸上的编号输入，如 ZM-2026-000128。',
    }
  }
  if (result === 'altered') {
    return {
      tone: 'bad',
      title: '被改动过，不可采信',
      todo: '二维码里的内容和签名对不上。请收下复印件，告诉主任。',
    }
  }
  if (result === 'foreign') {
    return {
      tone: 'bad',
      title: '不是本单位签发',
      todo: '不是本单位的密钥签的名。请持证人向开具的单位核对。',
    }
  }
  if (result === 'unknown') {
    return {
      tone: 'bad',
      title: '登记册里没有这一份',
      todo: '编号没有开过；如果刚从旧备份恢复，请主任核对恢复以前开的证书。',
    }
  }
  if (result === 'edited') {
    return {
      tone: 'bad',
      title: '和登记的不一致，不可采信',
      todo: '数据文件或二维码和开具时不一样，有人改过。请告诉主任，从备份核对。',
    }
  }
  if (standing === 'superseded') {
    return {
      tone: 'bad',
      title: '已作废，已换发',
      todo: `作废原因：${voidReason}。请看新的 ${replacedBy ?? ''}。`,
    }
  }
  if (standing === 'void') return { tone: 'bad', title: '已作废', todo: `作废原因：${voidReason}。` }
  return { tone: 'ok', title: '有效', todo: '手里的证书必须和下面完全一样；有一处不同就不可采信。' }
}

/** `2026-11-03` -> 2026年11月3日, as it stands on the sheet. */
function spelledDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** What was certified, line by line, as it has to stand on the sheet in hand; nothing where the code is not to be trusted. */
export function certifiedLines({ result, statement }: Checked): { label: string; words: string }[] {
  if (!statement || result === 'altered' || result === 'foreign') return []
  const { number, kind, name, minutes, from, to, body, day } = statement
  return [
    { label: '编号', words: number },
    { label: '证书', words: kindWords[kind] },
    { label: '姓名', words: name },
    { label: '服务时长', words: minutes === null ? '' : durationWords(minutes) },
    { label: '期间', words: from && to ? `${spelledDay(from)} 至 ${spelledDay(to)}` : '' },
    { label: '单位', words: body },
    { label: '日期', words: spelledDay(day) },
  ].filter(({ words }) => words !== '')
}
