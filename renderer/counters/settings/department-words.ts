import type { Department } from '../../../electron/contract/departments.ts'

/** What kind of department it is, in the order of the choice. */
export const kindNames: Record<Department['kind'], string> = {
  street: '街道',
  functional: '职能单位',
  property: '物业',
  grid: '网格',
  other: '其他',
}
