import { closeSync, fstatSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../fixture.ts'
import { signIn, startDesk, type Tokens } from '../hosts/desk-process.ts'

it('a file that goes bad under a running desk is given up, set aside and restored', async () => {
  const folder = temporaryFolder()
  const tokens: Tokens = { device: '', session: '' }
  const first = await startDesk(folder)
  await signIn(first, tokens, 'demo')
  await first.end('SIGTERM')

  const desk = await startDesk(folder)
  const client = await signIn(desk, tokens)
  // Everything behind the first page turns to junk while the desk has the file open.
  const file = openSync(join(folder, 'desk.sqlite3'), 'r+')
  for (let at = 4096; at < fstatSync(file).size; at += 4096)
    writeSync(file, Buffer.alloc(4096, 0xee), 0, 4096, at)
  closeSync(file)

  // What is cached goes on being answered; the first look at a bad page ends it.
  const calls = [
    () => client.enquiries.list({ state: 'all' }),
    () => client.people.list({}),
    () => client.enquiries.matters({}),
  ]
  const codes: unknown[] = []
  for (const call of calls)
    codes.push(
      await call().then(
        () => 'answered',
        (error: { code: string }) => error.code,
      ),
    )
  expect(codes).toContain('TROUBLE')

  // The screen at work is told, and restores from where it stands.
  const state = await client.session.state({})
  expect(state).toMatchObject({ phase: 'trouble', trouble: { kind: 'corrupt' } })
  await client.session.restore({ backup: state.trouble!.backups[0]!.name })
  expect((await client.session.state({})).phase).toBe('ready')
  await signIn(desk, tokens)
  expect((await client.people.list({})).total).toBeGreaterThan(100)
  expect(readdirSync(join(folder, 'set-aside'))).toHaveLength(1)
  expect(await desk.end('SIGTERM')).toBe(0)
  expect(desk.log()).not.toMatch(/19900/)
})
