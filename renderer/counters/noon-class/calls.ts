import type { Alarm } from '../../../electron/contract/noon-days.ts'

/** Whom one calls: a guardian, or with null the school. */
export type Callee = { guardianId: number | null; name: string; words: string }

/** In the order of calling: guardians as they stand on file, then the school. */
export function calleesOf({ guardians, school }: Pick<Alarm, 'guardians' | 'school'>): Callee[] {
  return [
    ...guardians.map(({ id, name, relation }) => ({ guardianId: id, name, words: relation || name })),
    { guardianId: null, name: school || '学校', words: '学校' },
  ]
}

/** As a log names whom it called. */
const nameInLog = (alarm: Pick<Alarm, 'guardians'>, guardianId: number | null) =>
  alarm.guardians.find(({ id }) => id === guardianId)?.name ?? null

/**
 * Who is to be called next: the first who was not called yet; when all were and nobody was reached, whoever was called
 * the longest ago. Null once somebody was reached: then the alarm waits for its reason, not for another call.
 */
export function nextCall(alarm: Pick<Alarm, 'guardians' | 'school' | 'calls'>): Callee | null {
  if (alarm.calls.some(({ result }) => result === 'reached')) return null
  const lastCalled = (callee: Callee) =>
    alarm.calls.findLastIndex(({ guardian }) => guardian === nameInLog(alarm, callee.guardianId))
  const callees = calleesOf(alarm)
  return callees.reduce((first, one) => (lastCalled(one) < lastCalled(first) ? one : first))
}
