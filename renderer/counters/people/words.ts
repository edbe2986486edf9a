import type { Duplicate, PersonLine } from '../../../electron/contract/people.ts'
import { dayWords } from '../../components/formats.ts'

export const sexWords: Record<PersonLine['sex'], string> = { 0: '性别未知', 1: '男', 2: '女', 9: '未说明' }

/** 女 78 岁; without a birth day only what is known. */
export function sexAndAge(person: Pick<PersonLine, 'sex' | 'age'>): string {
  const sex = person.sex === 1 || person.sex === 2 ? sexWords[person.sex] : ''
  return [sex, person.age === null ? '' : `${person.age} 岁`].filter(Boolean).join(' ')
}

/** Door and masked phone, what tells name-sakes apart. */
export function doorAndPhone(person: Pick<PersonLine, 'door' | 'phone'>): string {
  return [person.door ?? '住址未登记', person.phone].filter(Boolean).join(' · ')
}

export const departureWords = { moved: '已迁出', dead: '已去世' } as const

export const matchedWords: Record<Duplicate['matched'][number], string> = {
  idNumber: '身份证相同',
  nameAndBirth: '姓名和出生日期相同',
  nameAndPhone: '姓名和电话相同',
}

/** 1949年10月1日 · 77 岁 */
export function birthWords(person: Pick<PersonLine, 'birth' | 'age'>): string {
  if (!person.birth) return '未登记'
  return [dayWords(person.birth), person.age === null ? '' : `${person.age} 岁`].filter(Boolean).join(' · ')
}
