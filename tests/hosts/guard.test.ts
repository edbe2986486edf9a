import { connect } from 'node:net'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { signIn, startDesk, type DeskProcess, type Tokens } from './desk-process.ts'

/** Attacks on the browser host, over raw sockets where fetch would correct them. */
let folder: string
let desk: DeskProcess
let host: string
const tokens: Tokens = { device: '', session: '' }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-guard-'))
  desk = await startDesk(folder)
  host = new URL(desk.origin).host
  await signIn(desk, tokens)
})
afterAll(async () => {
  await desk.end('SIGTERM')
  rmSync(folder, { recursive: true })
})

/** Sends these bytes and returns status and whole answer. */
function raw(lines: string[], body = ''): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect({ port: Number(new URL(desk.origin).port), host: '127.0.0.1' })
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')))
    socket.on('data', (chunk) => (text += chunk.toString()))
    socket.on('error', reject)
    socket.on('close', () => resolve({ status: Number(text.split(' ')[1]), text }))
    socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`)
  })
}

const foreignHosts = [
  'evil.example',
  'localhost',
  '127.0.0.1',
  '127.0.0.1:1',
  '[::1]:80',
  '127.0.0.1.evil.example',
  '',
]

describe('a request with the wrong Host', () => {
  it.each(['/', '/index.html', '/assets/x.js', '/rpc/session/state', '/documents/x.pdf'])(
    'is refused for %s and told nothing',
    async (path) => {
      for (const wrong of foreignHosts) {
        const { status, text } = await raw([`GET ${path} HTTP/1.1`, `Host: ${wrong}`])
        expect(status, `${path} ${wrong}`).toBeGreaterThanOrEqual(400)
        expect(status).toBeLessThan(500)
        expect(text.split('\r\n\r\n')[1] ?? '').toBe('')
      }
      expect((await raw([`GET ${path} HTTP/1.1`])).status).toBe(400)
      expect((await raw([`GET ${path} HTTP/1.1`, `Host: ${host}`, `Host: ${host}`])).status).toBe(400)
      expect((await raw([`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Host: evil.example'])).status).toBe(400)
    },
  )

  it('is refused when the target is an address instead of a path', async () => {
    const { status } = await raw([`GET http://evil.example/ HTTP/1.1`, `Host: ${host}`])
    expect(status).toBe(400)
  })
})

const call = (headers: string[]) => {
  const body = '{"json":{}}'
  return raw(
    ['POST /rpc/session/state HTTP/1.1', `Host: ${host}`, `Content-Length: ${body.length}`, ...headers],
    body,
  )
}

describe('a call from another site', () => {
  const json = 'Content-Type: application/json'

  it('is refused by its Origin, even with the right tokens', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      `https://${host}`,
      'http://127.0.0.1',
      `${desk.origin}.evil`,
    ]) {
      const { status, text } = await call([json, `X-Device: ${tokens.device}`, `Origin: ${origin}`])
      expect(status, origin).toBe(403)
      expect(text).not.toMatch(/access-control/i)
    }
    expect((await call([json, `X-Device: ${tokens.device}`, `Origin: ${desk.origin}`])).status).toBe(200)
  })

  it('is refused as a form or plain text', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      expect((await call([`Content-Type: ${type}`, `X-Device: ${tokens.device}`])).status).toBe(415)
    }
  })

  it('gets no preflight', async () => {
    const { status, text } = await raw([
      'OPTIONS /rpc/session/state HTTP/1.1',
      `Host: ${host}`,
      'Origin: https://evil.example',
      'Access-Control-Request-Method: POST',
    ])
    expect(status).toBe(403)
    expect(text).not.toMatch(/access-control/i)
  })
})

describe('tokens', () => {
  it('that are missing, wrong or doubled open nothing', async () => {
    const json = 'Content-Type: application/json'
    expect((await call([json])).status).toBe(401)
    expect((await call([json, 'X-Device: wrong'])).status).toBe(401)
    expect((await call([json, `X-Device: ${tokens.device}`, `X-Device: ${tokens.device}`])).status).toBe(400)
  })

  it('and the pairing code stand in no log and in no file', async () => {
    const secrets = [desk.code, tokens.device, tokens.session]
    for (const secret of secrets) expect(desk.log()).not.toContain(secret)
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const file = join(folder, name)
      if (!existsSync(file) || name.endsWith('backups')) continue
      const bytes = readFileSync(file)
      for (const secret of secrets) expect(bytes.includes(secret), `${name} holds a token`).toBe(false)
    }
  })
})

describe('a path', () => {
  it('never leaves the renderer folder', async () => {
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/assets/..%5c..%5cpackage.json',
      '/assets/%00.js',
      '/%c0%ae%c0%ae/package.json',
      '//etc/passwd.json',
      '/CON.js',
    ]) {
      const { status, text } = await raw([`GET ${path} HTTP/1.1`, `Host: ${host}`])
      expect(status, path).toBeGreaterThanOrEqual(400)
      expect(text).not.toContain('one-stop-counter')
    }
  })
})
