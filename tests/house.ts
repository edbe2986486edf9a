import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { roles, type Role } from '../electron/contract/access.ts'
import { createOperator } from '../electron/counters/session/operators.ts'
import { openDatabase, transact } from '../electron/database/open.ts'
import { openDesk, type Desk, type DeskOptions } from '../electron/desk.ts'
import { paperlessHost, pin, root, temporaryFolder, testPin } from './fixture.ts'

export type Answer = { status: number; body: unknown; code: string | undefined; text: string }

export type House = {
  desk: Desk
  folder: string
  /** Everything the desk wrote to its log. */
  log: string[]
  /** One call as it goes over the wire. `token` = a session token of `signIn`. */
  call(path: string, input: unknown, token?: string): Promise<Answer>
  signIn(role: Role): Promise<string>
}

export const deskOptions = (folder: string): DeskOptions => ({
  folder,
  root,
  renderer: join(root, 'out/renderer'),
  worker: new URL('../electron/database/worker.ts', import.meta.url),
  host: paperlessHost,
})

/** Posts a call to a desk's fetch, as the renderer does. */
export async function post(
  desk: Desk,
  path: string,
  input: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await desk.fetch(
    new Request(`http://127.0.0.1/rpc/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof input === 'string' ? input : JSON.stringify({ json: input }),
    }),
  )
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status: response.status, body: undefined, code: undefined, text: '' }
  }
  const text = await response.text()
  const body = text ? (JSON.parse(text) as { json?: unknown }).json : undefined
  return { status: response.status, body, code: (body as { code?: string } | undefined)?.code, text }
}

/** A whole desk behind its fetch, set up with a manager and one operator of every other role (PIN `pin`). */
export async function openHouse(options: Partial<DeskOptions> = {}): Promise<House> {
  const folder = options.folder ?? temporaryFolder()
  const log: string[] = []
  const desk = await openDesk({ ...deskOptions(folder), log: (_level, line) => log.push(line), ...options })
  onTestFinished(() => desk.close())
  await post(desk, 'session/setup', {
    community: '测试社区',
    manager: { name: '主任', pin },
    content: 'empty',
  })
  const file = openDatabase(join(folder, 'desk.sqlite3'))
  const at = '2026-11-23T00:00:00.000Z'
  const ids = transact(file, (db) => {
    const made = { manager: 1 } as Record<Role, number>
    for (const role of roles) {
      if (role !== 'manager') made[role] = createOperator(db, { name: role, role, secret: testPin, at }).id
    }
    return made
  })
  file.close()
  const call: House['call'] = (path, input, token) =>
    post(desk, path, input, token ? { authorization: `Bearer ${token}` } : {})
  return {
    desk,
    folder,
    log,
    call,
    async signIn(role) {
      const { body } = await call('session/signIn', { operatorId: ids[role], pin })
      return (body as { token: string }).token
    },
  }
}
