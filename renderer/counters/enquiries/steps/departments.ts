import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import type { Department } from '../../../../electron/contract/departments.ts'
import { client } from '../../../shell/client.ts'
import { initialsOf } from '../../session/initials.ts'
import { kindNames } from '../../settings/department-words.ts'
import { isLatin } from '../matter-search.ts'

const kinds = Object.keys(kindNames) as Department['kind'][]

/** Departments that may be called now, in their order. */
export function useDepartments() {
  const query = useQuery({ key: ['department', 'all'], query: () => client.settings.departments({}) })
  const departments = computed(() => (query.data.value ?? []).filter((one) => one.active))
  return { ...query, departments }
}

export function useRules() {
  return useQuery({ key: ['settings', 'rules'], query: () => client.settings.rules({}) })
}

export type Choice = { department: Department; group: string }

/** Whether something that it takes care of (its note) is told in the enquiry: 停水 in 小区停水两天了. */
export function likely({ note }: Department, about: string): boolean {
  return note.split(/[、，,；;。\s]+/).some((word) => word.length >= 2 && about.includes(word))
}

/**
 * Departments to choose from. Before anything is typed those that seem to be meant stand first, then all by kind. What is
 * typed narrows them: by name (its pinyin initials too) or kind first, then by what they take care of or who is asked
 * there.
 */
export function choices(departments: Department[], about: string, typed: string): Choice[] {
  // Brackets of either width: 物业公司（一） is typed as 物业公司(一).
  const fold = (text: string) => text.normalize('NFKC')
  const words = fold(typed).trim().split(/\s+/).filter(Boolean)
  const has = (...texts: string[]) => words.every((word) => texts.some((text) => fold(text).includes(word)))
  const letters = isLatin(typed) ? fold(typed).replace(/[' ]/g, '').toLowerCase() : ''
  /** 0: its initials begin so; 1: they hold it further on; -1: they do not. */
  const called = ({ name }: Department) =>
    letters ? Math.min(1, initialsOf(name, 'other').indexOf(letters)) : -1
  const named = departments
    .filter((one) => has(one.name, kindNames[one.kind]) || called(one) >= 0)
    .sort((a, b) => called(a) - called(b))
  const cited = departments.filter(
    (one) => !named.includes(one) && has(one.name, kindNames[one.kind], one.note, one.contact),
  )
  const meant = words.length ? [] : named.filter((one) => likely(one, about))
  const under = (group: string) => (department: Department) => ({ department, group })
  return [
    ...meant.map(under('看起来归它管')),
    ...kinds.flatMap((kind) =>
      named.filter((one) => one.kind === kind && !meant.includes(one)).map(under(kindNames[kind])),
    ),
    ...cited.map(under('管这个的')),
  ]
}
