import type { leaveWays } from '../../electron/contract/noon-children.ts'

/** What makes a child of the demo's noon class different from the others. */
export type Special = {
  mark?: string
  /** File of `portraits`, where the picture has to fit the mark. */
  portrait?: string
  allergies?: string
  health?: string
  leaves?: (typeof leaveWays)[number]
  /** May collect beside those of the child's own door. */
  authorised?: { name: string; relation: string; idTail?: string }[]
  forbidden?: { name: string; relation: string; reason: string }
}

/** By the key of the person. Everybody else of six to twelve is invented around them. */
export const specials: Record<string, Special> = {
  王梓萱8: { mark: '马尾辫', portrait: 'girl-08', leaves: 'collected' },
  王梓萱9: { mark: '短头发', portrait: 'girl-04', leaves: 'escort' },
  何奕晨: { mark: '戴眼镜', portrait: 'boy-02', leaves: 'collected' },
  何奕辰: { mark: '不戴眼镜', portrait: 'boy-05', leaves: 'collected' },
  彭思博: {
    leaves: 'collected',
    authorised: [{ name: '周玉清', relation: '姨妈', idTail: '3027' }],
    forbidden: {
      name: '彭涛',
      relation: '父亲',
      reason: '离婚判决由母亲抚养，母亲书面要求不得由其接走，判决书复印件在档案',
    },
  },
  贺念安: { allergies: '花生', leaves: 'collected', portrait: 'girl-10' },
  李梓轩: { allergies: '花生', leaves: 'escort' },
  周若彤: { allergies: '牛奶', leaves: 'escort' },
  邓子熙: { allergies: '鸡蛋', leaves: 'alone' },
  曾语彤: { allergies: '花生、海鲜', leaves: 'collected' },
  谢知妍: { health: '哮喘，书包侧袋有喷雾' },
  迪娜·艾力: { health: '清真饮食' },
  陈梓轩: { health: '父母失联，有事只打奶奶电话', leaves: 'collected' },
  蔡思语: { leaves: 'collected' },
  曾宇航: { leaves: 'alone' },
  罗思琪: { leaves: 'alone' },
  唐一诺: { leaves: 'alone' },
  黄可馨: { leaves: 'collected' },
}

/** Changed school three weeks ago: not expected any more, and the badge is dead. */
export const whoLeft = { key: '郭沐阳', reason: '转到寄宿学校' }

/** Told yesterday by phone: not coming today. And a call ahead for tomorrow. */
export const onLeave = { today: '谢知妍', tomorrow: '黄子睿' }

/** Not here when they should be: the first comes late, the second is ill. */
export const lateToday = { comes: '段奕泽', ill: '欧阳若曦' }

/** Is collected after closing time today. */
export const collectedLate = '陈梓轩'
