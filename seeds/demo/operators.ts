import type { Role } from '../../electron/contract/access.ts'

/** The PIN of everybody in a demonstration or generated folder, shown on its sign-in screen. */
export const demoPin = '246810'

export const demoOperators: readonly { name: string; role: Role }[] = [
  { name: '演示主任', role: 'manager' },
  { name: '演示前台', role: 'clerk' },
  { name: '演示老师', role: 'teacher' },
  { name: '演示监督', role: 'auditor' },
  { name: '演示助教', role: 'teacher' },
]
