import { boardSql } from '../../electron/counters/noon-class/board.ts'
import { daySql } from '../../electron/counters/noon-class/day-state.ts'
import type { Database } from '../../electron/database/open.ts'
import type { NoonFile } from './noon-class.ts'

/** What the board reads, by the same prepared statements: no rules, no tiles, no answer. */
export function bareBoard(db: Database, { day, groupIds, childIds }: NoonFile): () => unknown {
  const [groups, children] = [JSON.stringify(groupIds), JSON.stringify(childIds)]
  const [byGroup, marks, leaves] = [daySql.byGroup, daySql.marks, daySql.leaves].map((text) =>
    db.prepare(text),
  )
  const [sameNames, teachers] = [boardSql.sameNames, boardSql.teachers].map((text) => db.prepare(text))
  return () => [
    teachers!.all(groups),
    byGroup!.all({ day, ids: groups }),
    marks!.all({ day, ids: children }),
    leaves!.all({ day, ids: children }),
    sameNames!.all({ day }),
  ]
}
