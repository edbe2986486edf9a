import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoOperators, demoPin } from '../../seeds/demo/operators.ts'
import { clientOf, startDesk, type Client, type DeskProcess, type Tokens } from '../hosts/desk-process.ts'
import { root } from './datasets.ts'

export const builtHost = join(root, 'out/main/browser.js')

export function requireBuild(): void {
  if (!existsSync(builtHost)) throw new Error('out/main/browser.js is missing: npm run build')
}

/** The built browser host as a process of its own. */
export const startHost = (folder: string): Promise<DeskProcess> => startDesk(folder, { main: builtHost })

/** Ends a host that is no longer needed, without the backup that a clean close would make. */
export async function kill(host: DeskProcess): Promise<void> {
  await host.end('SIGKILL')
}

/** Pairs with a freshly started host and signs an operator of the demo in. */
async function signInAs(host: DeskProcess, name: string): Promise<{ client: Client; tokens: Tokens }> {
  const tokens: Tokens = { device: '', session: '' }
  const client = clientOf(host.origin, tokens)
  tokens.device = (await client.session.pair({ code: host.code })).device
  const { operators } = await client.session.state({})
  const { id } = operators.find((operator) => operator.name === name)!
  tokens.session = (await client.session.signIn({ operatorId: id, pin: demoPin })).token
  return { client, tokens }
}

export const signInManager = (host: DeskProcess) => signInAs(host, demoOperators[0]!.name)
export const signInClerk = (host: DeskProcess) => signInAs(host, demoOperators[1]!.name)

/** Resident memory of a process in MB (10^6 bytes). */
export function residentMegabytes(pid: number): number {
  const kilobytes = existsSync(`/proc/${pid}/status`)
    ? Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1])
    : Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }))
  return (kilobytes * 1024) / 1e6
}
