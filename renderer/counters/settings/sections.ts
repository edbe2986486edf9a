import { defineAsyncComponent, type Component } from 'vue'
import type { Role } from '../../../electron/contract/access.ts'
import type { IconName } from '../../components/icons.ts'

const everyone: readonly Role[] = ['clerk', 'teacher', 'manager', 'auditor']

export type Section = {
  id: string
  name: string
  hint: string
  icon: IconName
  roles: readonly Role[]
  component: Component
}

const overseers: readonly Role[] = ['manager', 'auditor']
/** Visits, volunteers and certificates are no business of the teachers. */
const visiting: readonly Role[] = ['clerk', 'manager', 'auditor']

/** The parts of 设置, in order; who may not look does not see the entry (the core refuses them anyway). */
export const sections: readonly Section[] = [
  {
    id: 'community',
    name: '社区',
    hint: '名称、电话、字号、锁屏',
    icon: 'building',
    roles: everyone,
    component: defineAsyncComponent(() => import('./CommunitySection.vue')),
  },
  {
    id: 'operators',
    name: '操作员',
    hint: '谁能登录、岗位、PIN',
    icon: 'people',
    roles: overseers,
    component: defineAsyncComponent(() => import('./OperatorsSection.vue')),
  },
  {
    id: 'grids',
    name: '网格',
    hint: '名称、范围、户数',
    icon: 'grid',
    roles: everyone,
    component: defineAsyncComponent(() => import('./GridsSection.vue')),
  },
  {
    id: 'visitors',
    name: '走访人员与片区',
    hint: '谁走访、包片联户管线',
    icon: 'visits',
    roles: visiting,
    component: defineAsyncComponent(() => import('./visits/VisitorsSection.vue')),
  },
  {
    id: 'visit-rules',
    name: '走访规则',
    hint: '月目标、重点人群、日走访清单',
    icon: 'clock',
    roles: visiting,
    component: defineAsyncComponent(() => import('./visits/VisitRulesSection.vue')),
  },
  {
    id: 'companies',
    name: '物业公司',
    hint: '日走访去哪几家',
    icon: 'building',
    roles: visiting,
    component: defineAsyncComponent(() => import('./visits/CompaniesSection.vue')),
  },
  {
    id: 'volunteer-rules',
    name: '志愿服务规则',
    hint: '星级、确认期限、积分到期',
    icon: 'clock',
    roles: visiting,
    component: defineAsyncComponent(() => import('./volunteers/VolunteerRulesSection.vue')),
  },
  {
    id: 'teams',
    name: '志愿队伍',
    hint: '七彩队伍、队长、队员',
    icon: 'volunteers',
    roles: visiting,
    component: defineAsyncComponent(() => import('./volunteers/TeamsSection.vue')),
  },
  {
    id: 'point-rules',
    name: '积分规则',
    hint: '服务和培训得几分',
    icon: 'gift',
    roles: visiting,
    component: defineAsyncComponent(() => import('./volunteers/PointRulesSection.vue')),
  },
  {
    id: 'certificates',
    name: '证书内容',
    hint: '单位、签名、印章、文字',
    icon: 'document',
    roles: visiting,
    component: defineAsyncComponent(() => import('./certificates/ContentSection.vue')),
  },
  {
    id: 'certificate-templates',
    name: '证书模板',
    hint: '每种证书的版面',
    icon: 'pencil',
    roles: visiting,
    component: defineAsyncComponent(() => import('./certificates/TemplatesSection.vue')),
  },
  {
    id: 'certificate-keys',
    name: '核验密钥',
    hint: '公钥、核验页、更换',
    icon: 'key',
    roles: visiting,
    component: defineAsyncComponent(() => import('./certificates/KeysSection.vue')),
  },
  {
    id: 'rules',
    name: '受理规则',
    hint: '工作时间、时限、不归社区的事',
    icon: 'clock',
    roles: everyone,
    component: defineAsyncComponent(() => import('./RulesSection.vue')),
  },
  {
    id: 'departments',
    name: '承办单位',
    hint: '街道、部门、物业、网格',
    icon: 'phone',
    roles: everyone,
    component: defineAsyncComponent(() => import('./DepartmentsSection.vue')),
  },
  {
    id: 'matters',
    name: '事项目录',
    hint: '事项、时限、要带的材料',
    icon: 'document',
    roles: everyone,
    component: defineAsyncComponent(() => import('./MattersSection.vue')),
  },
  {
    id: 'printers',
    name: '打印机',
    hint: '哪种单据用哪台、校正、测试页',
    icon: 'print',
    roles: everyone,
    component: defineAsyncComponent(() => import('./PrintersSection.vue')),
  },
  {
    id: 'child-protection',
    name: '未成年人保护',
    hint: '疑似侵害的报告',
    icon: 'warn',
    roles: overseers,
    component: defineAsyncComponent(() => import('../enquiries/harm/HarmLog.vue')),
  },
  {
    id: 'data',
    name: '数据与备份',
    hint: '文件夹、备份、检查',
    icon: 'folder',
    roles: overseers,
    component: defineAsyncComponent(() => import('./DataSection.vue')),
  },
  {
    id: 'audit',
    name: '审计',
    hint: '谁在什么时候做了什么',
    icon: 'shield',
    roles: overseers,
    component: defineAsyncComponent(() => import('./AuditSection.vue')),
  },
  {
    id: 'pin',
    name: '我的 PIN',
    hint: '修改登录和解锁的 PIN',
    icon: 'key',
    roles: everyone,
    component: defineAsyncComponent(() => import('./PinSection.vue')),
  },
  {
    id: 'about',
    name: '关于',
    hint: '版本、许可',
    icon: 'info',
    roles: everyone,
    component: defineAsyncComponent(() => import('./AboutSection.vue')),
  },
]
