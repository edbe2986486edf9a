import type { Sex } from '../dataset/names.ts'

/** Somebody of the demo, written by hand. Ages, not birthdays: in five years the children are still children. */
export type Neighbour = {
  /** By which the enquiries name them, where the name alone would not do. */
  key?: string
  name: string
  sex: Sex
  age: number
  relation: '户主' | '配偶' | '子女' | '父母' | '孙辈' | '兄弟姐妹' | '祖辈' | '租客' | '其他'
  keyGroups?: string[]
  elsewhere?: boolean
  note?: string
  /** So many days ago. */
  departed?: { how: 'moved' | 'dead'; daysAgo: number }
  /** No ID number on record. */
  unknownId?: boolean
  phones?: 0 | 1 | 2
  /** The same phone as this person has: an older record of the same one. */
  phoneOf?: string
  /** Born on the same day as the one before. */
  twin?: true
}

export type Door = { estate: string; door: string; grid: number; people: Neighbour[]; note?: string }

export const man = (
  name: string,
  age: number,
  relation: Neighbour['relation'],
  more: Partial<Neighbour> = {},
): Neighbour => ({
  name,
  sex: 1,
  age,
  relation,
  ...more,
})
export const woman = (
  name: string,
  age: number,
  relation: Neighbour['relation'],
  more: Partial<Neighbour> = {},
): Neighbour => ({
  ...man(name, age, relation, more),
  sex: 2,
})

/** Households that show one thing each; the rest of the demo is invented around them. */
export const doors: Door[] = [
  // A mother alone, and the son who asks for her.
  {
    estate: '东院',
    door: '3栋2单元501',
    grid: 1,
    note: '五楼无电梯，上门前先打电话',
    people: [
      woman('王秀兰', 82, '户主', { keyGroups: ['高龄老人', '独居老人'], note: '听力不好，说话慢一点' }),
    ],
  },
  {
    estate: '东院',
    door: '5栋1单元302',
    grid: 1,
    people: [
      man('李建国', 56, '户主', { phones: 2, keyGroups: ['退役军人'] }),
      woman('周小燕', 53, '配偶'),
      man('李浩然', 24, '子女'),
    ],
  },
  // Name-sakes: two by the same name, one by the same sound.
  {
    estate: '东院',
    door: '1栋1单元101',
    grid: 1,
    people: [
      man('张伟', 48, '户主', { key: '张伟48' }),
      woman('陈静', 46, '配偶'),
      woman('张雨桐', 11, '子女'),
    ],
  },
  {
    estate: '南苑',
    door: '2栋3单元603',
    grid: 3,
    people: [
      man('张伟', 34, '户主', { key: '张伟34', elsewhere: true }),
      woman('何倩', 33, '配偶', { elsewhere: true }),
    ],
  },
  { estate: '西院', door: '6栋1104', grid: 2, people: [woman('张薇', 34, '户主'), man('罗子睿', 6, '子女')] },
  // Surnames that read otherwise.
  {
    estate: '西院',
    door: '2栋1单元201',
    grid: 2,
    people: [man('单国强', 61, '户主'), woman('查文慧', 59, '配偶')],
  },
  {
    estate: '西院',
    door: '2栋1单元202',
    grid: 2,
    people: [woman('曾桂香', 74, '户主', { keyGroups: ['残疾'] }), man('曾小军', 45, '子女')],
  },
  {
    estate: '南苑',
    door: '4栋1单元402',
    grid: 3,
    people: [man('仇志明', 52, '户主'), woman('解红梅', 50, '配偶')],
  },
  // Short and long names.
  {
    estate: '南苑',
    door: '4栋2单元102',
    grid: 3,
    people: [
      man('欧阳光', 43, '户主'),
      woman('司马云', 41, '配偶'),
      woman('欧阳若曦', 9, '子女'),
      man('于凡', 68, '父母'),
    ],
  },
  {
    estate: '北苑',
    door: '1栋2单元304',
    grid: 4,
    people: [
      man('艾力·买买提明', 37, '户主', { elsewhere: true }),
      woman('古丽巴哈尔·阿卜杜热合曼', 35, '配偶', { elsewhere: true }),
      woman('迪娜·艾力', 8, '子女', { elsewhere: true }),
    ],
  },
  // One door with several things open; and below it three that one leak has reached.
  {
    estate: '北苑',
    door: '4栋1单元602',
    grid: 4,
    note: '顶楼，雨天渗水',
    people: [
      man('彭志刚', 58, '户主', { keyGroups: ['低保对象'] }),
      woman('易春华', 57, '配偶', { keyGroups: ['重病患者'] }),
      man('彭思远', 15, '子女'),
      woman('唐玉珍', 85, '父母', { keyGroups: ['高龄老人'] }),
    ],
  },
  {
    estate: '北苑',
    door: '4栋1单元502',
    grid: 4,
    people: [woman('谭丽娟', 49, '户主'), man('龙平', 51, '配偶')],
  },
  {
    estate: '北苑',
    door: '4栋1单元402',
    grid: 4,
    people: [woman('杨春梅', 62, '户主'), man('吴卫东', 64, '配偶')],
  },
  {
    estate: '北苑',
    door: '4栋1单元302',
    grid: 4,
    people: [man('朱晓明', 38, '户主', { elsewhere: true }), woman('徐婷', 36, '配偶', { elsewhere: true })],
  },
  // Children who need looking after.
  {
    estate: '工人村',
    door: '7栋3单元203',
    grid: 5,
    people: [
      woman('蒋凤莲', 67, '户主', { keyGroups: ['困难群体'] }),
      man('陈梓轩', 10, '孙辈', { keyGroups: ['困境儿童'], note: '父母失联，由奶奶照料' }),
    ],
  },
  {
    estate: '工人村',
    door: '7栋1单元101',
    grid: 5,
    people: [
      man('贺春生', 70, '户主'),
      woman('汤爱莲', 66, '配偶'),
      woman('贺念安', 7, '孙辈', { keyGroups: ['留守儿童'], note: '花生过敏' }),
    ],
  },
  // Written down twice: once from the visit list, once with the card.
  {
    estate: '新村',
    door: '1栋1单元501',
    grid: 6,
    people: [
      woman('刘桂英', 71, '户主', { key: '刘桂英' }),
      woman('刘桂英', 71, '户主', {
        key: '刘桂英旧',
        unknownId: true,
        phoneOf: '刘桂英',
        note: '走访登记时录入',
      }),
    ],
  },
  // Gone.
  {
    estate: '新村',
    door: '2栋2单元402',
    grid: 6,
    people: [
      man('夏光荣', 88, '户主', { departed: { how: 'dead', daysAgo: 20 }, keyGroups: ['高龄老人'] }),
      woman('邹素娥', 83, '配偶', { keyGroups: ['高龄老人', '孤寡老人'] }),
    ],
  },
  {
    estate: '新村',
    door: '3栋1单元301',
    grid: 6,
    people: [
      man('熊波', 36, '户主', { departed: { how: 'moved', daysAgo: 45 }, elsewhere: true }),
      woman('段霞', 34, '配偶', { departed: { how: 'moved', daysAgo: 45 }, elsewhere: true }),
    ],
  },
  {
    estate: '新村',
    door: '3-1-302',
    grid: 6,
    people: [
      man('袁杰', 27, '户主', { elsewhere: true }),
      man('段超', 26, '租客', { elsewhere: true }),
      woman('廖悦', 25, '租客', { elsewhere: true, unknownId: true }),
    ],
  },
  {
    estate: '东院',
    door: '3栋2单元502',
    grid: 1,
    people: [man('廖德海', 76, '户主', { keyGroups: ['道德英模', '退役军人'] }), woman('姚淑清', 73, '配偶')],
  },
]
