import type { Child } from '../../electron/contract/noon-children.ts'
import { saveChild } from '../../electron/counters/noon-class/children.ts'
import { enrolChild } from '../../electron/counters/noon-class/enrolments.ts'
import { addPickup } from '../../electron/counters/noon-class/pickups.ts'
import { recordConsent } from '../../electron/counters/people/consents.ts'
import { rows } from '../../electron/database/open.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import { gradeNames, gradeOn } from '../dataset/noon-terms.ts'
import { specials, type Special } from './noon-children.ts'
import { openPortraits } from './noon-portraits.ts'
import type { DemoGroup } from './noon-setup.ts'

/** A child of the demo's class as its noons need it. */
export type DemoChild = {
  id: number
  /** By which the demo names it. */
  key: string
  group: DemoGroup
  leaves: Child['leaves']
  allergic: boolean
  guardians: Child['guardians']
  /** Who may collect. */
  collectors: number[]
}

type Person = { id: number; name: string; sex: 1 | 2; birth: string; householdId: number }
type Grown = { name: string; sex: 1 | 2; birth: string; phone: string | null }
const schools = ['演示小学', '演示小学', '演示二小']

const years = (child: Person, grown: Grown) =>
  (Date.parse(child.birth) - Date.parse(grown.birth)) / (365.25 * 86_400_000)

function relationOf(child: Person, grown: Grown): string {
  if (years(child, grown) < 46) return grown.sex === 1 ? '爸爸' : '妈妈'
  return grown.sex === 1 ? '爷爷' : '奶奶'
}

/** Children of a door where somebody can be called, and the grown-ups of it, parents first. */
function childrenOf(context: Context, today: string) {
  const { db } = context.desk
  const young = rows<Person>(
    db,
    `SELECT id, name, sex, birth, household_id AS householdId FROM person
     WHERE birth > ? AND birth <= ? AND departure IS NULL AND household_id IS NOT NULL ORDER BY birth DESC, id`,
    addDays(today, -Math.round(13 * 365.25)),
    addDays(today, -Math.round(6 * 365.25)),
  )
  const ofDoor = (child: Person) =>
    rows<Grown>(
      db,
      `SELECT name, sex, birth, (SELECT number FROM person_phone WHERE person_id = p.id ORDER BY position LIMIT 1) AS phone
       FROM person p WHERE household_id = ? AND departure IS NULL ORDER BY birth DESC, id`,
      child.householdId,
    ).filter((grown) => years(child, grown) >= 18)
  return young
    .filter(({ birth }) => gradeOn(birth, today) <= 6)
    .map((child) => ({ child, family: ofDoor(child) }))
    .filter(({ family }) => family.some(({ phone }) => phone !== null))
}

/** How those leave of whom nothing is said: the youngest are fetched, the oldest go by themselves. */
const waysOut = [
  ['escort', 'collected', 'escort'],
  ['escort', 'collected', 'escort'],
  ['escort', 'alone', 'escort'],
] as const

function familyPickups(family: Grown[], child: Person, special: Special) {
  const nobody = { phone: '', idTail: '', photoId: null, reason: '', toDay: null }
  return [
    ...family.map((grown) => ({
      ...nobody,
      kind: 'authorised' as const,
      name: grown.name,
      relation: relationOf(child, grown),
      phone: grown.phone ?? '',
    })),
    ...(special.authorised ?? []).map((other) => ({ ...nobody, ...other, kind: 'authorised' as const })),
    ...(special.forbidden ? [{ ...nobody, ...special.forbidden, kind: 'forbidden' as const }] : []),
  ]
}

/** Enters the children of the demo with photo, guardians, who may collect, consent and place; `tick` moves the clock on. */
export function enrolChildren(
  clerk: Context,
  groups: DemoGroup[],
  days: { today: string; firstNoon: string },
  keyOf: (personId: number, name: string) => string,
  tick: () => void,
): DemoChild[] {
  const portraits = openPortraits(Object.values(specials).flatMap(({ portrait }) => portrait ?? []))
  const signedDay = localDay(clerk.desk.clock())
  const young = childrenOf(clerk, days.today)
  return young.map(({ child, family }, nth) => {
    const key = keyOf(child.id, child.name)
    const special = specials[key] ?? {}
    const place = Math.floor((nth * groups.length) / young.length)
    const grade = gradeNames[Math.max(gradeOn(child.birth, days.today), 1)]!
    const portrait = special.portrait ?? portraits.next(child.sex)
    const leaves = special.leaves ?? waysOut[place]![nth % 3]!
    tick()
    recordConsent(clerk, {
      personId: child.id,
      purpose: '午间课堂',
      givenBy: family[0]!.name,
      givenDay: signedDay,
      wording: '午间课堂告知书 第1版',
    })
    let record = saveChild(clerk, {
      id: null,
      version: null,
      personId: child.id,
      school: schools[child.householdId % schools.length]!,
      grade: `${grade}年级`,
      className: `${grade}(${1 + (child.householdId % 3)})班`,
      mark: special.mark ?? '',
      photoId: portrait === null ? null : portraits.store(clerk, portrait),
      allergies: special.allergies ?? '',
      health: special.health ?? '',
      leaves,
      insurance: nth % 5 === 4 ? '' : '学平险',
      agreementDay: signedDay,
      guardians: family
        .filter(({ phone }) => phone !== null)
        .slice(0, 3)
        .map((grown) => ({
          id: null,
          name: grown.name,
          relation: relationOf(child, grown),
          phone: grown.phone!,
        })),
    })
    for (const pickup of familyPickups(family, child, special)) {
      record = addPickup(clerk, { id: record.id, version: record.version, ...pickup, fromDay: signedDay })
    }
    const { id, version } = record
    record = enrolChild(clerk, { id, version, groupId: groups[place]!.id, fromDay: days.firstNoon })
    return {
      id,
      key,
      group: groups[place]!,
      leaves,
      allergic: record.allergies !== '',
      guardians: record.guardians,
      collectors: record.pickups.filter(({ kind }) => kind === 'authorised').map((pickup) => pickup.id),
    }
  })
}
