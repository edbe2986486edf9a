/**
 * The pages of the certificates, in the order of the work. `on`: under which addresses it is the one that is open.
 * `open`: only there while a wish waits for a second person, or an approved one to be issued.
 */
export const tabs: readonly { path: string; name: string; on: RegExp; open?: true }[] = [
  { path: '/certificates', name: '开具与登记', on: /^\/certificates(\/\d+|\/new)?$/ },
  { path: '/certificates/requests', name: '审批', on: /^\/certificates\/requests$/, open: true },
  { path: '/certificates/batches', name: '批量', on: /^\/certificates\/batches(\/|$)/ },
  { path: '/certificates/check', name: '核验', on: /^\/certificates\/check$/ },
]
