import type { Volunteer } from '../../contract/volunteer-people.ts'
import { colourWords } from '../../contract/volunteer-fields.ts'
import { listed, spelledDay } from '../../workbench/paper-words.ts'
import type { Context } from '../../workbench/workbench.ts'
import { todayOf } from '../people/record.ts'
import { readCommunity } from '../settings/community.ts'
import type { Draft } from './paper.ts'
import { hoursText, starText } from './paper-words.ts'
import { listRecords } from './records.ts'
import { openVolunteer } from './volunteer-record.ts'

/** The newest of them, so that it stays one page; all hours stand in the sums. */
const mostRecords = 12

const sexes: Record<number, string> = { 1: '男', 2: '女' }
const dayOr = (day: string | null, otherwise: string) => (day === null ? otherwise : spelledDay(day))

/** How a consent stands: never given, given, withdrawn. */
function consentText(consent: Volunteer['publishConsent'], today: string): string {
  if (consent === null) return '未登记'
  const { givenBy, givenDay, withdrawnDay } = consent
  return withdrawnDay !== null && withdrawnDay <= today
    ? `${spelledDay(withdrawnDay)}已撤回`
    : `${givenBy}于${spelledDay(givenDay)}同意`
}

const recordsOf = (context: Context, volunteerId: number) =>
  listRecords(context, { volunteerId, state: 'confirmed', limit: mostRecords }).rows.map((record) => ({
    day: record.day,
    activity: record.activity,
    minutes: hoursText(record.minutes),
    kind: !record.own
      ? '其他单位'
      : record.kind === 'training'
        ? '培训'
        : record.kind === 'party-duty'
          ? '党务'
          : '服务',
  }))

function besideOf({ unconfirmed, elsewhere, training, partyDuty }: Volunteer['hours']) {
  const beside = [
    ['待确认', unconfirmed],
    ['其他单位', elsewhere],
    ['培训', training],
    ['党务', partyDuty],
  ] as const
  return beside
    .filter(([, minutes]) => minutes > 0)
    .map(([word, minutes]) => `${word} ${hoursText(minutes)}`)
    .join('，')
}

/**
 * 志愿者服务档案, what 令67号 Art 5 to 10 keep of a volunteer; ID number and phone stay masked. Making a minor's is written to
 * the audit as opening it. NOT_FOUND `volunteer`.
 */
export function volunteerFile(context: Context, volunteerId: number): Draft {
  const { db } = context.desk
  const today = todayOf(context)
  const volunteer = openVolunteer(context, volunteerId)
  const { hours, memberships } = volunteer
  return {
    kind: 'volunteer-file',
    title: `志愿者服务档案 ${volunteer.number}`,
    subject: `volunteer:${volunteerId}`,
    data: {
      community: { name: readCommunity(db).name },
      number: volunteer.number,
      printed: spelledDay(today),
      name: volunteer.name,
      sex: sexes[volunteer.sex] ?? '未登记',
      birth: dayOr(volunteer.birth, '未登记'),
      idNumber: volunteer.idNumber ?? '未登记',
      phone: volunteer.phone ?? '未登记',
      door: volunteer.door ?? '未登记',
      partyMember: volunteer.partyMember,
      skills: volunteer.skills.join('、') || '未登记',
      serviceKinds: volunteer.serviceKinds.join('、') || '未登记',
      joined: spelledDay(volunteer.joinedDay),
      left: volunteer.leftDay && { day: spelledDay(volunteer.leftDay), reason: volunteer.leftReason },
      national: volunteer.nationalNumber && {
        number: volunteer.nationalNumber,
        day: dayOr(volunteer.nationalDay, ''),
      },
      publish: consentText(volunteer.publishConsent, today),
      guardian: volunteer.minor && { text: consentText(volunteer.guardianConsent, today) },
      star: starText(volunteer.star),
      confirmed: hoursText(hours.confirmed),
      activities: hours.activities,
      points: volunteer.points,
      beside: besideOf(hours),
      teams: listed(
        memberships.map(({ colour, name, fromDay, toDay }) => ({
          name: `${colourWords[colour].colour} · ${name}`,
          days: `${spelledDay(fromDay)}起${toDay === null ? '' : `，至${spelledDay(toDay)}`}`,
        })),
      ),
      years: listed(
        hours.byYear.map(({ year, minutes, activities }) => ({
          year,
          minutes: hoursText(minutes),
          activities,
        })),
      ),
      records: listed(recordsOf(context, volunteerId)),
    },
  }
}
