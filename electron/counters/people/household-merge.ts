import type { Household } from '../../contract/people.ts'
import { row, rows, write, type WritableDatabase } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'
import { settleAway } from './household-away.ts'
import { readHousehold } from './households.ts'

// Enquiries and visits stand above this counter and are never imported here; that a door is another one now is told to
// their tables, not to their rules.

/** A round has both doors: the one that stays is knocked at once. Printed rows keep their places. */
function moveStops(db: WritableDatabase, from: number, into: number): number {
  const doubled = write(
    db,
    `DELETE FROM visit_round_stop WHERE household_id = ?
       AND round_id IN (SELECT round_id FROM visit_round_stop WHERE household_id = ?)`,
    from,
    into,
  )
  const moved = write(db, 'UPDATE visit_round_stop SET household_id = ? WHERE household_id = ?', into, from)
  return doubled.changes + moved.changes
}

type Registration = { kind: string; tenure: string; checkedDay: string }

/** The newer form stands, and what it left open is taken from the older one. */
function moveRegistration(db: WritableDatabase, from: number, into: number): void {
  const read = (id: number) =>
    row<Registration>(
      db,
      'SELECT kind, tenure, checked_day AS checkedDay FROM household_registration WHERE household_id = ?',
      id,
    )
  const [kept, moved] = [read(into), read(from)]
  if (!moved) return
  if (!kept) {
    write(db, 'UPDATE household_registration SET household_id = ? WHERE household_id = ?', into, from)
    return
  }
  const [newer, older] = moved.checkedDay > kept.checkedDay ? [moved, kept] : [kept, moved]
  write(
    db,
    'UPDATE household_registration SET kind = ?, tenure = ?, checked_day = ? WHERE household_id = ?',
    newer.kind || older.kind,
    newer.tenure || older.tenure,
    newer.checkedDay,
    into,
  )
  write(db, 'DELETE FROM household_registration WHERE household_id = ?', from)
}

/** What `into` itself lacks and `from` knows: the grid, and the note where there are two. */
function fillHousehold(db: WritableDatabase, into: Household, from: Household): void {
  const notes = [into.note, from.note].filter((note) => note !== '')
  write(
    db,
    'UPDATE household SET grid_id = ?, note = ?, version = version + 1 WHERE id = ?',
    into.gridId ?? from.gridId,
    [...new Set(notes)].join('；'),
    into.id,
  )
  write(db, 'UPDATE household SET merged_into = ?, version = version + 1 WHERE id = ?', into.id, from.id)
}

/**
 * Makes a door that stands twice one: those who live at `from`, also the records merged into theirs, and its enquiries,
 * visits, stops, away marks and registration go over to `into`. There is no way back. INVALID `from` `same`; CONFLICT `step`
 * when another screen merged one of them away.
 */
export function mergeHouseholds(
  context: Context,
  input: { into: number; from: number; reason: string },
): Household {
  if (input.into === input.from) invalid('from', 'same')
  let touched: string[] = []
  return act(
    context,
    {
      action: 'household.merge',
      subject: `household:${input.into}`,
      reason: input.reason,
      also: () => [`household:${input.from}`, ...touched],
    },
    (db, note) => {
      const [into, from] = [readHousehold(db, input.into), readHousehold(db, input.from)]
      for (const [asked, stands] of [
        [input.into, into],
        [input.from, from],
      ] as const) {
        if (stands.id !== asked) fail('CONFLICT', { because: 'step', current: stands })
      }
      const people = rows<{ id: number }>(db, 'SELECT id FROM person WHERE household_id = ?', from.id)
      write(
        db,
        'UPDATE person SET household_id = ?, version = version + 1 WHERE household_id = ?',
        into.id,
        from.id,
      )
      const enquiries = write(
        db,
        'UPDATE enquiry SET household_id = ? WHERE household_id = ?',
        into.id,
        from.id,
      ).changes
      const visits = write(
        db,
        'UPDATE visit SET household_id = ? WHERE household_id = ?',
        into.id,
        from.id,
      ).changes
      const stops = moveStops(db, from.id, into.id)
      settleAway(db, into.id, { from: from.id })
      moveRegistration(db, from.id, into.id)
      fillHousehold(db, into, from)
      touched = [
        ...people.map(({ id }) => `person:${id}`),
        'visit',
        'grid',
        ...(enquiries > 0 ? ['enquiry'] : []),
        ...(stops > 0 ? ['round'] : []),
      ]
      note(null, { from: from.id, persons: people.length, enquiries, visits, stops })
      return readHousehold(db, into.id)
    },
  )
}
