import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import type { ClassGroup, Term } from '../../../../electron/contract/noon-setup.ts'
import { client } from '../../../shell/client.ts'

/** All terms, newest first. */
export function useTerms() {
  const query = useQuery({ key: ['noon-setup', 'terms'], query: () => client.noonClass.terms({}) })
  return { ...query, terms: computed(() => query.data.value ?? []) }
}

/** The groups of a term that the operator may see; null asks nothing. */
export function useGroups(termId: () => number | null) {
  const query = useQuery({
    key: () => ['noon-setup', 'groups', termId() ?? 0],
    query: () => client.noonClass.groups({ termId: termId()! }),
    enabled: () => termId() !== null,
  })
  return { ...query, groups: computed(() => query.data.value ?? []) }
}

type Span = Pick<Term, 'firstDay' | 'lastDay'>

/** How a term lies to a day. */
export function standingOf({ firstDay, lastDay }: Span, today: string): 'now' | 'ahead' | 'over' {
  if (today < firstDay) return 'ahead'
  return today > lastDay ? 'over' : 'now'
}

/** The term that is worked with on a day: the one it lies in, else the next to begin, else the one that ended last. */
export function termFor<One extends Span>(terms: readonly One[], today: string): One | null {
  const byDay = [...terms].sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1))
  return (
    byDay.find((term) => standingOf(term, today) === 'now') ??
    byDay.find((term) => standingOf(term, today) === 'ahead') ??
    byDay.at(-1) ??
    null
  )
}

/** The warnings of a group as sentences. */
export function warningsInWords(
  group: Pick<ClassGroup, 'warnings' | 'children' | 'ratio' | 'capacity'> & { teachers: readonly unknown[] },
): string[] {
  const { children, ratio, capacity, teachers } = group
  const words = {
    ratio: `${children} 个学生要 ${Math.ceil(children / ratio)} 位老师，现在 ${teachers.length} 位`,
    capacity: `在读 ${children} 人，超过了 ${capacity} 个名额`,
    'no-teacher': '还没有安排老师',
  }
  // Without a teacher the ratio is broken too; one sentence is enough.
  return group.warnings
    .filter((one) => !(one === 'ratio' && group.warnings.includes('no-teacher')))
    .map((one) => words[one])
}
