import { expect, test } from 'vitest'
import type { Matter } from '../../electron/contract/matters.ts'
import { readDay } from '../../renderer/components/typed-day.ts'
import { isLatin, suggestMatters } from '../../renderer/counters/enquiries/matter-search.ts'
import { groupsOf } from '../../renderer/counters/overview/search-rows.ts'

test.each([
  ['1949-10-1', '1949-10-01'],
  ['1949.10.1', '1949-10-01'],
  ['19491001', '1949-10-01'],
  ['1949年10月1日', '1949-10-01'],
  ['１９４９－１０－０１', '1949-10-01'],
  ['2024-2-29', '2024-02-29'],
  ['2023-2-29', null],
  ['2023-13-01', null],
  ['49-10-1', null],
  ['', null],
  ['今天', null],
])('a day typed as %s is %s', (typed, day) => {
  expect(readDay(typed)).toBe(day)
})

const matter = (id: number, name: string, initials: string, pinyin: string): Matter => ({
  id,
  code: `M${id}`,
  name,
  category: '',
  limit: { amount: 5, unit: 'day' },
  papers: [],
  pinyin,
  initials,
  active: true,
  version: 1,
})
const matters = [
  matter(1, '高龄津贴申请', 'gljtsq', 'gao ling jin tie shen qing'),
  matter(
    2,
    '城乡居民医疗保险参保登记',
    'cxjmylbxcbdj',
    'cheng xiang ju min yi liao bao xian can bao deng ji',
  ),
  matter(3, '医疗救助申请', 'yljzsq', 'yi liao jiu zhu shen qing'),
]
const names = (typed: string) => suggestMatters(matters, typed).map(({ id }) => id)

test('a matter is found by name, by a piece of it, by pinyin and by initials', () => {
  expect(names('高龄津贴')).toEqual([1])
  expect(names('医疗')).toEqual([3, 2])
  expect(names('gljt')).toEqual([1])
  expect(names('yiliao')).toEqual([3, 2])
})

test('a title in free words finds the matter it speaks of, and nothing when it speaks of none', () => {
  expect(names('替母亲问高龄津贴要带什么')[0]).toBe(1)
  expect(names('楼道灯不亮')).toEqual([])
  expect(names('  ')).toEqual([])
  expect(names('医'.repeat(100))).toEqual([])
})

test('letters look for a matter, characters are a title already', () => {
  expect(isLatin('gljt')).toBe(true)
  expect(isLatin("yi'liao")).toBe(true)
  expect(isLatin('高龄')).toBe(false)
  expect(isLatin('3栋')).toBe(false)
})

test('groups that found nothing are not shown', () => {
  expect(
    groupsOf({
      ...{ people: [], households: [], enquiries: [], rounds: [], volunteers: [], activities: [] },
      certificates: [],
    }),
  ).toEqual([])
})
