import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it, onTestFinished, test, vi } from 'vitest'
import { roles } from '../../electron/contract/access.ts'
import { attachment, mostFileBytes, type Attachment } from '../../electron/contract/files.ts'
import { openDatabase, rows, transact, value, write } from '../../electron/database/open.ts'
import { openDesk } from '../../electron/desk.ts'
import { serve } from '../../electron/hosts/browser/serve.ts'
import { deskOptions, openHouse, type House } from '../house.ts'
import { filesOnDisk, heic, html, jpeg, pdf, phonePhoto, photoTakenAt, pngOf, svg } from './sample-files.ts'

type Answer = {
  status: number
  headers: Headers
  json: { code?: string; data?: unknown } & Partial<Attachment>
}

const bearer = (token?: string): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {})

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const { json } = (text ? JSON.parse(text) : { json: {} }) as { json: Answer['json'] }
  return { status: response.status, headers: response.headers, json }
}

/** Sends a file as the renderer does. */
function send(house: House, token: string | undefined, bytes: Buffer, headers: Record<string, string> = {}) {
  return house.desk
    .fetch(
      new Request('http://127.0.0.1/files', {
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          'x-file-name': encodeURIComponent('照片.jpg'),
          ...bearer(token),
          ...headers,
        },
        body: new Uint8Array(bytes),
      }),
    )
    .then(answerOf)
}

const get = (house: House, path: string, token?: string, method = 'GET') =>
  house.desk.fetch(new Request(`http://127.0.0.1${path}`, { method, headers: bearer(token) }))

/** What the data file says now, read from beside the running desk. */
function inFile<Result>(house: House, look: (db: ReturnType<typeof openDatabase>) => Result): Result {
  const db = openDatabase(join(house.folder, 'desk.sqlite3'), { readonly: true })
  try {
    return look(db)
  } finally {
    db.close()
  }
}

/** A record takes the file in, here one that anybody may see. */
function takeIn(house: House, id: number): void {
  const db = openDatabase(join(house.folder, 'desk.sqlite3'))
  transact(db, (file) => write(file, 'INSERT INTO certificate_image (file_id) VALUES (?)', id))
  db.close()
}

describe('a file that is sent', () => {
  it('comes back as an attachment, whole and small, upright and without its place', async () => {
    const house = await openHouse()
    const token = await house.signIn('clerk')
    const { status, headers, json } = await send(house, token, await phonePhoto())
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
    const made = attachment.parse(json)
    expect(made).toMatchObject({ name: '照片.jpg', kind: 'image', width: 600, height: 800 })
    for (const [path, width] of [
      [`/files/${made.id}`, 600],
      [`/files/${made.id}/small`, 240],
    ] as const) {
      const response = await get(house, path, token)
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
      const found = await sharp(Buffer.from(await response.arrayBuffer())).metadata()
      expect([found.width, found.exif]).toEqual([width, undefined])
    }
  })

  it('that is a PDF and a page at once is handed out as neither page nor script', async () => {
    const house = await openHouse()
    const token = await house.signIn('clerk')
    const both = pdf('<html><body onload="alert(1)"><script>alert(1)</script></body></html>')
    const { json } = await send(house, token, both, { 'x-file-name': 'notice.html' })
    const response = await get(house, `/files/${json.id}`, token)
    expect(Buffer.from(await response.arrayBuffer()).equals(both)).toBe(true)
    const { headers } = response
    expect(headers.get('content-type')).toBe('application/pdf')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="notice.pdf"; filename*=UTF-8''notice.pdf`,
    )
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect((await get(house, `/files/${json.id}/small`, token)).status).toBe(404)
  })

  it('is opened on the record; its preview is not', async () => {
    const house = await openHouse()
    const token = await house.signIn('clerk')
    const { json } = await send(house, token, await jpeg())
    await get(house, `/files/${json.id}/small`, token)
    await get(house, `/files/${json.id}`, token)
    expect(
      inFile(house, (db) => rows(db, "SELECT action, subject FROM audit WHERE action LIKE 'file.%'")),
    ).toEqual([
      { action: 'file.store', subject: `file:${json.id}` },
      { action: 'file.open', subject: `file-copy:${json.id}` },
    ])
  })

  it('is refused in the words of a procedure', async () => {
    const house = await openHouse()
    const token = await house.signIn('clerk')
    const { status, json } = await send(house, token, heic)
    expect(status).toBe(422)
    expect(json).toMatchObject({
      code: 'INVALID',
      status: 422,
      defined: true,
      data: { fields: [{ path: 'file', problem: 'heic' }] },
    })
  })

  it('is not taken as anything but named bytes', async () => {
    const house = await openHouse()
    const token = await house.signIn('clerk')
    for (const [headers, status] of [
      [{ 'content-type': 'multipart/form-data; boundary=x' }, 415],
      [{ 'content-type': 'text/plain' }, 415],
      [{ 'content-type': 'application/octet-stream; charset=utf-8' }, 415],
      [{ 'x-file-name': '100%' }, 422],
      [{ 'x-file-name': 'a%00.jpg' }, 422],
      [{ 'x-file-name': '' }, 422],
    ] as const) {
      expect([headers, (await send(house, token, pdf(), headers)).status]).toEqual([headers, status])
    }
    expect(filesOnDisk(house.folder)).toEqual([])
    expect(inFile(house, (db) => value(db, 'SELECT count(*) FROM file'))).toBe(0)
  })
})

describe('who may', () => {
  it('add and look: those who serve; only look: the auditor', async () => {
    const house = await openHouse()
    const { json } = await send(house, await house.signIn('clerk'), await jpeg())
    takeIn(house, json.id!)
    for (const role of roles) {
      const token = await house.signIn(role)
      const { status } = await send(house, token, pdf(role))
      expect([role, status]).toEqual([role, role === 'auditor' ? 403 : 200])
      expect((await get(house, `/files/${json.id}`, token)).status).toBe(200)
      expect((await get(house, `/files/${json.id}/small`, token)).status).toBe(200)
    }
    expect(inFile(house, (db) => value(db, 'SELECT count(*) FROM file'))).toBe(4)
  })

  it('look at what no record has taken in: the desk, and who sent it', async () => {
    const house = await openHouse()
    // The second one came twice, and the first of them shows an ID card: it is given up, and as much to see.
    const clerk = await house.signIn('clerk')
    const [left, first, twice] = [await jpeg(60, 40, 3), await jpeg(60, 40, 5), await jpeg(60, 40, 5)]
    const ids: number[] = []
    for (const bytes of [left, first, twice]) ids.push((await send(house, clerk, bytes)).json.id!)
    const { body } = await house.call('visits/takePhotos', { fileIds: ids.slice(1) }, clerk)
    const { photos, known } = body as { photos: { id: number }[]; known: number[] }
    expect(known).toEqual([ids[2]])
    await house.call('visits/markPhotos', { photoIds: photos.map(({ id }) => id), mark: 'id-card' }, clerk)
    for (const role of roles) {
      const token = await house.signIn(role)
      for (const path of ids.flatMap((id) => [`/files/${id}`, `/files/${id}/small`])) {
        const may = role === 'clerk' || role === 'manager'
        expect([role, path, (await get(house, path, token)).status]).toEqual([role, path, may ? 200 : 403])
      }
    }
    const teacher = await house.signIn('teacher')
    const { json } = await send(house, teacher, await jpeg(60, 40, 7))
    expect((await get(house, `/files/${json.id}/small`, teacher)).status).toBe(200)
    expect((await get(house, `/files/${json.id}/small`, await house.signIn('auditor'))).status).toBe(403)
  })

  it('do neither: nobody who is signed out, locked, or a stranger; and none learns what there is', async () => {
    const house = await openHouse()
    const token = await house.signIn('clerk')
    const { json } = await send(house, token, await jpeg())
    const codes = async (as?: string) => {
      const answers = [
        await send(house, as, pdf()),
        await get(house, `/files/${json.id}`, as).then(answerOf),
        await get(house, `/files/${json.id}/small`, as).then(answerOf),
        await get(house, '/files/999', as).then(answerOf),
      ]
      return new Set(answers.map(({ status, json: { code } }) => `${status} ${code}`))
    }
    expect(await codes()).toEqual(new Set(['401 SIGNED_OUT']))
    expect(await codes('x'.repeat(40))).toEqual(new Set(['401 SIGNED_OUT']))
    await house.call('session/lock', {}, token)
    expect(await codes(token)).toEqual(new Set(['423 LOCKED']))

    const paired = await openHouse({ pairing: { code: 'ABCD2345' } })
    const answer = await send(paired, undefined, pdf())
    expect([answer.status, answer.json.code]).toEqual([401, 'UNPAIRED'])
    expect((await get(paired, '/files/1').then(answerOf)).json.code).toBe('UNPAIRED')
  })
})

test('a photo of an ID card or a child is given to the desk only, and each look at it is on the record', async () => {
  const house = await openHouse()
  const clerk = await house.signIn('clerk')
  const { json } = await send(house, clerk, await jpeg())
  const db = openDatabase(join(house.folder, 'desk.sqlite3'))
  transact(db, (file) => write(file, 'UPDATE file SET restricted = 1'))
  db.close()
  for (const role of roles) {
    const token = await house.signIn(role)
    for (const path of [`/files/${json.id}`, `/files/${json.id}/small`]) {
      const response = await get(house, path, token)
      const may = role === 'clerk' || role === 'manager'
      expect([role, path, response.status]).toEqual([role, path, may ? 200 : 403])
      if (!may) expect((await answerOf(response)).json.code).toBe('FORBIDDEN')
    }
  }
  expect(inFile(house, (file) => value(file, "SELECT count(*) FROM audit WHERE action = 'file.open'"))).toBe(
    4,
  )
})

test('a photo from a visit, marked or not, is none of the noon class', async () => {
  const house = await openHouse()
  const clerk = await house.signIn('clerk')
  const { json } = await send(house, clerk, await jpeg())
  expect((await house.call('visits/takePhotos', { fileIds: [json.id] }, clerk)).status).toBe(200)
  for (const role of roles) {
    const { status } = await get(house, `/files/${json.id}/small`, await house.signIn(role))
    expect([role, status]).toEqual([role, role === 'teacher' ? 403 : 200])
  }
})

test.each([
  ['nothing', Buffer.alloc(0), 'empty'],
  ['no photo', html, 'unknown-type'],
  ['a HEIC photo', heic, 'heic'],
  ['an SVG', svg, 'svg'],
  ['a photo of 50,000 x 50,000 pixels by its header', pngOf(50_000, 50_000), 'too-many-pixels'],
  ['a photo that broke off', null, 'damaged'],
])(
  'between good photos, %s is refused in words and the good ones are taken',
  async (_what, given, problem) => {
    const house = await openHouse()
    const token = await house.signIn('clerk')
    const bad = given ?? (await photoTakenAt('2026:11:20 08:00:00')).subarray(0, 9000)
    const bytes = [await jpeg(60, 40, 3), bad, await jpeg(60, 40, 5), await jpeg(60, 40, 7)]
    // All under one name: it is the bytes that count.
    const answers = await Promise.all(bytes.map((one) => send(house, token, one)))
    expect(answers.map(({ status }) => status)).toEqual([200, 422, 200, 200])
    expect(answers[1]!.json.data).toEqual({ fields: [{ path: 'file', problem }] })
    expect(filesOnDisk(house.folder)).toHaveLength(6)
  },
)

describe('an address that is none', () => {
  it('leads nowhere, however it is spelt', async () => {
    const house = await openHouse()
    const token = await house.signIn('manager')
    expect((await send(house, token, pdf())).json.id).toBe(1)
    for (const path of [
      '/files/..%2f',
      '/files/..%2fdesk.sqlite3',
      '/files/%2e%2e/audit.key',
      '/files/../audit.key',
      '/files/1%00',
      '/files/1/',
      '/files/1/large',
      '/files/1/small/',
      '/files/-1',
      '/files/0',
      '/files/01',
      '/files/1e3',
      '/files/99999999999999999999',
      '/files/',
      '/files/CON',
      '/files/2',
    ]) {
      const response = await get(house, path, token)
      expect([path, response.status]).toEqual([path, 404])
      expect(await response.text()).not.toContain('%PDF')
    }
    expect((await get(house, '/files/1', token)).status).toBe(200)
  })

  it('answers other methods with what it knows', async () => {
    const house = await openHouse()
    const token = await house.signIn('clerk')
    for (const [method, path, allow] of [
      ['GET', '/files', 'POST'],
      ['DELETE', '/files/1', 'GET'],
      ['PUT', '/files/1', 'GET'],
    ] as const) {
      const response = await get(house, path, token, method)
      expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
    }
  })

  it('of a file that somebody took away by hand says that it is not there', async () => {
    const house = await openHouse()
    const token = await house.signIn('clerk')
    const { json } = await send(house, token, pdf())
    rmSync(join(house.folder, 'files'), { recursive: true })
    const { status, json: answer } = await get(house, `/files/${json.id}`, token).then(answerOf)
    expect([status, answer.code]).toEqual([404, 'NOT_FOUND'])
    expect(inFile(house, (db) => value(db, "SELECT count(*) FROM audit WHERE action = 'file.open'"))).toBe(0)
  })
})

test('a desk without its data file gives and takes nothing', async () => {
  const house = await openHouse()
  await send(house, await house.signIn('clerk'), pdf())
  await house.desk.close()
  const file = join(house.folder, 'desk.sqlite3')
  writeFileSync(file, readFileSync(file).fill(0xff, 0, 4096))
  const desk = await openDesk({ ...deskOptions(house.folder), log: () => {} })
  onTestFinished(() => desk.close())
  const refused = { ...house, desk }
  // Nobody can be signed in to it, and nobody learns more than that.
  expect((await get(refused, '/files/1').then(answerOf)).json.code).toBe('SIGNED_OUT')
  expect((await send(refused, 'x'.repeat(40), pdf('2'))).json.code).toBe('SIGNED_OUT')
  expect(filesOnDisk(house.folder)).toHaveLength(1)
})

test('what a kill left behind is swept soon after the start', async () => {
  const first = await openHouse()
  await first.desk.close()
  const place = join(first.folder, 'files', 'ab')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, `ab${'0'.repeat(62)}.pdf.partial`), '%PDF-')
  writeFileSync(join(place, `ab${'0'.repeat(62)}.pdf`), '%PDF-')
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const desk = await openDesk({ ...deskOptions(first.folder), log: () => {} })
  onTestFinished(() => desk.close())
  expect(filesOnDisk(first.folder)).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(5_000)
  vi.useRealTimers()
  await vi.waitFor(() => expect(filesOnDisk(first.folder)).toEqual([]))
  expect(filesOnDisk(first.folder, 'set-aside/files')).toEqual([`ab${'0'.repeat(62)}.pdf`])
})

describe('over real HTTP', () => {
  async function overHttp() {
    const house = await openHouse()
    const served = await serve(house.desk.fetch, 0)
    onTestFinished(() => {
      // A client that was refused half-way keeps its connection for a while.
      served.server.closeAllConnections()
      return served.close()
    })
    return { ...served, house, token: await house.signIn('clerk') }
  }
  const headers = (token: string) => ({
    ...bearer(token),
    'content-type': 'application/octet-stream',
    'x-file-name': 'x.pdf',
  })

  it('20 MB are taken and one byte more is not', async () => {
    const { origin, token } = await overHttp()
    const post = (bytes: Buffer) =>
      fetch(`${origin}/files`, { method: 'POST', headers: headers(token), body: new Uint8Array(bytes) }).then(
        answerOf,
      )
    const frame = pdf('').length
    const answer = await post(pdf('', mostFileBytes - frame))
    expect([answer.status, answer.json.bytes]).toEqual([200, mostFileBytes])
    const refused = await post(pdf('', mostFileBytes - frame + 1))
    expect([refused.status, refused.json.data]).toEqual([
      422,
      { fields: [{ path: 'file', problem: 'too-large' }] },
    ])
  })

  it('a length that is too large is refused before the bytes come', async () => {
    const { port, token } = await overHttp()
    const status = await new Promise((resolve, reject) => {
      const call = request({
        port,
        host: '127.0.0.1',
        path: '/files',
        method: 'POST',
        headers: { ...headers(token), 'content-length': String(mostFileBytes + 1) },
      })
      call.on('response', (response) => {
        resolve(response.statusCode)
        call.destroy()
      })
      call.on('error', reject)
      call.write('%PDF-')
    })
    expect(status).toBe(422)
  })

  it('a body without a length is cut off at the cap', async () => {
    const { house, origin, token } = await overHttp()
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1 << 20
        controller.enqueue(new Uint8Array(1 << 20))
        if (sent > 4 * mostFileBytes) controller.close()
      },
    })
    const streamed = { method: 'POST', headers: headers(token), body, duplex: 'half' } as RequestInit
    const answer = await fetch(`${origin}/files`, streamed).then(answerOf)
    expect(answer.json.data).toEqual({ fields: [{ path: 'file', problem: 'too-large' }] })
    expect(sent).toBeLessThan(2 * mostFileBytes)
    expect(inFile(house, (db) => value(db, 'SELECT count(*) FROM file'))).toBe(0)
  })
})
