import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it, test } from 'vitest'
import { mostFileBytes, savedName } from '../../electron/contract/files.ts'
import { row, rows, transact, value, write } from '../../electron/database/open.ts'
import { drawingThreads, drawPriority } from '../../electron/workbench/draw-priority.ts'
import { referringTables, sweepFiles } from '../../electron/workbench/file-sweep.ts'
import { checkFiles, findFile, pathsOf, storeFile } from '../../electron/workbench/files.ts'
import { openTestDesk, type TestDesk } from '../fixture.ts'
import {
  avif,
  filesOnDisk,
  gif,
  heic,
  html,
  jpeg,
  pdf,
  phonePhoto,
  picture,
  pngOf,
  svg,
  zip,
} from './sample-files.ts'

const store = (desk: TestDesk, bytes: Buffer, name = '照片.jpg') => storeFile(desk.context(), { name, bytes })

function stored(desk: TestDesk, id: number) {
  const paths = pathsOf(desk.folder, findFile(desk.db, id))
  return { whole: readFileSync(paths.whole), small: paths.small ? readFileSync(paths.small) : null }
}

const rowsOf = (desk: TestDesk) => value<number>(desk.db, 'SELECT count(*) FROM file')

async function expectRefused(desk: TestDesk, bytes: Buffer, problem: string, name?: string) {
  await expect(store(desk, bytes, name)).rejects.toMatchObject({
    code: 'INVALID',
    data: { fields: [{ path: 'file', problem }] },
  })
  expect(filesOnDisk(desk.folder)).toEqual([])
  expect(rowsOf(desk)).toBe(0)
  expect(value(desk.db, "SELECT count(*) FROM audit WHERE action = 'file.store'")).toBe(0)
}

describe('a photo', () => {
  it('is kept upright, and of where, when and by whom it was taken nothing is left', async () => {
    const desk = openTestDesk()
    const original = await phonePhoto()
    const before = await sharp(original).metadata()
    expect([before.orientation, before.exif?.includes('Phone of'), !!before.xmp]).toEqual([6, true, true])

    const made = await store(desk, original, '王小明家门口.jpg')
    expect(made).toMatchObject({ name: '王小明家门口.jpg', kind: 'image', width: 600, height: 800 })
    const { whole, small } = stored(desk, made.id)
    expect(whole.length).toBe(made.bytes)
    for (const bytes of [whole, small!]) {
      const { format, exif, xmp, iptc, icc, orientation, comments } = await sharp(bytes).metadata()
      expect({ format, exif, xmp, iptc, icc, orientation, comments }).toEqual({ format: 'jpeg' })
      for (const trace of ['Exif', 'GPS', 'Phone', 'http://ns.adobe.com', '2026:11:20'])
        expect(bytes.includes(trace)).toBe(false)
    }
    const { width, height } = await sharp(small!).metadata()
    expect([width, height]).toEqual([240, 320])
  })

  it('is at most 2,560 pixels long and never made larger', async () => {
    const desk = openTestDesk()
    expect(await store(desk, await jpeg(4000, 1000))).toMatchObject({ width: 2560, height: 640 })
    expect(await store(desk, await jpeg(40, 30))).toMatchObject({ width: 40, height: 30 })
  })

  it('may be a JPEG, PNG or WebP, whatever its name says', async () => {
    const desk = openTestDesk()
    for (const bytes of [
      await picture(30, 20).jpeg().toBuffer(),
      await picture(30, 20).png().toBuffer(),
      await picture(30, 20).webp().toBuffer(),
    ]) {
      expect(await store(desk, bytes, 'letter.pdf')).toMatchObject({ kind: 'image', width: 30, height: 20 })
    }
  })

  it('is white where one could see through it', async () => {
    const desk = openTestDesk()
    const clear = { create: { width: 30, height: 20, channels: 4, background: '#0000' } } as const
    const { id } = await store(desk, await sharp(clear).png().toBuffer())
    const pixels = await sharp(stored(desk, id).whole).raw().toBuffer()
    expect([...pixels.subarray(0, 3)]).toEqual([255, 255, 255])
  })

  it('with something appended is drawn anew: only the picture stays', async () => {
    const desk = openTestDesk()
    for (const tail of [html, zip]) {
      const made = await store(desk, Buffer.concat([await jpeg(), tail]), 'photo.html')
      const { whole } = stored(desk, made.id)
      for (const trace of ['<script', 'PK\x03\x04']) expect(whole.includes(trace)).toBe(false)
    }
  })

  it('that was cut off anywhere is refused', async () => {
    const desk = openTestDesk()
    const whole = await jpeg(200, 150)
    const webp = await picture(200, 150).webp().toBuffer()
    const png = await picture(200, 150).png().toBuffer()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(whole, webp, png),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, at) => {
          // From the first bytes that tell the type on; the last chunk of a PNG holds no pixels.
          const most = all === png ? all.length - 13 : all.length - 1
          return expectRefused(desk, all.subarray(0, 16 + Math.floor(at * (most - 16))), 'damaged')
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('refused, with nothing on the disk and nothing in the table, is', () => {
  test.each([
    ['an empty file', Buffer.alloc(0), 'empty'],
    ['one byte more than 20 MB', pdf('', mostFileBytes - 16), 'too-large'],
    ['HTML that calls itself a photo', html, 'unknown-type'],
    ['a GIF', gif, 'unknown-type'],
    ['an AVIF', avif, 'unknown-type'],
    ['an archive', zip, 'unknown-type'],
    ['a program', Buffer.from('MZ\x90\0\x03'), 'unknown-type'],
    ['a script', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'unknown-type'],
    ['a HEIC photo', heic, 'heic'],
    ['an SVG', svg, 'svg'],
    ['an SVG in UTF-16', Buffer.from(`\uFEFF${svg.toString()}`, 'utf16le'), 'svg'],
    ['a JPEG that ends with its first bytes', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'damaged'],
    ['a PNG that is only a header', pngOf(50_000, 50_000, null), 'damaged'],
    ['noise behind the first bytes of a WebP', Buffer.from(`RIFF\0\0\0\0WEBP${'x'.repeat(500)}`), 'damaged'],
    ['a PDF that was cut off', pdf('pages', 5000).subarray(0, -7), 'damaged'],
    ['a PDF with something in front', Buffer.concat([Buffer.from('\n'), pdf()]), 'unknown-type'],
  ])('%s', async (_what, bytes, problem) => {
    await expectRefused(openTestDesk(), bytes, problem)
  })

  it('a PNG of 50,000 x 50,000 pixels, at once and without room for it', async () => {
    const desk = openTestDesk()
    await store(desk, await jpeg())
    const before = process.memoryUsage.rss()
    const began = performance.now()
    await expect(store(desk, pngOf(50_000, 50_000))).rejects.toMatchObject({
      data: { fields: [{ path: 'file', problem: 'too-many-pixels' }] },
    })
    expect(performance.now() - began).toBeLessThan(1000)
    expect(process.memoryUsage.rss() - before).toBeLessThan(50e6)
    await expect(store(desk, pngOf(10_000, 5_001))).rejects.toMatchObject({
      data: { fields: [{ path: 'file', problem: 'too-many-pixels' }] },
    })
  })

  test.each([
    ['x'.repeat(121), 'too_big'],
    ['a\0.jpg', 'text'],
    ['\ud800.jpg', 'text'],
    ['  ', 'required'],
  ])('a file called %j', async (name, problem) => {
    await expectRefused(openTestDesk(), pdf(), problem, name)
  })
})

describe('a name', () => {
  it('is kept as it was and never becomes a path', async () => {
    const desk = openTestDesk()
    for (const name of [
      '../../desk.sqlite3',
      'C:\\Windows\\x',
      'CON',
      '<script>alert(1)</script>',
      '.htaccess',
    ]) {
      const made = await store(desk, pdf(name), name)
      expect(made.name).toBe(name)
      expect(pathsOf(desk.folder, findFile(desk.db, made.id)).whole).toMatch(
        /[\\/]files[\\/]([0-9a-f]{2})[\\/]\1[0-9a-f]{62}\.pdf$/,
      )
    }
    expect(filesOnDisk(desk.folder)).toHaveLength(5)
  })

  it('never enters the audit', async () => {
    const desk = openTestDesk()
    const { id } = await store(desk, pdf(), '张三的诊断书.pdf')
    const noted = row<{ subject: string; changes: string }>(
      desk.db,
      "SELECT subject, changes FROM audit WHERE action = 'file.store'",
    )!
    expect(noted.subject).toBe(`file:${id}`)
    expect(Object.keys(JSON.parse(noted.changes) as object)).toEqual(['kind', 'bytes', 'sha256'])
    expect(JSON.stringify(rows(desk.db, 'SELECT * FROM audit'))).not.toContain('张三')
  })

  it('of a saved copy leads nowhere and ends as what it is', () => {
    const saved = (name: string) => savedName({ name, kind: 'pdf' })
    expect(saved('低保申请.PDF')).toBe('低保申请.pdf')
    expect(saved('../../etc/passwd')).toBe('-..-etc-passwd.pdf')
    expect(saved('CON')).toBe('CON-.pdf')
    expect(saved('nul.tar.gz')).toBe('nul-.tar.pdf')
    expect(saved('setup.exe')).toBe('setup.pdf')
    expect(saved('photo\u202Egpj.exe')).toBe('photo-gpj.pdf')
    expect(saved('...')).toBe('附件.pdf')
    expect(savedName({ name: 'IMG_1.HEIC', kind: 'image' })).toBe('IMG_1.jpg')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (name) => {
        expect(saved(name)).toMatch(/^[^.\s\\/:*?"<>|\x00-\x1f][^\\/:*?"<>|\x00-\x1f]*\.pdf$/)
      }),
    )
  })
})

describe('what is stored', () => {
  it('lies under the hash of its bytes, a PDF as it came, readable by its owner only', async () => {
    const desk = openTestDesk()
    const bytes = pdf('<html><script>alert(1)</script></html>')
    const made = await store(desk, bytes, '通知.pdf')
    expect(made).toMatchObject({ kind: 'pdf', bytes: bytes.length, width: null, height: null })
    const hash = createHash('sha256').update(bytes).digest('hex')
    expect(filesOnDisk(desk.folder)).toEqual([join(hash.slice(0, 2), `${hash}.pdf`)])
    expect(stored(desk, made.id).whole.equals(bytes)).toBe(true)
    if (process.platform !== 'win32') {
      expect(statSync(pathsOf(desk.folder, findFile(desk.db, made.id)).whole).mode & 0o77).toBe(0)
      expect(statSync(join(desk.folder, 'files')).mode & 0o77).toBe(0)
    }
  })

  it('lies there once, however often and however many at a time bring the same bytes', async () => {
    const desk = openTestDesk()
    const bytes = await jpeg()
    const made = await Promise.all([1, 2, 3].map((time) => store(desk, bytes, `${time}.jpg`)))
    expect(new Set(made.map(({ id }) => id)).size).toBe(3)
    expect(filesOnDisk(desk.folder)).toHaveLength(2)
    expect(rowsOf(desk)).toBe(3)
  })

  it('is missed before a record refers to it when it is not there', async () => {
    const desk = openTestDesk()
    const [first, second] = [await store(desk, pdf('1'), '1'), await store(desk, pdf('2'), '2')]
    checkFiles(desk.db, [first.id, second.id, first.id])
    expect(() => checkFiles(desk.db, [first.id, 99])).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND', data: { what: 'file' } }),
    )
  })

  it('is not looked for under a hash that is a path', async () => {
    const desk = openTestDesk()
    const { id } = await store(desk, pdf())
    transact(desk.db, (db) => write(db, "UPDATE file SET sha256 = '../../audit' WHERE id = ?", id))
    expect(() => pathsOf(desk.folder, findFile(desk.db, id))).toThrow('impossible hash')
  })
})

/** An enquiry's step that refers to a file, as short as the tables allow. */
function referTo(desk: TestDesk, fileId: number): void {
  desk.db.pragma('foreign_keys = OFF')
  transact(desk.db, (db) => write(db, 'INSERT INTO enquiry_file (event_id, file_id) VALUES (1, ?)', fileId))
}

const sweep = (desk: TestDesk) => sweepFiles({ ...desk.context(), operator: null })

describe('a photo as it came', () => {
  it('is known by its bytes and by the time its camera noted; of a letter neither is kept', async () => {
    const desk = openTestDesk()
    const original = await phonePhoto()
    await store(desk, original)
    await store(desk, pdf())
    expect(rows(desk.db, 'SELECT source_sha256 AS hash, taken_at AS takenAt FROM file ORDER BY id')).toEqual([
      { hash: createHash('sha256').update(original).digest('hex'), takenAt: '2026-11-20T00:00:00.000Z' },
      { hash: null, takenAt: null },
    ])
  })

  it.runIf(process.platform === 'linux')('is drawn below the thread that answers the desk', async () => {
    await store(openTestDesk(), await jpeg())
    const threads = drawingThreads()
    expect(threads.length).toBeGreaterThan(0)
    expect(threads.map((thread) => getPriority(thread))).toEqual(threads.map(() => drawPriority))
    expect(getPriority()).toBeLessThan(drawPriority)
  })

  it('without a camera’s time is kept as any other', async () => {
    const desk = openTestDesk()
    await store(desk, await jpeg())
    expect(value(desk.db, 'SELECT taken_at FROM file')).toBeNull()
  })
})

describe('the daily sweep', () => {
  it('asks every table of the schema that refers to files', () => {
    const { db } = openTestDesk()
    const referring = rows<{ name: string; column: string }>(
      db,
      `SELECT t.name, f."from" AS column FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f
       WHERE t.schema = 'main' AND f."table" = 'file'`,
    )
    const listed = Object.entries(referringTables).map(([name, column]) => ({ name, column }))
    expect(new Set(listed)).toEqual(new Set(referring))
    expect(listed).toHaveLength(referring.length)
  })

  it('removes an upload that nobody took in within a day, row and file, and says so in the audit', async () => {
    const desk = openTestDesk()
    const kept = await store(desk, await jpeg(60, 40, 3))
    referTo(desk, kept.id)
    const givenUp = await store(desk, await jpeg(60, 40, 5))
    const before = filesOnDisk(desk.folder)
    desk.clock.advance(24 * 60 * 60)
    await sweep(desk)
    expect(filesOnDisk(desk.folder)).toEqual(before)
    desk.clock.advance(1)
    const young = await store(desk, pdf())
    await sweep(desk)
    expect(rows(desk.db, 'SELECT id FROM file ORDER BY id')).toEqual([{ id: kept.id }, { id: young.id }])
    expect(filesOnDisk(desk.folder)).toHaveLength(3)
    expect(filesOnDisk(desk.folder, 'set-aside')).toEqual([])
    expect(rows(desk.db, "SELECT subject, changes FROM audit WHERE action = 'file.sweep'")).toEqual([
      { subject: 'file', changes: JSON.stringify({ ids: [[givenUp.id], null] }) },
    ])
  })

  it('leaves the bytes of an upload that was given up to another row that names them', async () => {
    const desk = openTestDesk()
    const kept = await store(desk, pdf())
    await store(desk, pdf())
    referTo(desk, kept.id)
    desk.clock.advance(2 * 24 * 60 * 60)
    await sweep(desk)
    expect(rowsOf(desk)).toBe(1)
    expect(filesOnDisk(desk.folder)).toHaveLength(1)
  })

  it('clears away what is half written, and sets aside what no row names, until a row names it again', async () => {
    const desk = openTestDesk()
    const made = await store(desk, await jpeg())
    referTo(desk, made.id)
    const before = filesOnDisk(desk.folder)
    writeFileSync(join(desk.folder, 'files', `${before[0]!}.partial`), 'half')
    const saved = row<Record<string, unknown>>(desk.db, 'SELECT * FROM file')!
    // As after restoring a backup from before the upload.
    transact(desk.db, (db) => write(db, 'DELETE FROM file'))
    await sweep(desk)
    expect(filesOnDisk(desk.folder)).toEqual([])
    expect(filesOnDisk(desk.folder, 'set-aside/files')).toHaveLength(2)
    // And then the newer one after all.
    transact(desk.db, (db) =>
      write(
        db,
        `INSERT INTO file (${Object.keys(saved).join()}) VALUES (${Object.keys(saved)
          .map(() => '?')
          .join()})`,
        ...Object.values(saved),
      ),
    )
    await sweep(desk)
    expect(filesOnDisk(desk.folder)).toEqual(before)
    expect(filesOnDisk(desk.folder, 'set-aside/files')).toEqual([])
  })

  it('leaves alone what is just being stored, at whatever moment it comes by', async () => {
    const desk = openTestDesk()
    await store(desk, await jpeg(60, 40, 3))
    desk.clock.advance(2 * 24 * 60 * 60)
    // The same bytes once more, and others: while both are on their way the sweep walks as often as it can.
    let over = false
    const storing = Promise.all([
      store(desk, await jpeg(60, 40, 3)),
      store(desk, await jpeg(60, 40, 5)),
      store(desk, await jpeg(60, 40, 3)),
    ]).finally(() => (over = true))
    let walks = 0
    while (!over) {
      await sweep(desk)
      await new Promise((goOn) => setImmediate(goOn))
      walks += 1
    }
    const made = await storing
    expect(walks).toBeGreaterThan(3)
    expect(value(desk.db, "SELECT count(*) FROM audit WHERE action = 'file.sweep'")).toBe(1)
    expect(rowsOf(desk)).toBe(3)
    for (const { id } of made) expect(stored(desk, id).small).not.toBeNull()
    expect(filesOnDisk(desk.folder)).toHaveLength(4)
  })

  it('ends where it is when the desk closes', async () => {
    const desk = openTestDesk()
    for (const name of ['1', '2', '3']) await store(desk, pdf(name), name)
    transact(desk.db, (db) => write(db, 'DELETE FROM file'))
    let asked = 0
    await sweepFiles(desk.context(), () => (asked += 1) < 2)
    expect(filesOnDisk(desk.folder)).toHaveLength(2)
    expect(filesOnDisk(desk.folder, 'set-aside/files')).toHaveLength(1)
  })

  it('leaves alone what is not its own, and writes nothing when all is in order', async () => {
    const desk = openTestDesk()
    await sweep(desk)
    const made = await store(desk, await jpeg())
    referTo(desk, made.id)
    mkdirSync(join(desk.folder, 'files', 'letters'))
    writeFileSync(join(desk.folder, 'files', 'letters', 'mine.partial'), '')
    const before = [filesOnDisk(desk.folder), value(desk.db, 'SELECT count(*) FROM audit')]
    await sweep(desk)
    expect([filesOnDisk(desk.folder), value(desk.db, 'SELECT count(*) FROM audit')]).toEqual(before)
  })
})
