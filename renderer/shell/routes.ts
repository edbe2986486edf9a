import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import type { Role } from '../../electron/contract/access.ts'
import type { IconName } from '../components/icons.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Stands at the left of the top bar. */
    title?: string
  }
}

/**
 * A place of the rail, in its order: the first is F2. Counters add themselves here. `roles`: who sees it, when not
 * everybody does; the core decides, this only hides.
 */
export type Place = { path: string; name: string; icon: IconName; key: string; roles?: readonly Role[] }

const places: readonly Place[] = [
  { path: '/', name: '今日', icon: 'today', key: 'F2' },
  { path: '/people', name: '居民', icon: 'people', key: 'F3' },
  { path: '/enquiries', name: '咨询', icon: 'enquiries', key: 'F4' },
  {
    path: '/visits',
    name: '走访',
    icon: 'visits',
    key: 'F5',
    roles: ['clerk', 'manager', 'auditor'],
  },
  { path: '/noon', name: '午间课堂', icon: 'noon', key: 'F6' },
  {
    path: '/volunteers',
    name: '志愿者',
    icon: 'volunteers',
    key: 'F7',
    roles: ['clerk', 'manager', 'auditor'],
  },
  {
    path: '/certificates',
    name: '证书',
    icon: 'certificates',
    key: 'F8',
    roles: ['clerk', 'manager', 'auditor'],
  },
  { path: '/supervision', name: '督办', icon: 'supervision', key: 'F9', roles: ['manager', 'auditor'] },
]

export const placesOf = (role: Role | undefined) =>
  places.filter(({ roles }) => !roles || (role !== undefined && roles.includes(role)))

/** Where the screen that faces the resident lives; App.vue shows it without frame and operator. */
export const secondScreen = '/second-screen'

export const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('../counters/overview/Today.vue'), meta: { title: '今日' } },
  { path: '/people', component: () => import('../counters/people/People.vue'), meta: { title: '居民' } },
  {
    path: '/people/new',
    component: () => import('../counters/people/NewPerson.vue'),
    meta: { title: '登记居民' },
  },
  {
    path: '/people/:id(\\d+)',
    component: () => import('../counters/people/Person.vue'),
    meta: { title: '一人一档' },
  },
  {
    path: '/households/:id(\\d+)',
    component: () => import('../counters/people/Household.vue'),
    meta: { title: '一户一档' },
  },
  // One component for both: opening an enquiry keeps what is being typed beside it.
  {
    path: '/enquiries/:id(\\d+)?',
    component: () => import('../counters/enquiries/Enquiries.vue'),
    meta: { title: '咨询受理' },
  },
  // The pages of the visits under one line of tabs (counters/visits/tabs.ts).
  {
    path: '/visits',
    component: () => import('../counters/visits/Visits.vue'),
    meta: { title: '入户走访' },
    children: [
      { path: '', component: () => import('../counters/visits/Plan.vue') },
      { path: 'rounds/:id(\\d+)?', component: () => import('../counters/visits/Rounds.vue') },
      { path: 'coverage', component: () => import('../counters/visits/Coverage.vue') },
      { path: 'photos', component: () => import('../counters/visits/Photos.vue') },
      { path: 'patrols', component: () => import('../counters/visits/Patrols.vue') },
    ],
  },
  // One component for all groups and one: changing over keeps the board and what is being chosen on it.
  {
    path: '/noon/:groupId(\\d+)?',
    component: () => import('../counters/noon-class/Noon.vue'),
    meta: { title: '午间课堂' },
  },
  {
    path: '/noon/children/:id(\\d+|new)?',
    component: () => import('../counters/noon-class/children/Children.vue'),
    meta: { title: '午间课堂' },
  },
  {
    path: '/noon/meals',
    component: () => import('../counters/noon-class/meals/Meals.vue'),
    meta: { title: '午间课堂' },
  },
  {
    path: '/noon/incidents/:id(\\d+|new)?',
    component: () => import('../counters/noon-class/incidents/Incidents.vue'),
    meta: { title: '午间课堂' },
  },
  {
    path: '/noon/reports',
    component: () => import('../counters/noon-class/reports/Reports.vue'),
    meta: { title: '午间课堂' },
  },
  {
    path: '/noon/setup',
    component: () => import('../counters/noon-class/setup/Setup.vue'),
    meta: { title: '午间课堂' },
  },
  // The pages of the volunteers under one line of tabs (counters/volunteers/tabs.ts).
  {
    path: '/volunteers',
    component: () => import('../counters/volunteers/Volunteers.vue'),
    meta: { title: '志愿者' },
    children: [
      { path: ':id(\\d+)?', component: () => import('../counters/volunteers/Activities.vue') },
      {
        path: ':id(\\d+)/roll-call',
        component: () => import('../counters/volunteers/activities/RollCall.vue'),
      },
      { path: 'people/:id(\\d+|new)?', component: () => import('../counters/volunteers/People.vue') },
      { path: 'points', component: () => import('../counters/volunteers/Points.vue') },
      { path: 'pioneer', component: () => import('../counters/volunteers/Pioneer.vue') },
      { path: 'reports', component: () => import('../counters/volunteers/Reports.vue') },
    ],
  },
  // The pages of the certificates under one line of tabs (counters/certificates/tabs.ts).
  {
    path: '/certificates',
    component: () => import('../counters/certificates/Certificates.vue'),
    meta: { title: '证书' },
    children: [
      {
        path: ':id(\\d+)?',
        component: () => import('../counters/certificates/register/Register.vue'),
      },
      { path: 'new', component: () => import('../counters/certificates/issue/Issue.vue') },
      { path: 'requests', component: () => import('../counters/certificates/issue/Requests.vue') },
      {
        path: 'batches/:id(\\d+)?',
        component: () => import('../counters/certificates/batch/Batches.vue'),
      },
      { path: 'check', component: () => import('../counters/certificates/check/Check.vue') },
    ],
  },
  {
    path: '/supervision',
    component: () => import('../counters/enquiries/supervision/Supervision.vue'),
    meta: { title: '督办' },
  },
  {
    path: '/print-queue',
    component: () => import('../counters/documents/PrintQueue.vue'),
    meta: { title: '打印队列' },
  },
  {
    path: '/settings/:section?',
    component: () => import('../counters/settings/Settings.vue'),
    meta: { title: '设置' },
  },
  { path: secondScreen, component: () => import('../counters/enquiries/rating/SecondScreen.vue') },
  { path: '/:rest(.*)', redirect: '/' },
]

/** The router begins at the address as it stands now: hide the pairing code first. */
export const openRouter = () => createRouter({ history: createWebHistory('/'), routes })
