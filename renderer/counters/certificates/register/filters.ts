import type { LocationQuery } from 'vue-router'
import type { CertificateKind } from '../../../../electron/contract/certificate-records.ts'
import { kindOrder, standingWords, type Standing } from '../words.ts'

export type Narrowing = {
  kind?: CertificateKind
  standing?: Standing
  /** Not collected yet. */
  waiting?: true
  volunteerId?: number
}

/** What an address narrows the register to; whatever it says that is none of the choices is left out. */
export function readFilter(query: LocationQuery): Narrowing {
  const kind = kindOrder.find((one) => one === query['kind'])
  const asked = query['standing']
  const standing =
    typeof asked === 'string' && Object.hasOwn(standingWords, asked) ? (asked as Standing) : null
  const of = Number(query['of'])
  return {
    ...(kind ? { kind } : {}),
    ...(standing ? { standing } : {}),
    ...(query['waiting'] === '1' ? { waiting: true } : {}),
    ...(Number.isInteger(of) && of > 0 ? { volunteerId: of } : {}),
  }
}

/** The same as it stands in an address; what is not narrowed is not written. */
export const writeFilter = ({ kind, standing, waiting, volunteerId }: Narrowing) => ({
  ...(kind ? { kind } : {}),
  ...(standing ? { standing } : {}),
  ...(waiting ? { waiting: '1' } : {}),
  ...(volunteerId ? { of: String(volunteerId) } : {}),
})

/** One chip at a time: all, those that wait for their owner, those that are void. */
export type View = 'all' | 'waiting' | 'valid' | 'void' | 'superseded'
export const viewOrder: readonly View[] = ['all', 'waiting', 'valid', 'void', 'superseded']
export const viewWords: Readonly<Record<View, string>> = {
  all: '全部',
  waiting: '待领取',
  valid: '有效',
  void: '已作废',
  superseded: '已换发',
}

export const viewOf = ({ standing, waiting }: Narrowing): View => (waiting ? 'waiting' : (standing ?? 'all'))

export function withView({ kind, volunteerId }: Narrowing, view: View): Narrowing {
  const rest = { ...(kind ? { kind } : {}), ...(volunteerId ? { volunteerId } : {}) }
  if (view === 'all') return rest
  return view === 'waiting' ? { ...rest, waiting: true } : { ...rest, standing: view }
}
