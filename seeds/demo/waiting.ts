import type { Question } from './questions.ts'

/** Enquiries that the desk has, and those of today. */
export const waiting: Question[] = [
  // Overdue.
  {
    asker: '彭志刚',
    title: '屋顶渗水没人管',
    words: '顶楼，下雨就渗，找物业三个月了，物业说维修资金不够。',
    matter: 'ZF03',
    ago: 9,
    then: [
      { ago: 8, note: '与物业沟通，对方答应本周处理。' },
      { ago: 6, ask: '又来问，已告知物业答应本周来。' },
      { ago: 4, note: '物业没有来，已再次催办。' },
      { ago: 2, ask: '打电话催，很着急，已告知主任在联系。', channel: '电话' },
    ],
  },
  {
    asker: '谭丽娟',
    title: '夜里施工太吵',
    words: '隔壁门面夜里十一点还在装修，家里有高考的孩子。',
    matter: 'HW02',
    channel: '电话',
    ago: 4,
  },
  {
    title: '垃圾桶满了两天',
    matter: 'HW01',
    channel: '网格上报',
    ago: 4,
    then: [{ ago: 3, note: '已转环卫，回复当天来收。' }],
  },

  // Due today.
  {
    asker: '蒋凤莲',
    subject: '陈梓轩',
    title: '给孙子报午间课堂',
    words: '奶奶一个人照看，中午做不了饭。',
    matter: 'WC03',
    ago: 3,
    then: [{ ago: 2, note: '材料差照片两张，已告知。' }],
  },
  {
    asker: '易春华',
    title: '住院花费大，问临时救助',
    words: '上月做手术自付四万多，家里只有低保。',
    matter: 'MZ03',
    ago: 5,
    then: [{ ago: 4, note: '材料已收齐，报街道社会事务办。' }],
  },
  { asker: '邹素娥', title: '居住情况说明', words: '办房产过户用。', matter: 'HJ02', ago: 2 },

  // Soon, and with time left.
  {
    asker: '彭志刚',
    subject: '唐玉珍',
    title: '给老母亲申请居家养老',
    matter: 'LN02',
    ago: 9,
    then: [{ ago: 5, note: '已约评估人员，下周上门。' }],
  },
  {
    asker: '彭志刚',
    title: '低保复审要带什么',
    words: '今年收入有变化，问要不要重新报。',
    matter: 'MZ01',
    ago: 6,
  },
  {
    asker: '李建国',
    subject: '王秀兰',
    title: '母亲高龄津贴没到账',
    words: '上个月起没有收到，银行卡换过。',
    matter: 'LN01',
    ago: 4,
    then: [{ ago: 3, note: '银行卡信息已更正，等街道补发。' }],
  },
  {
    asker: '曾小军',
    title: '想找份工作',
    words: '要照顾母亲，只能做半天。',
    matter: 'JY03',
    channel: '微信',
    ago: 2,
  },
  {
    asker: '单国强',
    title: '想装电梯有人反对',
    words: '一楼两户不同意，想请社区组织协商。',
    matter: 'ZF06',
    ago: 3,
    then: [{ ago: 1, note: '已登记，列入本月议事会。' }],
  },
  { asker: '解红梅', title: '邻居占过道放鞋柜', matter: 'TJ01', ago: 2 },
  { asker: '廖悦', title: '流动党员报到', matter: 'DW02', ago: 1 },
  {
    asker: '贺春生',
    subject: '贺念安',
    title: '孩子过敏，想先说清楚再报名',
    words: '花生过敏，午餐要注意什么。',
    matter: 'WC03',
    ago: 1,
  },
  { asker: '古丽巴哈尔·阿卜杜热合曼', title: '公租房怎么申请', matter: 'ZF01', ago: 1 },
  { name: '赵师傅', title: '电动车充电桩不够', matter: 'ZF07', channel: '电话', ago: 1 },

  // Today.
  { asker: '刘桂英', title: '养老认证怎么做', matter: 'SB03', ago: 0, answer: '已当场用手机协助办好。' },
  { asker: '张伟34', title: '租房备案和居住证', matter: 'HJ03', ago: 0 },
  {
    asker: '欧阳光',
    title: '小区门口想加一张长椅',
    words: '老人等车有地方坐。',
    matter: 'ZH03',
    channel: '微信',
    ago: 0,
  },
  { title: '问社区几点下班', channel: '电话', ago: 0, answer: '已告知办公时间。' },
  { asker: '刘桂英旧', title: '想请人修电饭煲', matter: 'ZY03', channel: '走访', ago: 0 },
]
