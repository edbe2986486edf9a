/**
 * The pages of the certificates, in the order of the work. `on`: under which addresses it is the one that is open.
 * `serves`: for those who issue. `waiting`: only there while somebody waits for a second person.
 */
export const tabs: readonly { path: string; name: string; on: RegExp; serves?: true; waiting?: true }[] = [
  { path: '/certificates/issue', name: '开具', on: /^\/certificates\/issue$/, serves: true },
  { path: '/certificates', name: '登记册', on: /^\/certificates(\/\d+)?$/ },
  { path: '/certificates/batches', name: '批量', on: /^\/certificates\/batches(\/|$)/ },
  { path: '/certificates/requests', name: '待审批', on: /^\/certificates\/requests$/, waiting: true },
  { path: '/certificates/check', name: '核验', on: /^\/certificates\/check$/ },
]
