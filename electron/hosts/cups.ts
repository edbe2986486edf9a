import { PaperProblem, type Printer, type SpooledJob } from '../workbench/host.ts'
import type { PaperSize } from '../contract/printers.ts'

/**
 * Runs a program of the system in English and gives back what it said. Rejects as `execFile` does: with `signal` or
 * `killed` when it was ended, with `stderr` when it ended by itself.
 */
export type Command = (file: string, args: string[]) => Promise<string>

/** Whether the program was ended from outside: then nobody knows what it had done. */
const wasEnded = (error: unknown) => {
  const { signal, killed } = error as { signal?: string | null; killed?: boolean }
  return Boolean(signal || killed)
}

/** The print queues; none where CUPS is not there or not running. */
export async function cupsPrinters(command: Command): Promise<Printer[]> {
  const said = (...parameters: string[]) => command('lpstat', parameters).catch(() => '')
  const [names, chosen, states] = await Promise.all([said('-e'), cupsDefault(command), said('-p')])
  const stopped = new Set([...states.matchAll(/^printer (\S+) disabled/gm)].map(([, name]) => name))
  return names
    .split('\n')
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => ({ name, ready: !stopped.has(name), isDefault: name === chosen }))
}

/** The system's default queue; null without one. */
export async function cupsDefault(command: Command): Promise<string | null> {
  const said = await command('lpstat', ['-d']).catch(() => '')
  return /destination: (\S+)/.exec(said)?.[1] ?? null
}

/**
 * Hands a file to a queue and returns what the queue calls it. The sheet keeps its size: `paper` names it, so that a
 * printer that holds another asks for the right one instead of shrinking or centring the sheet.
 */
export async function cupsPrint(
  command: Command,
  file: string,
  { printer, copies, paper }: { printer: string; copies: number; paper: PaperSize | null },
): Promise<string> {
  const media = paper === null ? [] : ['-o', `media=${paper}`]
  const options = ['-d', printer, '-n', String(copies), ...media, '-o', 'print-scaling=none']
  try {
    const said = await command('lp', [...options, '--', file])
    // `request id is desk-12 (1 file(s))`, in whatever language.
    const number = said.split(`${printer}-`)[1]?.match(/^\d+/)?.[0]
    return number === undefined ? '' : `${printer}-${number}`
  } catch (error) {
    // Ended by a signal or the time: the queue may or may not have it. Ended by itself: it has not.
    throw new PaperProblem(wasEnded(error) ? 'unsure' : 'queue', error)
  }
}

/** One block of `lpstat -l -o`: `desk-12  root  22528  date`, then lines about it, indented by a tab. */
const blocks = (said: string) => said.split(/\n(?=\S)/).filter((block) => block.trim() !== '')

/** The job at the head of a block. Here, and only here, CUPS writes a queue's name as a path of its addresses: 前台 in %. */
function nameOf(block: string): string {
  const [written] = block.split(/\s/, 1)
  try {
    return decodeURIComponent(written!)
  } catch {
    return written!
  }
}

/** What CUPS knows of its jobs; null while no spooler answers. */
export async function cupsJobs(command: Command): Promise<SpooledJob[] | null> {
  const asked = (which: string) => command('lpstat', ['-W', which, '-l', '-o'])
  try {
    const [waiting, over, queues] = await Promise.all([
      asked('not-completed'),
      asked('completed'),
      // A job that waits behind a stopped queue says nothing of it itself.
      command('lpstat', ['-p']).catch(() => ''),
    ])
    const stopped = [...queues.matchAll(/^printer (\S+) disabled/gm)].map(([, name]) => name!)
    const isHeld = (block: string) =>
      /job-hold|job-stopped|completed-with-errors|printer-stopped|Filter failed/.test(block) ||
      stopped.includes(nameOf(block).replace(/-\d+$/, ''))
    return [
      ...blocks(waiting).map((block) => ({
        id: nameOf(block),
        state: isHeld(block) ? ('held' as const) : ('waiting' as const),
      })),
      ...blocks(over).map((block) => ({ id: nameOf(block), state: 'over' as const })),
    ]
  } catch {
    return null
  }
}

/** Takes a job out of its queue. Rejects when it is not there, or over already. */
export async function cupsWithdraw(command: Command, id: string): Promise<void> {
  // `cancel` has no `--`; what begins with a dash was never a queue's name.
  if (!/^[^\s-]\S*-\d+$/.test(id)) throw new Error('not a job of the spooler')
  await command('cancel', [id])
}
