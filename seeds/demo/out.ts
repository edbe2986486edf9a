import type { Question } from './questions.ts'

const drains = '环卫所'
const enforcement = '街道城管执法中队'
const housing = '区住房和城乡建设局'
const police = '派出所'
const [firstProperty, secondProperty, thirdProperty] = ['物业公司（一）', '物业公司（二）', '物业公司（三）']

/** Enquiries that went out to departments, and those that wait for papers: each shows one list or state. */
export const out: Question[] = [
  // Answered, called back, rated.
  {
    asker: '袁杰',
    title: '楼道墙面渗水找不到源头',
    matter: 'ZF04',
    ago: 20,
    then: [
      { ago: 20, hour: 11, dispatch: thirdProperty, task: '请上门查明渗水源头。' },
      { ago: 19, hour: 10, arrive: thirdProperty },
      { ago: 16, answer: '查明为屋面落水管破裂，已更换，三天未再渗。' },
      { ago: 14, followUp: 'content', text: '已不渗水，居民表示感谢。' },
      { ago: 14, hour: 15, rate: 5, reasons: ['真解决了', '办得快'] },
    ],
  },
  {
    asker: '姚淑清',
    title: '小区垃圾桶太少',
    matter: 'HW01',
    ago: 18,
    then: [
      { ago: 18, hour: 10, dispatch: drains, task: '请核实东院3栋周边桶数。' },
      { ago: 17, hour: 9, arrive: drains },
      { ago: 16, answer: '按户数已配足，加桶需占消防通道，改为每天多收一次。', kind: 'explained' },
      { ago: 13, followUp: 'discontent', text: '居民认为还是不够。' },
      { ago: 12, rate: 3 },
    ],
  },
  // Not the community's task.
  {
    asker: '司马云',
    title: '要社区开无犯罪记录证明',
    matter: 'HJ01',
    channel: '微信',
    ago: 12,
    then: [{ ago: 12, hour: 11, refer: '开具无犯罪记录证明', reason: '社区没有查询权限，已告知居民去处' }],
  },
  // To call back: in time, tried once, overdue.
  {
    asker: '查文慧',
    title: '窨井冒臭味',
    words: '西院2栋门口，天一热就有味。',
    matter: 'HW03',
    ago: 7,
    then: [
      { ago: 7, hour: 11, dispatch: drains, task: '请清掏并消杀。' },
      { ago: 6, hour: 9, arrive: drains, via: '微信' },
      { ago: 1, answer: '已清掏两处窨井并加装防臭盖。' },
    ],
  },
  {
    asker: '何倩',
    title: '占道停车堵住消防通道',
    matter: 'ZF07',
    channel: '电话',
    ago: 6,
    then: [
      { ago: 6, hour: 11, dispatch: '消防救援站', assist: [firstProperty], task: '请现场劝离并划线。' },
      { ago: 6, hour: 14, arrive: '消防救援站' },
      { ago: 5, arrive: firstProperty },
      { ago: 4, report: firstProperty, text: '已补划禁停线，加装两根隔离柱。' },
      { ago: 2, hour: 10, answer: '通道已清开，列入每周巡查。' },
      { ago: 1, call: '电话没人接，下午再打。' },
    ],
  },
  {
    name: '胡女士',
    title: '夜里广场音响太吵',
    matter: 'HW02',
    channel: '电话',
    ago: 8,
    then: [
      { ago: 8, hour: 11, dispatch: police, task: '请上门劝导。' },
      { ago: 7, hour: 9, arrive: police },
      { ago: 5, answer: '已与领队约定九点前结束，暂未达到处罚标准。', kind: 'explained' },
    ],
  },
  // A whistle: one has come and reported, one has come, one should have.
  {
    asker: '贺春生',
    title: '化粪池满溢，污水流到路上',
    words: '工人村7栋后面，臭得开不了窗，孩子上学要绕路。',
    matter: 'HW03',
    ago: 2,
    then: [
      {
        ago: 2,
        hour: 10,
        dispatch: drains,
        assist: [secondProperty, enforcement, '第五网格'],
        task: '今天清掏，围挡路面；物业查管道，城管协助疏导。',
      },
      { ago: 2, hour: 11, arrive: drains },
      { ago: 2, hour: 11, arrive: '第五网格', via: '当面' },
      { ago: 1, hour: 10, report: '第五网格', text: '已拉警戒带，通知各户暂停排水。' },
      { ago: 1, arrive: enforcement, via: '微信' },
    ],
  },
  // Overdue at the department, though it was urged.
  {
    asker: '仇志明',
    title: '楼道灯常年不亮，物业不修',
    matter: 'ZF03',
    ago: 9,
    then: [
      { ago: 9, hour: 11, dispatch: firstProperty, task: '请检修4栋1单元楼道灯。' },
      { ago: 8, hour: 10, arrive: firstProperty },
      { ago: 3, remind: firstProperty, text: '已过时限，请今天内反馈。' },
      { ago: 2, ask: '来窗口问，已告知催办过一次。' },
    ],
  },
  // Nobody has reported yet, and the time for it is over.
  {
    asker: '曾桂香',
    title: '外墙砖松动，怕掉下来',
    words: '西院2栋东头三楼位置，下面是孩子上学的路。',
    matter: 'ZF05',
    channel: '网格上报',
    ago: 2,
    then: [{ ago: 2, hour: 10, dispatch: housing, task: '请派人鉴定并排险。' }],
  },
  // Given back, and out again.
  {
    asker: '解红梅',
    title: '楼下烧烤店油烟太大',
    matter: 'HW03',
    ago: 4,
    then: [
      { ago: 4, hour: 11, dispatch: drains, task: '请核实油烟净化设施。' },
      { ago: 3, hour: 9, giveBack: drains, reason: '餐饮油烟不归环卫管' },
      { ago: 3, hour: 10, dispatch: enforcement, task: '请检查油烟净化设施。' },
      { ago: 3, hour: 11, arrive: enforcement },
    ],
  },
  // Passed on, and waiting for the resident.
  {
    asker: '曾小军',
    title: '水压太低，洗澡打不着火',
    matter: 'ZF04',
    ago: 4,
    then: [
      { ago: 4, hour: 10, dispatch: secondProperty, task: '请查水压。' },
      { ago: 3, hour: 10, transfer: '供水公司', reason: '物业查明是市政管网压力不足' },
      { ago: 3, arrive: '供水公司' },
      { ago: 2, wait: '家里白天没人，等居民约时间' },
    ],
  },
  // Extended, with the reason that the resident was told.
  {
    asker: '龙平',
    title: '单元门禁坏了',
    matter: 'ZF03',
    ago: 6,
    then: [
      { ago: 6, hour: 11, dispatch: thirdProperty, task: '请维修门禁。' },
      { ago: 5, hour: 9, arrive: thirdProperty },
      { ago: 2, extend: 5, reason: '主板要厂家寄来，预计一周' },
    ],
  },
  // One leak, four households.
  {
    asker: '易春华',
    title: '家里地面返潮，水管有响声',
    matter: 'ZF04',
    ago: 4,
  },
  { asker: '谭丽娟', title: '卫生间天花板滴水', matter: 'ZF04', ago: 4 },
  { asker: '杨春梅', title: '墙面渗水起皮', matter: 'ZF04', channel: '微信', ago: 3 },
  {
    asker: '朱晓明',
    title: '厨房顶上漏水',
    matter: 'ZF04',
    ago: 3,
    then: [
      {
        ago: 2,
        hour: 9,
        link: '北苑4栋1单元漏水',
        with: ['家里地面返潮，水管有响声', '卫生间天花板滴水', '墙面渗水起皮'],
      },
      { ago: 2, hour: 10, dispatch: secondProperty, task: '四户同一根立管，请一起查。' },
      { ago: 2, hour: 11, arrive: secondProperty },
    ],
  },
  // Papers: waited for, and promised for today.
  {
    asker: '欧阳光',
    subject: '于凡',
    title: '给岳父申请护理补贴',
    matter: 'LN06',
    ago: 5,
    then: [{ ago: 5, hour: 10, notice: 2 }],
  },
  {
    asker: '廖德海',
    subject: '姚淑清',
    title: '给老伴申请适老化改造',
    matter: 'LN03',
    ago: 5,
    then: [{ ago: 5, hour: 11, promise: 1, consequence: '逾期不补，按不予受理处理' }],
  },
]
