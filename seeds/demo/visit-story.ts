import type { NewNeed } from '../../electron/counters/visits/needs.ts'
import type { NewVisit } from '../../electron/counters/visits/visits.ts'

/** A visit of the demo that shows one thing. Days are working days before today; people by their keys. */
export type VisitStory = Partial<Pick<NewVisit, 'outcome' | 'themes' | 'note' | 'metOthers'>> & {
  /** Whose door. */
  at: string
  ago: number
  time: string
  needs?: (Pick<NewNeed, 'theme' | 'text'> & {
    /** As a numbered enquiry, under a code of the catalogue; left out: only noted. */
    raised?: { title: string; matter: string; answered?: { ago: number; answer: string } }
  })[]
  /** Calendar days from today on which somebody wants to come again; before today it is late. */
  followUp?: number
  /** Crossed out on the same day. */
  voided?: string
  /** The form was gone through at the door. */
  registered?: { tenure: '自有' | '租住' | '公房' }
  /** A drawn photo of the door, taken then; marked as showing a child. */
  photo?: { name: string; child?: true }
}

export const stories: VisitStory[] = [
  // What she asked for was done: the next visit shows it.
  {
    at: '王秀兰',
    ago: 24,
    time: '10:20',
    themes: [
      { theme: '居住', text: '一个人住五楼，楼梯上下吃力' },
      { theme: '健康', text: '听力下降，血压按时量' },
    ],
    needs: [
      {
        theme: '健康',
        text: '洗澡怕滑倒，想在卫生间装扶手',
        raised: {
          title: '卫生间装扶手',
          matter: 'LN03',
          answered: { ago: 9, answer: '评估后已装好扶手，老人试过能用。' },
        },
      },
    ],
    registered: { tenure: '自有' },
    photo: { name: 'door' },
  },
  {
    at: '彭志刚',
    ago: 6,
    time: '15:10',
    themes: [{ theme: '困难', text: '妻子手术后在家休养，靠低保' }],
    needs: [
      {
        theme: '困难',
        text: '手术自付部分大，问医疗救助还能不能报',
        raised: { title: '手术后问医疗救助', matter: 'MZ05' },
      },
    ],
    registered: { tenure: '公房' },
    photo: { name: 'leak' },
  },
  {
    at: '贺春生',
    ago: 4,
    time: '16:05',
    themes: [{ theme: '教育', text: '孙女二年级，父母在外地' }],
    needs: [
      {
        theme: '教育',
        text: '孩子父母都在外地，问能不能申请保障',
        raised: { title: '留守儿童保障怎么申请', matter: 'WC01' },
      },
    ],
  },
  // Noted, and not taken up yet.
  {
    at: '单国强',
    ago: 5,
    time: '09:40',
    themes: [{ theme: '建议', text: '希望教老人用手机挂号' }],
    needs: [{ theme: '建议', text: '想学用手机挂号' }],
    registered: { tenure: '自有' },
  },
  // Somebody promised to come again: today, and two days ago.
  {
    at: '蒋凤莲',
    ago: 11,
    time: '17:00',
    themes: [{ theme: '困难', text: '祖孙两人，退休金一千八' }],
    followUp: 0,
    registered: { tenure: '公房' },
    photo: { name: 'iron-door', child: true },
  },
  { at: '李建国', ago: 8, time: '10:00', outcome: 'refused', note: '说这两天忙，下周再来', followUp: -2 },
  {
    at: '谭丽娟',
    ago: 5,
    time: '18:10',
    themes: [{ theme: '居住', text: '楼上已修，没有再漏' }],
    followUp: 9,
  },
  // Twice on one day: it counts once.
  { at: '张薇', ago: 7, time: '10:05', outcome: 'nobody', note: '邻居说送孩子去了' },
  {
    at: '张薇',
    ago: 7,
    time: '16:20',
    themes: [{ theme: '教育', text: '孩子明年上小学' }],
    registered: { tenure: '自有' },
  },
  { at: '杨春梅', ago: 9, time: '11:00', outcome: 'nobody', voided: '记错门了，去的是302' },
  { at: '熊波', ago: 20, time: '09:30', outcome: 'moved', note: '房东说一家人已退租' },
  {
    at: '张伟48',
    ago: 3,
    time: '18:30',
    themes: [{ theme: '安全', text: '家里装了烟感' }],
    registered: { tenure: '自有' },
  },
  {
    at: '袁杰',
    ago: 12,
    time: '19:00',
    metOthers: '合租的同事',
    themes: [{ theme: '居住', text: '三人合租，合同到明年三月' }],
    registered: { tenure: '租住' },
  },
]
