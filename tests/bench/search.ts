import { join } from 'node:path'
import type { Now } from '../../electron/counters/enquiries/limits.ts'
import { search } from '../../electron/counters/overview/search.ts'
import { openDatabase, type Database } from '../../electron/database/open.ts'
import { bareSearch } from './bare-search.ts'
import { interleave, rowOf, timed, type Row } from './measure.ts'
import { kinds, questionsOf, type Kind } from './questions.ts'

/** The dataset's last evening, as limits look at it. */
export const now: Now = { at: '2026-11-23T09:30:00.000Z', today: '2026-11-23', soonDays: 1 }

/** Samples of the desk's search and the bare statement for one kind, in turn on one open file. */
export function sampleKind(db: Database, kind: Kind, rounds: number): { app: number[]; bare: number[] } {
  const questions = questionsOf(db, kind)
  const bare = bareSearch(db)
  const ask = (round: number) => questions[round % questions.length]!
  return interleave(
    {
      app: (round) => timed(() => search(db, ask(round).typed, now)),
      bare: (round) => timed(() => bare(ask(round))),
    },
    rounds,
  )
}

export const openCore = (folder: string) => openDatabase(join(folder, 'desk.sqlite3'))

/** `search.*`: the core's search on one folder. */
export function benchSearch(folder: string, wanted: (name: string) => boolean): Row[] {
  const db = openCore(folder)
  try {
    return kinds
      .filter((kind) => wanted(`search.${kind}`))
      .map((kind) => {
        const { app, bare } = sampleKind(db, kind, 3000)
        // Nobody writes a statement for nonsense.
        return rowOf(`search.${kind}`, 'ms', app, kind === 'hostile' ? undefined : bare)
      })
  } finally {
    db.close()
  }
}
