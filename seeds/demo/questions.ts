import type { Happened } from './happen.ts'
import { finished } from './finished.ts'
import { out } from './out.ts'
import { waiting } from './waiting.ts'

/** One enquiry of the demo. Days are working days before today, so that limits stand the same whenever it is loaded. */
export type Question = {
  /** Key or name of a registered asker; `name` for one who only gave a name; nothing = anonymous. */
  asker?: string
  name?: string
  subject?: string
  title: string
  words?: string
  /** Code of the catalogue; none = not sorted yet. */
  matter?: string
  channel?: '电话' | '微信' | 'QQ' | '网格上报' | '走访'
  ago: number
  /** Answered on the spot. */
  answer?: string
  /** What happened afterwards, each so many working days before today, in the afternoon unless an hour is given. */
  then?: ({ ago: number; hour?: number } & Happened)[]
}

/** Limits of the catalogue: 3 = WC03 HW02 ZY02; 5 = ZF03 ZF04 MZ03; 10 = LN01 TJ01 WC01; 15 = MZ01; 2 = HW01 HW04; 1 = HJ01. */
export const questions: Question[] = [...finished, ...out, ...waiting]
