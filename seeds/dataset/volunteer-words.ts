import type { Colour } from '../../electron/contract/volunteer-fields.ts'

/** What each colour does on a 28th: name, place, content. */
export const teamWork: Record<Colour, { name: string; place: string; content: string }> = {
  red: { name: '28日·慰问困难家庭', place: '社区各楼栋', content: '看望独居老人，送米油，打扫屋子' },
  orange: { name: '28日·陪读助学', place: '党群服务中心二楼', content: '辅导作业，陪孩子读书' },
  yellow: { name: '28日·平安巡逻', place: '东院至西院', content: '查消防通道，劝离飞线充电' },
  green: { name: '28日·清洁家园', place: '社区广场', content: '清理楼道杂物，捡拾垃圾' },
  cyan: { name: '28日·法律咨询', place: '党群服务中心一楼', content: '接待咨询，代写文书' },
  blue: { name: '28日·家电维修', place: '社区广场', content: '修小家电，查用电安全' },
  purple: { name: '28日·健康义诊', place: '党群服务中心一楼', content: '量血压、测血糖，讲用药' },
}

export const singles = [
  { name: '文艺演出秩序维护', place: '社区广场', content: '引导座位，维持秩序' },
  { name: '垃圾分类宣传', place: '南苑门口', content: '发放资料，指导投放' },
  { name: '重阳节包饺子', place: '党群服务中心一楼', content: '和老人一起包饺子' },
  { name: '学雷锋便民服务', place: '社区广场', content: '理发、磨刀、配钥匙' },
  { name: '反诈宣传', place: '北苑门口', content: '讲案例，帮老人装软件' },
] as const
export const trainings = [
  { name: '新志愿者培训', place: '党群服务中心二楼', content: '服务礼仪、记录要求' },
  { name: '急救培训', place: '党群服务中心二楼', content: '心肺复苏，止血包扎' },
] as const
export const partyDuties = [
  { name: '主题党日', place: '党群服务中心二楼', content: '党员学习和义务劳动' },
] as const
export const elsewhere = [
  { name: '街道文明劝导', place: '主路口', content: '文明劝导', organiser: '示例街道志愿服务队' },
  { name: '献血车引导', place: '步行街', content: '引导献血', organiser: '示例红十字会' },
] as const

export const skills = ['水电维修', '理发', '心理疏导', '法律咨询', '摄影', '急救', '写字画画', '电脑', '烹饪']
export const serviceKinds = ['扶贫帮困', '青少年服务', '治安巡逻', '环境保护', '卫生保健', '文体活动']

export const lateReasons = ['送孩子上学', '路上耽搁', '单位临时有事'] as const
export const earlyReasons = ['接孩子', '身体不舒服', '家里有事'] as const
export const flagReasons = ['两边都去了，时间核对过', '全天保障，中间休息过', '收尾晚走'] as const
export const reversalReasons = ['签到表看错了行', '没有到场，代签的', '同名的人记错了'] as const
export const leaveReasons = ['搬走了', '年纪大了', '工作忙，以后再来'] as const

/** Gifts with their price in points. */
export const gifts = [
  { name: '毛巾', points: 10 },
  { name: '洗衣液', points: 30 },
  { name: '食用油', points: 60 },
  { name: '大米', points: 80 },
  { name: '保温杯', points: 50 },
] as const
