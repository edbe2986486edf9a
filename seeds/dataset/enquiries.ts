import { rows, write, type WritableDatabase } from '../../electron/database/open.ts'
import { writeEvent } from '../../electron/counters/enquiries/events.ts'
import { addDays, addWorkingDays, isWorkingDay } from '../../electron/workbench/calendar.ts'
import { nextNumber } from '../../electron/workbench/numbering.ts'
import type { Community, Resident } from './community.ts'
import { inventName } from './names.ts'
import { notes, phrases, reopenings, revealReasons, withdrawals } from './phrases.ts'
import type { Random } from './random.ts'
import { instantOf, type Happening, type Writer } from './writer.ts'

type Matter = { id: number; code: string; name: string; limitDays: number }

const channels = ['窗口', '电话', '微信', 'QQ', '网格上报', '走访'] as const
const channelWeights = [60, 21, 11, 1, 5, 2]
/** How often a category is asked for; anything not named here: 4. */
const categoryWeights: Record<string, number> = {
  SB: 16,
  LN: 12,
  ZF: 13,
  HJ: 12,
  HW: 11,
  MZ: 8,
  JY: 6,
  WC: 6,
  WJ: 5,
  TJ: 5,
}
/** Working days between asking and the answer, when it was not given at once. */
const waitWeights = [10, 22, 20, 14, 10, 7, 5, 4, 3, 2, 1, 1, 1]

const morning = 8.5 * 3_600_000
const noon = 12 * 3_600_000
const evening = 17.5 * 3_600_000

/** A moment of the counter's day: two thirds before noon, none in the lunch hour. */
export function momentOf(random: Random): number {
  const [from, to] = random.chance(0.62) ? [morning, noon] : [noon + 2 * 3_600_000, evening]
  return Math.floor(from + random.next() * (to - from))
}

const plus = (at: string, milliseconds: number) => new Date(Date.parse(at) + milliseconds).toISOString()

type Life = { id: number; limitDays: number; version: number }
const ways = {
  note: ['accepted', 'accepted'],
  close: ['accepted', 'closed'],
  withdraw: ['accepted', 'withdrawn'],
  reopen: ['closed', 'accepted'],
} as const

/** Enquiries from greeting to answer, day by day; what is to happen later waits in `later`. */
export function openEnquiries(writer: Writer, random: Random, community: Community) {
  const matters = rows<Matter>(
    writer.db,
    'SELECT id, code, name, limit_days AS limitDays FROM matter ORDER BY position',
  )
  const matterWeights = matters.map(({ code }) => {
    const prefix = code.slice(0, 2)
    const share = matters.filter((other) => other.code.startsWith(prefix)).length
    return (categoryWeights[prefix] ?? 4) / share
  })
  const later = new Map<string, Happening[]>()
  const clerk = () => (random.chance(0.9) ? random.pick(writer.clerks) : random.pick(writer.managers))

  /** One step in the life of an enquiry on a later day. */
  function take(life: Life, day: string, step: keyof typeof ways, text: string): void {
    const [from, to] = ways[step]
    const operatorId = clerk()
    const at = instantOf(day, momentOf(random))
    const happening: Happening = {
      at,
      write: (db) => {
        const closedDay = to === 'closed' ? day : null
        // Opened again, the limit runs anew.
        const dueDay = step === 'reopen' ? addWorkingDays(day, life.limitDays) : null
        const before = life.version
        life.version += 1
        write(
          db,
          `UPDATE enquiry SET state = ?, version = ?, closed_day = ?, answer = ?, due_day = coalesce(?, due_day)
           WHERE id = ?`,
          to,
          life.version,
          closedDay,
          step === 'close' ? text : '',
          dueDay,
          life.id,
        )
        writeEvent(db, { enquiryId: life.id, operatorId, at, step, from, to, text })
        writer.audit(db, {
          at,
          operatorId,
          action: `enquiry.${step}`,
          subject: `enquiry:${life.id}`,
          reason: step === 'withdraw' || step === 'reopen' ? text : null,
          changes: JSON.stringify({
            version: [before, life.version],
            ...(from === to ? {} : { state: [from, to] }),
            ...(step === 'close' ? { answer: 'changed', closedDay: [null, day] } : {}),
          }),
        })
      },
    }
    const list = later.get(day)
    if (list) list.push(happening)
    else later.set(day, [happening])
  }

  /** What becomes of an enquiry that could not be answered at once. */
  function planLife(life: Life, acceptedDay: string, answer: string): void {
    const { limitDays } = life
    const late = random.chance(0.04)
    const wait = late ? limitDays + random.int(1, 6) : Math.min(random.weighted(waitWeights), limitDays)
    const last = addWorkingDays(acceptedDay, Math.max(wait, 1))
    const noted = addWorkingDays(acceptedDay, 1)
    // On a day before the answer's, never after it.
    if (random.chance(0.28) && noted < last) take(life, noted, 'note', random.pick(notes))
    if (random.chance(0.03)) return take(life, last, 'withdraw', random.pick(withdrawals))
    take(life, last, 'close', answer)
    if (!random.chance(0.015)) return
    const again = addWorkingDays(last, random.int(2, 15))
    take(life, again, 'reopen', random.pick(reopenings))
    take(life, addWorkingDays(again, random.int(1, 4)), 'close', answer)
  }

  function subjectOf(asker: Resident): Resident | null {
    const others = asker.household.members.filter((member) => member !== asker)
    return others.length > 0 && random.chance(0.14) ? random.pick(others) : null
  }

  function adult(year: number): Resident {
    let found = random.pick(community.residents)
    for (let tries = 0; tries < 8 && year - Number(found.birth.slice(0, 4)) < 18; tries += 1)
      found = random.pick(community.residents)
    return found
  }

  function accept(db: WritableDatabase, at: string, day: string): void {
    const operatorId = clerk()
    const matter = random.chance(0.04) ? null : matters[random.weighted(matterWeights)]!
    const phrase = phrases[matter?.code.slice(0, 2) ?? 'ZH']!
    const title =
      matter && random.chance(0.34)
        ? `${matter.name}${random.pick(['', '咨询', '怎么办', '要带什么'])}`
        : random.pick(phrase.titles)
    const year = Number(day.slice(0, 4))
    const kind = random.weighted([88, 8, 4])
    const asker = kind === 0 ? adult(year) : null
    const subject = asker && subjectOf(asker)
    const limitDays = matter?.limitDays ?? 5
    const dueDay = addWorkingDays(day, limitDays)
    const answer = random.pick(phrase.answers)
    const atOnce = limitDays <= 3 ? random.chance(0.7) : random.chance(0.3)
    const state = atOnce ? 'closed' : 'accepted'
    const channel = channels[random.weighted(channelWeights)]!
    const householdId = asker ? asker.household.id : null
    const givenName = kind === 1 ? inventName(random, random.int(1950, 2000), random.chance(0.5) ? 1 : 2) : ''
    const { id } = write(
      db,
      `INSERT INTO enquiry (number, ticket, title, words, matter_id, channel, asker_id, given_name, given_phone,
         anonymous, subject_id, household_id, state, accepted_at, accepted_day, due_day, closed_day, answer, operator_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      nextNumber(db, 'ZX', year),
      random.uuid(),
      title,
      random.chance(0.75) ? random.pick(phrase.words) : '',
      matter?.id ?? null,
      channel,
      asker?.id ?? null,
      givenName,
      kind === 1 && random.chance(0.6) ? `19900${random.int(0, 999_999).toString().padStart(6, '0')}` : '',
      kind === 2 ? 1 : 0,
      subject?.id ?? null,
      householdId,
      state,
      at,
      day,
      dueDay,
      atOnce ? day : null,
      atOnce ? answer : '',
      operatorId,
    )
    writeEvent(db, { enquiryId: id, operatorId, at, step: 'accept', from: null, to: 'accepted', text: '' })
    if (atOnce)
      writeEvent(db, {
        enquiryId: id,
        operatorId,
        at,
        step: 'close',
        from: 'accepted',
        to: 'closed',
        text: answer,
      })
    writer.audit(db, {
      at,
      operatorId,
      action: 'enquiry.accept',
      subject: `enquiry:${id}`,
      changes: JSON.stringify({
        state: [null, state],
        matterId: [null, matter?.id ?? null],
        channel: [null, channel],
        askerId: [null, asker?.id ?? null],
        subjectId: [null, subject?.id ?? null],
        householdId: [null, householdId],
        anonymous: [null, kind === 2],
        dueDay: [null, dueDay],
      }),
    })
    if (asker?.phone && random.chance(0.1)) {
      writer.audit(db, {
        at: plus(at, 20),
        operatorId,
        action: 'person.reveal',
        subject: `person-reveal:${asker.id}`,
        reason: random.pick(revealReasons),
        changes: JSON.stringify({ field: [null, 'phone'], position: [null, 0] }),
      })
    }
    const young = subject && year - Number(subject.birth.slice(0, 4)) < 18
    if (young)
      writer.audit(db, {
        at: plus(at, 40),
        operatorId,
        action: 'person.read',
        subject: `minor-read:${subject.id}`,
      })
    if (!atOnce) planLife({ id, limitDays, version: 1 }, day, answer)
  }

  return {
    /** All that happens at the counter on a day: what was planned for it, and `count` who come. */
    dayOf(day: string, count: number): Happening[] {
      const happenings = later.get(day) ?? []
      later.delete(day)
      for (let nth = 0; nth < count; nth += 1) {
        happenings.push({ at: instantOf(day, momentOf(random)), write: (db, at) => accept(db, at, day) })
      }
      return happenings
    },
  }
}

/** The working days from one day to another, both included. */
export function workingDays(from: string, to: string): string[] {
  const found: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) found.push(day)
  return found
}
