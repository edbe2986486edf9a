/** The parts of ECharts that the desk uses; nothing else is bundled. Import it only from pages that show charts. */
import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import type { BarSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components'
import { init, use, type ComposeOption } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, LineChart, ScatterChart, GridComponent, TooltipComponent, CanvasRenderer])

export { init as openChart }
export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | ScatterSeriesOption | GridComponentOption | TooltipComponentOption
>

/** The house's colours and type as they stand now: a canvas does not know the page's variables. */
export type Look = {
  font: string
  /** Pixels of one rem, so that the three text sizes reach the charts. */
  rem: number
  colour: Record<'ink' | 'ink-2' | 'ink-3' | 'line' | 'line-2' | 'card' | 'info' | 'ok' | 'bad', string>
}

export function lookNow(): Look {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const names = ['ink', 'ink-2', 'ink-3', 'line', 'line-2', 'card', 'info', 'ok', 'bad'] as const
  return {
    font: read('font'),
    rem: Number.parseFloat(style.fontSize),
    colour: Object.fromEntries(names.map((name) => [name, read(name)])) as Look['colour'],
  }
}

/** What all charts share: the page's type, no motion for who wants none, and a tooltip that is drawn, not markup. */
export function commonOption({ font, rem, colour }: Look): ChartOption {
  const text = { fontFamily: font, fontSize: 0.867 * rem, color: colour['ink-2'] }
  return {
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 250,
    textStyle: text,
    tooltip: {
      renderMode: 'richText',
      backgroundColor: colour.card,
      borderColor: colour.line,
      textStyle: { ...text, color: colour.ink },
      confine: true,
    },
  }
}
