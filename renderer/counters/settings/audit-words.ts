import { stepWords } from '../enquiries/words.ts'

/** What was done, by the audit's `counter.verb`. An unknown one is shown as it is: better odd than hidden. */
const actions: Record<string, string> = {
  'session.setup': '第一次设置服务台',
  'session.restore': '从备份恢复',
  'session.pair': '配对一块屏幕',
  'session.sign-in': '登录或解锁',
  'session.confirm': '第二人用 PIN 确认',
  'session.wrong-pin': 'PIN 输错',
  'session.clock-set-back': '电脑时间往回拨',
  'session.add-operator': '添加操作员',
  'session.change-operator': '修改操作员',
  'session.reset-pin': '重设 PIN',
  'session.change-pin': '修改自己的 PIN',
  'settings.change-community': '修改社区设置',
  'settings.change-rules': '修改受理规则',
  'grid.save': '修改网格',
  'department.save': '修改承办单位',
  'matter.save': '修改事项目录',
  'household.add': '登记住户',
  'household.change': '修改住户',
  'person.register': '登记居民',
  'person.change': '修改居民',
  'person.depart': '标记迁出或去世',
  'person.read': '查看未成年人档案',
  'person.reveal': '查看完整号码',
  'person.merge': '合并居民',
  'person.unmerge': '拆开合并',
  'person.consent': '登记同意书',
  'person.withdraw-consent': '撤回同意',
  'enquiry.reveal': '咨询：查看完整电话',
  'enquiry.archive-closed': '咨询：批量归档',
  'enquiry.rate': '咨询：居民评价',
  'enquiry.save-filter': '存下常用筛选',
  'enquiry.delete-filter': '删去常用筛选',
  'harm.report': '记入未成年人保护报告',
  'harm.read': '查看未成年人保护报告',
  'noon.save-term': '午间课堂：修改学期',
  'noon.save-group': '午间课堂：修改班',
  'noon.check-staff': '午间课堂：记背景核查',
  'noon.read-child': '查看午间课堂学生档案',
  'noon.save-child': '午间课堂：登记或修改学生',
  'noon.add-pickup': '午间课堂：添加接送人',
  'noon.end-pickup': '午间课堂：停用接送人',
  'noon.enrol': '午间课堂：进班',
  'noon.change-group': '午间课堂：换班',
  'noon.withdraw': '午间课堂：退出',
  'noon.new-badge': '午间课堂：换胸牌',
  'noon.reveal': '查看家长完整电话',
  'noon.add-leave': '午间课堂：记请假',
  'noon.cancel-leave': '午间课堂：取消请假',
  'noon.arrive': '午间课堂：签到',
  'noon.undo': '午间课堂：撤回一笔',
  'noon.release': '午间课堂：接走',
  'noon.escort': '午间课堂：护送回校',
  'noon.authorise-once': '午间课堂：当天临时授权',
  'noon.absence': '午间课堂：说明缺席',
  'noon.call': '午间课堂：记一次电话',
  'noon.tray': '午间课堂：核对餐盘',
  'noon.export': '导出午间课堂考勤表',
  'noon.child-copy': '打印学生档案给监护人',
  'incident.report': '记入午间课堂事件',
  'incident.sign-off': '签阅午间课堂事件',
  'document.issue': '开具单据',
  'document.show': '查看单据',
  'document.open': '打开单据',
  'document.print': '打印单据',
  'file.store': '添加附件',
  'file.open': '查看附件',
  'file.sweep': '清理没有用上的附件',
  'print-job.queued': '打印排队',
  'print-job.sending': '正在送打印',
  'print-job.spooled': '已送打印机',
  'print-job.printed': '确认已打出',
  'print-job.failed': '没有打出',
  'print-job.check': '重启后待查看纸张',
}

const subjects: Record<string, { name: string; path?: string }> = {
  operator: { name: '操作员' },
  device: { name: '屏幕' },
  settings: { name: '设置' },
  grid: { name: '网格' },
  department: { name: '承办单位' },
  matter: { name: '事项' },
  household: { name: '住户', path: '/households' },
  person: { name: '居民', path: '/people' },
  'person-reveal': { name: '居民', path: '/people' },
  enquiry: { name: '咨询', path: '/enquiries' },
  'enquiry-reveal': { name: '咨询', path: '/enquiries' },
  term: { name: '学期' },
  'class-group': { name: '午间课堂的班' },
  'staff-check': { name: '操作员' },
  'noon-child': { name: '学生', path: '/noon/children' },
  'child-read': { name: '学生', path: '/noon/children' },
  'child-reveal': { name: '学生', path: '/noon/children' },
  noon: { name: '学生', path: '/noon/children' },
  'noon-export': { name: '午间课堂的班' },
  'noon-copy': { name: '学生', path: '/noon/children' },
  incident: { name: '事件', path: '/noon/incidents' },
  document: { name: '单据' },
  file: { name: '附件' },
  harm: { name: '未成年人保护报告' },
  'harm-log': { name: '未成年人保护报告' },
  'saved-filter': { name: '常用筛选' },
  'file-copy': { name: '附件' },
  'print-job': { name: '打印' },
}

const steps: Record<string, string> = stepWords

export function actionWords(action: string): string {
  const [counter, verb = ''] = action.split('.')
  const step = counter === 'enquiry' ? steps[verb] : undefined
  return actions[action] ?? (step ? `咨询：${step}` : action)
}

/** `enquiry:12` -> 咨询 #12 with its page; the audit holds ids, never names. */
export function subjectWords(subject: string): { text: string; path: string | null } {
  const [word = '', id] = subject.split(':')
  const known = subjects[word]
  if (!known) return { text: subject, path: null }
  const text = id ? `${known.name} #${id}` : known.name
  return { text, path: known.path && id ? `${known.path}/${id}` : null }
}
