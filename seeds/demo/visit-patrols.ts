import { raiseFinding, savePatrol } from '../../electron/counters/visits/patrols.ts'
import { readVisitRules } from '../../electron/counters/visits/rules.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import { at, workingDayBefore } from './moments.ts'
import type { Step } from './visit-year.ts'

/** Working days on which the companies were walked. */
const walkedDays = 38
/** By company and working days before today: nobody went, or entered a day later. */
const missed = ['2/5', '0/17', '1/26']
const late = ['1/9']
const findings: Record<string, { item: string; finding: string; raised?: string }> = {
  '0/3': {
    item: '消防通道',
    finding: '3栋后面的通道堆了装修材料，当场要求清走',
    raised: '3栋消防通道堆放材料',
  },
  '1/6': { item: '电动车停放充电', finding: '2单元有人拉线充电，物业已收走' },
  '2/13': { item: '公共设施', finding: '西门路灯两盏不亮，物业当天报修' },
}

/** The daily walks to the property companies up to this minute, with a day missed and what was found. */
export function planPatrols(
  clerk: Context,
  companies: number[],
  today: string,
  visitorId: number,
  matterId: number,
): Step[] {
  const items = readVisitRules(clerk.desk.db).patrolItems
  const steps: Step[] = []
  companies.forEach((companyId, which) => {
    for (let ago = walkedDays; ago >= 0; ago -= 1) {
      const key = `${which}/${ago}`
      // Of today only the first was walked, early.
      if (missed.includes(key) || (ago === 0 && which > 0)) continue
      const day = workingDayBefore(today, ago)
      const found = findings[key]
      const entered = late.includes(key) ? workingDayBefore(today, ago - 1) : day
      steps.push({
        at: ago === 0 ? at(day, 9, 5) : at(entered, 17, 5 + which * 4),
        happen: () => {
          const ticks = items.map((item) => {
            const finding = found?.item === item ? found.finding : ''
            return { item, fine: finding === '', finding }
          })
          const saved = savePatrol(clerk, {
            companyId,
            day,
            version: null,
            visitorId,
            ticks,
            note: '',
            fileIds: [],
          })
          if (!found?.raised) return
          const { id: tickId } = saved.ticks.find(({ fine }) => !fine)!
          raiseFinding(clerk, { tickId, title: found.raised, matterId })
        },
      })
    }
  })
  return steps
}
