import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  dropPhotos,
  knownPhotos,
  listWaitingPhotos,
  markPhotos,
  placePhotos,
  takePhotos,
} from '../../../electron/counters/visits/photos.ts'
import { readVisit } from '../../../electron/counters/visits/read-visits.ts'
import { voidVisit } from '../../../electron/counters/visits/visits.ts'
import { row, rows, value, write } from '../../../electron/database/open.ts'
import { act } from '../../../electron/workbench/act.ts'
import { sweepFiles } from '../../../electron/workbench/file-sweep.ts'
import { findFile, storeFile } from '../../../electron/workbench/files.ts'
import { filesOnDisk, jpeg, pdf, photoTakenAt } from '../../workbench/sample-files.ts'
import { refusal } from '../people/people.ts'
import { addDoor, audited, invalidField, knock, meet, openDoor, today, type Opened } from './knock.ts'

const small: [number, number] = [40, 30]
let seeds = 0
/** A photo of the camera's local time of today, each another picture. */
const photoAt = (time: string) =>
  photoTakenAt(`${today.replaceAll('-', ':')} ${time}`, (seeds += 2) + 1, small)

const send = (desk: Opened, bytes: Buffer, name = 'IMG_0001.jpg') =>
  storeFile(desk.context(), { name, bytes }).then(({ id }) => id)
const take = (desk: Opened, ...fileIds: number[]) => takePhotos(desk.context(), { fileIds })
const takeAt = async (desk: Opened, time: string) =>
  take(desk, await send(desk, await photoAt(time))).photos[0]!
const waiting = (desk: Opened) => listWaitingPhotos(desk.context(), { limit: 60 })

/** A sent photo as if nobody had to draw it: only its row. */
const sentRow = (desk: Opened, hash: string, takenAt: string | null): number =>
  act(
    desk.context(),
    { action: 'file.store', subject: 'file' },
    (db) =>
      write(
        db,
        `INSERT INTO file (sha256, kind, name, bytes, width, height, source_sha256, taken_at, operator_id, created_at)
       VALUES (?, 'image', ?, 1, 1, 1, ?, ?, 1, ?)`,
        ...[hash, hash, hash, takenAt, desk.clock().toISOString()],
      ).id,
  )

describe('photos from a phone', () => {
  it('wait with the visits of their day, nearest in time first, at most three of them', async () => {
    const desk = openDoor({ start: '2026-11-23T08:00:00.000Z' })
    const [near, far, later, timeless] = ['10:20', '09:00', '15:00', null].map((time, index) =>
      meet(desk, { time, householdId: addDoor(desk, `4栋1单元${index + 1}01`) }),
    )
    const other = knock(desk, { time: '10:25', day: '2026-11-22' })
    const photo = await takeAt(desk, '10:23:40')
    expect(photo).toMatchObject({
      takenAt: '2026-11-23T02:23:40.000Z',
      mark: '',
      visitId: null,
      timeProblem: null,
    })
    expect(photo.proposals.map(({ visitId, minutes }) => [visitId, minutes])).toEqual([
      [near!.id, 4],
      [far!.id, 84],
      [later!.id, 276],
    ])
    expect(photo.proposals[0]).toMatchObject({
      door: '4栋1单元101',
      day: today,
      time: '10:20',
      outcome: 'met',
    })

    voidVisit(desk.context(), { id: near!.id, reason: '记错门' })
    const [again] = waiting(desk).photos
    expect(again!.proposals.map(({ visitId, minutes }) => [visitId, minutes])).toEqual([
      [far!.id, 84],
      [later!.id, 276],
      [timeless!.id, null],
    ])
    expect(again!.proposals.map(({ visitId }) => visitId)).not.toContain(other.id)
  })

  test.each([
    ['none', null],
    ['too-old', '1970-01-01T00:00:00.000Z'],
    ['too-old', '1999-12-31T23:59:59.999Z'],
    ['future', '2026-11-23T01:51:00.001Z'],
    [null, '2026-11-23T01:51:00.000Z'],
    [null, '2000-01-01T00:00:00.000Z'],
  ])('whose camera was wrong (%s) have no time, and no visit is proposed (%s)', (problem, takenAt) => {
    const desk = openDoor()
    meet(desk, { time: '09:30' })
    const [photo] = take(desk, sentRow(desk, 'ab'.repeat(32), takenAt)).photos
    expect(photo).toMatchObject({ timeProblem: problem, takenAt: problem ? null : takenAt })
    if (problem) expect(photo!.proposals).toEqual([])
    expect(waiting(desk).photos).toEqual([photo])
  })

  it('are taken in once, however often they are sent, and under one name as often as they differ', async () => {
    const desk = openDoor()
    const bytes = await photoAt('09:00:00')
    const first = await send(desk, bytes)
    expect(take(desk, first, first)).toMatchObject({ photos: [{ file: { id: first } }], known: [] })
    // The answer got lost, and the folder is chosen anew.
    const second = await send(desk, bytes)
    expect(take(desk, first, second)).toEqual({ photos: [], known: [first, second] })
    const third = await send(desk, await photoAt('09:00:00'))
    expect(take(desk, third).photos).toHaveLength(1)
    expect(waiting(desk).photos.map(({ file }) => file.name)).toEqual(['IMG_0001.jpg', 'IMG_0001.jpg'])
    const hash = value<string>(desk.db, 'SELECT source_sha256 FROM file WHERE id = ?', first)!
    expect(knownPhotos(desk.db, [hash, 'f'.repeat(64), hash])).toEqual([hash])
  })

  it('are photos, and were sent', async () => {
    const desk = openDoor()
    const letter = await send(desk, pdf())
    expect(refusal(() => take(desk, letter))).toMatchObject(invalidField('fileIds', 'not-a-photo'))
    expect(refusal(() => take(desk, 99))).toMatchObject({ code: 'NOT_FOUND', data: { what: 'file' } })
    // All or none: the good one before it is not taken either.
    const good = await send(desk, await photoAt('09:00:00'))
    expect(refusal(() => take(desk, good, letter))).toMatchObject({ code: 'INVALID' })
    expect(waiting(desk).total).toBe(0)
  })

  it('are no photos that another record has: whoever needs them there could not open them any more', async () => {
    const desk = openDoor()
    const portrait = await send(desk, await photoAt('09:00:00'))
    act(desk.context(), { action: 'file.store', subject: 'file' }, (db) =>
      write(db, 'INSERT INTO certificate_image (file_id) VALUES (?)', portrait),
    )
    expect(refusal(() => take(desk, portrait))).toMatchObject({ code: 'NOT_FOUND', data: { what: 'file' } })
    expect(findFile(desk.db, portrait).fromVisits).toBe(false)
  })

  it('are listed oldest first, those without a time last, page by page and each once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: 0, max: 5 })), { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (minutes, limit) => {
          const desk = openDoor()
          minutes.forEach((minute, index) => {
            const at = minute === null ? null : `2026-11-20T00:0${minute}:00.000Z`
            take(desk, sentRow(desk, index.toString(16).padStart(64, '0'), at))
          })
          const seen: { id: number; takenAt: string | null }[] = []
          for (let page = listWaitingPhotos(desk.context(), { limit }); page.photos.length > 0;) {
            expect(page.total).toBe(minutes.length)
            seen.push(...page.photos)
            page = listWaitingPhotos(desk.context(), { limit, after: page.photos.at(-1)!.id })
          }
          const timed = seen.filter(({ takenAt }) => takenAt !== null)
          const sorted = timed.toSorted(
            (one, other) => Date.parse(one.takenAt!) - Date.parse(other.takenAt!) || one.id - other.id,
          )
          const timeless = seen.filter(({ takenAt }) => takenAt === null)
          expect(seen).toEqual([...sorted, ...timeless.toSorted((one, other) => one.id - other.id)])
          expect(new Set(seen.map(({ id }) => id)).size).toBe(minutes.length)
        },
      ),
      { numRuns: 12 },
    )
  })
})

describe('a photo that waits', () => {
  it('is put to a visit, to another one, and back, and every screen that shows one of them hears of it', async () => {
    const desk = openDoor()
    const [one, other] = [meet(desk, { time: '09:00' }), meet(desk, { time: '09:30', again: true })]
    const { id } = await takeAt(desk, '09:10:00')
    const place = (visitId: number | null) => placePhotos(desk.context(), { photoIds: [id], visitId })
    place(one.id)
    expect(waiting(desk)).toEqual({ photos: [], total: 0 })
    expect(readVisit(desk.context(), one.id).photos).toMatchObject([{ id, visitId: one.id }])
    desk.published.length = 0
    place(other.id)
    expect(desk.published).toEqual(
      expect.arrayContaining([
        { topic: 'visit-photo', id: null },
        { topic: 'visit', id: one.id },
        { topic: 'visit', id: other.id },
        { topic: 'household', id: desk.door },
      ]),
    )
    place(null)
    expect(waiting(desk).total).toBe(1)
    expect(readVisit(desk.context(), other.id).photos).toEqual([])
  })

  it('waits again when its visit is crossed out, marked as it was, and goes to the right one', async () => {
    const desk = openDoor()
    const wrong = meet(desk, { time: '09:00' })
    const { id } = await takeAt(desk, '09:10:00')
    placePhotos(desk.context(), { photoIds: [id], visitId: wrong.id })
    markPhotos(desk.context(), { photoIds: [id], mark: 'child' })
    desk.published.length = 0
    voidVisit(desk.context(), { id: wrong.id, reason: '记到别家门上了' })
    expect(desk.published).toContainEqual({ topic: 'visit-photo', id: null })
    expect(readVisit(desk.context(), wrong.id).photos).toEqual([])
    expect(waiting(desk)).toMatchObject({ total: 1, photos: [{ id, mark: 'child', proposals: [] }] })
    const right = meet(desk, { time: '09:05' })
    placePhotos(desk.context(), { photoIds: [id], visitId: right.id })
    expect(readVisit(desk.context(), right.id).photos).toMatchObject([{ id, mark: 'child' }])
  })

  it('is not put to a visit that is void or none, nor is one that is none', async () => {
    const desk = openDoor()
    const visit = meet(desk)
    voidVisit(desk.context(), { id: visit.id, reason: '记错门' })
    const { id } = await takeAt(desk, '09:10:00')
    const place = (photoIds: number[], visitId: number) =>
      refusal(() => placePhotos(desk.context(), { photoIds, visitId }))
    expect(place([id], visit.id)).toMatchObject({ code: 'CONFLICT', data: { because: 'step' } })
    expect(place([id], 99)).toMatchObject({ code: 'NOT_FOUND', data: { what: 'visit' } })
    expect(place([id, 99], meet(desk, { again: true }).id)).toMatchObject({
      code: 'NOT_FOUND',
      data: { what: 'photo' },
    })
    expect(waiting(desk).total).toBe(1)
  })

  it('of an ID card or a child is restricted by its mark, and no longer without it', async () => {
    const desk = openDoor()
    const { id, file } = await takeAt(desk, '09:10:00')
    for (const mark of ['id-card', 'child', ''] as const) {
      markPhotos(desk.context(), { photoIds: [id], mark })
      expect(waiting(desk).photos[0]!.mark).toBe(mark)
      expect(findFile(desk.db, file.id).restricted).toBe(mark !== '')
    }
  })

  it('that should never have come in is gone at once, and its file a day later', async () => {
    const desk = openDoor()
    const visit = meet(desk)
    const bytes = await photoAt('09:10:00')
    const [photo] = take(desk, await send(desk, bytes)).photos
    placePhotos(desk.context(), { photoIds: [photo!.id], visitId: visit.id })
    const kept = take(desk, await send(desk, await jpeg(40, 30, 99))).photos[0]!
    dropPhotos(desk.context('manager'), { photoIds: [photo!.id], reason: '拍到了路人 19900004417' })
    expect(readVisit(desk.context(), visit.id).photos).toEqual([])
    expect(findFile(desk.db, photo!.file.id).restricted).toBe(true)
    const [dropped] = audited(desk).filter(({ action }) => action === 'visit-photo.drop')
    expect(dropped).toMatchObject({ reason: '拍到了路人 ***********' })

    desk.clock.advance(25 * 60 * 60)
    await sweepFiles({ ...desk.context(), operator: null })
    expect(rows(desk.db, 'SELECT id FROM file')).toEqual([{ id: kept.file.id }])
    expect(filesOnDisk(desk.folder)).toHaveLength(2)
  })
})

test('nothing of a photo but its numbers enters the audit', async () => {
  const desk = openDoor()
  const fileId = await send(desk, await photoAt('09:10:00'), '王英的身份证.jpg')
  const [photo] = take(desk, fileId).photos
  markPhotos(desk.context(), { photoIds: [photo!.id], mark: 'id-card' })
  placePhotos(desk.context(), { photoIds: [photo!.id], visitId: meet(desk).id })
  const said = audited(desk).filter(({ action }) => action.startsWith('visit-photo'))
  expect(said.map(({ action }) => action)).toEqual([
    'visit-photo.take',
    'visit-photo.mark',
    'visit-photo.place',
  ])
  expect(JSON.stringify(said)).not.toMatch(/王英|身份证/)
  expect(row(desk.db, 'SELECT 1 FROM visit_photo WHERE mark = ?', 'id-card')).toBeDefined()
})
