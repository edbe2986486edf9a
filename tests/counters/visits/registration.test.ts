import { expect, test } from 'vitest'
import { duplicate } from '../../../electron/contract/people.ts'
import type { Registration } from '../../../electron/contract/visit-registration.ts'
import { readRecord } from '../../../electron/counters/people/fields.ts'
import { changeHousehold, readHousehold } from '../../../electron/counters/people/households.ts'
import { changePerson } from '../../../electron/counters/people/persons.ts'
import { readPerson } from '../../../electron/counters/people/record.ts'
import { issueRegistrationPaper } from '../../../electron/counters/visits/registration-paper.ts'
import type { MemberFields } from '../../../electron/counters/visits/registration-members.ts'
import {
  readRegistration,
  saveRegistration,
  type RegistrationFields,
} from '../../../electron/counters/visits/registration.ts'
import { value, write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { readDocument, renderDocument } from '../../../electron/workbench/documents.ts'
import { wordsOf } from '../enquiries/cases.ts'
import { asSeen, idNumberOf, refusal } from '../people/people.ts'
import { addDoor, addMember, audited, count, invalidField, openDoor, today, type Opened } from './knock.ts'

const form = (desk: Opened): Registration => readRegistration(desk.context(), desk.door)

type Known = Registration['members'][number]

/** A line as the screen sends it back when nobody touched it: what it knows only masked stays out. */
const untouched = ({ idNumber: _, phones: __, ...member }: Known): MemberFields => ({
  ...member,
  departureDay: null,
})

/** The form as it is sent back, with whatever the test is about changed. */
const sent = (seen: Registration, changed: Partial<RegistrationFields> = {}): RegistrationFields => ({
  householdId: seen.householdId,
  version: seen.version,
  kind: seen.kind,
  tenure: seen.tenure,
  note: seen.note,
  checkedDay: today,
  members: seen.members.map(untouched),
  notTheSame: [],
  ...changed,
})

/** The same with one line changed. */
const withLine = (seen: Registration, index: number, changed: Partial<MemberFields>): RegistrationFields =>
  sent(seen, {
    members: seen.members.map((member, at) => ({
      ...untouched(member),
      ...(at === index ? changed : {}),
    })),
  })

const save = (desk: Opened, fields: RegistrationFields) => saveRegistration(desk.context(), fields)

const someone = (changed: Partial<MemberFields> & { name: string }): MemberFields => ({
  id: null,
  version: null,
  sex: 0,
  birth: null,
  relation: '其他',
  registeredElsewhere: false,
  keyGroups: [],
  ethnicity: '',
  marriage: '',
  education: '',
  political: '',
  workplace: '',
  occupation: '',
  movedIn: '',
  departure: null,
  departureDay: null,
  ...changed,
})

const versionOf = (desk: Opened, id: number) => readRecord(desk.db, id)!.version
const found = (desk: Opened, name: string) =>
  value<number>(
    desk.db,
    'SELECT count(*) FROM person_search JOIN person ON person.id = person_search.rowid WHERE person.name = ?',
    name,
  )

test('the form shows the household and its people, the head first, phones and ID numbers masked', () => {
  const desk = openDoor()
  addMember(desk, desk.door, '王奶奶', { birth: '1940-05-06', idNumber: idNumberOf('1940-05-06', 2) })
  expect(form(desk)).toMatchObject({
    householdId: desk.door,
    door: '3栋2单元501',
    kind: '',
    tenure: '',
    checkedDay: null,
    members: [
      { name: '王英', relation: '户主', phones: ['199****4417'], idNumber: null, ethnicity: '' },
      { name: '王奶奶', idNumber: expect.stringMatching(/^999\*{11}\d{3}[\dX]$/) as string },
      { name: '王阳' },
    ],
  })
})

test('opening a minor’s line is written down, as at their own page', () => {
  const desk = openDoor()
  const child = addMember(desk, desk.door, '王小明', { birth: '2016-05-06' })
  const before = count(desk, 'audit')
  desk.published.length = 0
  form(desk)
  expect(audited(desk).slice(before)).toMatchObject([
    { action: 'person.read', subject: `minor-read:${child}` },
  ])
  expect(desk.published.map(({ topic }) => topic)).toEqual(['minor-read'])
})

test('the whole form is saved in one act: household, a changed person, a new one, one who left', () => {
  const desk = openDoor()
  const seen = form(desk)
  const before = count(desk, 'audit')
  desk.published.length = 0
  const saved = save(
    desk,
    sent(seen, {
      kind: '家庭户',
      tenure: '租住',
      note: '房东住六楼',
      members: [
        {
          ...untouched(seen.members[0]!),
          ethnicity: '汉族',
          education: '高中/中专',
          phones: ['19900001234'],
        },
        { ...untouched(seen.members[1]!), departure: 'moved', departureDay: '2026-10-01' },
        someone({
          name: '刘 芳',
          relation: '配偶',
          idNumber: idNumberOf('1975-03-04', 2),
          phones: ['199 0000 9999'],
          movedIn: '2019年从株洲',
        }),
      ],
    }),
  )
  expect(saved).toMatchObject({
    kind: '家庭户',
    tenure: '租住',
    note: '房东住六楼',
    checkedDay: today,
    version: seen.version + 1,
    members: [
      { name: '王英', ethnicity: '汉族', education: '高中/中专', phones: ['199****1234'], version: 2 },
      { name: '刘芳', birth: '1975-03-04', sex: 2, movedIn: '2019年从株洲' },
      { name: '王阳', departure: 'moved' },
    ],
  })
  expect(readRecord(desk.db, desk.son)).toMatchObject({ departure: 'moved', departureDay: '2026-10-01' })
  const fresh = saved.members[1]!.id
  expect(audited(desk).slice(before)).toMatchObject([
    { action: 'household.registration', subject: `household:${desk.door}` },
  ])
  expect(desk.published).toEqual([
    { topic: 'household', id: desk.door },
    { topic: 'person', id: desk.mother },
    { topic: 'person', id: desk.son },
    { topic: 'person', id: fresh },
    { topic: 'visit', id: null },
  ])
})

test('the one search finds whom the form names from then on, by name and phone', () => {
  const desk = openDoor()
  const seen = form(desk)
  const fields = withLine(seen, 0, { name: '王瑛', phones: ['19900008888'] })
  save(desk, { ...fields, members: [...fields.members, someone({ name: '刘芳' })] })
  expect([found(desk, '王瑛'), found(desk, '刘芳')]).toEqual([1, 1])
  const tokens = value<string>(desk.db, 'SELECT tokens FROM person_search WHERE rowid = ?', desk.mother)!
  expect(tokens).toContain('8888')
  expect(tokens).not.toContain('4417')
})

test('people who say what stands already are not touched, and who is left out neither', () => {
  const desk = openDoor()
  const grandmother = addMember(desk, desk.door, '王奶奶', {
    birth: '1940-05-06',
    sex: 2,
    idNumber: idNumberOf('1940-05-06', 2),
    keyGroups: ['困难群体', '残疾'],
    note: '听力不好',
  })
  const seen = form(desk)
  desk.published.length = 0
  const members = seen.members
    .filter(({ id }) => id !== desk.son)
    // Birth and sex stand in the number; the order of key groups says nothing.
    .map((member) => ({ ...untouched(member), keyGroups: member.keyGroups.toReversed(), birth: null }))
  save(desk, sent(seen, { members }))
  for (const id of [desk.mother, desk.son, grandmother]) expect(versionOf(desk, id)).toBe(1)
  expect(readRecord(desk.db, grandmother)).toMatchObject({ birth: '1940-05-06', note: '听力不好' })
  expect(desk.published.filter(({ topic }) => topic === 'person')).toEqual([])
  expect(JSON.parse(audited(desk).at(-1)!.changes!)).toEqual({ checkedDay: [null, today] })
})

test('a line that nobody touched is not judged again, though its old record contradicts itself', () => {
  const desk = openDoor()
  const old = addMember(desk, desk.door, '王爷爷', {
    birth: '1938-01-01',
    sex: 1,
    idNumber: idNumberOf('1938-01-02', 2),
  })
  save(desk, sent(form(desk), { tenure: '自有' }))
  expect(versionOf(desk, old)).toBe(1)
  expect(refusal(() => save(desk, withLine(form(desk), 1, { sex: 0 })))).toMatchObject(
    invalidField('members.1.birth', 'contradicts-id-number'),
  )
})

test('a line with only one of the form’s own fields changed is a new version of that person', () => {
  const desk = openDoor()
  const seen = form(desk)
  save(desk, withLine(seen, 0, { occupation: '退休教师' }))
  expect([versionOf(desk, desk.mother), versionOf(desk, desk.son)]).toEqual([2, 1])
  expect(form(desk).members[0]).toMatchObject({ occupation: '退休教师', phones: ['199****4417'] })
})

test('who left stays so when the form goes through their line again, and may be said to be back', () => {
  const desk = openDoor()
  save(desk, withLine(form(desk), 1, { departure: 'dead', departureDay: '2026-10-01' }))
  const version = versionOf(desk, desk.son)
  save(desk, sent(form(desk)))
  expect(versionOf(desk, desk.son)).toBe(version)
  save(desk, withLine(form(desk), 1, { departureDay: '2026-10-02' }))
  expect(readRecord(desk.db, desk.son)).toMatchObject({ departure: 'dead', departureDay: '2026-10-02' })
  save(desk, withLine(form(desk), 1, { departure: null }))
  expect(readRecord(desk.db, desk.son)).toMatchObject({ departure: null, departureDay: null })
  expect(found(desk, '王阳')).toBe(1)
})

test('two screens on one household: the second is shown the form as it stands, and nothing is lost', () => {
  const desk = openDoor()
  const seen = form(desk)
  save(desk, { ...withLine(seen, 0, { workplace: '社区食堂' }), tenure: '自有' })
  const late = { ...withLine(seen, 1, { workplace: '汽修店' }), tenure: '租住' as const }
  const before = count(desk, 'audit')
  expect(refusal(() => save(desk, late))).toMatchObject({
    code: 'CONFLICT',
    data: {
      because: 'changed',
      current: { tenure: '自有', members: [{ workplace: '社区食堂' }, { workplace: '' }] },
    },
  })
  expect(count(desk, 'audit')).toBe(before)
  expect(form(desk)).toMatchObject({
    tenure: '自有',
    members: [{ workplace: '社区食堂' }, { workplace: '' }],
  })
})

test('the form gives way to whoever saved a person of it, or its door, at another counter', () => {
  const desk = openDoor()
  const seen = form(desk)
  changePerson(desk.context(), { ...asSeen(readPerson(desk.db, desk.son, today)), note: '住校' })
  const changed = { code: 'CONFLICT', data: { because: 'changed', current: { householdId: desk.door } } }
  expect(refusal(() => save(desk, sent(seen)))).toMatchObject(changed)
  const again = form(desk)
  const { id, version, gridId, estate } = readHousehold(desk.db, desk.door)
  changeHousehold(desk.context(), { id, version, gridId, estate, door: '3栋2单元501', note: '有狗' })
  expect(refusal(() => save(desk, sent(again)))).toMatchObject(changed)
  expect(save(desk, sent(form(desk))).note).toBe('有狗')
})

test('a household that was merged away meanwhile is a CONFLICT with the form of the one it became', () => {
  const desk = openDoor()
  const seen = form(desk)
  const other = addDoor(desk, '6栋1104')
  act(desk.context(), { action: 'household.merge', subject: `household:${other}` }, (db) =>
    write(db, 'UPDATE household SET merged_into = ? WHERE id = ?', other, desk.door),
  )
  expect(refusal(() => save(desk, sent(seen)))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'changed', current: { householdId: other, door: '6栋1104' } },
  })
})

test('a new member who stands in the register already is asked about, until it is said to be somebody else', () => {
  const desk = openDoor()
  const namesake = addMember(desk, addDoor(desk, '6栋1104'), '刘芳', { birth: '1975-03-04' })
  const seen = form(desk)
  const members = [...seen.members.map(untouched), someone({ name: '刘芳', birth: '1975-03-04' })]
  const asked = refusal(() => save(desk, sent(seen, { members })))
  expect(asked).toMatchObject({ code: 'CONFLICT', data: { because: 'duplicate' } })
  const { current } = asked.data as { current: unknown }
  expect(duplicate.array().parse(current)).toMatchObject([
    { person: { id: namesake, door: '6栋1104' }, matched: ['nameAndBirth'] },
  ])
  expect([count(desk, 'household_registration'), form(desk).version]).toEqual([0, seen.version])
  expect(save(desk, sent(seen, { members, notTheSame: [namesake] })).members).toHaveLength(3)
})

test('an ID number that is somebody else’s is asked about, and cannot be said away', () => {
  const desk = openDoor()
  const idNumber = idNumberOf('1975-03-04', 2)
  const owner = addMember(desk, addDoor(desk, '6栋1104'), '刘芳', { idNumber, birth: '1975-03-04' })
  const fields = { ...withLine(form(desk), 0, { idNumber }), notTheSame: [owner] }
  expect(refusal(() => save(desk, fields))).toMatchObject({
    code: 'CONFLICT',
    data: { because: 'duplicate', current: [{ person: { id: owner } }] },
  })
})

test.each<[string, (seen: Registration) => RegistrationFields, string, string]>([
  ['the form is from tomorrow', (seen) => sent(seen, { checkedDay: '2026-11-24' }), 'checkedDay', 'future'],
  ['a name is none', (seen) => withLine(seen, 1, { name: '——' }), 'members.1.name', 'required'],
  ['a birth lies ahead', (seen) => withLine(seen, 0, { birth: '2027-01-01' }), 'members.0.birth', 'future'],
  [
    'birth and number contradict',
    (seen) => withLine(seen, 0, { birth: '1950-01-01', idNumber: idNumberOf('1950-01-02') }),
    'members.0.birth',
    'contradicts-id-number',
  ],
  [
    'a key group is not on the list',
    (seen) => withLine(seen, 1, { keyGroups: ['随便'] }),
    'members.1.keyGroups.0',
    'unknown',
  ],
  [
    'nobody knows when somebody left',
    (seen) => withLine(seen, 1, { departure: 'moved' }),
    'members.1.departureDay',
    'required',
  ],
  [
    'somebody leaves tomorrow',
    (seen) => withLine(seen, 1, { departure: 'moved', departureDay: '2026-11-24' }),
    'members.1.departureDay',
    'future',
  ],
  [
    'somebody died before they were born',
    (seen) => withLine(seen, 1, { birth: '2000-01-01', departure: 'dead', departureDay: '1999-12-31' }),
    'members.1.departureDay',
    'before-birth',
  ],
  [
    'one person stands on two lines',
    (seen) => sent(seen, { members: [...seen.members, seen.members[0]!].map(untouched) }),
    'members.2.id',
    'duplicate',
  ],
  [
    'a new member stands on two lines',
    (seen) =>
      sent(seen, {
        members: [
          someone({ name: '刘芳', birth: '1975-03-04' }),
          someone({ name: '刘 芳', birth: '1975-03-04' }),
        ],
      }),
    'members.1.name',
    'duplicate',
  ],
])('it is INVALID when %s, and nothing stays of the whole form', (_, fields, path, problem) => {
  const desk = openDoor()
  const seen = form(desk)
  const before = count(desk, 'audit')
  const wrong = { ...fields(seen), note: '改过的备注' }
  expect(refusal(() => save(desk, wrong))).toMatchObject(invalidField(path, problem))
  expect([count(desk, 'audit'), count(desk, 'person')]).toEqual([before, 2])
  expect(form(desk)).toEqual(seen)
})

test('somebody of another door is not on this form', () => {
  const desk = openDoor()
  const seen = form(desk)
  const neighbour = addMember(desk, addDoor(desk, '6栋1104'), '赵云')
  const members = (id: number) => [{ ...someone({ name: '赵云' }), id, version: 1 }]
  expect(refusal(() => save(desk, sent(seen, { members: members(neighbour) })))).toMatchObject(
    invalidField('members.0.id', 'other-door'),
  )
  expect(refusal(() => save(desk, sent(seen, { members: members(99) })))).toMatchObject({
    code: 'NOT_FOUND',
    data: { what: 'person' },
  })
})

test('nothing of the people on the form enters the audit, only which fields changed', () => {
  const desk = openDoor()
  const idNumber = idNumberOf('1975-03-04', 2)
  const fields = withLine(form(desk), 0, { ethnicity: '苗族', political: '中共党员', keyGroups: ['残疾'] })
  save(desk, {
    ...fields,
    tenure: '公房',
    note: '房东姓何',
    members: [...fields.members, someone({ name: '刘芳', idNumber })],
  })
  const written = audited(desk).at(-1)!
  for (const said of ['苗族', '中共党员', '残疾', '公房', '房东', '刘芳', idNumber]) {
    expect(written.changes).not.toContain(said)
  }
  expect(JSON.parse(written.changes!)).toMatchObject({
    tenure: 'changed',
    note: 'changed',
    touched: [
      [],
      [
        { personId: desk.mother, fields: ['ethnicity', 'political', 'keyGroups'] },
        { fields: ['registered'] },
      ],
    ],
  })
})

test('the form is a paper with what is known and empty lines, without key groups; unchanged it is the same paper', () => {
  const desk = openDoor()
  addMember(desk, desk.door, '王小明', { birth: '2016-05-06', keyGroups: ['困境儿童'] })
  save(desk, { ...withLine(form(desk), 0, { education: '本科' }), tenure: '租住' })
  const before = count(desk, 'audit')
  const id = issueRegistrationPaper(desk.context(), desk.door)
  const { html } = renderDocument(desk.desk, readDocument(desk.db, id))
  const words = wordsOf(html)
  for (const said of ['入户登记表', '3栋2单元501', '王英', '本科', '199****4417', '王小明', '上次核对']) {
    expect(words).toContain(said)
  }
  expect(words).not.toContain('困境儿童')
  expect(words).not.toContain('19900004417')
  expect(html.match(/class="place"/g)).toHaveLength(8)
  expect(html).toMatch(/<i class="box chosen"><\/i\s*>租住/)
  expect(issueRegistrationPaper(desk.context(), desk.door)).toBe(id)
  expect(
    audited(desk)
      .slice(before)
      .map(({ action }) => action),
  ).toEqual(['person.read', 'document.issue', 'person.read'])
})

test('the paper of a family that nobody knows is an empty form', () => {
  const desk = openDoor()
  const empty = addDoor(desk, '6栋1104')
  const { data } = readDocument(desk.db, issueRegistrationPaper(desk.context(), empty))
  expect(data).toMatchObject({ door: '6栋1104', members: [], empty: { length: 8 } })
})
