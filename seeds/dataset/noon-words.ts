/** What is said and written about the noon class. */
export const schools = ['示例小学', '示例二小'] as const
export const allergies = ['花生', '牛奶', '鸡蛋', '海鲜', '芒果', '花生、鸡蛋'] as const
export const health = ['', '', '', '', '哮喘，书包里有药', '视力不好，坐前排', '容易流鼻血'] as const
export const marks = ['高个子', '短头发', '戴眼镜', '马尾辫', '圆脸'] as const
export const rooms = ['阳光教室', '青苗教室', '候鸟亭', '阅览室', '多功能室'] as const
export const escorts = ['黄老师', '唐老师', '彭老师'] as const
export const leaveReasons = ['发烧在家休息', '去医院看牙', '家里有事', '外出比赛', '中午回家吃饭'] as const
export const leftReasons = ['转学', '家长辞职在家，自己带', '改去爷爷奶奶家'] as const
export const forbiddenReasons = [
  '离婚判决由另一方抚养，未经其同意不得接走，判决书复印件在档案',
  '监护人书面要求：不得由此人接走',
] as const
export const otherReason = '家长说下午再补假条' as const
export const wrongTaps = '点错了人' as const
export const signOffs = [
  '已看过经过和处理，同意归档',
  '已与家长沟通，教室地面加防滑垫',
  '处理及时，组会上提醒过',
] as const
export const additions = ['家长来电：已看医生，无大碍', '第二天随访，孩子已好'] as const

export const incidents = [
  {
    kind: 'injury',
    what: '追跑时摔倒，右膝擦破皮',
    measures: '清水冲洗，碘伏消毒，贴创可贴',
    called: ['监护人'],
  },
  {
    kind: 'illness',
    what: '午饭后说肚子疼，脸色发白',
    measures: '躺下休息，量体温36.8℃，家长来接',
    called: ['监护人'],
  },
  {
    kind: 'allergy',
    what: '吃了同学给的饼干，嘴唇发红发痒',
    measures: '漱口，停止进食，观察，联系家长和社区卫生服务中心',
    called: ['监护人', '社区卫生服务中心', '主任'],
  },
  {
    kind: 'quarrel',
    what: '两人争座位推搡，没有受伤',
    measures: '分开坐下，各自说明，互相道歉',
    called: ['监护人'],
  },
  {
    kind: 'stranger',
    what: '一名成年人称受托来接，不在名单上，也说不出班级',
    measures: '没有交人，当场给监护人打电话，对方离开',
    called: ['监护人', '主任'],
  },
  {
    kind: 'left-alone',
    what: '没有登记就自己走到大门口，被门卫拦下',
    measures: '带回教室，联系家长，门口加派一人',
    called: ['监护人', '主任'],
  },
] as const
/** Scrapes are common, strangers are not. */
export const incidentWeights = [50, 22, 4, 18, 3, 3]
