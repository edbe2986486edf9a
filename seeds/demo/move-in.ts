import { recordConsent } from '../../electron/counters/people/consents.ts'
import { saveGrid, listGrids } from '../../electron/counters/people/grids.ts'
import { addHousehold } from '../../electron/counters/people/households.ts'
import { departPerson, registerPerson } from '../../electron/counters/people/persons.ts'
import { addPost } from '../../electron/counters/visits/posts.ts'
import { saveVisitor } from '../../electron/counters/visits/visitors.ts'
import type { PersonLine } from '../../electron/contract/people.ts'
import { value } from '../../electron/database/open.ts'
import { addDays } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import { inventFamily } from '../dataset/families.ts'
import { openNumbers } from '../dataset/names.ts'
import { openRandom } from '../dataset/random.ts'
import { doors, type Door, type Neighbour } from './neighbours.ts'
import { noonDoors } from './noon-families.ts'

/** With those written by hand about eighty doors and 230 people. */
const inventedDoors = 41
const estates = ['东院', '西院', '南苑', '北苑', '工人村', '新村']
const staff = ['罗兰', '肖敏', '邓辉', '谢琼', '田军', '向红']

type Newcomer = Omit<Neighbour, 'age' | 'relation' | 'phones'> & {
  birth: string
  relation: string
  idNumber: string
  numbers: string[]
}

/** Registers everybody of the demo two months ago, and those who left since on their days. Returns ids by key. */
export function moveIn(
  clerk: Context,
  manager: Context,
  today: string,
  setClock: (when: Date) => void,
): Map<string, number> {
  const { db } = clerk.desk
  const random = openRandom(560)
  const numbers = openNumbers(random)
  const ids = new Map<string, number>()
  const phonesOf = new Map<string, string[]>()
  const firstDay = addDays(today, -60)
  let moment = Date.parse(`${firstDay}T01:00:00.000Z`)
  const tick = () => {
    moment += 40_000
    setClock(new Date(moment))
  }

  function register(person: Newcomer, householdId: number): PersonLine {
    tick()
    const older = person.phoneOf ? ids.get(person.phoneOf) : undefined
    const made = registerPerson(clerk, {
      name: person.name,
      sex: person.sex,
      birth: person.unknownId ? null : person.birth,
      idNumber: person.unknownId ? '' : person.idNumber,
      phones: person.phoneOf ? (phonesOf.get(person.phoneOf) ?? []) : person.numbers,
      relation: person.relation,
      householdId,
      registeredElsewhere: person.elsewhere ?? false,
      keyGroups: person.keyGroups ?? [],
      note: person.note ?? '',
      notTheSame: older === undefined ? [] : [older],
    })
    const key = person.key ?? person.name
    if (!ids.has(key)) ids.set(key, made.id)
    phonesOf.set(key, person.numbers)
    return made
  }

  function guard(made: PersonLine, guardian: string): void {
    if (made.age === null || made.age >= 14) return
    tick()
    recordConsent(clerk, {
      personId: made.id,
      purpose: '登记未成年人信息',
      givenBy: guardian,
      givenDay: firstDay,
      wording: '未成年人信息告知书 第1版',
    })
  }

  listGrids(db, today).forEach((grid, index) => {
    tick()
    const name = staff[index]
    if (!name) return
    saveGrid(manager, {
      id: grid.id,
      name: grid.name,
      area: `${estates[index] ?? ''} 约400户`.trim(),
    })
    const people = [
      { name, kind: 'staff', phone: `1990000000${index}`, post: 'area', duty: '网格员' },
      { name: `${name.charAt(0)}师傅`, kind: 'volunteer', phone: '', post: 'households', duty: '楼栋长' },
    ] as const
    for (const { post, duty, ...person } of people) {
      const fields = { id: null, version: null, operatorId: null, active: true, ...person }
      const { id: visitorId } = saveVisitor(manager, fields)
      addPost(manager, { visitorId, kind: post, gridId: grid.id, duty, fromDay: firstDay, toDay: null })
    }
  })
  const gridIds = listGrids(db, today).map(({ id }) => id)

  function settle(
    place: { estate: string; door: string; grid: number; note?: string },
    people: Newcomer[],
  ): PersonLine[] {
    tick()
    const { estate, door, note = '' } = place
    const household = addHousehold(clerk, { gridId: gridIds[place.grid - 1] ?? null, estate, door, note })
    const made = people.map((person) => register(person, household.id))
    for (const line of made) guard(line, people[0]!.name)
    return made
  }

  const leaving: { id: number; how: 'moved' | 'dead'; daysAgo: number }[] = []
  const settleDoor = ({ people, ...place }: Door) => {
    let birth = ''
    const newcomers = people.map((person): Newcomer => {
      if (!person.twin) birth = addDays(today, -Math.round(person.age * 365.25) - random.int(20, 330))
      const count = person.phones ?? (person.age < 12 ? 0 : 1)
      return {
        ...person,
        birth,
        idNumber: numbers.idNumber(birth, person.sex),
        numbers: Array.from({ length: count }, () => numbers.phone()),
      }
    })
    settle(place, newcomers).forEach((made, index) => {
      const { departed } = people[index]!
      if (departed) leaving.push({ id: made.id, ...departed })
    })
  }
  doors.forEach(settleDoor)

  for (let nth = 0; nth < inventedDoors; nth += 1) {
    const family = inventFamily({ random, numbers, today: firstDay }).map((person): Newcomer => ({
      ...person,
      elsewhere: person.registeredElsewhere,
      numbers: person.phones,
      unknownId: false,
    }))
    const grid = (nth % estates.length) + 1
    const door = `${10 + Math.floor(nth / 12)}栋${1 + (nth % 3)}单元${1 + Math.floor((nth % 12) / 2)}0${1 + (nth % 2)}`
    settle({ estate: estates[grid - 1]!, door, grid }, family)
  }
  noonDoors.forEach(settleDoor)

  for (const { id, how, daysAgo } of leaving.sort((one, other) => other.daysAgo - one.daysAgo)) {
    const day = addDays(today, -daysAgo)
    setClock(new Date(Date.parse(`${day}T02:00:00.000Z`)))
    departPerson(clerk, {
      id,
      version: value<number>(db, 'SELECT version FROM person WHERE id = ?', id)!,
      departure: how,
      day,
      reason: how === 'dead' ? '家属来办理死亡登记' : '已搬离，退租',
    })
  }
  return ids
}
