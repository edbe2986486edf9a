import type { Colour } from '../../electron/contract/volunteer-fields.ts'

export const organiser = '演示社区七彩志愿联盟'

type Work = { name: string; place: string; content: string; starts: string; ends: string }

/** What each colour does, for the 28ths of the year. */
export const works: Record<Colour, Work> = {
  red: {
    name: '慰问困难家庭',
    place: '各楼栋',
    content: '看望独居老人，打扫屋子',
    starts: '08:30',
    ends: '11:00',
  },
  orange: {
    name: '陪读助学',
    place: '二楼阅览室',
    content: '辅导作业，陪孩子读书',
    starts: '09:00',
    ends: '11:30',
  },
  yellow: {
    name: '平安巡逻',
    place: '东院至西院',
    content: '查消防通道，劝离飞线充电',
    starts: '14:00',
    ends: '17:00',
  },
  green: {
    name: '清洁家园',
    place: '社区广场',
    content: '清理楼道杂物，捡拾垃圾',
    starts: '08:30',
    ends: '11:00',
  },
  cyan: {
    name: '法律咨询',
    place: '一楼大厅',
    content: '接待咨询，代写文书',
    starts: '09:00',
    ends: '11:00',
  },
  blue: {
    name: '家电维修',
    place: '社区广场',
    content: '修小家电，查用电安全',
    starts: '09:00',
    ends: '12:00',
  },
  purple: {
    name: '健康义诊',
    place: '一楼大厅',
    content: '量血压、测血糖，讲用药',
    starts: '08:30',
    ends: '11:30',
  },
}

export const gifts = [
  { name: '毛巾', points: 8, stock: 40, description: '纯棉，两条一盒' },
  { name: '洗衣液', points: 20, stock: 12, description: '2 公斤' },
  { name: '食用油', points: 40, stock: 6, description: '5 升一桶' },
  // The last one of it stands in the cupboard.
  { name: '保温杯', points: 30, stock: 1, description: '500 毫升' },
  { name: '雨伞', points: 12, stock: 1, description: '长柄' },
] as const

export const skills = ['水电维修', '理发', '心理疏导', '急救', '摄影', '写字画画']
export const serviceKinds = ['扶贫帮困', '青少年服务', '治安巡逻', '环境保护', '卫生保健']
