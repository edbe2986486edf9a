import { describe, expect, it, test } from 'vitest'
import { readChild } from '../../../electron/counters/noon-class/child-record.ts'
import { openChild, saveChild } from '../../../electron/counters/noon-class/children.ts'
import { recordConsent } from '../../../electron/counters/people/consents.ts'
import { mergePersons, unmergePersons } from '../../../electron/counters/people/merge.ts'
import { row, rows } from '../../../electron/database/open.ts'
import { sweepFiles } from '../../../electron/workbench/file-sweep.ts'
import { openTestDesk } from '../../fixture.ts'
import { audited, refusal } from '../people/people.ts'
import {
  addChild,
  addCollector,
  addGroup,
  addPhoto,
  autumn,
  change,
  childInput,
  enrolled,
  invalidField,
  look,
  openClass,
  registerMinor,
  today,
} from './class.ts'

describe('a child', () => {
  it('is a registered person with a record of its own, and a badge of twelve signs that nobody mistakes', () => {
    const desk = openTestDesk()
    const personId = registerMinor(desk, '陈雨涵')
    const made = saveChild(desk.context(), childInput(personId, { allergies: '花生', leaves: 'escort' }))
    expect(made).toMatchObject({
      personId,
      name: '陈雨涵',
      class: '三(2)班',
      birth: '2017-03-04',
      allergies: '花生',
      leaves: 'escort',
      groupId: null,
      sameName: false,
      version: 1,
      guardians: [
        { name: '王芳', relation: '妈妈', phone: '199****1111' },
        { name: '陈建', relation: '爸爸', phone: '199****2222' },
      ],
    })
    expect(made.badge).toMatch(/^[2-9A-HJKMNP-Z]{12}$/)
    const badges = ['李梓轩', '赵一诺', '孙若曦'].map((name) => addChild(desk, name).badge)
    expect(new Set([made.badge, ...badges]).size).toBe(4)
    expect(desk.published.at(-1)!.topic).toBe('noon')
  })

  it('is here once, under whatever record of its person one registers it', () => {
    const desk = openTestDesk()
    const [kept, twin] = ['陈雨涵', '陈雨含'].map((name) => registerMinor(desk, name)) as [number, number]
    const { id } = addChild(desk, '', { personId: kept })
    mergePersons(desk.context(), { into: kept, from: twin, reason: '登记了两次' })
    for (const personId of [kept, twin]) {
      expect(refusal(() => addChild(desk, '', { personId }))).toMatchObject({
        code: 'CONFLICT',
        data: { because: 'duplicate', current: { id, name: '陈雨涵' } },
      })
    }
    expect(refusal(() => addChild(desk, '', { personId: 99 })).data).toEqual({ what: 'person' })
  })

  it('stays with its person: whose noons these are is not changed by a form', () => {
    const desk = openTestDesk()
    const { id } = addChild(desk, '陈雨涵')
    const personId = registerMinor(desk, '李梓轩')
    expect(refusal(() => change(desk, id, { personId }))).toEqual(invalidField('personId', 'another-person'))
  })

  it('is changed by who saw the newest record, and shown it otherwise', () => {
    const desk = openTestDesk()
    const { id, version } = addChild(desk, '陈雨涵')
    const current = change(desk, id, { mark: '戴眼镜', health: '哮喘' })
    expect(current).toMatchObject({ mark: '戴眼镜', health: '哮喘', version: version + 1 })
    for (const seen of [version, null]) {
      expect(refusal(() => change(desk, id, { version: seen, mark: '高个子' }))).toEqual({
        code: 'CONFLICT',
        data: { because: 'changed', current },
      })
    }
    expect(look(desk, id)).toEqual(current)
  })

  it('has a photo that is a photo, and that the daily sweep leaves alone', async () => {
    const desk = openTestDesk()
    const photoId = addPhoto(desk)
    const portrait = addPhoto(desk)
    const givenUp = addPhoto(desk)
    const { id } = addChild(desk, '陈雨涵', { photoId })
    addCollector(desk, id, { photoId: portrait })
    expect(look(desk, id)).toMatchObject({ photoId, pickups: [{ photoId: portrait }] })
    expect(refusal(() => change(desk, id, { photoId: addPhoto(desk, 'pdf') }))).toEqual(
      invalidField('photoId', 'not-an-image'),
    )
    expect(refusal(() => addCollector(desk, id, { photoId: addPhoto(desk, 'pdf') }))).toEqual(
      invalidField('photoId', 'not-an-image'),
    )
    expect(refusal(() => change(desk, id, { photoId: 99 })).data).toEqual({ what: 'file' })
    desk.clock.advance(25 * 60 * 60)
    await sweepFiles({ ...desk.context(), operator: null })
    const left = rows<{ id: number }>(desk.db, 'SELECT id FROM file').map((file) => file.id)
    expect(left).toEqual(expect.arrayContaining([photoId, portrait]))
    expect(left).not.toContain(givenUp)
  })

  it('leaves nothing personal in the audit', () => {
    const desk = openTestDesk()
    const words = ['实验小学', '三年级', '戴眼镜', '花生', '哮喘', '平安保险', '王芳', '19900001111']
    const { id } = addChild(desk, '陈雨涵', { mark: '戴眼镜', allergies: '花生', health: '哮喘' })
    change(desk, id, { insurance: '平安保险', mark: '', health: '' })
    addCollector(desk, id, { kind: 'forbidden', name: '陈大海', reason: '法院判决' })
    const text = JSON.stringify(audited(desk.db))
    for (const word of [...words, '陈雨涵', '陈大海', '法院判决', look(desk, id).badge]) {
      expect(text).not.toContain(word)
    }
    const { changes } = audited(desk.db).findLast(({ action }) => action === 'noon.save-child')!
    expect(JSON.parse(changes!)).toEqual({ insurance: 'changed', mark: 'changed', health: 'changed' })
  })
})

describe('a child’s record', () => {
  it('is written down each time it is opened, and reloads no screen', () => {
    const desk = openTestDesk()
    const { teacher, children } = openClass(desk, ['陈雨涵'])
    const { id } = children[0]!
    const before = desk.published.length
    expect(openChild(teacher, id)).toEqual(look(desk, id))
    openChild(desk.context('manager'), id)
    expect(audited(desk.db).slice(-2)).toMatchObject(
      Array(2).fill({ action: 'noon.read-child', subject: `child-read:${id}` }) as object[],
    )
    expect(desk.published.slice(before).map(({ topic }) => topic)).toEqual(['child-read', 'child-read'])
  })

  it('of another group is nobody’s whom it does not concern, and no opening is written down', () => {
    const desk = openTestDesk()
    const { term, teacher } = openClass(desk, ['陈雨涵'])
    const { id } = enrolled(desk, '李梓轩', addGroup(desk, term.id, { name: '月亮班' }).id)
    for (const other of [id, 99]) {
      expect(refusal(() => openChild(teacher, other))).toEqual({ code: 'NOT_FOUND', data: { what: 'child' } })
    }
    expect(audited(desk.db).some(({ action }) => action === 'noon.read-child')).toBe(false)
  })

  it('shows the consents of its person, those under a merged-away record too', () => {
    const desk = openTestDesk()
    const [kept, twin] = ['陈雨涵', '陈雨含'].map((name) => registerMinor(desk, name)) as [number, number]
    const { id } = addChild(desk, '', { personId: kept })
    const given = { purpose: '午间课堂', givenBy: '王芳', givenDay: '2026-09-01', wording: '2026-1' }
    recordConsent(desk.context(), { personId: twin, ...given })
    expect(look(desk, id).consents).toEqual([])
    mergePersons(desk.context(), { into: kept, from: twin, reason: '登记了两次' })
    expect(look(desk, id).consents).toEqual([{ ...given, withdrawnDay: null }])
  })
})

describe('merging the person of a child', () => {
  it('takes the child along, under the name that remains, and taking it apart brings it back', () => {
    const desk = openTestDesk()
    const { group, children } = openClass(desk, ['陈雨含'])
    const child = children[0]!
    const kept = registerMinor(desk, '陈雨涵')
    const merged = mergePersons(desk.context(), { into: kept, from: child.personId, reason: '写错了名字' })
    expect(desk.published.slice(-2)).toEqual([
      { topic: 'noon-child', id: child.id },
      { topic: 'noon', id: child.id },
    ])
    expect(look(desk, child.id)).toMatchObject({ personId: kept, name: '陈雨涵', groupId: group.id })
    // The form that was open meanwhile still names the record that is gone.
    expect(change(desk, child.id, { personId: child.personId, mark: '高个子' }).personId).toBe(kept)
    unmergePersons(desk.context(), { mergeId: merged.merged[0]!.mergeId, reason: '是两个人' })
    expect(look(desk, child.id)).toMatchObject({ personId: child.personId, name: '陈雨含', mark: '高个子' })
  })

  it('follows through several merges and back in their order', () => {
    const desk = openTestDesk()
    const child = addChild(desk, '陈雨含')
    const [second, third] = ['陈宇涵', '陈雨涵'].map((name) => registerMinor(desk, name)) as [number, number]
    const step = (into: number, from: number) =>
      mergePersons(desk.context(), { into, from, reason: '登记了几次' }).merged[0]!.mergeId
    const apart = (mergeId: number) => unmergePersons(desk.context(), { mergeId, reason: '不是一个人' })
    const inner = step(second, child.personId)
    const outer = step(third, second)
    expect(look(desk, child.id).personId).toBe(third)
    apart(outer)
    expect(look(desk, child.id).personId).toBe(second)
    apart(inner)
    expect(look(desk, child.id).personId).toBe(child.personId)
  })

  it('leaves both records where both were children: nothing of either is lost', () => {
    const desk = openTestDesk()
    const [one, other] = openClass(desk, ['陈雨涵', '陈雨含']).children
    const merged = mergePersons(desk.context(), {
      into: one!.personId,
      from: other!.personId,
      reason: '登记了两次',
    })
    expect(look(desk, one!.id)).toMatchObject({ personId: one!.personId, name: '陈雨涵' })
    expect(look(desk, other!.id)).toMatchObject({ personId: one!.personId, name: '陈雨含' })
    expect(change(desk, other!.id, { mark: '重复' }).mark).toBe('重复')
    unmergePersons(desk.context(), { mergeId: merged.merged[0]!.mergeId, reason: '是两个人' })
    expect(look(desk, other!.id).personId).toBe(other!.personId)
  })
})

test('a record says what stands in its rows', () => {
  const desk = openTestDesk()
  const { term, group, children } = openClass(desk, ['陈雨涵'])
  const child = readChild(desk.db, children[0]!.id, today)
  expect(child.enrolments).toEqual([
    {
      id: 1,
      termId: term.id,
      term: autumn.name,
      groupId: group.id,
      group: group.name,
      fromDay: autumn.firstDay,
      leftDay: null,
      leftReason: '',
    },
  ])
  expect(row(desk.db, 'SELECT badge, class FROM child')).toEqual({ badge: child.badge, class: '2班' })
})
