import type { PageTab } from '../../components/page-tab.ts'

/**
 * The pages of the volunteers, in the order of the work: 活动, 志愿者, 积分兑换, 志愿先锋, 统计. A page adds itself here and to
 * the routes as soon as it exists.
 */
export const tabs: readonly PageTab[] = [
  { path: '/volunteers', name: '活动', on: /^\/volunteers(\/\d+(\/roll-call)?)?$/ },
  { path: '/volunteers/people', name: '志愿者', on: /^\/volunteers\/people(\/|$)/ },
  { path: '/volunteers/points', name: '积分兑换', on: /^\/volunteers\/points$/ },
  { path: '/volunteers/pioneer', name: '志愿先锋', on: /^\/volunteers\/pioneer$/ },
  { path: '/volunteers/reports', name: '统计', on: /^\/volunteers\/reports$/ },
]
