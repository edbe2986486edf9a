import { ORPCError } from '@orpc/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WaitingPhoto } from '../../electron/contract/visit-photos.ts'
import { chosenOf, type Chosen } from '../../renderer/counters/visits/photos/dropped.ts'
import { openImport, type Sending } from '../../renderer/counters/visits/photos/importing.ts'
import { apartWords, groupsOf, noProposalWords } from '../../renderer/counters/visits/photos/photos.ts'

const invalid = (problem: string) =>
  new ORPCError('INVALID', { status: 422, data: { fields: [{ path: 'file', problem }] } })
const full = new ORPCError('STORAGE_FULL', { status: 507 })

/** Files that only have a name; the first letter says what becomes of them, the rest is their bytes. */
const files = (...names: string[]): Chosen[] =>
  names.map((name) => ({ file: { name, size: 1 } as File, path: `DCIM/${name}` }))

/** A desk that keeps what it took; `refuse` may throw for a file. */
function deskOf(refuse: (name: string) => void = () => {}) {
  const kept = new Set<string>()
  const sent: string[] = []
  let [now, underWay, most] = [0, 0, 0]
  const sending: Sending = {
    hashOf: (file) => Promise.resolve(file.name),
    known: (hash) => Promise.resolve(kept.has(hash)),
    async send({ name }) {
      most = Math.max(most, (underWay += 1))
      await Promise.resolve()
      underWay -= 1
      now += 500
      refuse(name)
      return sent.push(name)
    },
    take(id) {
      const name = sent[id - 1]!
      const isNew = !kept.has(name)
      kept.add(name)
      return Promise.resolve(isNew)
    },
    now: () => now,
  }
  return { sending, kept, sent, most: () => most }
}

describe('an import of photos', () => {
  it('takes all of them, three at a time at the most, and those it has are not sent again', async () => {
    const desk = deskOf()
    const all = files(...Array.from({ length: 12 }, (_, index) => `${index}.jpg`))
    const first = openImport(desk.sending)
    await first.add(all.slice(0, 7))
    expect(first.counts.value).toEqual({ all: 7, taken: 7, known: 0, bad: 0, done: 7 })
    await first.add(all)
    expect(first.counts.value).toEqual({ all: 12, taken: 5, known: 7, bad: 0, done: 12 })
    expect(desk.sent).toHaveLength(12)
    expect(desk.most()).toBe(3)
  })

  it('names each broken one in words, and takes the rest', async () => {
    const desk = deskOf((name) => {
      if (name.startsWith('bad')) throw invalid(name.slice(4))
    })
    const run = openImport(desk.sending)
    await run.add(files('1.jpg', 'bad-damaged', '2.jpg', 'bad-heic', 'bad-empty', '3.jpg'))
    expect([...desk.kept]).toEqual(['1.jpg', '2.jpg', '3.jpg'])
    expect(run.state.sentence).toBe('')
    expect(run.bad.value.map(({ path, sentence }) => [path, sentence.length > 5])).toEqual([
      ['DCIM/bad-damaged', true],
      ['DCIM/bad-heic', true],
      ['DCIM/bad-empty', true],
    ])
  })

  it('stops with a sentence when the disk is full, and goes on from there without doubles', async () => {
    let room = 4
    const desk = deskOf(() => {
      if (room === 0) throw full
      room -= 1
    })
    const run = openImport(desk.sending)
    await run.add(files(...'abcdefghij'))
    expect(run.state.sentence).toContain('磁盘满了')
    expect(run.counts.value).toMatchObject({ all: 10, taken: 4, bad: 0, done: 4 })
    room = 100
    await run.goOn()
    expect(run.state.sentence).toBe('')
    expect(run.counts.value).toMatchObject({ all: 10, taken: 10, done: 10 })
    expect(desk.kept.size).toBe(10)
  })

  it('can be stopped: what is under way is finished, the rest waits', async () => {
    const desk = deskOf()
    const run = openImport(desk.sending)
    const over = run.add(files(...'abcdefghij'))
    run.stop()
    await over
    expect(run.counts.value.taken).toBe(3)
    expect(run.state.sentence).toContain('还有 7 张没有收')
    await run.goOn()
    expect(run.counts.value.taken).toBe(10)
  })

  it('whatever fails when, loses and doubles nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(8), { maxLength: 20 }),
        fc.infiniteStream(fc.nat(4)),
        async (names, luck) => {
          const fate = luck[Symbol.iterator]()
          const desk = deskOf(() => {
            if (fate.next().value === 0) throw full
          })
          const run = openImport(desk.sending)
          await run.add(files(...names.map(String)))
          for (let round = 0; run.state.sentence && round < 500; round += 1) await run.goOn()
          const { taken, known, all } = run.counts.value
          expect([taken, taken + known, all]).toEqual([new Set(names).size, names.length, names.length])
          expect(desk.kept).toEqual(new Set(names.map(String)))
        },
      ),
    )
  })
})

it('of a folder leaves what systems put there', () => {
  const at = (path: string) => ({ name: path.split('/').at(-1), webkitRelativePath: path }) as File
  const found = chosenOf(
    ['D/IMG_1.jpg', 'D/.DS_Store', 'D/Thumbs.db', 'D/.trash/a.jpg', 'D/desktop.ini'].map(at),
  )
  expect(found.map(({ path }) => path)).toEqual(['D/IMG_1.jpg', 'D/.trash/a.jpg'])
})

describe('waiting photos', () => {
  const photo = (id: number, takenAt: string | null, ...minutes: (number | null)[]): WaitingPhoto => ({
    id,
    file: { id, name: `${id}.jpg`, kind: 'image', bytes: 1, width: 1, height: 1 },
    takenAt,
    mark: '',
    visitId: null,
    timeProblem: takenAt ? null : 'none',
    proposals: minutes.map((apart, index) => ({
      visitId: 7 + index,
      householdId: 1,
      ...{ door: '3栋2单元501', day: '2026-11-20', time: '10:20', outcome: 'met', minutes: apart },
    })),
  })
  const at = '2026-11-20T02:23:00.000Z'

  it('stand together by the visit they most likely belong to; guesses, other days and the timeless apart', () => {
    const groups = groupsOf([
      photo(1, at, 3, 80),
      photo(2, at, 490),
      photo(3, at, 0),
      photo(4, at),
      photo(5, null),
      photo(6, at, null),
    ])
    expect(groups.map(({ photos, far }) => [photos.map(({ id }) => id), far])).toEqual([
      [[1, 3, 6], false],
      [[2], true],
      [[4], false],
      [[5], false],
    ])
    expect(groups.slice(0, 2).map(apartWords)).toEqual(['相差 0–3 分钟', '相差 8 小时 10 分以上，请核对'])
    expect(groups.slice(2).map(noProposalWords)).toEqual([
      expect.stringContaining('11月20日拍的，那天没有走访记录'),
      '照片里没有拍摄时间，请手工选走访',
    ])
  })
})
