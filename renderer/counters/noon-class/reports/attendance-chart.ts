import type { ChartOption, Look } from '../../../components/charts.ts'
import { rateOf, rateWords } from './report.ts'

export type Bar = { name: string; expected: number; present: number }

/** Attendance as lying bars out of a hundred, with rate and counts at the right edge: of groups, or of months. */
export const attendanceChart =
  (bars: readonly Bar[]) =>
  ({ rem, colour, font }: Look): ChartOption => {
    const rows = [...bars].reverse()
    const note = { fontFamily: font, fontSize: 0.833 * rem }
    const names = { type: 'category' as const, axisTick: { show: false } }
    return {
      grid: { left: 7.4 * rem, right: 8.4 * rem, top: 0.2 * rem, bottom: 1.5 * rem, outerBoundsMode: 'none' },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow', z: 0, shadowStyle: { color: colour['line-2'], opacity: 0.6 } },
        formatter(items) {
          const row = rows[(Array.isArray(items) ? items[0] : items)?.dataIndex ?? -1]
          return row ? `${row.name}\n应到 ${row.expected} 人次，到了 ${row.present}` : ''
        },
      },
      xAxis: {
        type: 'value',
        max: 100,
        axisLabel: { ...note, color: colour['ink-3'], formatter: '{value}%' },
        splitLine: { lineStyle: { color: colour['line-2'] } },
      },
      yAxis: [
        {
          ...names,
          data: rows.map(({ name }) => name),
          triggerEvent: true,
          axisLine: { lineStyle: { color: colour.line } },
          axisLabel: { ...note, color: colour.ink, width: 6.8 * rem, overflow: 'truncate' },
        },
        {
          // The figures stand in line at the right edge, whatever the length of the bars.
          ...names,
          position: 'right',
          data: rows.map((row) => `${rateWords(row)}  ${row.present} / ${row.expected}`),
          axisLine: { show: false },
          axisLabel: { ...note, margin: 0.8 * rem, color: colour['ink-2'] },
        },
      ],
      series: [
        {
          name: '出勤率',
          type: 'bar',
          data: rows.map((row) => rateOf(row) ?? 0),
          barMaxWidth: 0.933 * rem,
          itemStyle: { color: colour.ok, borderRadius: [0, 3, 3, 0] },
          cursor: 'pointer',
        },
      ],
    }
  }
