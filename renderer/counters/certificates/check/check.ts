import type { Client } from '../../../shell/client.ts'

export type Checked = Awaited<ReturnType<Client['certificates']['check']>>
export type Verdict = { tone: 'ok' | 'warn' | 'bad'; words: string; hint: string }

/** What a code says of itself, before it is asked whether the certificate still stands. */
const told: Readonly<Record<Exclude<Checked['result'], 'good'>, Verdict>> = {
  unreadable: {
    tone: 'warn',
    words: '认不出来',
    hint: '这不是本服务台证书上的二维码，也没有这个编号。请再扫一次，或照着证书把编号打进去。',
  },
  altered: {
    tone: 'bad',
    words: '被改过，不可信',
    hint: '二维码里的内容和签名对不上。请不要采信，把这张纸留下，告诉主任。',
  },
  foreign: {
    tone: 'bad',
    words: '不是本服务台签发的',
    hint: '签名用的不是本服务台的密钥。如果是别的社区开的，请到那里核对。',
  },
  unknown: {
    tone: 'bad',
    words: '签名是真的，登记册里没有',
    hint: '是本服务台签的，但现在的数据里没有这一份。数据可能从旧的备份恢复过，请告诉主任。',
  },
  edited: {
    tone: 'bad',
    words: '存档和开具时不一样',
    hint: '数据文件可能被人改过。请不要采信，告诉主任，用备份核对。',
  },
}

/** The answer in large words: genuine and valid, genuine but void, or why it cannot be relied on. */
export function verdictOf({
  result,
  standing,
  voidReason,
  replacedBy,
}: Pick<Checked, 'result' | 'standing' | 'voidReason' | 'replacedBy'>): Verdict {
  if (result !== 'good') return told[result]
  if (standing === 'valid') {
    return {
      tone: 'ok',
      words: '真实，有效',
      hint: '请把下面的内容和纸上的逐项对一遍：姓名、时长、起止日期都要一样。',
    }
  }
  const because = voidReason ? `作废原因：${voidReason}。` : ''
  return {
    tone: 'bad',
    words: standing === 'superseded' ? '已作废，已换发' : '已作废',
    hint: `这一份确实是本服务台开的，但现在不算数。${because}${replacedBy ? `现在有效的是 ${replacedBy}。` : ''}`,
  }
}
