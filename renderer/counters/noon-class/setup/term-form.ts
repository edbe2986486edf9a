import type { Term } from '../../../../electron/contract/noon-setup.ts'

export type TermDraft = {
  name: string
  firstDay: string | null
  lastDay: string | null
  daysOff: { day: string | null; reason: string }[]
}

/** 2026年秋季学期, 2027年春季学期: what a term with this first day is called. */
export function termName(firstDay: string): string {
  return `${Number(firstDay.slice(0, 4))}年${Number(firstDay.slice(5, 7)) >= 7 ? '秋' : '春'}季学期`
}

export function termDraft(term: Term | null): TermDraft {
  if (!term) return { name: '', firstDay: null, lastDay: null, daysOff: [] }
  const { name, firstDay, lastDay, daysOff } = term
  return { name, firstDay, lastDay, daysOff: daysOff.map((one) => ({ ...one })) }
}

export type TermProblems = {
  name?: string
  firstDay?: string
  lastDay?: string
  daysOff: Partial<Record<'day' | 'reason', string>>[]
}

const isEmpty = ({ day, reason }: TermDraft['daysOff'][number]) => !day && !reason.trim()

/** What keeps a term from being saved, in words by field; an empty row of a day off is none. */
export function termProblems({ name, firstDay, lastDay, daysOff }: TermDraft): TermProblems {
  const outside = (day: string) => (firstDay && day < firstDay) || (lastDay && day > lastDay)
  const twice = (day: string) => daysOff.filter((one) => one.day === day).length > 1
  return {
    ...(name.trim() ? {} : { name: '请写学期名称' }),
    ...(firstDay ? {} : { firstDay: '请写第一天' }),
    ...(lastDay
      ? firstDay && lastDay < firstDay
        ? { lastDay: '最后一天要在第一天之后' }
        : {}
      : { lastDay: '请写最后一天' }),
    daysOff: daysOff.map((one) => {
      if (isEmpty(one)) return {}
      const { day, reason } = one
      return {
        ...(!day ? { day: '请写哪天' } : {}),
        ...(day && outside(day) ? { day: '不在这个学期里' } : {}),
        ...(day && twice(day) ? { day: '这一天写了两次' } : {}),
        ...(reason.trim() ? {} : { reason: '请写原因' }),
      }
    }),
  }
}

export const isSound = ({ name, firstDay, lastDay, daysOff }: TermProblems) =>
  !name && !firstDay && !lastDay && daysOff.every((one) => Object.keys(one).length === 0)

/** Sound fields as the contract takes them. */
export const termInput = ({ name, firstDay, lastDay, daysOff }: TermDraft) => ({
  name,
  firstDay: firstDay!,
  lastDay: lastDay!,
  daysOff: daysOff.filter((one) => !isEmpty(one)).map(({ day, reason }) => ({ day: day!, reason })),
})
