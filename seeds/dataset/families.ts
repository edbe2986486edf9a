import { addDays } from '../../electron/workbench/calendar.ts'
import { inventName, inventSurname, type Numbers, type Sex } from './names.ts'
import type { Random } from './random.ts'

export type Invented = {
  name: string
  sex: Sex
  birth: string
  idNumber: string
  relation: string
  registeredElsewhere: boolean
  phones: string[]
  keyGroups: string[]
}

const shapes = [
  'single',
  'elder',
  'couple',
  'elders',
  'parents',
  'three-generations',
  'lone-parent',
  'tenants',
] as const
const weights = [8, 11, 10, 14, 27, 14, 5, 11]

type Source = { random: Random; numbers: Numbers; today: string }

function birthAt(random: Random, today: string, youngest: number, oldest: number): string {
  const days = Math.round(random.int(youngest * 365, oldest * 365 + 364) * 1.0007)
  return addDays(today, -days)
}

function inventKeyGroups(random: Random, age: number, alone: boolean): string[] {
  const groups: string[] = []
  if (age >= 80) groups.push('高龄老人')
  if (age >= 65 && alone && random.chance(0.5)) groups.push(random.chance(0.25) ? '孤寡老人' : '独居老人')
  if (random.chance(0.035)) groups.push('残疾')
  if (random.chance(0.02)) groups.push('低保对象')
  if (random.chance(0.015)) groups.push('困难群体')
  if (age < 18 && random.chance(0.02)) groups.push('困境儿童')
  if (age >= 22 && age < 75 && random.chance(0.03)) groups.push('退役军人')
  if (random.chance(0.001)) groups.push('道德英模')
  return groups
}

function inventPerson(
  { random, numbers, today }: Source,
  what: { birth: string; sex: Sex; relation: string; surname?: string; elsewhere: number; alone?: boolean },
): Invented {
  const { birth, sex, relation, surname } = what
  const age = Number(today.slice(0, 4)) - Number(birth.slice(0, 4))
  const phones = age < 12 || random.chance(0.06) ? [] : [numbers.phone()]
  if (phones.length > 0 && random.chance(0.1)) phones.push(numbers.phone())
  return {
    name: inventName(random, Number(birth.slice(0, 4)), sex, surname ?? inventSurname(random)),
    sex,
    birth,
    // Some never brought their card.
    idNumber: random.chance(0.06) ? '' : numbers.idNumber(birth, sex),
    relation,
    registeredElsewhere: random.chance(what.elsewhere),
    phones,
    keyGroups: inventKeyGroups(random, age, what.alone ?? false),
  }
}

/** The people of one door: 2.9 of them on average, old compounds and many who come and go. */
export function inventFamily(source: Source): Invented[] {
  const { random, today } = source
  const shape = shapes[random.weighted(weights)]!
  const sex: Sex = random.chance(0.55) ? 1 : 2
  const other: Sex = sex === 1 ? 2 : 1
  const elsewhere = random.chance(0.35) ? 0.9 : 0.03
  const someone = (
    youngest: number,
    oldest: number,
    which: Sex,
    relation: string,
    surname?: string,
    alone = false,
  ) =>
    inventPerson(source, {
      birth: birthAt(random, today, youngest, oldest),
      sex: which,
      relation,
      ...(surname ? { surname } : {}),
      elsewhere,
      alone,
    })
  const surname = inventSurname(random)
  const anySex = (): Sex => (random.chance(0.52) ? 1 : 2)
  const children = (youngest: number, oldest: number, relation = '子女') =>
    Array.from({ length: random.weighted([0, 62, 33, 5]) }, () =>
      someone(youngest, oldest, anySex(), relation, random.chance(0.93) ? surname : undefined),
    )
  const head = (youngest: number, oldest: number, alone = false) =>
    someone(youngest, oldest, sex, '户主', surname, alone)

  switch (shape) {
    case 'single':
      return [head(22, 59, true)]
    case 'elder':
      return [head(62, 96, true)]
    case 'couple':
      return [head(24, 59), someone(24, 58, other, '配偶')]
    case 'elders':
      return [head(60, 90), someone(58, 88, other, '配偶')]
    case 'parents':
      return [head(28, 52), someone(27, 50, other, '配偶'), ...children(0, 22)]
    case 'three-generations':
      return [
        head(30, 48),
        someone(28, 46, other, '配偶'),
        ...children(0, 18),
        someone(58, 82, 1, '父母', surname),
        ...(random.chance(0.8) ? [someone(56, 80, 2, '父母')] : []),
      ]
    case 'lone-parent':
      return [head(30, 55), ...children(3, 20)]
    case 'tenants': {
      const count = random.int(1, 4)
      return Array.from({ length: count }, (_, index) =>
        inventPerson(source, {
          birth: birthAt(random, today, 19, 45),
          sex: anySex(),
          relation: index === 0 ? '户主' : '租客',
          elsewhere: 0.97,
        }),
      )
    }
  }
}

/** A child born to this door today. */
export function inventBaby(source: Source, surname: string): Invented {
  const sex: Sex = source.random.chance(0.52) ? 1 : 2
  return inventPerson(source, { birth: source.today, sex, relation: '子女', surname, elsewhere: 0.02 })
}
