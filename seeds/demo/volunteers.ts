import { addDays } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import { openRandom } from '../dataset/random.ts'
import { missing } from './happen.ts'
import { at } from './moments.ts'
import type { Step } from './visit-year.ts'
import { setUpAlliance, type Alliance } from './volunteer-setup.ts'
import { tellVolunteers } from './volunteer-story.ts'
import { planService } from './volunteer-year.ts'

type Source = { clerk: Context; manager: Context; today: string; present: Date }

/** Two days after everybody moved in. */
const programDaysBehind = 57

/**
 * The volunteers of the demo, planned up to this minute: registered and typed in from the paper folder two months ago, since
 * then kept at the desk. The year before the program is final, this one open.
 */
export function openVolunteers({ clerk, manager, today, present }: Source): Step[] {
  const random = openRandom(728)
  const programDay = addDays(today, -programDaysBehind)
  const finalYear = Number(programDay.slice(0, 4)) - 1
  const firstDay = `${finalYear}-01-01`
  let made: Alliance | null = null
  const alliance = () => made ?? missing('the alliance of volunteers')
  const source = { clerk, manager, random, today, programDay, alliance }
  const steps: Step[] = [
    {
      at: at(programDay, 9, 0),
      happen: () => {
        made = setUpAlliance({ clerk, manager, random, today, firstDay })
      },
    },
    ...planService({ ...source, firstMonth: firstDay.slice(0, 7) }),
    ...tellVolunteers({ ...source, finalYear }),
  ]
  return steps.filter((step) => step.at <= present)
}
