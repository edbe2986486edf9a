import { expect, test } from 'vitest'
import { contract } from '../../../electron/contract/index.ts'
import type { Access } from '../../../electron/contract/access.ts'
import type { Found } from '../../../electron/contract/overview.ts'
import type { Household, PersonLine } from '../../../electron/contract/people.ts'
import type { Round } from '../../../electron/contract/visit-rounds.ts'
import type { Visit } from '../../../electron/contract/visit-records.ts'
import type { Visitor } from '../../../electron/contract/visit-posts.ts'
import { openDatabase, rows } from '../../../electron/database/open.ts'
import { openHouse } from '../../house.ts'
import { jpeg } from '../../workbench/sample-files.ts'

const procedures = Object.entries(contract.visits).map(([name, procedure]) => ({
  name,
  access: procedure['~orpc'].meta.access as Access,
}))
const openTo = (role: 'teacher' | 'auditor') =>
  procedures.filter(({ access }) => access.includes(role)).map(({ name }) => name)

test('a teacher has no business with visits, and the auditor looks and changes nothing', () => {
  expect(openTo('teacher')).toEqual([])
  expect(openTo('auditor').sort()).toEqual([
    'companies',
    'coverage',
    'coverageRows',
    'coverageSheet',
    'doorMap',
    'findRound',
    'household',
    'originOfEnquiry',
    'patrol',
    'patrolMonth',
    'round',
    'rounds',
    'rules',
    'suggest',
    'visit',
    'visitors',
  ])
})

/** Yesterday by the machine's own clock, as the house keeps it. */
const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() - 86_400_000)

/** A whole desk with a round, its papers, and a visit with a photo of an ID card. */
async function open() {
  const house = await openHouse()
  const manager = await house.signIn('manager')
  const call = async <Result>(path: string, input: unknown): Promise<Result> => {
    const answer = await house.call(path, input, manager)
    expect(answer.status, answer.text).toBe(200)
    return answer.body as Result
  }
  const home = { gridId: null, estate: '', door: '3栋2单元501', note: '' }
  const { id: householdId } = await call<Household>('people/addHousehold', home)
  const { id: personId } = await call<PersonLine>('people/register', {
    ...{ name: '王英', sex: 2, birth: null, relation: '户主', householdId, registeredElsewhere: false },
    ...{ keyGroups: [], note: '', idNumber: '', phones: [] },
  })
  const visitor = await call<Visitor>('visits/saveVisitor', {
    ...{ id: null, version: null, name: '李网格', kind: 'staff', phone: '', operatorId: null, active: true },
  })
  const visitorIds = [visitor.id]
  const round = await call<Round>('visits/planRound', {
    ...{ ticket: crypto.randomUUID(), day, gridId: null, visitorIds, householdIds: [householdId] },
  })
  const paper = await call<{ documentId: number }>('visits/roundPaper', { id: round.id })
  const form = await call<{ documentId: number }>('visits/registrationPaper', { householdId })
  const sent = await house.desk.fetch(
    new Request('http://127.0.0.1/files', {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'x-file-name': 'IMG_0001.jpg',
        authorization: `Bearer ${manager}`,
      },
      body: new Uint8Array(await jpeg(60, 40)),
    }),
  )
  const fileId = ((await sent.json()) as { json: { id: number } }).json.id
  const { photos } = await call<{ photos: { id: number }[] }>('visits/takePhotos', { fileIds: [fileId] })
  const photoIds = photos.map(({ id }) => id)
  await call('visits/markPhotos', { photoIds, mark: 'id-card' })
  const visit = await call<Visit>('visits/addVisit', {
    ...{ ticket: crypto.randomUUID(), householdId, roundId: round.id, day, time: null, outcome: 'met' },
    ...{ visitorIds, metIds: [personId], metOthers: '', themes: [], note: '身体还好', followUpDay: null },
    ...{ needs: [], photoIds, again: false },
  })
  return { house, call, personId, round, documents: [paper, form], fileId, visit }
}

test('of a round, its papers, a visit and its photos a teacher learns nothing, whichever way they ask', async () => {
  const { house, personId, round, documents, fileId } = await open()
  const teacher = await house.signIn('teacher')
  const asked = async (path: string, input: unknown) => (await house.call(path, input, teacher)).body
  for (const { documentId } of documents) {
    for (const path of ['documents/show', 'documents/open']) {
      expect(await asked(path, { id: documentId })).toMatchObject({ code: 'NOT_FOUND' })
    }
  }
  expect(((await asked('overview/search', { query: round.number })) as Found).rounds).toEqual([])
  const history = await asked('overview/contacts', { personId, householdId: null, limit: 20 })
  expect(JSON.stringify(history)).not.toMatch(/走访|身体还好/)
  expect(await asked('overview/today', {})).toMatchObject({ visits: null })
  for (const path of [`/files/${fileId}`, `/files/${fileId}/small`]) {
    const headers = { authorization: `Bearer ${teacher}` }
    const answer = await house.desk.fetch(new Request(`http://127.0.0.1${path}`, { headers }))
    expect([path, answer.status]).toEqual([path, 403])
  }
})

test('a photo of an ID card opens for the desk only, and who looked at it when is on the record', async () => {
  const { house, fileId, visit } = await open()
  const looked: string[] = []
  for (const role of ['clerk', 'manager', 'auditor'] as const) {
    const headers = { authorization: `Bearer ${await house.signIn(role)}` }
    for (const path of [`/files/${fileId}/small`, `/files/${fileId}`]) {
      const answer = await house.desk.fetch(new Request(`http://127.0.0.1${path}`, { headers }))
      looked.push(`${role} ${answer.status}`)
    }
  }
  expect(looked).toEqual([
    ...['clerk 200', 'clerk 200', 'manager 200', 'manager 200'],
    ...['auditor 403', 'auditor 403'],
  ])
  // The auditor sees that there is one, and that it is marked.
  const { body } = await house.call('visits/visit', { id: visit.id }, await house.signIn('auditor'))
  expect((body as Visit).photos).toMatchObject([{ mark: 'id-card' }])
  const db = openDatabase(`${house.folder}/desk.sqlite3`, { readonly: true })
  const opened = rows<{ role: string }>(
    db,
    `SELECT o.role FROM audit a JOIN operator o ON o.id = a.operator_id
     WHERE a.action = 'file.open' AND a.subject = ? ORDER BY a.id`,
    `file-copy:${fileId}`,
  ).map(({ role }) => role)
  db.close()
  expect(opened).toEqual(['clerk', 'clerk', 'manager', 'manager'])
})
