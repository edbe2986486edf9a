/**
 * The pages of the certificates, in the order of the work. `on`: under which addresses it is the one that is open.
 * `waiting`: only there while somebody waits for a second person.
 */
export const tabs: readonly { path: string; name: string; on: RegExp; waiting?: true }[] = [
  { path: '/certificates', name: '开具与登记', on: /^\/certificates(\/\d+|\/new)?$/ },
  { path: '/certificates/requests', name: '待审批', on: /^\/certificates\/requests$/, waiting: true },
  { path: '/certificates/batches', name: '批量', on: /^\/certificates\/batches(\/|$)/ },
  { path: '/certificates/check', name: '核验', on: /^\/certificates\/check$/ },
]
