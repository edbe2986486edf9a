import { correctYear, freezeYear, lockYear, publishYear } from '../../electron/counters/volunteers/pioneer.ts'
import { readPioneerYear } from '../../electron/counters/volunteers/pioneer-record.ts'
import { readRanking } from '../../electron/counters/volunteers/ranking.ts'
import { redeem } from '../../electron/counters/volunteers/redeem.ts'
import { reverseRedemption } from '../../electron/counters/volunteers/redemptions.ts'
import { reverseRecord } from '../../electron/counters/volunteers/reverse.ts'
import { listRecords } from '../../electron/counters/volunteers/records.ts'
import { readGift } from '../../electron/counters/volunteers/gifts.ts'
import { addDays, addWorkingDays } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import type { Random } from '../dataset/random.ts'
import { missing } from './happen.ts'
import { at, workingDayBefore } from './moments.ts'
import type { Step } from './visit-year.ts'
import type { Alliance } from './volunteer-setup.ts'
import { addOne, choose, comeAndGo, confirmAll, enterSheet } from './volunteer-sheet.ts'
import { works } from './volunteer-words.ts'

type Source = {
  clerk: Context
  manager: Context
  random: Random
  today: string
  programDay: string
  finalYear: number
  alliance: () => Alliance
}

const plain = { minutes: null, breakMinutes: 0, reason: '', rating: null }

/** What waits today: a sheet near its deadline, one with flags, and one that nobody handed in yet. */
function waiting({ clerk, manager, random, today, alliance }: Source): Step[] {
  const near = workingDayBefore(today, 8)
  const flagged = workingDayBefore(today, 3)
  const missingSheet = workingDayBefore(today, 1)
  const afternoon = { starts: '14:00', ends: '17:00' }
  return [
    {
      at: at(addWorkingDays(near, 1), 10, 5),
      happen: () => {
        const { volunteers, teams } = alliance()
        const { name, ...work } = works.red
        const activityId = addOne(clerk, random, {
          ...work,
          name: `冬季${name}`,
          day: near,
          colour: 'red',
          teamId: teams.get('red')!,
        })
        const who = choose(random, volunteers, { day: near, count: 8 })
        enterSheet(
          clerk,
          random,
          activityId,
          who.map(({ id }) => comeAndGo(random, work, id)),
        )
      },
    },
    {
      at: at(addWorkingDays(flagged, 1), 9, 20),
      happen: () => {
        const { volunteers } = alliance()
        // A long morning, which is confirmed, and an afternoon that lies over its end.
        const morning = { starts: '08:00', ends: '14:30' }
        const first = addOne(clerk, random, {
          ...works.blue,
          ...morning,
          name: '旧家电集中回收',
          day: flagged,
          colour: 'blue',
        })
        const who = volunteers.filter(({ mayServe }) => mayServe).slice(0, 6)
        enterSheet(
          clerk,
          random,
          first,
          who.slice(0, 3).map(({ id }) => ({ ...plain, volunteerId: id, arrived: '08:00', left: '14:30' })),
        )
        confirmAll(manager, first)
        const second = addOne(clerk, random, {
          ...works.yellow,
          ...afternoon,
          day: flagged,
          colour: 'yellow',
          name: '平安夜巡',
        })
        const times = ['14:00', '14:40', '14:00', '14:00', '14:25', '14:00']
        const left = ['17:00', '17:20', '17:00', '17:00', '17:00', '16:30']
        enterSheet(
          clerk,
          random,
          second,
          who.map(({ id }, nth) => ({ ...plain, volunteerId: id, arrived: times[nth]!, left: left[nth]! })),
        )
      },
    },
    {
      at: at(missingSheet, 9, 10),
      happen: () => {
        const { name, ...work } = works.orange
        addOne(clerk, random, {
          ...work,
          ...afternoon,
          name: `周末${name}`,
          day: missingSheet,
          colour: 'orange',
        })
      },
    },
  ]
}

/** Beside the hours: a training, a party duty, another organisation's; one record that was taken back. */
function beside({ clerk, manager, random, today, alliance }: Source): Step[] {
  const day = workingDayBefore(today, 24)
  const kinds = [
    { kind: 'training', own: true, name: '急救培训', place: '二楼教室', content: '心肺复苏，止血包扎' },
    { kind: 'party-duty', own: true, name: '主题党日', place: '二楼教室', content: '党员学习和义务劳动' },
    {
      kind: 'service',
      own: false,
      name: '献血车引导',
      place: '步行街',
      content: '引导献血',
      organiser: '示例红十字会',
    },
  ] as const
  return kinds.flatMap((wanted, nth): Step[] => {
    const times = { starts: ['09:00', '14:00', '18:00'][nth]!, ends: ['11:00', '16:00', '20:00'][nth]! }
    let activityId = 0
    return [
      {
        at: at(addWorkingDays(day, 1), 14, 5 + nth * 4),
        happen: () => {
          activityId = addOne(clerk, random, { ...wanted, ...times, day })
          const who = choose(random, alliance().volunteers, { day, count: 5 })
          enterSheet(
            clerk,
            random,
            activityId,
            who.map(({ id }) => ({ ...plain, volunteerId: id, arrived: times.starts, left: times.ends })),
          )
        },
      },
      {
        at: at(addWorkingDays(day, 2), 14, 5 + nth * 4),
        happen: () => {
          confirmAll(manager, activityId)
          if (nth !== 0) return
          const [record] = listRecords(clerk, { activityId, state: 'standing', limit: 1 }).rows
          reverseRecord(manager, { recordId: record!.id, reason: '代签的，本人没有来' })
        },
      },
    ]
  })
}

/** Gifts that were fetched, one of them brought back. */
function redemptions({ clerk, manager, random, today, alliance }: Source): Step[] {
  const fetched = [
    { ago: 25, who: 0, gift: '毛巾' },
    { ago: 18, who: 2, gift: '洗衣液' },
    { ago: 12, who: 4, gift: '毛巾' },
    { ago: 6, who: 1, gift: '雨伞' },
  ]
  return fetched.map(({ ago, who, gift: name }, nth): Step => ({
    at: at(workingDayBefore(today, ago), 15, 25 + nth),
    happen: () => {
      const { volunteers, gifts } = alliance()
      const giftId = gifts.get(name) ?? missing(name)
      const { points } = readGift(clerk.desk.db, giftId)
      const volunteerId = volunteers[who]!.id
      const made = redeem(clerk, {
        ticket: random.uuid(),
        volunteerId,
        giftId,
        amount: 1,
        points,
        collector: '',
      })
      if (nth !== 1) return
      const redemptionId = made.redemption.id
      reverseRedemption(manager, { redemptionId, returned: true, reason: '包装破了，退回来' })
    },
  }))
}

/** 志愿先锋 of the year before, from the lock to the final list, with an objection that changed nothing. */
function pioneers({ manager, programDay, finalYear: year }: Source): Step[] {
  const day = (nth: number) => addWorkingDays(programDay, nth)
  const seen = () => ({ year, version: readPioneerYear(manager, year).version! })
  return [
    {
      at: at(day(3), 10, 0),
      happen: () => lockYear(manager, { year, version: null, untilDay: `${year}-12-31` }),
    },
    {
      at: at(day(3), 10, 40),
      happen: () => publishYear(manager, { ...seen(), places: 10, objectionsUntil: addDays(day(3), 7) }),
    },
    {
      at: at(addDays(day(3), 2), 11, 15),
      happen: () => {
        const [, , third] = readRanking(manager, { year, query: '', excluded: false, limit: 3 }).rows
        const reason = '本人说少记一次，查签到表没有签名'
        correctYear(manager, { ...seen(), volunteerId: third!.volunteerId, kind: 'no-change', reason })
      },
    },
    { at: at(addWorkingDays(addDays(day(3), 7), 1), 9, 30), happen: () => freezeYear(manager, seen()) },
  ]
}

export const tellVolunteers = (source: Source): Step[] => [
  ...waiting(source),
  ...beside(source),
  ...redemptions(source),
  ...pioneers(source),
]
