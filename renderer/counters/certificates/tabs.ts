import type { PageTab } from '../../components/page-tab.ts'

/**
 * The pages of the certificates, in the order of the work. `open`: only there while a wish waits for a second person, or an
 * approved one to be issued.
 */
export const tabs: readonly (PageTab & { open?: true })[] = [
  { path: '/certificates', name: '开具与登记', on: /^\/certificates(\/\d+|\/new)?$/ },
  { path: '/certificates/requests', name: '审批', on: /^\/certificates\/requests$/, open: true },
  { path: '/certificates/batches', name: '批量', on: /^\/certificates\/batches(\/|$)/ },
  { path: '/certificates/check', name: '核验', on: /^\/certificates\/check$/ },
]
