/** The pages of the visits, in the order of the work. A page adds itself here and to the routes. */
export const tabs: readonly { path: string; name: string; desk?: true }[] = [
  { path: '/visits', name: '走访计划' },
  { path: '/visits/rounds', name: '走访单' },
  { path: '/visits/coverage', name: '覆盖进度' },
  { path: '/visits/photos', name: '照片', desk: true },
  { path: '/visits/patrols', name: '日走访' },
]
