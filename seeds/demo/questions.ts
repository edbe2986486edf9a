/** One enquiry of the demo. Days are working days before today, so that limits stand the same whenever it is loaded. */
export type Question = {
  /** Key or name of a registered asker; `name` for one who only gave a name; nothing = anonymous. */
  asker?: string
  name?: string
  subject?: string
  title: string
  words?: string
  /** Code of the catalogue; none = not sorted yet. */
  matter?: string
  channel?: '电话' | '微信' | 'QQ' | '网格上报' | '走访'
  ago: number
  /** Answered on the spot. */
  answer?: string
  /** What happened afterwards, each so many working days before today. */
  then?: { ago: number; note?: string; close?: string; withdraw?: string; reopen?: string }[]
}

/** Limits of the catalogue: 3 = WC03 HW02 ZY02; 5 = ZF03 ZF04 MZ03; 10 = LN01 TJ01 WC01; 15 = MZ01; 2 = HW01 HW04; 1 = HJ01. */
export const questions: Question[] = [
  // Finished ones, oldest first.
  {
    asker: '单国强',
    title: '社保卡丢了补办',
    matter: 'SB04',
    ago: 34,
    answer: '已告知补卡网点和所带材料，办理期间可用电子凭证。',
  },
  {
    asker: '张伟48',
    title: '孩子医保怎么交',
    matter: 'SB02',
    ago: 33,
    answer: '已当场用手机协助办好，并教会家属操作。',
  },
  {
    asker: '曾桂香',
    title: '残疾证到期换证',
    matter: 'CJ01',
    ago: 32,
    then: [
      { ago: 30, note: '照片差一张，已电话告知。' },
      { ago: 25, close: '已收材料，预约了指定医院鉴定。' },
    ],
  },
  {
    asker: '谭丽娟',
    title: '楼上漏水到我家',
    words: '卫生间天花板滴水，说了几次没修。',
    matter: 'ZF04',
    ago: 30,
    then: [
      { ago: 29, note: '已联系602户，约周末上门。' },
      { ago: 26, close: '管道接头已更换，当天不再滴水。' },
      { ago: 20, reopen: '居民反映又开始渗水' },
      { ago: 17, close: '重新做了防水，回访一周没有再渗。' },
    ],
  },
  {
    asker: '欧阳光',
    title: '路灯不亮',
    words: '南苑2栋到4栋之间两盏灯不亮，老人晚上不敢走。',
    matter: 'HW04',
    channel: '微信',
    ago: 28,
    then: [{ ago: 27, close: '已报修，当晚恢复照明。' }],
  },
  {
    name: '王女士',
    title: '租房能不能办居住证',
    matter: 'HJ03',
    channel: '电话',
    ago: 26,
    answer: '已告知派出所窗口和材料。',
  },
  {
    asker: '邹素娥',
    title: '老伴去世要办什么',
    words: '老伴上个月走了，养老金和高龄津贴不知道怎么停。',
    ago: 14,
    answer: '已一次性告知：派出所注销、社保停发、津贴停发，材料清单已交本人。',
  },
  {
    asker: '廖德海',
    title: '光荣牌旧了想换',
    matter: 'JR02',
    ago: 22,
    then: [{ ago: 19, close: '已换新牌并上门悬挂。' }],
  },
  {
    asker: '何倩',
    title: '准备生二孩，生育登记',
    matter: 'SY01',
    ago: 21,
    answer: '已在网上办好登记并打印。',
  },
  {
    asker: '段超',
    title: '失业登记怎么办',
    words: '公司裁员，问失业金怎么领。',
    matter: 'JY01',
    ago: 20,
    then: [{ ago: 18, close: '已办失业登记，推荐了两个附近岗位。' }],
  },
  {
    title: '有人遛狗不牵绳',
    words: '早上六点多，东院门口，怕吓到孩子。',
    matter: 'HW06',
    channel: '电话',
    ago: 19,
    then: [
      { ago: 17, note: '已张贴提示，早上巡查两次。' },
      { ago: 16, close: '已找到养犬人当面劝导，办理犬证。' },
    ],
  },
  {
    asker: '张薇',
    title: '孩子明年上学要什么材料',
    matter: 'WC05',
    ago: 18,
    answer: '已告知入学材料清单和登记时间。',
  },
  {
    asker: '李浩然',
    title: '志愿时长证明',
    words: '找工作要交志愿服务记录证明。',
    matter: 'ZY02',
    ago: 16,
    then: [{ ago: 14, close: '已核对本社区组织的活动记录，按记录出具。' }],
  },
  {
    asker: '仇志明',
    title: '借活动室',
    words: '单元楼要开加装电梯的会。',
    matter: 'ZH01',
    ago: 15,
    answer: '已登记场地，周三晚上七点。',
  },
  {
    asker: '袁杰',
    title: '单位要社区盖章',
    matter: 'HJ01',
    ago: 13,
    answer: '该项在“社区不出具的证明清单”内，已告知到派出所办理。',
  },
  {
    asker: '艾力·买买提明',
    title: '孩子打疫苗在哪里',
    matter: 'WJ02',
    ago: 12,
    answer: '已告知接种时间：每周二、周五上午。',
  },
  {
    asker: '汤爱莲',
    title: '想签家庭医生',
    matter: 'WJ01',
    channel: '走访',
    ago: 11,
    then: [{ ago: 9, close: '已登记签约，社区医院医生已联系本人。' }],
  },
  {
    asker: '司马云',
    title: '下水道堵了',
    matter: 'ZF04',
    channel: '微信',
    ago: 10,
    then: [{ ago: 9, close: '已联系疏通师傅，当天疏通。' }],
  },
  {
    asker: '周小燕',
    title: '问个政策',
    words: '问退休人员门诊报销比例。',
    matter: 'ZH02',
    channel: 'QQ',
    ago: 9,
    answer: '已当场解答，并发了办事指南链接。',
  },
  {
    asker: '李建国',
    subject: '王秀兰',
    title: '给母亲问适老化改造',
    words: '母亲洗澡滑倒过一次，想装扶手。',
    matter: 'LN03',
    ago: 8,
    then: [{ ago: 6, withdraw: '居民自己找人装好了，不用再办' }],
  },
  {
    asker: '龙平',
    title: '重复登记的路灯问题',
    matter: 'HW04',
    ago: 7,
    then: [{ ago: 7, withdraw: '重复登记，以前一单为准' }],
  },

  // Overdue.
  {
    asker: '彭志刚',
    title: '屋顶渗水没人管',
    words: '顶楼，下雨就渗，找物业三个月了，物业说维修资金不够。',
    matter: 'ZF03',
    ago: 9,
    then: [
      { ago: 8, note: '与物业沟通，对方答应本周处理。' },
      { ago: 4, note: '物业没有来，已再次催办。' },
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
