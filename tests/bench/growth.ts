import { search } from '../../electron/counters/overview/search.ts'
import type { Database } from '../../electron/database/open.ts'
import { oneYear, tenYears } from './accept.ts'
import { growthOf, interleave, percentile, timed, type Row } from './measure.ts'
import { kinds, questionsOf, type Kind } from './questions.ts'
import { now, openCore } from './search.ts'

/** How long the answer is: people, doors, enquiries. */
function lengthOf(db: Database, typed: string): string {
  const { people, households, enquiries } = search(db, typed, now)
  return [people, households, enquiries].map(({ length }) => length).join(' ')
}

/**
 * The same questions of both, half of them about people of the one and half about people of the other, and of these
 * the ones that both answer at the same length: after ten years there are twice as many people to be shown, which is
 * an answer, not a cost of the data.
 */
function sharedQuestions(one: Database, ten: Database, kind: Kind): { all: string[]; alike: string[] } {
  const typed = [...questionsOf(one, kind, 800), ...questionsOf(ten, kind, 800)].map(
    (question) => question.typed,
  )
  const all = [...new Set(typed)]
  // Nonsense finds as much in both; its few questions are of many kinds, and leaving some out moves the middle.
  if (kind === 'hostile') return { all, alike: all }
  return { all, alike: all.filter((question) => lengthOf(one, question) === lengthOf(ten, question)) }
}

function sample(one: Database, ten: Database, asked: string[], rounds: number) {
  const ask = (db: Database, round: number) => timed(() => search(db, asked[round % asked.length]!, now))
  return interleave({ one: (round) => ask(one, round), ten: (round) => ask(ten, round) }, rounds)
}

/** `growth.search.*`: the core's search on ten years of data against one, in turn. */
export function benchSearchGrowth(wanted: (name: string) => boolean): Row[] {
  const asked = kinds.filter((kind) => wanted(`growth.search.${kind}`))
  if (asked.length === 0) return []
  const [one, ten] = [openCore(oneYear()), openCore(tenYears())]
  try {
    return asked.map((kind) => {
      const { all, alike } = sharedQuestions(one, ten, kind)
      const whatever = sample(one, ten, all, 2000)
      const ratio = percentile(whatever.ten, 0.5) / percentile(whatever.one, 0.5)
      process.stderr.write(`growth.search.${kind}: ${ratio.toFixed(2)} with answers of any length\n`)
      const { one: ofOne, ten: ofTen } = sample(one, ten, alike, 4000)
      return growthOf(`search.${kind}`, ofOne, ofTen)
    })
  } finally {
    one.close()
    ten.close()
  }
}
