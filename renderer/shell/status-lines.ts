import type { Status } from '../../electron/contract/settings.ts'

/** `path`: where a press on it leads. */
export type StatusLine = {
  key: string
  text: string
  tone: 'calm' | 'warn' | 'bad'
  hint?: string
  path?: string
}

/** The printer's line leads to what is stuck. */
const queue = '/print-queue'

/** Days without a backup after which the status bar says so in colour. */
const staleBackup = 2 * 86_400_000

/** What the status bar tells, most important first within each place. `when` writes an instant in words. */
export function statusLines(
  status: Status | null,
  hostAnswers: boolean,
  when: (at: string) => string,
  now = Date.now(),
): StatusLine[] {
  if (!hostAnswers) return [{ key: 'saved', text: '服务台程序没有响应，正在重新连接', tone: 'bad' }]
  if (!status) return [{ key: 'saved', text: '数据已保存', tone: 'calm' }]
  return [
    saved(status, when),
    ...(status.clockBehind
      ? [
          {
            key: 'clock',
            text: '电脑时间比上一条记录早，请校对',
            tone: 'warn' as const,
            hint: '编号和先后不受影响，但日期会写错。请校对电脑的日期和时间。',
          },
        ]
      : []),
    backup(status, when, now),
    printer(status),
    ...(status.otherScreens > 0
      ? [{ key: 'screens', text: `另 ${status.otherScreens} 块屏幕在线`, tone: 'calm' as const }]
      : []),
  ]
}

function saved({ check, folder }: Status, when: (at: string) => string): StatusLine {
  if (check && !check.sound)
    return {
      key: 'saved',
      text: '数据文件检查有问题，请叫主任看“设置 · 数据”',
      tone: 'bad',
      hint: check.detail,
    }
  const looked = check ? `${when(check.at)} 检查过，完好` : '今天的检查正在进行'
  return { key: 'saved', text: '数据已保存', tone: 'calm', hint: `${folder}\n${looked}` }
}

function backup({ lastBackup }: Status, when: (at: string) => string, now: number): StatusLine {
  if (!lastBackup)
    return { key: 'backup', text: '还没有备份', tone: 'warn', hint: '关闭服务台时会自动备份。' }
  const stale = now - Date.parse(lastBackup) > staleBackup
  return { key: 'backup', text: `上次备份 ${when(lastBackup)}`, tone: stale ? 'warn' : 'calm' }
}

function printer({ printers }: Status): StatusLine {
  const chosen = printers.find(({ isDefault }) => isDefault) ?? printers[0]
  const line = { key: 'printer', path: queue }
  if (!chosen) return { ...line, text: '没有连接打印机', tone: 'calm', hint: '可以先保存 PDF。' }
  return chosen.ready
    ? { ...line, text: `打印机 ${chosen.name} 就绪`, tone: 'calm' }
    : { ...line, text: `打印机 ${chosen.name} 没有就绪`, tone: 'warn', hint: '请检查电源、连线和纸。' }
}
