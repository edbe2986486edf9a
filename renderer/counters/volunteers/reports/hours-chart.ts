import type { ChartOption, Look } from '../../../components/charts.ts'
import { durationWords } from '../../../components/formats.ts'
import { hoursOf, type Line } from './report.ts'

const tellOf = (line: Line | undefined) =>
  line
    ? `${line.name}\n${durationWords(line.counted.minutes)}\n${line.counted.volunteers} 人，${line.counted.attendances} 人次，${line.counted.activities} 次活动`
    : ''

const placeOf = (items: unknown): number =>
  ((Array.isArray(items) ? items[0] : items) as { dataIndex?: number } | undefined)?.dataIndex ?? -1

/** Hours as lying bars, the first line on top, with the duration and how many people at the right edge. */
export const lyingHours =
  (lines: readonly Line[]) =>
  ({ rem, colour, font }: Look): ChartOption => {
    const rows = [...lines].reverse()
    const note = { fontFamily: font, fontSize: 0.833 * rem }
    const names = { type: 'category' as const, axisTick: { show: false } }
    return {
      grid: { left: 8.2 * rem, right: 9.4 * rem, top: 0.2 * rem, bottom: 1.5 * rem, outerBoundsMode: 'none' },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow', z: 0, shadowStyle: { color: colour['line-2'], opacity: 0.6 } },
        formatter: (items) => tellOf(rows[placeOf(items)]),
      },
      xAxis: {
        type: 'value',
        axisLabel: { ...note, color: colour['ink-3'] },
        splitLine: { lineStyle: { color: colour['line-2'] } },
      },
      yAxis: [
        {
          ...names,
          data: rows.map(({ name }) => name),
          triggerEvent: true,
          axisLine: { lineStyle: { color: colour.line } },
          axisLabel: { ...note, color: colour.ink, width: 7.6 * rem, overflow: 'truncate' },
        },
        {
          // The figures stand in line at the right edge, whatever the length of the bars.
          ...names,
          position: 'right',
          data: rows.map(({ counted }) => `${durationWords(counted.minutes)}  ${counted.volunteers} 人`),
          axisLine: { show: false },
          axisLabel: { ...note, margin: 0.8 * rem, color: colour['ink-2'] },
        },
      ],
      series: [
        {
          name: '小时',
          type: 'bar',
          data: rows.map(({ counted, ink }) => ({
            value: hoursOf(counted.minutes),
            itemStyle: { color: ink ?? colour.info },
          })),
          barMaxWidth: 0.933 * rem,
          itemStyle: { borderRadius: [0, 3, 3, 0] },
          cursor: 'pointer',
        },
      ],
    }
  }

/** Hours month by month as standing bars. */
export const standingHours =
  (lines: readonly Line[]) =>
  ({ rem, colour, font }: Look): ChartOption => {
    const note = { fontFamily: font, fontSize: 0.833 * rem }
    return {
      grid: { left: 3 * rem, right: 1 * rem, top: 0.8 * rem, bottom: 1.8 * rem, outerBoundsMode: 'none' },
      tooltip: { trigger: 'axis', formatter: (items) => tellOf(lines[placeOf(items)]) },
      xAxis: {
        type: 'category',
        data: lines.map(({ name }) => name),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colour.line } },
        axisLabel: { ...note, color: colour['ink-3'] },
      },
      yAxis: {
        type: 'value',
        axisLabel: { ...note, color: colour['ink-3'] },
        splitLine: { lineStyle: { color: colour['line-2'] } },
      },
      series: [
        {
          name: '小时',
          type: 'bar',
          data: lines.map(({ counted }) => hoursOf(counted.minutes)),
          barMaxWidth: 1.6 * rem,
          itemStyle: { color: colour.ok, borderRadius: [3, 3, 0, 0] },
          cursor: 'pointer',
        },
      ],
    }
  }
