import { man, woman, type Door } from './neighbours.ts'

/** Households with children of the noon class; the invented ones around them have a few more. */
export const noonDoors: Door[] = [
  // Two by the same name, in different classes.
  {
    estate: '东院',
    door: '6栋1单元402',
    grid: 1,
    people: [
      man('王强', 37, '户主'),
      woman('刘娜', 35, '配偶'),
      woman('王梓萱', 8, '子女', { key: '王梓萱8' }),
    ],
  },
  {
    estate: '南苑',
    door: '7栋2单元301',
    grid: 3,
    people: [
      man('王磊', 39, '户主'),
      woman('陈晓丽', 38, '配偶'),
      woman('王梓萱', 9, '子女', { key: '王梓萱9' }),
    ],
  },
  // Twins whose names sound the same.
  {
    estate: '西院',
    door: '9栋1单元602',
    grid: 2,
    people: [
      man('何军', 40, '户主'),
      woman('邓敏', 38, '配偶'),
      man('何奕晨', 8, '子女'),
      man('何奕辰', 8, '子女', { twin: true }),
      woman('李秀珍', 66, '父母'),
    ],
  },
  // The father may not collect him.
  {
    estate: '东院',
    door: '8栋2单元202',
    grid: 1,
    people: [woman('周敏', 34, '户主'), man('彭思博', 9, '子女'), woman('周玉兰', 62, '父母', { phones: 1 })],
  },
  // Grandmother alone with the child.
  {
    estate: '东院',
    door: '4栋2单元101',
    grid: 1,
    people: [
      woman('蔡桂珍', 64, '户主'),
      woman('蔡思语', 8, '孙辈', { keyGroups: ['留守儿童'], note: '父母在外地务工，由奶奶照料' }),
    ],
  },
  {
    estate: '工人村',
    door: '3栋1单元102',
    grid: 5,
    people: [
      man('曾建', 41, '户主'),
      woman('向丽', 39, '配偶'),
      man('曾宇航', 10, '子女'),
      woman('曾语彤', 6, '子女'),
    ],
  },
  {
    estate: '新村',
    door: '6栋2单元501',
    grid: 6,
    people: [man('谢斌', 36, '户主'), woman('罗艳', 35, '配偶'), woman('谢知妍', 9, '子女')],
  },
  {
    estate: '北苑',
    door: '2栋1单元203',
    grid: 4,
    people: [
      man('黄勇', 38, '户主'),
      woman('周红', 37, '配偶'),
      man('黄子睿', 9, '子女'),
      woman('黄可馨', 6, '子女'),
    ],
  },
  {
    estate: '西院',
    door: '9栋2单元704',
    grid: 2,
    people: [man('邓立新', 39, '户主'), woman('蒋静', 38, '配偶'), man('邓子熙', 10, '子女')],
  },
  {
    estate: '东院',
    door: '2栋3单元601',
    grid: 1,
    people: [man('周海波', 40, '户主'), woman('易琴', 38, '配偶'), woman('周若彤', 9, '子女')],
  },
  {
    estate: '南苑',
    door: '8栋2单元404',
    grid: 3,
    people: [man('罗斌', 43, '户主'), woman('唐慧', 41, '配偶'), woman('罗思琪', 11, '子女')],
  },
  {
    estate: '新村',
    door: '2栋1单元302',
    grid: 6,
    people: [man('唐志军', 42, '户主'), woman('袁芳', 40, '配偶'), man('唐一诺', 11, '子女')],
  },
  {
    estate: '工人村',
    door: '5栋2单元403',
    grid: 5,
    people: [man('林国平', 39, '户主'), woman('肖琳', 37, '配偶'), woman('林悦', 7, '子女')],
  },
  {
    estate: '北苑',
    door: '6栋2单元101',
    grid: 4,
    people: [
      man('肖健', 36, '户主'),
      woman('胡娟', 35, '配偶'),
      woman('肖雅', 7, '子女'),
      woman('胡春梅', 63, '父母'),
    ],
  },
  {
    estate: '西院',
    door: '7栋2单元501',
    grid: 2,
    people: [
      man('陈刚', 44, '户主'),
      woman('何玲', 42, '配偶'),
      woman('陈欣怡', 11, '子女'),
      woman('陈子涵', 7, '子女'),
    ],
  },
  {
    estate: '东院',
    door: '6栋1单元303',
    grid: 1,
    people: [man('李勇', 38, '户主'), woman('张敏', 36, '配偶'), man('李梓轩', 9, '子女')],
  },
  {
    estate: '新村',
    door: '6栋1单元202',
    grid: 6,
    people: [man('刘新', 40, '户主'), woman('龙燕', 38, '配偶'), woman('刘欣怡', 10, '子女')],
  },
  {
    estate: '工人村',
    door: '8栋1单元501',
    grid: 5,
    people: [
      man('段辉', 37, '户主'),
      woman('夏霞', 35, '配偶'),
      man('段奕霖', 8, '子女'),
      man('段奕泽', 6, '子女'),
    ],
  },
  {
    estate: '南苑',
    door: '8栋1单元203',
    grid: 3,
    people: [man('郭亮', 41, '户主'), woman('赵颖', 40, '配偶'), man('郭沐阳', 11, '子女')],
  },
  {
    estate: '北苑',
    door: '3栋2单元402',
    grid: 4,
    people: [man('钟鹏', 38, '户主'), woman('汤洁', 37, '配偶'), woman('钟知夏', 10, '子女')],
  },
  {
    estate: '西院',
    door: '4栋1单元201',
    grid: 2,
    people: [man('杨一帆', 40, '户主'), woman('徐倩', 38, '配偶'), man('杨承恩', 11, '子女')],
  },
  {
    estate: '新村',
    door: '4栋1单元401',
    grid: 6,
    people: [man('廖凯', 38, '户主'), woman('吴薇', 36, '配偶'), man('廖景行', 7, '子女')],
  },
]
