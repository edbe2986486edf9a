import { insertEnquiry } from '../../electron/counters/enquiries/accept.ts'
import { writeEvent } from '../../electron/counters/enquiries/events.ts'
import { dueAfter } from '../../electron/counters/enquiries/limits.ts'
import { readMatters } from '../../electron/counters/enquiries/matters.ts'
import { readRules } from '../../electron/counters/settings/rules.ts'
import { channels } from '../../electron/contract/enquiries.ts'
import type { WritableDatabase } from '../../electron/database/open.ts'
import { describe } from '../../electron/workbench/act.ts'
import { addDays, localDay } from '../../electron/workbench/calendar.ts'
import { openActs } from './acts.ts'
import type { Community, Resident } from './community.ts'
import { openLives, type Life, type Matter, type Source } from './lives.ts'
import { inventName } from './names.ts'
import { phrases, revealReasons } from './phrases.ts'
import { shares } from './plan.ts'
import { instantOf, momentOf, type Happening } from './schedule.ts'

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
/** How much rather than others a category goes out to departments; anything not named here: 1. */
const dispatchWeights: Record<string, number> = { ZF: 24, HW: 24, TJ: 10, LN: 8, MZ: 8, CJ: 6 }

const categoryOf = (matter: Matter | null) => matter?.code.slice(0, 2) ?? 'ZH'
const plus = (at: string, milliseconds: number) => new Date(Date.parse(at) + milliseconds).toISOString()

/** What somebody said at a door and wants taken up. */
export type Need = {
  operatorId: number
  asker: Resident | null
  /** Null for what a patrol found. */
  householdId: number | null
  /** The first two letters of the matter's code. */
  category: string
  title: string
  words: string
}

/** Enquiries from greeting to archive. */
export function openEnquiries(
  { writer, random, schedule, plan }: Omit<Source, 'acts'>,
  community: Community,
) {
  const acts = openActs(writer, random)
  const lives = openLives({ writer, random, schedule, plan, acts })
  const rules = readRules(writer.db)
  const matters: Matter[] = readMatters(writer.db)
  const weightOf = (weights: Record<string, number>, usual: number) => (matter: Matter) =>
    weights[categoryOf(matter)] ?? usual
  const matterWeights = matters.map((matter) => {
    const category = categoryOf(matter)
    const share = matters.filter((other) => categoryOf(other) === category).length
    return weightOf(categoryWeights, 4)(matter) / share
  })
  // So that of all that come the wanted share goes out.
  const all = matterWeights.reduce((sum, weight) => sum + weight, 0)
  const mean = matters
    .map((matter, index) => (matterWeights[index]! / all) * weightOf(dispatchWeights, 1)(matter))
    .reduce((sum, weight) => sum + weight, 0)
  const dispatchShare = (matter: Matter | null) =>
    (shares.dispatched * (matter ? weightOf(dispatchWeights, 1)(matter) : mean)) / mean

  /** The newest ones about houses and streets: some turn out to have one cause. */
  const recent: Life[] = []

  function perhapsLink(life: Life, at: string): void {
    if (!['ZF', 'HW'].includes(categoryOf(life.matter))) return
    recent.push(life)
    if (recent.length > 200) recent.shift()
    if (!random.chance(shares.groups)) return
    const alike = recent.filter(({ matter }) => matter === life.matter).slice(-random.int(2, 8))
    const title = `${life.matter!.name}（同一原因）`
    schedule.then(at, 1, (db, when) =>
      acts.link(
        db,
        alike.map(({ id }) => id),
        when,
        title,
      ),
    )
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

  /** What came of it: answered in the act of accepting, or one of the longer ways. */
  function wayOf(
    matter: Matter | null,
    limitDays: number,
  ): 'at-once' | 'notice' | 'promise' | 'out' | 'desk' {
    const withPapers = matter !== null && matter.papers.length > 0
    if (withPapers && random.chance(shares.notices)) return 'notice'
    if (withPapers && random.chance(shares.promises)) return 'promise'
    if (random.chance(dispatchShare(matter) / (1 - shares.notices - shares.promises))) return 'out'
    return random.chance(limitDays <= 3 ? 0.7 : 0.3) ? 'at-once' : 'desk'
  }

  function accept(db: WritableDatabase, at: string, day: string): void {
    const operatorId = acts.clerk()
    const matter = random.chance(0.04) ? null : matters[random.weighted(matterWeights)]!
    const phrase = phrases[categoryOf(matter)]!
    const title =
      matter && random.chance(0.34)
        ? `${matter.name}${random.pick(['', '咨询', '怎么办', '要带什么'])}`
        : random.pick(phrase.titles)
    const year = Number(day.slice(0, 4))
    const kind = random.weighted([88, 8, 4])
    const asker = kind === 0 ? adult(year) : null
    const subject = asker && subjectOf(asker)
    const limit = matter?.limit ?? rules.usualLimit
    const limitDays = limit.amount
    const way = wayOf(matter, limitDays)
    const answer = way === 'at-once' ? random.pick(phrase.answers) : ''
    const channel = channels[random.weighted(channelWeights)]!
    const row = {
      title,
      words: random.chance(0.75) ? random.pick(phrase.words) : '',
      matterId: matter?.id ?? null,
      channel,
      askerId: asker?.id ?? null,
      givenName: kind === 1 ? inventName(random, random.int(1950, 2000), random.chance(0.5) ? 1 : 2) : '',
      givenPhone:
        kind === 1 && random.chance(0.6) ? `19900${random.int(0, 999_999).toString().padStart(6, '0')}` : '',
      anonymous: kind === 2,
      idRefused: kind > 0 && random.chance(0.1),
      subjectId: subject?.id ?? null,
      householdId: asker ? asker.household.id : null,
      ticket: random.uuid(),
      answer,
      dueAt: dueAfter(new Date(at), limit, rules),
      limitUnit: limit.unit,
      today: day,
      at,
      operatorId,
    }
    const id = insertEnquiry(db, row)
    const event = { enquiryId: id, operatorId, at }
    writeEvent(db, { ...event, step: 'accept', from: null, to: 'accepted', text: '' })
    if (answer) writeEvent(db, { ...event, step: 'close', from: 'accepted', to: 'closed', text: answer })
    const { matterId, askerId, subjectId, householdId, anonymous, dueAt } = row
    writer.audit(db, {
      at,
      operatorId,
      action: 'enquiry.accept',
      subject: `enquiry:${id}`,
      changes: describe(null, {
        matterId,
        channel,
        askerId,
        subjectId,
        householdId,
        anonymous,
        dueAt,
        closed: answer !== '',
      }),
    })
    revealAndRead(at, operatorId, asker, subject, year)
    const life: Life = {
      id,
      matter,
      limitDays,
      present: channel === '窗口',
      named: kind !== 2,
      answers: phrase.answers,
    }
    if (way === 'at-once') return lives.goOnClosed(life, at)
    perhapsLink(life, at)
    if (way === 'notice') lives.giveNotice(life, at)
    else if (way === 'promise') lives.takePromise(life, at)
    else if (way === 'out') lives.dispatch(life, at)
    else lives.answerAtDesk(life, at)
  }

  /** What a family asked for at its door: accepted at once, answered as others are. Returns the enquiry's id. */
  function acceptNeed(db: WritableDatabase, at: string, need: Need): number {
    const { operatorId, asker, householdId, category, title, words } = need
    const matter = matters.find((one) => categoryOf(one) === category) ?? null
    const limit = matter?.limit ?? rules.usualLimit
    const nobody = { givenName: '', givenPhone: '', anonymous: false, idRefused: false, subjectId: null }
    const dueAt = dueAfter(new Date(at), limit, rules)
    const day = localDay(new Date(at))
    const id = insertEnquiry(db, {
      ...nobody,
      ...{ title, words, matterId: matter?.id ?? null, channel: '走访' as const, askerId: asker?.id ?? null },
      ...{ householdId, ticket: random.uuid(), answer: '', dueAt, limitUnit: limit.unit, today: day },
      ...{ at, operatorId },
    })
    writeEvent(db, { enquiryId: id, operatorId, at, step: 'accept', from: null, to: 'accepted', text: '' })
    const answers = phrases[category]?.answers ?? phrases.ZH!.answers
    const life = { id, matter, limitDays: limit.amount, present: false, named: asker !== null, answers }
    if (random.chance(shares.dispatched * 3)) lives.dispatch(life, at)
    else lives.answerAtDesk(life, at)
    return id
  }

  /** What looking at people leaves in the audit. */
  function revealAndRead(
    at: string,
    operatorId: number,
    asker: Resident | null,
    subject: Resident | null,
    year: number,
  ): void {
    if (asker?.phone && random.chance(0.1)) {
      schedule.plan({
        at: plus(at, 20),
        write: (db, when) =>
          writer.audit(db, {
            at: when,
            operatorId,
            action: 'person.reveal',
            subject: `person-reveal:${asker.id}`,
            reason: random.pick(revealReasons),
            changes: JSON.stringify({ field: [null, 'phone'], position: [null, 0] }),
          }),
      })
    }
    if (!subject || year - Number(subject.birth.slice(0, 4)) >= 18) return
    schedule.plan({
      at: plus(at, 40),
      write: (db, when) =>
        writer.audit(db, {
          at: when,
          operatorId,
          action: 'person.read',
          subject: `minor-read:${subject.id}`,
        }),
    })
  }

  /** What was closed more than a month ago, two thousand at a press, until nothing is left. */
  function archive(day: string, at: string): Happening {
    return {
      at,
      write: (db, when) => {
        if (acts.archive(db, when, addDays(day, -31))) schedule.plan(archive(day, plus(when, 15_000)))
      },
    }
  }

  return {
    acceptNeed,

    /** Those who come on a day. */
    dayOf: (day: string, count: number): Happening[] =>
      Array.from({ length: count }, () => ({
        at: instantOf(day, momentOf(random)),
        write: (db: WritableDatabase, at: string) => accept(db, at, day),
      })),

    /** The manager's archiving, first thing on a day. */
    archive: (day: string): Happening => archive(day, instantOf(day, 8.4 * 3_600_000)),
  }
}
export type Enquiries = ReturnType<typeof openEnquiries>
