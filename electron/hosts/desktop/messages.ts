import { FolderHeld } from '../../database/lock.ts'
import { Refusal } from '../../database/refusal.ts'

/** Why the desk did not open, for the person in front of it: what happened, and what to do. */
export function sentenceFor(error: unknown, folder: string): string {
  if (error instanceof FolderHeld) {
    const { holder } = error
    const program = holder?.host === 'browser' ? '浏览器版服务台' : '桌面版服务台'
    const who = holder ? `${program}（进程 ${holder.pid}，${startOf(holder.startedAt)}打开）` : '另一个程序'
    return `这个数据文件夹正由${who}使用：\n${folder}\n\n请先关闭它，再打开服务台。数据没有受影响。`
  }
  if (error instanceof Refusal && error.kind === 'network') {
    return `数据文件夹在网络位置上：\n${folder}\n\n数据必须放在本机硬盘上。请换一个本机文件夹再打开。`
  }
  if (error instanceof Refusal) {
    return `数据文件夹不能写入：\n${folder}\n\n请检查磁盘空间和文件夹权限，再打开服务台。什么都没有改动。\n（${error.detail}）`
  }
  const detail = error instanceof Error ? error.message : String(error)
  return `服务台没有打开：\n${folder}\n\n请把下面这句话告诉维护人员：\n${detail}`
}

function startOf(instant: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return ''
  return `${date.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'medium', timeStyle: 'short' })} `
}
