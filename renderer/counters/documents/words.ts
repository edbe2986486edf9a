import type { DocumentKind, QueuedJob, SpoolWord } from '../../../electron/contract/printers.ts'
import type { PrintJob } from '../../../electron/contract/documents.ts'
import { printerProblem } from '../../shell/sentences.ts'

/** What the kinds of documents are called, under the counter that issues them. */
export const kindGroups: readonly { name: string; kinds: Partial<Record<DocumentKind, string>> }[] = [
  {
    name: '咨询',
    kinds: {
      receipt: '受理回执',
      'one-time-notice': '一次性告知单',
      'conditional-acceptance': '容缺受理单',
      'dispatch-slip': '派单',
      'case-file': '办理档案',
      'rating-slip': '评价单',
    },
  },
  { name: '走访', kinds: { 'visit-round': '走访单', registration: '入户登记表' } },
  {
    name: '午间课堂',
    kinds: {
      'noon-roster': '名册',
      'noon-badges': '胸牌',
      'noon-meals': '领餐表',
      'noon-escort': '护送单',
      'noon-register': '考勤表',
      'noon-child': '学生档案',
    },
  },
  {
    name: '志愿者',
    kinds: {
      'volunteer-file': '志愿者档案',
      'volunteer-sign-in-sheet': '签到表',
      'points-statement': '积分明细',
      'redemption-slip': '兑换单',
      'publication-list': '公示名单',
    },
  },
  {
    name: '证书',
    kinds: {
      'certificate-record': '志愿服务记录证明',
      'certificate-star': '星级志愿者证书',
      'certificate-pioneer': '志愿先锋证书',
      'certificate-thanks': '感谢状',
      'certificate-noon-helper': '午间课堂志愿辅导证书',
      'certificate-register': '发放登记',
    },
  },
]

const spoolers: Record<SpoolWord, string> = {
  waiting: '打印队列里还在等着打',
  held: '卡在打印队列里了：打印机可能暂停、缺纸或卡纸',
  over: '打印队列说已经办完',
  unknown: '打印队列里没有它了',
  silent: '打印服务没有回答',
}

/** What the spooler says of a job, in words; empty where it says nothing. */
export const spoolerWords = ({ spooler }: Pick<QueuedJob, 'spooler'>) => (spooler ? spoolers[spooler] : '')

/** True for a job that was never sent and that nobody is sending any more. */
export const isLeft = (job: PrintJob) => job.state === 'queued' && job.problem === 'interrupted'

/** A clerk has to look at the paper. */
export const asksForLook = (job: PrintJob) => job.state === 'spooled' || job.checkPaper

/** Where a job is, and what to do. */
export function jobWords(job: PrintJob): string {
  if (job.checkPaper) return '送打印时中断过，请看一眼纸出来没有'
  if (isLeft(job)) return '没有送出去，可以再送一次'
  if (job.state === 'queued') return '在排队'
  if (job.state === 'sending') return '正在送往打印机'
  if (job.state === 'spooled') return '已交给打印机，请看一眼纸出来没有'
  if (job.state === 'printed') return '打印好了'
  return `没有打出来。${printerProblem(job.problem)}`
}
