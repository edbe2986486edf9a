import { write, type WritableDatabase } from '../../electron/database/open.ts'
import { ageOn } from '../../electron/workbench/calendar.ts'
import { inventBaby, inventFamily, type Invented } from './families.ts'
import { openNumbers } from './names.ts'
import type { Random } from './random.ts'
import type { Happening } from './schedule.ts'
import type { Writer } from './writer.ts'

export type Resident = { id: number; name: string; birth: string; household: Home; phone: string }
export type Home = { id: number; members: Resident[] }

const estates = [
  '东院',
  '西院',
  '南苑',
  '北苑',
  '新村',
  '工人村',
  '教师村',
  '河畔里',
  '桥头巷',
  '广场里',
  '书院里',
  '花园里',
]
const floors = 7
const unitsPerBuilding = 4
const doorsPerFloor = 2
const doorsPerBuilding = floors * unitsPerBuilding * doorsPerFloor
const householdsPerGrid = 400

const digits = '零一二三四五六七八九'
function chinese(number: number): string {
  if (number < 10) return digits[number]!
  if (number < 20) return `十${number % 10 ? digits[number % 10]! : ''}`
  if (number < 100) return `${digits[Math.floor(number / 10)]!}十${number % 10 ? digits[number % 10]! : ''}`
  return [...String(number)].map((digit) => digits[Number(digit)]).join('')
}

/** The people of the dataset as they live now, and the acts by which they came, were born, left and died. */
export function openCommunity(writer: Writer, random: Random) {
  const numbers = openNumbers(random)
  const homes: Home[] = []
  const empty: Home[] = []
  const residents: Resident[] = []
  const grids = new Set<number>()

  function gridOf(db: WritableDatabase, nth: number): number {
    const grid = Math.floor(nth / householdsPerGrid) + 1
    if (!grids.has(grid)) {
      write(
        db,
        "INSERT INTO grid (id, name, area) VALUES (?, ?, '约400户') ON CONFLICT DO NOTHING",
        grid,
        `第${chinese(grid)}网格`,
      )
      grids.add(grid)
    }
    return grid
  }

  function addHome(db: WritableDatabase, at: string, operatorId: number): Home {
    const nth = homes.length
    // Estates are filled one grid after the other; blocks of two estates share numbers, as they do.
    const round = Math.floor(nth / householdsPerGrid)
    const within = Math.floor(round / estates.length) * householdsPerGrid + (nth % householdsPerGrid)
    const place = within % doorsPerBuilding
    const floor = Math.floor(place / (unitsPerBuilding * doorsPerFloor)) + 1
    const { id } = write(
      db,
      'INSERT INTO household (grid_id, estate, building, unit, number, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      gridOf(db, nth),
      estates[round % estates.length],
      String(Math.floor(within / doorsPerBuilding) + 1),
      String((Math.floor(place / doorsPerFloor) % unitsPerBuilding) + 1),
      `${floor}0${(place % doorsPerFloor) + 1}`,
      at,
    )
    writer.audit(db, {
      at,
      operatorId,
      action: 'household.add',
      subject: `household:${id}`,
      changes: '{"door":"changed"}',
    })
    const home: Home = { id, members: [] }
    homes.push(home)
    return home
  }

  function register(
    db: WritableDatabase,
    at: string,
    operatorId: number,
    home: Home,
    person: Invented,
  ): Resident {
    const { name, sex, birth, idNumber, relation, registeredElsewhere, phones, keyGroups } = person
    const { id } = write(
      db,
      `INSERT INTO person (household_id, name, sex, birth, id_number, relation, registered_elsewhere, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      home.id,
      name,
      sex,
      birth,
      idNumber,
      relation,
      registeredElsewhere ? 1 : 0,
      at,
    )
    phones.forEach((number, position) => {
      write(
        db,
        'INSERT INTO person_phone (person_id, position, number) VALUES (?, ?, ?)',
        id,
        position,
        number,
      )
    })
    for (const group of keyGroups) {
      write(db, 'INSERT INTO person_key_group (person_id, key_group) VALUES (?, ?)', id, group)
    }
    if (ageOn(birth, at.slice(0, 10)) < 14) {
      write(
        db,
        'INSERT INTO consent (person_id, purpose, given_by, given_day, wording) VALUES (?, ?, ?, ?, ?)',
        id,
        '登记未成年人信息',
        home.members[0]?.name ?? '监护人',
        at.slice(0, 10),
        '未成年人信息告知书 第1版',
      )
    }
    writer.audit(db, {
      at,
      operatorId,
      action: 'person.register',
      subject: `person:${id}`,
      changes: JSON.stringify({
        name: 'changed',
        sex: [null, sex],
        relation: [null, relation],
        householdId: [null, home.id],
      }),
    })
    const resident = { id, name, birth, household: home, phone: phones[0] ?? '' }
    home.members.push(resident)
    residents.push(resident)
    return resident
  }

  function depart(
    db: WritableDatabase,
    at: string,
    operatorId: number,
    resident: Resident,
    departure: 'moved' | 'dead',
    day: string,
  ) {
    write(
      db,
      'UPDATE person SET departure = ?, departure_day = ?, version = version + 1 WHERE id = ?',
      departure,
      day,
      resident.id,
    )
    writer.audit(db, {
      at,
      operatorId,
      action: 'person.depart',
      subject: `person:${resident.id}`,
      reason: departure === 'moved' ? '已搬离' : '家属来办理死亡登记',
      changes: JSON.stringify({ departure: [null, departure], departureDay: [null, day] }),
    })
    resident.household.members = resident.household.members.filter((member) => member !== resident)
    const index = residents.indexOf(resident)
    residents[index] = residents.at(-1)!
    residents.pop()
  }

  const anyOperator = () => random.pick([...writer.clerks, ...writer.managers])

  /** A family comes: to a new door, or to one that stands empty. */
  function arrive(day: string, at: string, newDoor: boolean): Happening {
    const family = inventFamily({ random, numbers, today: day })
    return {
      at,
      write: (db, when) => {
        const operatorId = anyOperator()
        const home = newDoor || empty.length === 0 ? addHome(db, when, operatorId) : empty.shift()!
        for (const person of family) register(db, when, operatorId, home, person)
      },
    }
  }

  return {
    homes,
    residents,

    /** Everybody who lives here when the desk begins. */
    settle(day: string, at: string, people: number): Happening[] {
      const happenings: Happening[] = []
      for (let invented = 0; invented < people;) {
        const before = invented
        const family = inventFamily({ random, numbers, today: day }).slice(0, people - before)
        invented += family.length
        happenings.push({
          at,
          write: (db, when) => {
            const operatorId = anyOperator()
            const home = addHome(db, when, operatorId)
            for (const person of family) register(db, when, operatorId, home, person)
          },
        })
      }
      return happenings
    },

    arrive,

    beBorn(day: string, at: string): Happening {
      return {
        at,
        write: (db, when) => {
          const parents = random.pick(residents).household
          const baby = inventBaby({ random, numbers, today: day }, parents.members[0]?.name.charAt(0) ?? '王')
          register(db, when, anyOperator(), parents, baby)
        },
      }
    },

    moveOut(day: string, at: string): Happening {
      return {
        at,
        write: (db, when) => {
          const home = random.pick(residents).household
          for (const member of [...home.members]) depart(db, when, anyOperator(), member, 'moved', day)
          empty.push(home)
        },
      }
    },

    die(day: string, at: string): Happening {
      return {
        at,
        write: (db, when) => {
          const oldest = Array.from({ length: 12 }, () => random.pick(residents)).sort((a, b) =>
            a.birth < b.birth ? -1 : 1,
          )[0]!
          depart(db, when, anyOperator(), oldest, 'dead', day)
        },
      }
    },
  }
}
export type Community = ReturnType<typeof openCommunity>
