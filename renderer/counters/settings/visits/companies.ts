import type { Company } from '../../../../electron/contract/patrols.ts'

/** Whether a company is walked on a local day. */
export const isWalked = ({ fromDay, toDay }: Pick<Company, 'fromDay' | 'toDay'>, day: string): boolean =>
  fromDay <= day && (toDay === null || toDay >= day)
