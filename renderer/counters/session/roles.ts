import type { Role } from '../../../electron/contract/access.ts'

/** Roles as they are said at the desk. */
export const roleNames: Record<Role, string> = {
  clerk: '前台',
  teacher: '老师',
  manager: '主任',
  auditor: '监督',
}

/** What each may do, for the one who gives roles. */
export const roleDuties: Record<Role, string> = {
  clerk: '受理咨询，登记居民，打印单据',
  teacher: '午间课堂和所带的孩子；可以查看居民和咨询',
  manager: '全部工作，加上操作员、备份和设置',
  auditor: '只看不改：记录、备份和审计',
}

/** In the order they are offered. Not taken from the contract's own list: that would bring zod to the first screen. */
export const roles = Object.keys(roleNames) as Role[]
