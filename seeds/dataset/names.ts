import { idNumberCheck } from '../../electron/contract/id-number.ts'
import type { Random } from './random.ts'

export type Sex = 1 | 2

/** Surnames with their share (per thousand, roughly as in Hunan); the last line are those read otherwise as names. */
const surnames: readonly [string, number][] = (
  '王71 李79 张67 刘60 陈45 杨31 黄30 周34 吴21 赵19 罗18 胡17 彭16 唐15 曾14 谢13 何13 肖12 邓12 徐13 孙12 朱11 ' +
  '郭11 马10 高9 林10 易8 文8 龙8 蒋8 谭9 贺7 袁8 欧阳5 廖8 姚6 向6 段5 钟6 戴5 汤5 夏5 邹6 熊5 ' +
  '单2 查2 仇1 解1 区1 乐1 缪1 翟2 覃2 司马1 诸葛1 上官1'
)
  .split(' ')
  .map((entry) => [entry.replace(/\d/g, ''), Number(/\d+/.exec(entry)![0])])
const surnameWeights = surnames.map(([, weight]) => weight)

/** Characters of given names, men and women, by the years they were in use. */
const given = [
  {
    until: 1965,
    1: '国建德明文志光福寿生贵富金祥荣华庆保元树清永仁义发财春秋根桂长松海山',
    2: '秀桂淑玉兰芳英珍凤莲菊梅香云春翠贞素月娥清满冬爱金银华珠琴巧',
  },
  {
    until: 1985,
    1: '军伟强勇辉斌刚平波涛超杰鹏建国红志明华利民锋亮峰林东海洪新卫宏',
    2: '丽敏静艳霞燕娟红梅芳玲萍英琴莉娜慧蓉辉华春琼群晖霜岚利平芝',
  },
  {
    until: 2005,
    1: '浩鑫磊俊杰宇凯翔晨旭博文天龙飞帆威健晓明睿智超然阳成林源昊',
    2: '婷雪佳怡欣悦倩颖琳莹璐瑶蕾思雨洁茜晓梦媛露雅文静彤敏可薇',
  },
  {
    until: 9999,
    1: '梓轩宇泽浩然子睿辰逸铭博文皓宸一诺沐阳承恩景行嘉懿奕瑞霖煜知',
    2: '梓涵欣怡雨桐诗涵可馨一诺思语若曦艺沐妍芷晴语嫣念安知夏书瑶雅宁',
  },
] as const

export function inventSurname(random: Random): string {
  return surnames[random.weighted(surnameWeights)]![0]
}

/** A name as people of that year and sex bear it: two or three characters, now and then more. */
export function inventName(
  random: Random,
  birthYear: number,
  sex: Sex,
  surname = inventSurname(random),
): string {
  const characters = [...given.find(({ until }) => birthYear <= until)![sex]]
  const first = random.pick(characters)
  if (random.chance(birthYear > 1965 ? 0.16 : 0.1)) return surname + first
  const second = random.pick(characters)
  return surname + first + (random.chance(0.03) ? first : second)
}

const marked = '男女'

/** Hands out ID numbers (area code 999999, no real one) and phones (19900…), none of them twice. */
export function openNumbers(random: Random) {
  const sequences = new Map<string, number>()
  const offset = random.int(0, 999_999)
  let phones = 0
  return {
    idNumber(birth: string, sex: Sex): string {
      const day = birth.replaceAll('-', '')
      const key = day + marked[sex - 1]!
      const nth = sequences.get(key) ?? random.int(0, 40)
      sequences.set(key, nth + 1)
      // GB 11643: an odd sequence is a man's.
      const sequence = String((nth * 2 + (sex === 1 ? 1 : 0)) % 1000).padStart(3, '0')
      const first17 = `999999${day}${sequence}`
      return first17 + idNumberCheck(first17)
    },
    phone(): string {
      // 700 001 and a million have no common factor: a million different numbers.
      const tail = (offset + phones * 700_001) % 1_000_000
      phones += 1
      return `19900${String(tail).padStart(6, '0')}`
    },
  }
}
export type Numbers = ReturnType<typeof openNumbers>
