import { oneYear, tenYears } from './accept.ts'
import { growthOf, interleave, timed, type Row } from './measure.ts'
import { kinds, questionsOf } from './questions.ts'
import { openCore, today } from './search.ts'
import { search } from '../../electron/counters/overview/search.ts'

/** `growth.search.*`: the core's search on ten years of data against one, in turn. */
export function benchSearchGrowth(wanted: (name: string) => boolean): Row[] {
  const asked = kinds.filter((kind) => wanted(`growth.search.${kind}`))
  if (asked.length === 0) return []
  const [one, ten] = [openCore(oneYear()), openCore(tenYears())]
  try {
    return asked.map((kind) => {
      const [ofOne, ofTen] = [questionsOf(one, kind), questionsOf(ten, kind)]
      const samples = interleave(
        {
          one: (round) => timed(() => search(one, ofOne[round % ofOne.length]!.typed, today)),
          ten: (round) => timed(() => search(ten, ofTen[round % ofTen.length]!.typed, today)),
        },
        3000,
      )
      return growthOf(`search.${kind}`, samples.one, samples.ten)
    })
  } finally {
    one.close()
    ten.close()
  }
}
