import type { PageTab } from '../../components/page-tab.ts'

/** The pages of the visits, in the order of the work. A page adds itself here and to the routes. */
export const tabs: readonly (PageTab & { desk?: true })[] = [
  { path: '/visits', name: '走访计划', on: /^\/visits$/, desk: true },
  { path: '/visits/rounds', name: '走访单', on: /^\/visits\/rounds(\/|$)/ },
  { path: '/visits/coverage', name: '覆盖进度', on: /^\/visits\/coverage(\/|$)/ },
  { path: '/visits/photos', name: '照片', on: /^\/visits\/photos(\/|$)/, desk: true },
  { path: '/visits/patrols', name: '日走访', on: /^\/visits\/patrols(\/|$)/ },
]
