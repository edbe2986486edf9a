import type { Enquiry } from '../../contract/enquiries.ts'
import { row, value, write, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readStanding } from './standing.ts'
import { findStep } from './steps.ts'
import { applyStep, readNow, takeStep, touched, withFlags, type Seen } from './take.ts'

type Linking = Seen & { groupId: number | null; title: string; withIds: number[] }

/** The wished group, or one that some of them are in already, or a new one under a title. */
function groupFor(context: Context, db: WritableDatabase, { id, groupId, title, withIds }: Linking): number {
  if (groupId !== null) {
    const known = value(db, 'SELECT 1 FROM enquiry_group WHERE id = ?', groupId)
    return known === undefined ? fail('NOT_FOUND', { what: 'group' }) : groupId
  }
  for (const one of [id, ...withIds]) {
    const { groupId: present } = readStanding(db, one)
    if (present !== null) return present
  }
  return write(
    db,
    'INSERT INTO enquiry_group (title, operator_id, created_at) VALUES (?, ?, ?)',
    title || readStanding(db, id).title,
    operatorOf(context).id,
    context.desk.clock().toISOString(),
  ).id
}

/**
 * Puts an enquiry with others of one cause (one leak, twelve households). Each of them gets its own event; all or none.
 * INVALID `withIds`: `required` when nothing would be together, `ended` for one that was withdrawn, referred or archived.
 */
export function linkEnquiries(context: Context, linking: Linking): Enquiry {
  const { id, version, groupId, withIds } = linking
  const others = [...new Set(withIds)].filter((other) => other !== id)
  if (groupId === null && others.length === 0) invalid('withIds', 'required')
  act(
    context,
    {
      action: 'enquiry.link',
      subject: `enquiry:${id}`,
      also: (persons: number[]) => [...touched(persons), ...others.map((other) => `enquiry:${other}`)],
    },
    (db, note) => {
      const wanted = groupFor(context, db, linking)
      const { title } = row<{ title: string }>(db, 'SELECT title FROM enquiry_group WHERE id = ?', wanted)!
      const link = (one: number, seen: number) =>
        applyStep(context, db, {
          id: one,
          version: seen,
          fileIds: one === id ? linking.fileIds : undefined,
          step: 'link',
          text: title,
          change: () => ({ groupId: wanted }),
        })
      const persons = withFlags(db, note, id, () => link(id, version))
      for (const other of others) {
        const standing = readStanding(db, other)
        // Not CONFLICT, which carries an enquiry: the screen shows another one.
        if (!findStep('link', standing.state)) invalid('withIds', 'ended')
        if (standing.groupId !== wanted) link(other, standing.version)
      }
      return persons
    },
  )
  return readNow(context, id)
}

export function unlinkEnquiry(context: Context, { id, version, fileIds }: Seen): Enquiry {
  const { db } = context.desk
  const { groupId } = readStanding(db, id)
  const title = value<string>(db, 'SELECT title FROM enquiry_group WHERE id = ?', groupId) ?? ''
  return takeStep(context, {
    id,
    version,
    fileIds,
    step: 'unlink',
    text: title,
    change: () => ({ groupId: null }),
  })
}
