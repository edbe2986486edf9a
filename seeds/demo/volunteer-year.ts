import { colours, type Colour } from '../../electron/contract/volunteer-fields.ts'
import { markNational } from '../../electron/counters/volunteers/activities.ts'
import { createSeries } from '../../electron/counters/volunteers/series.ts'
import { signUpVolunteers } from '../../electron/counters/volunteers/sign-ups.ts'
import { addDays, addWorkingDays } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import type { Random } from '../dataset/random.ts'
import { at, workingDayBefore } from './moments.ts'
import type { Step } from './visit-year.ts'
import type { Alliance } from './volunteer-setup.ts'
import { addOne, choose, comeAndGo, confirmAll, enterSheet } from './volunteer-sheet.ts'
import { organiser, works } from './volunteer-words.ts'

type Source = {
  clerk: Context
  manager: Context
  random: Random
  today: string
  /** Since then the desk has the program; sheets of before were typed in from the folder. */
  programDay: string
  /** The first month of which there are sheets. */
  firstMonth: string
  alliance: () => Alliance
}

const monthAfter = (month: string, count: number) => {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

/** Months from one to another, both included. */
function monthsFrom(first: string, last: string): string[] {
  const found: string[] = []
  for (let month = first; month <= last; month = monthAfter(month, 1)) found.push(month)
  return found
}

/** The 28ths before the program: one or two colours a month, typed in one afternoon, looked at the next. */
function typeInFolder({ clerk, manager, random, programDay, firstMonth, alliance }: Source): Step[] {
  const days = monthsFrom(firstMonth, programDay.slice(0, 7))
    .map((month) => `${month}-28`)
    .filter((day) => day <= programDay)
  const afternoon = at(addWorkingDays(programDay, 1), 14, 0).getTime()
  const dayAfter = at(addWorkingDays(programDay, 2), 9, 0).getTime()
  const steps: Step[] = []
  let sheets = 0
  for (const [nth, day] of days.entries()) {
    const recent = nth >= days.length - 12
    // March is the month of volunteers: three teams.
    const count = day.slice(5, 7) === '03' ? 3 : recent ? 2 : 1
    for (let team = 0; team < count; team += 1) {
      const colour = colours[(nth * 2 + team * 3) % 7]!
      let activityId = 0
      sheets += 1
      steps.push({
        at: new Date(afternoon + sheets * 150_000),
        happen: () => {
          const { volunteers, teams } = alliance()
          const { name, ...work } = works[colour]
          activityId = addOne(clerk, random, {
            ...work,
            name: `28日${name}`,
            day,
            colour,
            teamId: teams.get(colour)!,
          })
          const who = choose(random, volunteers, { day, count: 9 + random.int(0, 5) })
          enterSheet(
            clerk,
            random,
            activityId,
            who.map(({ id }) => comeAndGo(random, work, id)),
          )
        },
      })
      steps.push({
        at: new Date(dayAfter + sheets * 60_000),
        happen: () => {
          confirmAll(manager, activityId)
          if (nth < days.length - 2)
            markNational(clerk, { activityIds: [activityId], day: addWorkingDays(programDay, 2) })
        },
      })
    }
  }
  return steps
}

/** The 28ths since, as they are made now: planned as a series, signed up for, entered the day after, confirmed in the week. */
function goOn({ clerk, manager, random, today, programDay, alliance }: Source): Step[] {
  const steps: Step[] = []
  const lastMonth = monthAfter(today.slice(0, 7), 3)
  const thisMonth = programDay.slice(0, 7)
  const firstMonth = `${thisMonth}-28` > programDay ? thisMonth : monthAfter(thisMonth, 1)
  const teams: Colour[] = ['green', 'purple']
  for (const [place, team] of teams.entries()) {
    const made = new Map<string, number>()
    const { name, ...work } = works[team]
    steps.push({
      at: at(programDay, 16, 10 + place * 5),
      happen: () => {
        const { activities } = createSeries(clerk, {
          ...{
            ...work,
            name: `每月28日${name}`,
            kind: 'service',
            own: true,
            organiser,
            inCharge: '演示队长',
          },
          ...{ capacity: 30, colour: team, teamId: alliance().teams.get(team)! },
          ...{ dayOfMonth: 28, fromMonth: firstMonth, toMonth: lastMonth },
        })
        for (const { id, day } of activities) made.set(day, id)
      },
    })
    for (const month of monthsFrom(firstMonth, lastMonth)) {
      const day = `${month}-28`
      const who = () => choose(random, alliance().volunteers, { day: day < today ? day : today, count: 12 })
      // Sign-ups open nine days before.
      const opened = workingDayBefore(addDays(day, -8), 1)
      if (opened > programDay) {
        steps.push({
          at: at(opened, 10, 20 + place),
          happen: () =>
            signUpVolunteers(clerk, {
              activityId: made.get(day)!,
              volunteerIds: who().map(({ id }) => id),
            }),
        })
      }
      steps.push({
        at: at(addWorkingDays(day, 1), 9, 30 + place * 12),
        happen: () =>
          enterSheet(
            clerk,
            random,
            made.get(day)!,
            who().map(({ id }) => comeAndGo(random, work, id)),
          ),
      })
      steps.push({
        at: at(addWorkingDays(day, 3), 15, 10 + place),
        happen: () => confirmAll(manager, made.get(day)!),
      })
    }
  }
  return steps
}

export const planService = (source: Source): Step[] => [...typeInFolder(source), ...goOn(source)]
