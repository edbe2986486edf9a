import type { themes } from '../../electron/contract/visit-records.ts'

/** What is said at doors, by theme; most say something about one or two of them. */
export const said: Record<(typeof themes)[number], readonly string[]> = {
  居住: ['自有住房，自住', '租住，合同到明年六月', '卫生间有渗水，已自己补过', '与父母同住，房子偏小'],
  就业: ['两人都在上班', '男方今年待业，在找工作', '在家带孩子，想找点零活', '退休，偶尔帮人看店'],
  健康: ['身体都好', '老人高血压，按时吃药', '腿脚不便，下楼要人扶', '上月住过院，恢复得好'],
  教育: ['孩子上小学，中午在午间课堂', '孩子读初三，成绩稳定', '孩子明年上幼儿园'],
  安全: ['燃气软管已换', '楼道有电动车充电，已提醒', '家里装了烟感'],
  困难: ['收入靠退休金，够用', '看病花费大，手头紧', '一人收入养一家'],
  建议: ['希望楼下多几盏灯', '希望周末有亲子活动', '建议小区门口划停车线'],
  其他: ['常年在外，过年回来', '养了一只狗，已办证'],
}
export const themeWeights = [30, 14, 26, 10, 12, 5, 8, 3]

/** What families ask for, with the category of the matter it mostly is. */
export const needs = [
  { theme: '居住', category: 'ZF', text: '顶楼漏雨，请物业来看看', title: '顶楼漏雨请物业来看' },
  { theme: '居住', category: 'ZF', text: '楼道灯坏了两层，晚上看不见', title: '楼道灯不亮' },
  { theme: '健康', category: 'LN', text: '老人想评居家养老，不知道找谁', title: '申请居家养老评估' },
  { theme: '健康', category: 'WJ', text: '想签家庭医生，请人上门量血压', title: '家庭医生上门' },
  { theme: '就业', category: 'JY', text: '想找离家近的工作', title: '想找离家近的工作' },
  { theme: '教育', category: 'WC', text: '想给孩子报午间课堂', title: '给孩子报午间课堂' },
  { theme: '困难', category: 'MZ', text: '看病自付多，问能不能申请救助', title: '看病花费大问救助' },
  { theme: '安全', category: 'HW', text: '楼下电动车乱充电，请管一管', title: '电动车飞线充电' },
  { theme: '建议', category: 'HW', text: '垃圾桶离得太近，夏天有味', title: '垃圾桶移位' },
] as const

export const others = ['', '', '', '', '', '租客', '保姆', '来带孩子的外婆'] as const
export const notes = [
  '',
  '',
  '',
  '',
  '门口贴了联系卡',
  '约好下次周末来',
  '邻居说白天上班，晚上在',
  '给了服务手册',
] as const
export const awayReasons = {
  vacant: ['邻居说一直没人住', '水电表一年没走', '房东说还没租出去'],
  moved: ['邻居说上月搬走了', '房东说退租了', '电话里说已搬去儿子家'],
} as const
export const voidReasons = ['记错门了', '同一次记了两遍'] as const
export const duties = { area: '网格员', households: '联户' } as const

export const patrolItems = [
  '消防通道',
  '电动车充电',
  '电梯运行',
  '楼道堆物',
  '环境卫生',
  '门岗值守',
  '公共照明',
  '居民投诉处理',
] as const
export const findings = [
  '3栋消防通道停了两辆车，已请门岗联系车主',
  '楼梯间拉线充电，物业当场收走',
  '2单元电梯异响，已报维保',
  '地下室堆放纸板，限两天清走',
  '西门垃圾满溢，通知保洁',
] as const
export const companyNames = ['示例一物业', '示例二物业', '示例三物业', '示例四物业'] as const
export const employers = ['示例超市', '示例公交公司', '自由职业', '示例中学', '退休'] as const
