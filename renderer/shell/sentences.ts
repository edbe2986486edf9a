import type { ErrorCode } from '../../electron/contract/errors.ts'
import { codeOf, HostGone } from './client.ts'

/** What stands wrong in a field, by the problem's stable word. */
const problems: Record<string, string> = {
  required: '不能为空',
  text: '含有不能保存的字符，请重新输入',
  phone: '不像电话号码，请核对位数',
  'id-number': '身份证号不对，请核对 18 位数字和末位',
  'contradicts-id-number': '与身份证号里的不一致，请核对',
  door: '看不懂这个门牌，请写成 3栋2单元501 或 3-2-501',
  taken: '已经有人用这个名字，请加字区分',
  future: '不能晚于今天',
  'too-early': '太早了，请核对年份',
  'too-late': '太晚了，最多一年以后，请核对年份',
  'before-birth': '不能早于出生日期',
  'before-given': '不能早于同意的日期',
  'ends-too-early': '结束要晚于开始',
  overlap: '几段时间重叠了，请从早到晚填',
  outside: '不在这个学期或班组里，请核对',
  'before-first': '最后一天要在第一天之后',
  'before-from': '结束的一天不能早于开始的一天',
  'too-long': '时间太长，请分成几段',
  'other-day': '不是这一天的时间，请核对',
  'before-arrival': '不能早于签到的时间',
  'not-an-image': '不是照片，请换一张照片',
  'not-allowed': '档案里没有允许这样离开，请先核对',
  'not-earlier': '不能晚于现在的截止日期',
  'another-person': '这份档案是另一个孩子的，不能换人',
  'no-allergy': '这个孩子没有登记过敏',
  same: '是同一份档案，请另选一份',
  'asker-named': '已经选了来访人，不能再填',
  'name-given': '已经写了称呼，不能再选匿名',
  duplicate: '重复了，请去掉一个',
  lead: '主办的反馈请记成答复',
  'same-department': '现在就是它主办，请另选一家',
  ended: '里有一件已经撤回、上报或归档，不能再并，请去掉它',
  inactive: '已经停用，请另选一家',
  'not-working-day': '那天不上班，请换一个工作日',
  'not-later': '要晚于现在的期限',
  past: '不能早于今天',
  empty: '是空的，里面没有内容',
  unreadable: '读不到这个文件，可能已移走，或者是个文件夹',
  'too-large': '超过 20 MB，请拍小一些或分成几份',
  'unknown-type': '不是照片或 PDF。可以添加 JPEG、PNG、WebP 照片和 PDF',
  'not-a-photo': '不是照片，没有收进来',
  heic: '是 HEIC 格式的照片，这里打不开。请在手机“设置 → 相机 → 格式”里选“兼容性最佳”再拍，或转成 JPEG',
  svg: '是 SVG 图形，不能添加。请另存为 PNG 或 PDF',
  damaged: '文件不完整或已损坏，请重新拍照或重新导出',
  'too-many-pixels': '超过 5000 万像素，请把照片缩小后再添加',
  'too-old': '超过一年了，请核对年份',
  'before-visit': '不能早于走访那天',
  'not-met': '没有见到人，不能写见到谁',
  'other-door': '不是这一户的人，请去掉',
  'not-on-round': '上没有这一户，请用“记一次走访”',
  away: '这一户走访那天登记为空置或搬离。没见到人就选“空置”或“搬离”，见到了选“见面”',
  unknown: '没有这一项，请核对',
  'before-start': '结束要晚于开始，请核对',
  'across-midnight': '跨过半夜了，请分成两天、两个活动来记',
  'not-yet': '还没到这个时间，走了以后再记',
  'time-of-day': '看不懂，请写成 9:00 或 900',
  'more-than-a-day': '一天没有这么长，请核对',
  'not-both': '时间和时长只填一样',
  'own-activity': '本单位的活动要写到和离的时间',
  'longer-than-service': '休息比服务的时间还长，请核对',
  twice: '同一个人写了两次，请去掉一个',
  'before-joining': '那天还没有成为志愿者，请核对日期',
  'after-leaving': '那天已经退出，不能记',
  'consent-missing': '未成年，那天没有监护人同意，不能记时长',
  recorded: '在这个活动里已经有记录',
  left: '已经退出志愿者队伍',
  'below-sign-ups': '比已经报名的人还少，请核对',
  'other-colour': '和活动的颜色不一致，请另选一队',
  'before-activity': '不能早于活动那天',
  'after-record': '那天以前已经有服务记录，请写早一些',
  'before-record': '那天以后还有服务记录，请核对',
  departed: '已登记去世，不能登记为志愿者',
  fixed: '队伍的颜色定了不能换，请另建一支',
  'not-rising': '要一级比一级多',
  nought: '不能是 0',
  'not-positive': '要大于 0',
  'too-many': '已经存了 30 个，先删掉一两个',
  'nothing-confirmed': '这段时间没有确认过的服务时长',
  period: '起止日期不对，请核对',
  'not-reached': '还没评上，或不在当年的名单里',
  glyph: '有的字印不出来，请换个写法',
  'no-body': '设置里还没有写记录单位，请主任先写上',
  template: '花括号里的名字不认得，或没有写完，请核对',
  url: '要以 https:// 开头，不能带 # 号',
  too_big: '太长或太大，请精简',
  too_small: '太短或太小，请补充',
  invalid_type: '还没有填',
  invalid_value: '请重新选择',
  invalid_format: '格式不对',
}

/** What is wrong in a line of a certificate's template. */
const templateProblems: Record<string, string> = {
  tag: '标签或花括号没有成对，请核对',
  unknown: '花括号里的名字不认得，请核对',
  script: '不能有脚本，也不能不转义地放数据',
  outside: '不能从外面取图片、字体或样式',
  'too-long': '超过十万字了，请精简',
  'no-number': '模板里缺证书编号 {{number}}',
  'no-code': '模板里缺二维码 <img src="{{qr}}">',
}

/** What fields are called on screens; paths of the contract's inputs. */
const fieldNames: Record<string, string> = {
  name: '姓名',
  community: '社区名称',
  phone: '电话',
  phones: '电话',
  givenPhone: '电话',
  givenName: '称呼',
  idNumber: '身份证号',
  birth: '出生日期',
  sex: '性别',
  door: '门牌',
  title: '什么事',
  words: '原话',
  answer: '答复',
  text: '内容',
  reason: '原因',
  pin: 'PIN',
  old: '原 PIN',
  role: '岗位',
  address: '地址',
  hours: '办公时间',
  lockMinutes: '自动锁屏时间',
  area: '范围',
  duty: '职责',
  relation: '与户主关系',
  purpose: '用途',
  day: '日期',
  givenDay: '日期',
  note: '备注',
  channel: '渠道',
  askerId: '来访人',
  anonymous: '匿名',
  from: '要并入的档案',
  printer: '打印机',
  until: '日期',
  leadId: '主办单位',
  assistIds: '协办单位',
  assignmentId: '承办单位',
  missing: '还缺的材料',
  promised: '容缺的材料',
  consequence: '到期不补的后果',
  withIds: '要并的诉求',
  fileIds: '附件',
  workHours: '工作时间',
  'workHours.from': '上班时间',
  'workHours.to': '下班时间',
  amount: '时限',
  arriveHours: '报到时限',
  followUpDays: '回访时限',
  soonDays: '临期天数',
  ratingsShownFrom: '评价份数',
  task: '事项',
  rule: '依据',
  'notOurs.channel': '去处',
  category: '类别',
  papers: '材料',
  contact: '联系人',
  file: '附件',
  child: '孩子',
  childId: '孩子',
  school: '学校',
  grade: '年级',
  className: '班级',
  mark: '辨认标记',
  photoId: '照片',
  allergies: '过敏',
  health: '健康情况',
  insurance: '保险',
  agreementDay: '协议日期',
  guardians: '监护人',
  'guardians.name': '监护人姓名',
  'guardians.relation': '监护人关系',
  'guardians.phone': '监护人电话',
  idTail: '身份证后四位',
  fromDay: '从哪天',
  toDay: '到哪天',
  leftDay: '离开的日子',
  toldBy: '谁说的',
  groupId: '班组',
  firstDay: '第一天',
  lastDay: '最后一天',
  daysOff: '停课的日子',
  room: '教室',
  capacity: '名额',
  ratio: '每位老师看几人',
  arriveBy: '签到时间',
  leaveBy: '接走时间',
  teacherIds: '老师',
  checkedDay: '查询日期',
  happenedAt: '发生的时间',
  what: '经过',
  measures: '怎么处理的',
  escort: '护送的人',
  pickupId: '接的人',
  month: '月份',
  at: '时间',
  seen: '看到、听到的',
  told: '告诉了谁',
  toldAt: '告诉的时间',
  number: '编号',
  outcome: '结果',
  visitorIds: '走访人',
  householdIds: '要走的门',
  roundId: '走访单',
  metIds: '见到谁',
  followUpDay: '哪天再来',
  themes: '家里情况',
  needs: '要办的事',
  time: '时间',
  level: '评价',
  monthGoal: '月目标',
  intervals: '重点人群的天数',
  patrolItems: '日走访清单',
  operatorId: '操作员',
  visitorId: '走访人员',
  gridId: '网格',
  starts: '开始的时间',
  ends: '结束的时间',
  place: '地点',
  organiser: '组织单位',
  inCharge: '负责人',
  teamId: '队伍',
  colour: '颜色',
  arrived: '到的时间',
  left: '离开的时间',
  breakMinutes: '中间休息',
  minutes: '时长',
  volunteerId: '志愿者',
  volunteerIds: '志愿者',
  activityId: '活动',
  toMonth: '到哪个月',
  dayOfMonth: '每月几日',
  kind: '类别',
  content: '内容',
  personId: '居民',
  joinedDay: '加入日期',
  nationalNumber: '全国系统编号',
  nationalDay: '全国系统登记日期',
  skills: '专业技能',
  serviceKinds: '服务类别',
  leaderId: '队长',
  teamIds: '队伍',
  starHours: '星级的小时数',
  perHour: '每小时几分',
  perAttendance: '每次几分',
  points: '分数',
  giftId: '礼品',
  collector: '代领人',
  year: '年份',
  body: '记录单位',
  head: '负责人',
  agent: '经办人',
  verifier: '核验人',
  logoId: '标志',
  sealId: '印章',
  verifyUrl: '核验页网址',
  'wording.star': '星级证书的文字',
  'wording.pioneer': '先锋证书的文字',
  'wording.thanks': '感谢状的文字',
  'wording.noon-helper': '午间课堂证书的文字',
  html: '模板',
}

const conflicts: Record<string, string> = {
  changed: '刚才另一块屏幕先保存了。您输入的内容还在，没有覆盖对方的；请看一下现在的内容再保存。',
  step: '这件事的状态已经变了，现在不能这样办。请看最新进度。',
  duplicate: '已经有这条记录了，没有重复登记。',
  'last-manager': '这是最后一位主任，不能停用或改岗。请先添加另一位主任。',
  full: '这个班满了，没有放进去。请换一个班，或让主任加名额。',
  overlap: '和别的学期日子重叠了，没有保存。',
  'in-use': '它还在被使用，没有改动。',
  balance: '积分不够了，可能刚在另一块屏幕用过。没有兑换，积分和库存都没有动。',
  stock: '库存不够了，可能刚在另一块屏幕领走。没有兑换，积分和库存都没有动。',
  'set-up': '服务台已经设置好了，请直接登录。',
}

type Data = {
  fields?: { path: string; problem: string }[]
  because?: string
  seconds?: number
  problem?: string
}

/** 12 -> 12 秒, 90 -> 1 分 30 秒. */
export function secondsInWords(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  const minutes = Math.floor(whole / 60)
  if (minutes === 0) return `${whole} 秒`
  return whole % 60 === 0 ? `${minutes} 分钟` : `${minutes} 分 ${whole % 60} 秒`
}

const sentences: Record<ErrorCode, (data: Data) => string> = {
  INVALID: ({ fields }) => {
    const first = fields?.[0]
    if (!first) return '有内容填得不对，没有保存。请核对后再试。'
    return `${nameOf(first.path)}：${problemInWords(first.problem)}。还没有保存。`
  },
  NOT_FOUND: () => '找不到这条记录，可能刚被合并或停用。没有改动任何内容，请返回列表重新打开。',
  CONFLICT: ({ because }) => conflicts[because ?? ''] ?? '记录已经变了，没有保存。请重新打开后再试。',
  FORBIDDEN: () => '您的岗位不能做这件事，没有改动任何内容。需要时请找主任。',
  UNPAIRED: () => '这块屏幕还没有和服务台配对。请用服务台启动时给出的网址打开。',
  SIGNED_OUT: () => '登录已经结束，您输入的内容还在。请重新登录。',
  LOCKED: () => '屏幕已锁定，您输入的内容还在。请输入 PIN 解锁。',
  WRONG_PIN: ({ seconds }) =>
    seconds ? `PIN 不对，请等 ${secondsInWords(seconds)} 再试。` : 'PIN 不对，请再输一次。',
  WAIT: ({ seconds }) => `试得太多了，请等 ${secondsInWords(seconds ?? 1)} 再试。`,
  STORAGE_FULL: () => '磁盘满了，这一次没有保存；以前的数据都在，仍可查看。请腾出空间后再试。',
  STORAGE_READ_ONLY: () => '数据文件夹不能写入，这一次没有保存；以前的数据都在。请检查文件夹权限后再试。',
  PRINTER: ({ problem }) => `${printerProblem(problem)}已经开出的单据和编号都在，不会丢。`,
  TROUBLE: () => '数据文件现在不能用，没有改动任何内容。请看屏幕上的说明。',
}

/** What a printer or the PDF maker said, by the stable words of workbench/host.ts, in a clerk's words. */
const printerProblems: Record<string, string> = {
  'no-browser': '这台电脑缺少生成 PDF 的浏览器，请安装 Chrome、Edge 或 Chromium。',
  pdf: 'PDF 没有生成，请再试一次。',
  open: '没有打开看 PDF 的程序，请安装 PDF 阅读器，或者直接打印。',
  'no-printer': '找不到这台打印机，请换一台或检查连接。',
  queue: '打印机没有收下，请检查是否开机、有纸、连着线。',
  unsure: '打印机迟迟没有回话，请先看一眼纸出来没有，再决定要不要重打。',
  storage: '磁盘写不进去，请腾出空间后再试。',
  'too-small': '这台打印机装的纸比单据小，打不下。请换一台，或者换纸后在“设置 · 打印机”里改。',
  'not-withdrawn': '打印队列里还有上一份，撤不下来，所以没有再送。请先在打印机上取消它，或看它打出来没有。',
  interrupted: '还没有送出去，程序就停了。可以再送一次。',
  'no-paper': '看过了，纸没有出来。',
}

export function printerProblem(problem: string | undefined): string {
  return printerProblems[problem ?? ''] ?? '没有打印出来，请检查打印机是否开机、有纸。'
}

/** What the field at a path is called: `guardians.0.name` by `guardians.name`, else by `name`. */
function nameOf(path: string): string {
  const parts = path.split('.').filter((part) => !/^\d+$/.test(part))
  return fieldNames[parts.join('.')] ?? fieldNames[parts.at(-1) ?? ''] ?? '有一项'
}

/** One field's problem without the field's name: for the line under the field. */
export function problemInWords(problem: string): string {
  const [, line, word = ''] = /^line:(\d+):([a-z-]+)$/.exec(problem) ?? []
  if (line) return `第 ${line} 行${templateProblems[word] ?? '不对，请核对'}`
  return problems[problem] ?? '填得不对，请核对'
}

/** The problems of an INVALID error by path, in words; empty for any other error. */
export function fieldSentences(error: unknown): Record<string, string> {
  if (codeOf(error) !== 'INVALID') return {}
  const { fields = [] } = (error as { data?: Data }).data ?? {}
  return Object.fromEntries(fields.map(({ path, problem }) => [path, problemInWords(problem)]))
}

/** What happened, whether anything was lost, and what to do. The one place where a code becomes Chinese. */
export function sentenceFor(error: unknown): string {
  if (error instanceof HostGone) return '服务台程序没有响应，您输入的内容都还在。恢复后再试一次即可。'
  const code = codeOf(error)
  const say = code && sentences[code]
  if (!say)
    return '出了意外，这一步可能没有完成；您输入的内容还在。请再试一次，仍不行请记下时间告诉管理人员。'
  return say((error as { data?: Data }).data ?? {})
}
