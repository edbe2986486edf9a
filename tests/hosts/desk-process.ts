import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../electron/contract/index.ts'

export type Client = ContractRouterClient<typeof contract>

export type DeskProcess = {
  child: ChildProcess
  origin: string
  code: string
  /** Milliseconds from spawn to `desk ready`. */
  startedIn: number
  /** What it wrote on stderr: its log. */
  log: () => string
  /** Ends it by a signal and waits for the exit; resolves to the exit code or signal. */
  end: (signal: NodeJS.Signals) => Promise<number | string>
}

const source = fileURLToPath(new URL('../../electron/hosts/browser/main.ts', import.meta.url))

/** Starts the browser host as a process of its own on any port; rejects with its stderr when it ends before ready. */
export function startDesk(
  folder: string,
  options: { main?: string; port?: string; args?: string[] } = {},
): Promise<DeskProcess> {
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [
      options.main ?? source,
      '--data',
      folder,
      '--port',
      options.port ?? '0',
      '--no-open',
      ...(options.args ?? []),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('exit', (status) => reject(new Error(`the desk ended with ${status}: ${log}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = /^desk ready: (http:\/\/127\.0\.0\.1:\d+)\/#pair=(\S+)$/.exec(line)
      if (!ready) return
      resolve({
        child,
        origin: ready[1]!,
        code: ready[2]!,
        startedIn: performance.now() - began,
        log: () => log,
        end: (signal) =>
          new Promise((ended) => {
            const over = child.exitCode ?? child.signalCode
            if (over !== null) return ended(over)
            child.once('exit', (status, by) => ended(status ?? by ?? ''))
            child.kill(signal)
          }),
      })
    })
  })
}

export type Tokens = { device: string; session: string }

/** The renderer's client against a running desk; `tokens` may be filled later. */
export function clientOf(origin: string, tokens: Tokens): Client {
  return createORPCClient<Client>(
    new RPCLink({
      url: `${origin}/rpc`,
      headers: () => ({
        ...(tokens.device ? { 'x-device': tokens.device } : {}),
        ...(tokens.session ? { authorization: `Bearer ${tokens.session}` } : {}),
      }),
    }),
  )
}

/** Pairs with a running desk and, on its first start, sets it up; signs the first manager in. */
export async function signIn(
  desk: DeskProcess,
  tokens: Tokens,
  content: 'empty' | 'demo' = 'empty',
): Promise<Client> {
  const client = clientOf(desk.origin, tokens)
  if (!tokens.device) tokens.device = (await client.session.pair({ code: desk.code })).device
  const state = await client.session.state({})
  const signedIn =
    state.phase === 'setup'
      ? await client.session.setup({
          community: '测试社区',
          manager: { name: '主任', pin: '246810' },
          content,
        })
      : await client.session.signIn({ operatorId: state.operators[0]!.id, pin: '246810' })
  tokens.session = signedIn.token
  return client
}
