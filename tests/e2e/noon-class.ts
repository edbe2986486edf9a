import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { clientOf, type Client, type DeskProcess, type Tokens } from '../hosts/desk-process.ts'
import { openClocked, type Clocked } from './clocked.ts'
import { expect, pin, test as base } from './desk.ts'

const portrait = (name: string) =>
  readFileSync(new URL(`../../seeds/demo/portraits/${name}.jpg`, import.meta.url))

/** Monday 23 November 2026, a school day. */
export const noonDay = '2026-11-23'
/** A local time of that day as an instant. */
export const at = (time: string) => new Date(`${noonDay}T${time}:00.000+08:00`).toISOString()

type Pupil = {
  name: string
  className: string
  mark?: string
  allergies?: string
  leaves?: 'collected' | 'alone' | 'escort'
  photo?: string
}

export type NoonDesk = Clocked & {
  /** Two groups; everybody in by 12:10, collected by 13:30. 周老师 teaches the first. */
  groups: { first: number; second: number }
  /** Ids by name; two of one name by name and class. */
  child: (name: string) => number
  badge: (name: string) => Promise<string>
  /** The desk's clock, and with it the clock of these pages. */
  clock: (time: string, ...pages: Page[]) => Promise<void>
}

async function upload(desk: DeskProcess, tokens: Tokens, photo: string): Promise<number> {
  const response = await fetch(`${desk.origin}/files`, {
    method: 'POST',
    headers: {
      'x-device': tokens.device,
      authorization: `Bearer ${tokens.session}`,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(`${photo}.jpg`),
    },
    body: portrait(photo),
  })
  return ((await response.json()) as { json: { id: number } }).json.id
}

const first: Pupil[] = [
  { name: '陈雨涵', className: '三(2)', photo: 'girl-01' },
  { name: '李梓轩', className: '三(2)', photo: 'boy-01', allergies: '花生' },
  { name: '刘欣怡', className: '三(2)', photo: 'girl-02' },
  { name: '王子萱', className: '三(1)', photo: 'girl-03', mark: '戴眼镜' },
  { name: '王子萱', className: '三(3)', photo: 'girl-04', mark: '高个子' },
  { name: '张浩然', className: '四(1)', photo: 'boy-02' },
  { name: '黄嘉睿', className: '四(1)', photo: 'boy-03', leaves: 'escort' },
  { name: '彭一博', className: '四(2)', photo: 'boy-04' },
  { name: '谢诗妍', className: '四(2)', leaves: 'alone' },
]
const second: Pupil[] = [
  { name: '曾明宇', className: '四(2)', photo: 'boy-05' },
  { name: '罗雪琪', className: '四(3)', photo: 'girl-05', allergies: '牛奶 鸡蛋' },
]
const keyOf = ({ name, className }: Pupil) => (name === '王子萱' ? `${name} ${className}` : name)

/** One child with its guardians, who also may collect it; 彭一博 has somebody who must not. */
async function enrol(client: Client, pupil: Pupil, groupId: number, photoId: number | null): Promise<number> {
  const person = await client.people.register({
    // Name-sakes are told apart by their birth days, as at the desk.
    ...{
      name: pupil.name,
      sex: 9 as const,
      birth: `2017-05-0${pupil.className.slice(2, 3)}`,
      relation: '其他',
      householdId: null,
    },
    ...{ registeredElsewhere: false, keyGroups: [], note: '', idNumber: '', phones: [], notTheSame: [] },
  })
  const family = pupil.name.slice(0, 1)
  const made = await client.noonClass.saveChild({
    ...{ id: null, version: null, personId: person.id, school: '涂新小学' },
    ...{ grade: pupil.className.slice(0, 1), className: pupil.className.slice(2, 3) },
    ...{ mark: pupil.mark ?? '', photoId, allergies: pupil.allergies ?? '', health: '' },
    ...{ leaves: pupil.leaves ?? 'collected', insurance: '', agreementDay: noonDay },
    guardians: [
      { id: null, name: `${family}妈妈`, relation: '妈妈', phone: '19900001111' },
      { id: null, name: `${family}爸爸`, relation: '爸爸', phone: '19900002222' },
    ],
  })
  const pickup = {
    ...{ phone: '19900001111', idTail: '123X', photoId: null, fromDay: '2026-09-01', toDay: null },
  }
  const mother = await client.noonClass.addPickup({
    ...{ id: made.id, version: made.version, ...pickup },
    ...{ kind: 'authorised' as const, name: `${family}妈妈`, relation: '妈妈', reason: '' },
  })
  const { version } =
    pupil.name === '彭一博'
      ? await client.noonClass.addPickup({
          ...{ id: made.id, version: mother.version, ...pickup, kind: 'forbidden' as const },
          ...{ name: '赵某', relation: '妈妈的前男友', reason: '法院禁止令，妈妈书面要求' },
        })
      : mother
  await client.noonClass.enrol({ id: made.id, version, groupId, fromDay: '2026-09-01' })
  return made.id
}

async function openTerm(client: Client) {
  const term = await client.noonClass.saveTerm({
    ...{ id: null, version: null, name: '2026 年秋季学期', firstDay: '2026-09-01', lastDay: '2027-01-20' },
    daysOff: [],
  })
  const teacher = await client.session.addOperator({ name: '周老师', role: 'teacher', pin })
  await client.session.addOperator({ name: '前台小李', role: 'clerk', pin })
  const group = async (name: string, room: string, teacherIds: number[]) => {
    const saved = await client.noonClass.saveGroup({
      ...{ id: null, version: null, termId: term.id, name, room, programmes: ['午休', '学习'] as const },
      ...{ capacity: 40, ratio: 15, arriveBy: '12:10', leaveBy: '13:30', teacherIds },
    })
    return saved.id
  }
  return {
    first: await group('第一组', '阳光教室', [teacher.id]),
    second: await group('第二组', '图书室', [teacher.id]),
  }
}

export const test = base.extend<{ noon: NoonDesk }>({
  noon: async ({ folder }, use) => {
    const clocked = await openClocked(folder, at('11:55'))
    const { desk, tokens, client } = clocked
    // The clock leaps in these walks; nobody left the desk meanwhile.
    const { version, ...community } = await client.settings.community({})
    await client.settings.changeCommunity({ ...community, lockMinutes: 120, version })
    const groups = await openTerm(client)
    const ids = new Map<string, number>()
    for (const [groupId, pupils] of [
      [groups.first, first],
      [groups.second, second],
    ] as const) {
      for (const pupil of pupils) {
        const photoId = pupil.photo ? await upload(desk, tokens, pupil.photo) : null
        ids.set(keyOf(pupil), await enrol(client, pupil, groupId, photoId))
      }
    }
    const child = (name: string) => ids.get(name)!
    await use({
      ...{ ...clocked, groups, child },
      badge: async (name) => (await client.noonClass.child({ id: child(name) })).badge,
      async clock(time, ...pages) {
        clocked.setClock(at(time))
        for (const page of pages) await page.clock.setFixedTime(at(time))
      },
    })
    await clocked.close()
  },
})

export { expect }
/** Another session at the same desk, for calls beside the screens. */
export const another = (desk: DeskProcess, tokens: Tokens) => clientOf(desk.origin, tokens)
