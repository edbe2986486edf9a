import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeDataset } from './dataset.ts'
import { endDay } from './plan.ts'

const usage = `npm run dataset -- --out DIR [--years 10] [--stress] [--seed 1] [--people N] [--scale 1]
Writes a data folder as the desk would have left it on ${endDay}. DIR must be empty or not exist.
--people N   only N people and a few weeks of enquiries, for measuring search`

function fail(problem: string): never {
  console.error(`${problem}\n\n${usage}`)
  process.exit(2)
}

function number(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  return Number.isFinite(value) && value > 0 ? value : fail(`--${name} wants a number above 0, not ${text}`)
}

function main(): void {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      years: { type: 'string' },
      seed: { type: 'string' },
      people: { type: 'string' },
      scale: { type: 'string' },
      stress: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const folder = resolve(values.out ?? fail('--out is missing'))
  if (existsSync(folder) && readdirSync(folder).length > 0) fail(`${folder} is not empty`)
  const people = number(values.people, 'people')
  const began = performance.now()
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`
  let shown = -1
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const report = writeDataset(
    folder,
    root,
    {
      years: number(values.years, 'years') ?? 10,
      seed: number(values.seed, 'seed') ?? 1,
      scale: number(values.scale, 'scale') ?? 1,
      stress: values.stress,
      ...(people === undefined ? {} : { people }),
    },
    (share) => {
      const tenth = Math.floor(share * 10)
      if (tenth === shown) return
      shown = tenth
      console.log(`${String(tenth * 10).padStart(3)} %  ${seconds()}`)
    },
  )
  for (const [table, count] of Object.entries(report.rows))
    console.log(`${table.padEnd(16)}${String(count).padStart(9)}`)
  const megabytes = statSync(join(folder, 'desk.sqlite3')).size / 1_000_000
  console.log(`content ${report.content.slice(0, 16)}  ${megabytes.toFixed(0)} MB  ${seconds()}  ${folder}`)
}

try {
  main()
} catch (error) {
  fail(error instanceof Error ? error.message : String(error))
}
