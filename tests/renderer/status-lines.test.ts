import { describe, expect, it } from 'vitest'
import type { Status } from '../../electron/contract/settings.ts'
import { pauseAfter } from '../../renderer/shell/changes.ts'
import { statusLines } from '../../renderer/shell/status-lines.ts'

const now = Date.parse('2026-11-23T01:41:00.000Z')
const calm: Status = {
  folder: '/data',
  host: 'browser',
  version: '0.1.0',
  schema: 30,
  bytes: 1,
  lastBackup: '2026-11-23T00:02:00.000Z',
  check: { at: '2026-11-23T00:01:00.000Z', sound: true, detail: '' },
  clockBehind: false,
  otherScreens: 2,
  printers: [
    { name: 'A', ready: true, isDefault: false },
    { name: 'HP M154', ready: true, isDefault: true },
  ],
}
const told = (change: Partial<Status>) =>
  statusLines({ ...calm, ...change }, true, () => '今天 08:02', now).map(
    ({ text, tone }) => `${tone} ${text}`,
  )

describe('the status bar', () => {
  it('tells what is well in a calm voice', () => {
    expect(told({})).toEqual([
      'calm 数据已保存',
      'calm 上次备份 今天 08:02',
      'calm 打印机 HP M154 就绪',
      'calm 另 2 块屏幕在线',
    ])
  })

  it('does not mention other screens when there are none', () => {
    expect(told({ otherScreens: 0 })).toHaveLength(3)
  })

  it('warns of a clock set back, a backup of days ago and a printer that is not ready', () => {
    expect(told({ clockBehind: true })).toContain('warn 电脑时间比上一条记录早，请校对')
    expect(told({ lastBackup: '2026-11-20T00:00:00.000Z' })).toContain('warn 上次备份 今天 08:02')
    expect(told({ lastBackup: null })).toContain('warn 还没有备份')
    expect(told({ printers: [{ name: 'HP', ready: false, isDefault: true }] })).toContain(
      'warn 打印机 HP 没有就绪',
    )
  })

  it('says loudly when the daily check found damage', () => {
    expect(told({ check: { at: calm.lastBackup!, sound: false, detail: 'page 7' } })[0]).toMatch(/^bad /)
  })

  it('never claims that data is saved while the host is gone', () => {
    const lines = statusLines(calm, false, () => '', now)
    expect(lines.map(({ tone }) => tone)).toEqual(['bad'])
    expect(lines[0]!.text).not.toContain('已保存')
  })
})

describe('following the change feed again after a break', () => {
  it('waits longer each time, never more than 18 s', () => {
    const pauses = Array.from({ length: 12 }, (_, failures) => pauseAfter(failures, 0.5))
    expect(pauses[0]).toBe(500)
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b))
    expect(Math.max(...pauses.map((_, failures) => pauseAfter(failures, 1)))).toBeLessThanOrEqual(18_000)
  })
})
