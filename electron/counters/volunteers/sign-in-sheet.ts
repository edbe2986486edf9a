import type { Activity } from '../../contract/volunteer-activities.ts'
import { fail } from '../../workbench/errors.ts'
import { spelledDay, weekdayOf } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { openActivity } from './activities.ts'
import type { Draft } from './paper.ts'
import { colourText } from './paper-words.ts'

/** For those who come without having signed up. */
const emptyLines = 8
/** One page, so that a sheet without names is one too. */
const leastLines = 16

const kinds: Record<Activity['kind'], string> = {
  service: '',
  training: '培训，不计服务时长',
  'party-duty': '党务活动，不计服务时长',
}

type Line = { place: number; name: string; number: string; consentMissing: boolean }

function linesOf({ signUps }: Activity): Line[] {
  const named = signUps.map(({ name, number, consentMissing }, index) => ({
    place: index + 1,
    name,
    number,
    consentMissing,
  }))
  const empty = Math.max(emptyLines, leastLines - named.length)
  return [
    ...named,
    ...Array.from({ length: empty }, (_, index) => ({
      place: named.length + index + 1,
      name: '',
      number: '',
      consentMissing: false,
    })),
  ]
}

/**
 * The sheet that lies at the activity: who signed up, then empty lines, with room to write and to sign. NOT_FOUND `activity`;
 * CONFLICT `step` for a cancelled one.
 */
export function signInSheet(context: Context, activityId: number): Draft {
  const { db } = context.desk
  const activity = openActivity(context, activityId)
  if (activity.state === 'cancelled') fail('CONFLICT', { because: 'step' })
  const lines = linesOf(activity)
  return {
    kind: 'volunteer-sign-in-sheet',
    title: `志愿服务签到表 ${activity.number}`,
    subject: `activity:${activityId}`,
    data: {
      community: { name: readCommunity(db).name },
      number: activity.number,
      name: activity.name,
      kind: activity.own ? kinds[activity.kind] : '其他单位的活动，不计入本社区时长',
      day: `${spelledDay(activity.day)} 星期${weekdayOf(activity.day)}`,
      time: `${activity.starts}—${activity.ends}`,
      place: activity.place,
      organiser: activity.organiser,
      inCharge: activity.inCharge,
      colour: activity.colour === null ? '' : colourText(activity.colour),
      team: activity.team?.name ?? '',
      signedUp: activity.signUps.length,
      missing: lines.some(({ consentMissing }) => consentMissing),
      lines,
    },
  }
}
