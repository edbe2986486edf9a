import type { Registration } from '../../electron/contract/visit-registration.ts'
import { closeEnquiry } from '../../electron/counters/enquiries/life.ts'
import { readNow } from '../../electron/counters/enquiries/take.ts'
import { formOf, saveRegistration } from '../../electron/counters/visits/registration.ts'
import { planRound } from '../../electron/counters/visits/rounds.ts'
import { suggestDoors } from '../../electron/counters/visits/suggest.ts'
import { addVisit, voidVisit } from '../../electron/counters/visits/visits.ts'
import { value } from '../../electron/database/open.ts'
import { addDays, ageOn } from '../../electron/workbench/calendar.ts'
import type { Context } from '../../electron/workbench/workbench.ts'
import { openRandom, type Random } from '../dataset/random.ts'
import { missing } from './happen.ts'
import { at, workingDayBefore } from './moments.ts'
import { planPatrols } from './visit-patrols.ts'
import { placeDrawn, takeDrawn } from './visit-photos.ts'
import { setUpVisits, type DemoGrid } from './visit-setup.ts'
import { stories, type VisitStory } from './visit-story.ts'
import { blank, livingAt, planYear, type Step } from './visit-year.ts'
import { situations } from './visit-words.ts'

type Source = {
  clerk: Context
  manager: Context
  today: string
  present: Date
  persons: Map<string, number>
  matters: Map<string, number>
  setClock: (when: Date) => void
}

const minute = 60_000
const clockWords = (moment: Date) => new Date(moment.getTime() + 8 * 60 * minute).toISOString().slice(11, 16)

/** The form as somebody went through it at the door. */
function goThroughForm(
  clerk: Context,
  householdId: number,
  day: string,
  tenure: Registration['tenure'],
): void {
  const { form } = formOf(clerk.desk.db, householdId, day)
  saveRegistration(clerk, {
    ...{ householdId, version: form.version, kind: '家庭户', tenure, note: form.note, checkedDay: day },
    members: form.members.map(({ idNumber: _, phones: __, ...member }) => {
      const age = member.birth === null ? null : ageOn(member.birth, day)
      const grown = age !== null && age >= 22
      return {
        ...member,
        ethnicity: '汉族',
        marriage: age === null ? '' : age >= 80 ? '丧偶' : grown ? '已婚' : '未婚',
        education: age === null ? '' : age >= 60 ? '初中' : grown ? '大专' : '小学',
        political: '群众',
        workplace: grown && age < 60 ? '示例公司' : '',
        departureDay: null,
      }
    }),
    notTheSame: [],
  })
}

/** A story on its day, entered in the afternoon, with what became of it. */
function tell(source: Source, random: Random, grids: DemoGrid[], story: VisitStory): Step[] {
  const { clerk, today, persons, matters } = source
  const { db } = clerk.desk
  const personId = persons.get(story.at) ?? missing(story.at)
  const householdId = value<number>(db, 'SELECT household_id FROM person WHERE id = ?', personId)!
  const grid = grids.find(({ doors }) => doors.includes(householdId)) ?? missing(story.at)
  const day = workingDayBefore(today, story.ago)
  const { needs = [], outcome = 'met', followUp, photo, registered, voided } = story
  const [hour, minutes] = story.time.split(':').map(Number) as [number, number]
  const steps: Step[] = []
  const later: Step[] = []
  const enter = () => {
    const visit = addVisit(clerk, {
      ...blank(random, householdId, day, [grid.worker, grid.helper]),
      ...{ time: story.time, outcome, themes: story.themes ?? [], note: story.note ?? '' },
      ...{ metIds: outcome === 'met' ? [personId] : [], metOthers: story.metOthers ?? '' },
      ...{ followUpDay: followUp === undefined ? null : addDays(today, followUp) },
      needs: needs.map(({ theme, text, raised }) => ({
        theme,
        text,
        enquiry: raised
          ? {
              title: raised.title,
              matterId: matters.get(raised.matter) ?? missing(raised.matter),
              askerId: personId,
            }
          : null,
      })),
    })
    if (registered) goThroughForm(clerk, householdId, day, registered.tenure)
    if (photo) {
      const drawn = { name: photo.name, takenAt: at(day, hour, minutes + 4) }
      placeDrawn(clerk, drawn, visit.id, photo.child ?? false)
    }
    if (voided) voidVisit(clerk, { id: visit.id, reason: voided })
    visit.needs.forEach(({ enquiry }, nth) => (enquiryIds[nth] = enquiry?.id))
  }
  const enquiryIds: (number | undefined)[] = []
  steps.push({ at: at(day, 19, 40, minutes), happen: enter })
  needs.forEach(({ raised }, nth) => {
    if (!raised?.answered) return
    const { ago, answer } = raised.answered
    later.push({
      at: at(workingDayBefore(today, ago), 15, 20),
      happen: () => {
        const { id, version } = readNow(clerk, enquiryIds[nth]!)
        closeEnquiry(clerk, { id, version, answer })
      },
    })
  })
  return [...steps, ...later]
}

/** Today's round of the first grid, half entered: planned the evening before, its first doors knocked at this morning. */
function planToday(
  { clerk, today, present }: Source,
  random: Random,
  { id: gridId, worker, helper }: DemoGrid,
): Step[] {
  const steps: Step[] = []
  const visitorIds = [worker, helper]
  let round: ReturnType<typeof planRound> | null = null
  steps.push({
    at: at(workingDayBefore(today, 1), 17, 10),
    happen: () => {
      const householdIds = suggestDoors(clerk, { gridId, limit: 8 }).doors.map((door) => door.householdId)
      round = planRound(clerk, { ticket: random.uuid(), day: today, gridId, visitorIds, householdIds })
    },
  })
  // Nobody knocks before nine; in the evening the forenoon's doors stand there.
  const last = new Date(Math.min(present.getTime(), at(today, 11, 20).getTime()))
  if (last < at(today, 9, 30)) return steps
  for (const [nth, outcome] of (['met', 'nobody', 'met', 'met'] as const).entries()) {
    const moment = new Date(last.getTime() - (4 - nth) * 9 * minute)
    steps.push({
      at: moment,
      happen: () => {
        const householdId = round!.list[nth]?.householdId
        if (householdId === undefined) return
        const people = livingAt(clerk, householdId)
        const said = outcome === 'met' ? { metIds: people.slice(0, 1), themes: random.pick(situations) } : {}
        addVisit(clerk, {
          ...blank(random, householdId, today, visitorIds),
          ...{ outcome, time: clockWords(new Date(moment.getTime() - 2 * minute)), roundId: round!.id },
          ...said,
          needs: nth === 2 ? [{ theme: '建议', text: '希望周末有亲子活动', enquiry: null }] : [],
        })
      },
    })
  }
  return steps
}

/** The visits of the demo's last year, its photos and patrols, planned up to this minute. Sets up who goes where at once. */
export function openVisits(source: Source): Step[] {
  const { clerk, manager, today, present, persons, matters, setClock } = source
  let moment = at(addDays(today, -60), 14, 0).getTime()
  const staff = setUpVisits(clerk, manager, today, () => {
    moment += 40_000
    setClock(new Date(moment))
  })
  const random = openRandom(525)
  const movedOut = value<number>(
    clerk.desk.db,
    'SELECT household_id FROM person WHERE id = ?',
    persons.get('熊波'),
  )
  const walked = staff.grids.map((grid) => ({
    ...grid,
    doors: grid.doors.filter((door) => door !== movedOut && !staff.empty.includes(door)),
  }))
  const waiting = [
    { name: 'power-line', takenAt: at(workingDayBefore(today, 3), 18, 36) },
    { name: 'stairs', takenAt: at(workingDayBefore(today, 4), 16, 9) },
    { name: 'clear-passage', takenAt: null },
  ]
  const [first] = walked
  return [
    ...planYear({ clerk, random, today, grids: walked }),
    ...stories.flatMap((story) => tell(source, random, staff.grids, story)),
    // Two of the empty doors were found so; the third one nobody was at yet.
    ...staff.empty.slice(0, 2).map((householdId, nth): Step => {
      const day = workingDayBefore(today, 30 + nth)
      const { worker } = staff.grids.find(({ doors }) => doors.includes(householdId))!
      const visit = { ...blank(random, householdId, day, [worker]), outcome: 'vacant' as const }
      const note = '水电表一年没走，邻居说没人住'
      return { at: at(day, 16, 50), happen: () => addVisit(clerk, { ...visit, note }) }
    }),
    ...planToday(source, random, first!),
    ...planPatrols(clerk, staff.companies, today, first!.worker, matters.get('ZF07') ?? missing('ZF07')),
    ...waiting.map((photo, nth): Step => ({
      at: at(workingDayBefore(today, 1), 17, 30 + nth),
      happen: () => takeDrawn(clerk, photo),
    })),
  ].filter((step) => step.at <= present)
}
