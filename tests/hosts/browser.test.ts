import { execFile } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../fixture.ts'
import { clientOf, signIn, startDesk, type Tokens } from './desk-process.ts'

const main = fileURLToPath(new URL('../../electron/hosts/browser/main.ts', import.meta.url))
const run = (args: string[]) =>
  promisify(execFile)(process.execPath, [main, '--no-open', ...args], { timeout: 30_000 }).then(
    () => ({ code: 0, stderr: '' }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  )

describe('the browser host', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends cleanly on %s: work finished, log emptied, folder free',
    async (signal) => {
      const folder = temporaryFolder()
      const desk = await startDesk(folder)
      const tokens: Tokens = { device: '', session: '' }
      const client = await signIn(desk, tokens)
      // An open change feed must not hold the end up.
      const feed = await client.session.changes({})
      const heard = feed.next().catch(() => undefined)
      const operators = Array.from({ length: 5 }, (_, index) =>
        client.session.addOperator({ name: `操作员${index}`, role: 'clerk', pin: '135790' }),
      )
      await Promise.all(operators)
      expect(await desk.end(signal)).toBe(0)
      await heard
      expect(desk.log()).toBe('')
      const wal = join(folder, 'desk.sqlite3-wal')
      expect(existsSync(wal) ? statSync(wal).size : 0).toBe(0)
      const again = await startDesk(folder)
      const state = await clientOf(again.origin, tokens).session.state({})
      expect(state.operators).toHaveLength(6)
      await again.end('SIGTERM')
    },
  )

  it('keeps a paired screen paired over a restart, but asks for the PIN again', async () => {
    const folder = temporaryFolder()
    const tokens: Tokens = { device: '', session: '' }
    const first = await startDesk(folder)
    await signIn(first, tokens)
    await first.end('SIGTERM')
    const second = await startDesk(folder)
    const client = clientOf(second.origin, tokens)
    expect((await client.session.state({})).phase).toBe('ready')
    await expect(client.session.me({})).rejects.toMatchObject({ code: 'SIGNED_OUT' })
    await second.end('SIGTERM')
  })

  it('refuses a folder that another desk holds, naming the holder', async () => {
    const folder = temporaryFolder()
    const desk = await startDesk(folder)
    const { code, stderr } = await run(['--data', folder, '--port', '0'])
    expect(code).toBe(3)
    expect(stderr).toContain(String(desk.child.pid))
    expect(stderr).toContain(folder)
    await desk.end('SIGTERM')
  })

  it('says so when its port is taken, and lets go of the folder', async () => {
    const [one, other] = [temporaryFolder(), temporaryFolder()]
    const desk = await startDesk(one)
    const { code, stderr } = await run(['--data', other, '--port', new URL(desk.origin).port])
    expect(code).toBe(4)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    await desk.end('SIGTERM')
    await (await startDesk(other)).end('SIGTERM')
  })

  it('says in one sentence what is wrong with its arguments', async () => {
    for (const args of [
      ['--prot', '1'],
      ['--port', 'x'],
      ['--port', '70000'],
      ['--data', ''],
    ]) {
      const { code, stderr } = await run(args)
      expect(code, args.join(' ')).toBe(2)
      expect(stderr.trim().split('\n')).toHaveLength(1)
    }
  })
})

describe('the change feed', () => {
  it('tells every other screen of a commit at once', async () => {
    const desk = await startDesk(temporaryFolder())
    const tokens: Tokens = { device: '', session: '' }
    const client = await signIn(desk, tokens)
    const feeds = [await client.session.changes({}), await client.session.changes({})]
    const heard = feeds.map((feed) => feed.next())
    const { version, ...community } = await client.settings.community({})
    await client.settings.changeCommunity({ ...community, phone: '0731-00000000', version })
    for (const event of await Promise.all(heard)) expect(event.value).toEqual({ topic: 'settings', id: null })
    await desk.end('SIGTERM')
  })
})
