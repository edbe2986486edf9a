import { randomUUID } from 'node:crypto'
import { clientOf, type Tokens } from '../hosts/desk-process.ts'
import { openClocked, type Clocked } from './clocked.ts'
import { expect, pin, test as base } from './desk.ts'

/** Who serves at the counter. */
export const clerks = ['前台小邓', '前台小罗'] as const
export const body = '测试市测试区测试社区居民委员会'

export type Counter = Clocked & { volunteerId: number }

const plain = { breakMinutes: 0, minutes: null, reason: '', rating: null }

/** A day's service of one volunteer, entered by one and confirmed by another. */
async function serve(
  { desk, client, tokens }: Clocked,
  volunteerId: number,
  { day, left, confirmed }: { day: string; left: string; confirmed: boolean },
): Promise<void> {
  const { id: activityId } = await client.volunteers.saveActivity({
    ...{ id: null, version: null, ticket: randomUUID(), kind: 'service' as const, own: true },
    ...{
      name: `清洁家园 ${day}`,
      day,
      starts: '08:30',
      ends: left,
      place: '社区广场',
      content: '清理楼道杂物',
    },
    ...{ organiser: '志愿联盟', inCharge: '队长', capacity: null, colour: null, teamId: null },
  })
  await client.volunteers.saveRollCall({
    ...{ ticket: randomUUID(), activityId },
    lines: [{ ...plain, volunteerId, arrived: '08:30', left }],
  })
  if (!confirmed) return
  const own: Tokens = { device: tokens.device, session: '' }
  const second = clientOf(desk.origin, own)
  const { operators } = await second.session.state({})
  const clerk = operators.find(({ name }) => name === clerks[1])!
  own.session = (await second.session.signIn({ operatorId: clerk.id, pin })).token
  const { rows } = await second.volunteers.records({ activityId })
  await second.volunteers.confirmRecords({ activityId, recordIds: rows.map(({ id }) => id) })
}

/** A desk on Monday 23 November 2026, ten o'clock: one volunteer with a confirmed day of service and one that is not; a thanks needs a second person. */
export const test = base.extend<{ counter: Counter }>({
  counter: async ({ folder }, use) => {
    const now = '2026-11-23T02:00:00.000Z'
    const clocked = await openClocked(folder, now)
    const { client } = clocked
    for (const name of clerks) await client.session.addOperator({ name, role: 'clerk', pin })
    const person = await client.people.register({
      ...{
        name: '周桂兰',
        sex: 2 as const,
        birth: '1970-05-04',
        relation: '户主' as const,
        householdId: null,
      },
      ...{ registeredElsewhere: false, keyGroups: [], note: '', idNumber: '', phones: [], notTheSame: [] },
    })
    const { id: volunteerId } = await client.volunteers.register({
      ...{ personId: person.id, joinedDay: '2026-01-05', teamIds: [], nationalNumber: '', nationalDay: null },
      ...{ skills: [], serviceKinds: [], partyMember: false, note: '' },
    })
    await serve(clocked, volunteerId, { day: '2026-11-14', left: '11:00', confirmed: true })
    await serve(clocked, volunteerId, { day: '2026-11-21', left: '10:00', confirmed: false })
    const { logo, seal, ...settings } = await client.certificates.settings({})
    expect([logo, seal]).toEqual([null, null])
    await client.certificates.changeSettings({ ...settings, body, approval: ['thanks'] })
    await use({
      ...{ ...clocked, volunteerId },
    })
    await clocked.close()
  },
})
