/**
 * `npm test`: lint, types of each layer, vitest, Playwright — all of them, whatever fails before — and a last line
 * `N passed, N failed, N skipped` counted from the runners' own reports. Exit code 1 when anything failed.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const report = (name: string) => `${root}test-results/${name}.json`

type Count = { passed: number; failed: number; skipped: number }

function run(name: string, command: string): boolean {
  console.log(`\n== ${name}`)
  return spawnSync(command, { cwd: root, shell: true, stdio: 'inherit' }).status === 0
}

/** Reads a runner's report; a runner that ended without one has failed as a whole. */
function count(ok: boolean, file: string, read: (json: never) => Count): Count {
  try {
    const found = read(JSON.parse(readFileSync(file, 'utf8')) as never)
    // A runner may fail outside its tests (a config error, an unhandled rejection).
    return ok || found.failed > 0 ? found : { ...found, failed: 1 }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

rmSync(`${root}test-results`, { recursive: true, force: true })
mkdirSync(`${root}test-results`)

const lint = run('lint', 'npm run --silent lint')
const types = run('types', 'npm run --silent typecheck')
const built = run('build', 'npm run --silent build')
const unit = run(
  'vitest',
  `vitest run --config tests/vitest.config.ts --reporter=default --reporter=json --outputFile=${report('unit')}`,
)
const endToEnd = run('playwright', 'playwright test --config tests/playwright.config.ts')

const counts: Count[] = [
  ...[lint, types, built].map((ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })),
  count(
    unit,
    report('unit'),
    (json: { numPassedTests: number; numFailedTests: number; numPendingTests: number }) => ({
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests,
    }),
  ),
  count(
    endToEnd,
    report('e2e'),
    ({ stats }: { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
  ),
]
const total = (key: keyof Count) => counts.reduce((sum, one) => sum + one[key], 0)
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`)
process.exitCode = total('failed') > 0 ? 1 : 0
