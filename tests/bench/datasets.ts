import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeDataset } from '../../seeds/dataset/dataset.ts'
import { generatorVersion, type Options } from '../../seeds/dataset/plan.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(root, '.cache/bench')

/** Everything a dataset's content comes from: another source gives another folder. */
const sources = [
  'seeds/dataset',
  'seeds/reference',
  'electron/database/migrations',
  'electron/counters/people/names.ts',
  'electron/counters/people/tokens.ts',
  'electron/counters/people/search-index.ts',
  'electron/counters/settings/rules.ts',
  'electron/counters/volunteers/ledger.ts',
  'electron/counters/volunteers/ranking.ts',
  ...[
    'accept',
    'assignments',
    'dispatch',
    'events',
    'follow-up',
    'life',
    'limits',
    'standing',
    'steps',
    'take',
  ].map((name) => `electron/counters/enquiries/${name}.ts`),
]

function sourceKey(): string {
  const hash = createHash('sha256').update(String(generatorVersion))
  const add = (path: string) => {
    hash.update(path)
    hash.update(readFileSync(join(root, path)))
  }
  for (const source of sources) {
    if (/\.\w+$/.test(source)) add(source)
    else for (const name of readdirSync(join(root, source)).sort()) add(join(source, name))
  }
  return hash.digest('hex').slice(0, 12)
}

/** The cached folder for these options, generated when it is not there; never write into it: take a `copyOf`. */
export function datasetOf(name: string, options: Options): string {
  const key = sourceKey()
  const folder = join(cache, `${key}-${name}`)
  if (existsSync(folder)) return folder
  // Those of older sources are of no more use.
  if (existsSync(cache)) {
    for (const old of readdirSync(cache))
      if (!old.startsWith(key) && !old.startsWith('copy-')) rmSync(join(cache, old), { recursive: true })
  }
  mkdirSync(cache, { recursive: true })
  process.stderr.write(`making the dataset ${name} …\n`)
  const partial = `${folder}.partial`
  rmSync(partial, { recursive: true, force: true })
  writeDataset(partial, root, options, () => {})
  renameSync(partial, folder)
  return folder
}

const copies: string[] = []

/** Copies of a run that was cut off. */
function removeLeftovers(): void {
  for (const name of readdirSync(cache)) {
    const run = /^copy-(\d+)-/.exec(name)?.[1]
    if (run && !runs(Number(run))) rmSync(join(cache, name), { recursive: true, force: true })
  }
}

function runs(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A copy that may be written to; gone at the end of the run. */
export function copyOf(folder: string): string {
  // On the disk of the cache, for /tmp may be memory, where nothing waits for a disk.
  mkdirSync(cache, { recursive: true })
  if (copies.length === 0) removeLeftovers()
  const copy = mkdtempSync(join(cache, `copy-${process.pid}-`))
  copies.push(copy)
  cpSync(folder, copy, { recursive: true })
  return copy
}

export function removeCopies(): void {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true, force: true })
}
