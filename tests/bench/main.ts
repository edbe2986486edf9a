import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchAccept, benchAcceptOverHttp } from './accept-bench.ts'
import { benchCertificates } from './certificates-bench.ts'
import { datasetOf, removeCopies, root } from './datasets.ts'
import { benchEnquiries } from './enquiries-bench.ts'
import { benchSearchGrowth } from './growth.ts'
import { requireBuild } from './host.ts'
import { judge, tableOf } from './limits.ts'
import type { Row } from './measure.ts'
import { benchNoon } from './noon-bench.ts'
import { benchNoonPapers } from './noon-papers-bench.ts'
import { benchPaint } from './paint.ts'
import { benchPhotos } from './photos-bench.ts'
import { benchRivals } from './rivals.ts'
import { benchSearch } from './search.ts'
import { benchStart } from './start.ts'
import { benchVisits } from './visits-bench.ts'
import { benchVolunteers } from './volunteers-bench.ts'

const { values } = parseArgs({
  options: { people: { type: 'string' }, only: { type: 'string', default: '' } },
})
const people = Number(values.people ?? 100_000)
if (!Number.isInteger(people) || people < 1) {
  console.error(
    'npm run bench -- [--people N] [--only PREFIX]   N: people in the search benches, 100000 by itself',
  )
  process.exit(2)
}
const wanted = (name: string) => name.startsWith(values.only)

/** Each theme, in the order of the table; one after the other, for two at once would measure each other. */
const themes: (() => Row[] | Promise<Row[]>)[] = [
  () => (wantedAny('search.') ? benchSearch(searchFolder(), wanted) : []),
  () => (wantedAny('search.') ? benchRivals(searchFolder(), wanted) : []),
  () => benchPaint(wanted, Math.min(people, 20_000)),
  () => benchAccept(wanted),
  () => benchAcceptOverHttp(wanted),
  () => benchEnquiries(wanted),
  () => benchNoon(wanted),
  () => benchNoonPapers(wanted),
  () => benchVisits(wanted),
  () => benchPhotos(wanted),
  () => benchVolunteers(wanted),
  () => benchCertificates(wanted),
  () => benchStart(wanted),
  () => benchSearchGrowth(wanted),
]
const wantedAny = (prefix: string) => prefix.startsWith(values.only) || values.only.startsWith(prefix)
const searchFolder = () => datasetOf(`people-${people}`, { years: 1, people })

requireBuild()
const rows: Row[] = []
try {
  for (const theme of themes) {
    const made = await theme()
    for (const row of made) process.stderr.write(`measured ${row.name}\n`)
    rows.push(...made)
  }
} finally {
  removeCopies()
}
if (rows.length === 0) {
  console.error(`no row begins with ${values.only}`)
  process.exit(2)
}
// Growth stands together at the end, whichever theme measured it.
rows.sort((one, other) => Number(one.name.startsWith('growth.')) - Number(other.name.startsWith('growth.')))
writeFileSync(join(root, 'bench-results.json'), `${JSON.stringify(rows, null, 2)}\n`)
const failed = rows.flatMap(judge).filter(({ passed }) => !passed).length
console.log(
  `${people} people, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.versions.node}\n`,
)
console.log(tableOf(rows))
console.log(
  `\n${rows.flatMap(judge).length - failed} limits kept, ${failed} failed; rows in bench-results.json`,
)
