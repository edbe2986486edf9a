import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Access } from '../../electron/contract/access.ts'
import { contract } from '../../electron/contract/index.ts'
import { errors } from '../../electron/contract/errors.ts'
import { openDatabase, rows } from '../../electron/database/open.ts'
import { openHouse, type Answer, type House } from '../house.ts'
import { samples } from './samples.ts'

/** Every procedure of the contract as its path on the wire, with its access. */
const procedures = Object.entries(contract).flatMap(([counter, router]) =>
  Object.entries<{ '~orpc': { meta: { access?: Access } } }>(router).map(([name, procedure]) => ({
    path: `${counter}/${name}`,
    access: procedure['~orpc'].meta.access,
  })),
)

const long = '长'.repeat(1_048_576)
/** What no field of any procedure takes. */
const neverGood: unknown[] = [
  [],
  {},
  [[]],
  { $ne: null },
  -1,
  0.5,
  1e308,
  9_007_199_254_740_993,
  'x\0y',
  'x\ud800',
  long,
]

/** What spoils this field: an empty list is good where a list stands; a day that does not exist only where a day does. */
function spoilers(path: string, good: unknown): unknown[] {
  // A search and a scanner take any text at all; that is their own test.
  if (path === 'overview/search' || path === 'certificates/check')
    return neverGood.filter((bad) => typeof bad !== 'string')
  const fitting = neverGood.filter((bad) => !(Array.isArray(good) && Array.isArray(bad) && bad.length === 0))
  return typeof good === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(good)
    ? [...fitting, '2026-02-30', '2026-13-01']
    : fitting
}

/** A picture of everything stored: changes when any row does. */
function picture(house: House): string {
  const db = openDatabase(join(house.folder, 'desk.sqlite3'), { readonly: true })
  const hash = createHash('sha256')
  for (const { name } of rows<{ name: string }>(db, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
    if (/^person_search_/.test(name)) continue
    hash.update(name).update(JSON.stringify(db.prepare(`SELECT * FROM "${name}"`).raw().all()))
  }
  db.close()
  return hash.digest('hex')
}

function expectRefused(path: string, input: unknown, answer: Answer): void {
  const told = `${path} ${JSON.stringify(input).slice(0, 200)} -> ${answer.status} ${answer.text.slice(0, 300)}`
  expect(answer.status, told).toBeGreaterThanOrEqual(400)
  expect(answer.status, told).toBeLessThan(500)
  expect(answer.text, told).not.toMatch(/SQLITE|SELECT |INSERT |UPDATE |at .*\.ts/)
  if (answer.text) expect(Object.keys(errors), told).toContain(answer.code)
}

describe('bad input', () => {
  let house: House
  let token: string
  beforeEach(async () => {
    house = await openHouse()
    token = await house.signIn('manager')
  })

  it('has a good sample of every procedure to start from', () => {
    expect(Object.keys(samples).sort()).toEqual(procedures.map(({ path }) => path).sort())
  })

  it.each(procedures)('to $path is refused and changes nothing', async ({ path }) => {
    const sample = samples[path]!
    const before = picture(house)
    const bodies: unknown[] = [null, [], 'text', 7, true, { ...sample, extra: 1 }]
    for (const field of Object.keys(sample)) {
      for (const bad of spoilers(path, sample[field])) bodies.push({ ...sample, [field]: bad })
    }
    for (const body of bodies) expectRefused(path, body, await house.call(path, body, token))
    expect(picture(house)).toBe(before)
    expect(house.log).toEqual([])
  })

  it('that is no JSON, a form or a foreign method is refused unread', async () => {
    const before = picture(house)
    for (const text of [
      '',
      '{',
      '{"json":',
      '{"json":{},"meta":[[99,"__proto__"]]}',
      '[]',
      '"x"',
      '\u0000',
    ]) {
      expectRefused('people/get', text, await house.call('people/get', text, token))
    }
    const send = (init: RequestInit) =>
      house.desk.fetch(
        new Request('http://127.0.0.1/rpc/people/get', {
          headers: { authorization: `Bearer ${token}` },
          ...init,
        }),
      )
    expect((await send({ method: 'GET' })).status).toBe(405)
    expect((await send({ method: 'PUT', body: '{}' })).status).toBe(405)
    expect((await send({ method: 'POST', body: new URLSearchParams({ json: '{}' }) })).status).toBe(415)
    expect((await house.call('people/noSuchThing', {}, token)).status).toBe(404)
    expect((await house.call('__proto__/constructor', {}, token)).status).toBe(404)
    const huge = await house.call('people/get', JSON.stringify({ json: { id: long + long } }), token)
    expect(huge.status).toBe(413)
    expect(picture(house)).toBe(before)
  })

  it('of ids that nobody has is NOT_FOUND', async () => {
    const far = 9_007_199_254_740_991
    for (const [path, input] of [
      ['people/get', { id: far }],
      ['people/household', { id: far }],
      ['enquiries/get', { id: far }],
      ['enquiries/paper', { ...samples['enquiries/paper'], id: far }],
      ['enquiries/note', { ...samples['enquiries/note'], id: far }],
      ['enquiries/dispatch', { ...samples['enquiries/dispatch'], id: far }],
      ['enquiries/dispatchText', { id: far, assignmentId: far }],
      ['enquiries/inviteRating', { id: far }],
      ['enquiries/deleteFilter', { id: far }],
      ['documents/show', { id: far }],
      ['session/resetPin', { id: far, pin: '135790' }],
      ['people/merge', { into: far, from: far - 1, reason: '测试用的理由' }],
      ['enquiries/accept', { ...samples['enquiries/accept'], anonymous: false, askerId: far }],
      ['enquiries/accept', { ...samples['enquiries/accept'], matterId: far }],
      ['people/register', { ...samples['people/register'], householdId: far }],
      ['people/addHousehold', { ...samples['people/addHousehold'], gridId: far }],
      ['noonClass/saveTerm', { ...samples['noonClass/saveTerm'], id: far }],
      ['noonClass/groups', { termId: far }],
      ['noonClass/saveGroup', { ...samples['noonClass/saveGroup'], termId: far }],
      ['noonClass/saveStaffCheck', { ...samples['noonClass/saveStaffCheck'], operatorId: far }],
      ['noonClass/children', { ...samples['noonClass/children'], termId: far }],
      ['noonClass/child', { id: far }],
      ['noonClass/saveChild', { ...samples['noonClass/saveChild'], id: far }],
      ['noonClass/addPickup', { ...samples['noonClass/addPickup'], id: far }],
      ['noonClass/enrol', { ...samples['noonClass/enrol'], id: far }],
      ['noonClass/withdraw', { ...samples['noonClass/withdraw'], id: far }],
      ['noonClass/revealPhone', { childId: far, guardianId: far, pickupId: null, reason: '测试用的理由' }],
      ['noonClass/addLeave', { ...samples['noonClass/addLeave'], childId: far }],
      ['noonClass/cancelLeave', { leaveId: far }],
      ['visits/saveVisitor', { ...samples['visits/saveVisitor'], id: far }],
      ['visits/endPost', { postId: far, toDay: '2026-11-30' }],
      ['visits/suggest', { gridId: far }],
      ['visits/round', { id: far }],
      ['visits/findRound', { code: 'ZF-2026-999999' }],
      ['visits/roundPaper', { id: far }],
      ['visits/household', { id: far }],
      ['visits/visit', { id: far }],
      ['visits/voidVisit', { id: far, reason: '测试用的理由' }],
      ['visits/raiseNeed', { needId: far, title: '屋顶渗水', matterId: null, askerId: null }],
      ['visits/setAway', { householdId: far, kind: 'vacant', reason: '测试用的理由' }],
      ['visits/registration', { householdId: far }],
      ['visits/takePhotos', { fileIds: [far] }],
      ['visits/markPhotos', { photoIds: [far], mark: 'child' }],
      ['visits/doorMap', { gridId: far }],
      ['visits/patrol', { companyId: far, day: '2026-11-30' }],
      ['visits/raiseFinding', { tickId: far, title: '消防通道堆物', matterId: null }],
      ['volunteers/volunteer', { id: far }],
      ['volunteers/ofPerson', { personId: far }],
      ['volunteers/register', { ...samples['volunteers/register'], personId: far }],
      ['volunteers/change', { ...samples['volunteers/change'], id: far }],
      ['volunteers/leave', { ...samples['volunteers/leave'], id: far }],
      ['volunteers/rejoin', { ...samples['volunteers/rejoin'], id: far }],
      ['volunteers/saveTeam', { ...samples['volunteers/saveTeam'], id: far }],
      ['volunteers/saveTeam', { ...samples['volunteers/saveTeam'], leaderId: far }],
      ['volunteers/members', { teamId: far, day: '2026-11-23' }],
      ['volunteers/addMembers', { teamId: far, volunteerIds: [1], fromDay: '2026-11-23' }],
      ['volunteers/addMembers', { teamId: 1, volunteerIds: [far], fromDay: '2026-11-23' }],
      ['volunteers/endMember', { teamId: far, volunteerId: 1, toDay: '2026-11-23' }],
      ['volunteers/endMember', { teamId: 1, volunteerId: far, toDay: '2026-11-23' }],
      ['volunteers/activity', { id: far }],
      ['volunteers/saveActivity', { ...samples['volunteers/saveActivity'], id: far }],
      ['volunteers/saveActivity', { ...samples['volunteers/saveActivity'], id: null, teamId: far }],
      ['volunteers/createSeries', { ...samples['volunteers/createSeries'], teamId: far }],
      ['volunteers/cancelActivity', { ...samples['volunteers/cancelActivity'], id: far }],
      ['volunteers/signUp', { activityId: far, volunteerIds: [1] }],
      ['volunteers/cancelSignUp', { activityId: far, volunteerId: 1 }],
      ['volunteers/setFiles', { ...samples['volunteers/setFiles'], id: far }],
      ['volunteers/markNational', { activityIds: [far], day: '2026-11-23' }],
      ['volunteers/checkRollCall', { ...samples['volunteers/checkRollCall'], activityId: far }],
      ['volunteers/saveRollCall', { ...samples['volunteers/saveRollCall'], activityId: far }],
      ['volunteers/confirmRecords', { activityId: far, recordIds: null }],
      ['volunteers/reverseRecord', { recordId: far, reason: '测试用的理由' }],
      ['volunteers/records', { activityId: far }],
      ['volunteers/balance', { volunteerId: far }],
      ['volunteers/statement', { volunteerId: far }],
      ['volunteers/saveGift', { ...samples['volunteers/saveGift'], id: far }],
      ['volunteers/moveStock', { ...samples['volunteers/moveStock'], giftId: far }],
      ['volunteers/redeem', { ...samples['volunteers/redeem'], volunteerId: far }],
      ['volunteers/reverseRedemption', { ...samples['volunteers/reverseRedemption'], redemptionId: far }],
      ['volunteers/paper', { ...samples['volunteers/paper'], activityId: far }],
      ['certificates/draft', { ...samples['certificates/draft'], volunteerId: far }],
      ['certificates/draft', { ...samples['certificates/draft'], volunteerId: null, personId: far }],
      ['certificates/certificate', { id: far }],
      ['certificates/decide', { ...samples['certificates/decide'], id: far }],
      ['certificates/reprint', { ...samples['certificates/reprint'], id: far }],
      ['certificates/void', { ...samples['certificates/void'], id: far }],
      ['certificates/collect', { ...samples['certificates/collect'], id: far }],
      ['certificates/startBatch', { ...samples['certificates/startBatch'], of: { what: 'team', id: far } }],
      ['certificates/batch', { id: far }],
      ['certificates/cancelBatch', { id: far }],
      ['certificates/resumeBatch', { id: far }],
      ['certificates/batchPdf', { id: far }],
    ] as const) {
      const answer = await house.call(path, input, token)
      expect(answer.code, `${path} ${answer.text}`).toBe('NOT_FOUND')
    }
  })
})

describe('access', () => {
  it('is denied to the stranger, the signed-out, the locked and the wrong role, before the input is looked at', async () => {
    const paired = await openHouse()
    const tokens = {
      clerk: await paired.signIn('clerk'),
      teacher: await paired.signIn('teacher'),
      manager: await paired.signIn('manager'),
      auditor: await paired.signIn('auditor'),
    }
    const before = picture(paired)
    for (const { path, access } of procedures) {
      if (!Array.isArray(access)) continue
      expect((await paired.call(path, { bad: 1 })).code, path).toBe('SIGNED_OUT')
      for (const [role, token] of Object.entries(tokens)) {
        if ((access as readonly string[]).includes(role)) continue
        expect((await paired.call(path, samples[path], token)).code, `${path} ${role}`).toBe('FORBIDDEN')
      }
    }
    await paired.call('session/lock', {}, tokens.clerk)
    for (const { path, access } of procedures) {
      if (!Array.isArray(access) || !(access as readonly string[]).includes('clerk')) continue
      expect((await paired.call(path, samples[path], tokens.clerk)).code, path).toBe('LOCKED')
    }
    expect(picture(paired)).toBe(before)
  })

  it('is denied to every unpaired caller, by every procedure but pairing itself', async () => {
    const house = await openHouse({ pairing: { code: 'the-right-code' } })
    for (const { path, access } of procedures) {
      if (access === 'anyone') continue
      expect((await house.call(path, samples[path])).code, path).toBe('UNPAIRED')
    }
    expect((await house.call('session/pair', { code: 'a-wrong-code' })).code).toBe('UNPAIRED')
    expect((await house.call('session/pair', { code: 'the-right-code' })).status).toBe(200)
    expect((await house.call('session/pair', { code: 'the-right-code' })).code).toBe('UNPAIRED')
  })
})
