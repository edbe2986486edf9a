import { write, type WritableDatabase } from '../../electron/database/open.ts'
import { addDays } from '../../electron/workbench/calendar.ts'
import { inventName } from './names.ts'
import { visitShares } from './plan.ts'
import type { Random } from './random.ts'
import { duties } from './visit-words.ts'
import type { Writer } from './writer.ts'

type PostKind = keyof typeof duties
type Post = { id: number; visitorId: number; kind: PostKind; gridId: number }

/** Who looks after which grid: one who answers for it and one who visits there too; some hand over in these years. */
export function openVisitors(writer: Writer, random: Random) {
  const posts = new Map<number, Post[]>()

  function addVisitor(db: WritableDatabase, at: string, operatorId: number, kind: PostKind): number {
    const name = inventName(random, random.int(1965, 2000), random.chance(0.4) ? 1 : 2)
    const visitorKind = kind === 'area' ? 'staff' : random.pick(['social-worker', 'volunteer'] as const)
    const { id } = write(
      db,
      'INSERT INTO visitor (name, kind, phone) VALUES (?, ?, ?)',
      name,
      visitorKind,
      `19900${random.int(0, 999_999).toString().padStart(6, '0')}`,
    )
    writer.audit(db, {
      at,
      operatorId,
      action: 'visit.save-visitor',
      subject: `visitor:${id}`,
      changes: JSON.stringify({ name: 'changed', kind: [null, visitorKind], phone: 'changed' }),
    })
    return id
  }

  function addPost(db: WritableDatabase, at: string, day: string, kind: PostKind, gridId: number): Post {
    const operatorId = random.pick(writer.managers)
    const visitorId = addVisitor(db, at, operatorId, kind)
    const { id } = write(
      db,
      'INSERT INTO grid_post (visitor_id, kind, grid_id, duty, from_day) VALUES (?, ?, ?, ?, ?)',
      visitorId,
      kind,
      gridId,
      duties[kind],
      day,
    )
    writer.audit(db, {
      at,
      operatorId,
      action: 'visit.add-post',
      subject: `visitor:${visitorId}`,
      changes: JSON.stringify({ postId: [null, id], kind: [null, kind], gridId: [null, gridId] }),
    })
    return { id, visitorId, kind, gridId }
  }

  function endPost(db: WritableDatabase, at: string, day: string, { id, visitorId }: Post): void {
    const operatorId = random.pick(writer.managers)
    write(db, 'UPDATE grid_post SET to_day = ? WHERE id = ?', day, id)
    write(db, 'UPDATE visitor SET active = 0, version = version + 1 WHERE id = ?', visitorId)
    writer.audit(db, {
      at,
      operatorId,
      action: 'visit.end-post',
      subject: `visitor:${visitorId}`,
      changes: JSON.stringify({ postId: [null, id], toDay: [null, day] }),
    })
  }

  return {
    /** The two of a grid on a day; given their posts with its first round. */
    of(db: WritableDatabase, at: string, day: string, gridId: number): number[] {
      let two = posts.get(gridId)
      if (!two) {
        two = (['area', 'households'] as const).map((kind) => addPost(db, at, day, kind, gridId))
        posts.set(gridId, two)
      }
      return two.map(({ visitorId }) => visitorId)
    },

    /** Once a month: here and there somebody hands over. */
    handOver(db: WritableDatabase, at: string, day: string): void {
      for (const [gridId, two] of posts) {
        const next = two.map((post) => {
          if (!random.chance(visitShares.newPost)) return post
          endPost(db, at, addDays(day, -1), post)
          return addPost(db, at, day, post.kind, gridId)
        })
        posts.set(gridId, next)
      }
    },

    /** Anybody who visits somewhere, for a patrol; null before the first round. */
    anybody(): number | null {
      const all = [...posts.values()].flat()
      return all.length > 0 ? random.pick(all).visitorId : null
    },
  }
}
export type Visitors = ReturnType<typeof openVisitors>
