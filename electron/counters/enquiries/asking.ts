import { phone } from '../../contract/fields.ts'
import { value, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import { maskPhone } from '../../workbench/masking.ts'
import type { Context } from '../../workbench/workbench.ts'
import { survivor } from '../people/lines.ts'

/** Who asks, and about whom, as the screen sends it. */
export type Asking = {
  askerId: number | null
  givenName: string
  givenPhone: string
  anonymous: boolean
  subjectId: number | null
}

/** The same as it is stored: merges resolved, the door of this moment fixed. */
export type AskingColumns = Asking & { householdId: number | null }

/** A phone as it was given; the mask that a screen shows stands for the number it hides. */
function readPhone(typed: string, stored: string): string {
  if (typed === '' || (stored !== '' && typed === maskPhone(stored))) return typed && stored
  const read = phone.safeParse(typed)
  return read.success ? read.data : invalid('givenPhone', 'phone')
}

/** The stored person while the screen names the same one: an unmerge must find it where it was. */
function resolve(db: Database, wanted: number | null, stored: number | null): number | null {
  if (wanted === null) return null
  const kept = survivor(db, wanted) ?? fail('NOT_FOUND', { what: 'person' })
  return stored !== null && survivor(db, stored) === kept ? stored : kept
}

const householdOf = (db: Database, personId: number | null): number | null =>
  personId === null
    ? null
    : (value<number | null>(db, 'SELECT household_id FROM person WHERE id = ?', personId) ?? null)

/**
 * Checks who asks: a registered person, or a given name, or anonymous, never two of them; asker is not subject.
 * The door is the subject's where they have one (a son asks for his mother: the leak is at hers), else the asker's.
 * `stored` is the enquiry as it stands when it is edited.
 */
export function readAsking(db: Database, typed: Asking, stored?: AskingColumns): AskingColumns {
  if (typed.anonymous && typed.askerId !== null) invalid('anonymous', 'asker-named')
  if (typed.anonymous && typed.givenName) invalid('anonymous', 'name-given')
  if (typed.askerId !== null && typed.givenName) invalid('givenName', 'asker-named')
  if (!typed.anonymous && typed.askerId === null && !typed.givenName) invalid('askerId', 'required')
  const givenPhone = readPhone(typed.givenPhone, stored?.givenPhone ?? '')
  const askerId = resolve(db, typed.askerId, stored?.askerId ?? null)
  let subjectId = resolve(db, typed.subjectId, stored?.subjectId ?? null)
  if (subjectId !== null && askerId !== null && survivor(db, subjectId) === survivor(db, askerId)) {
    subjectId = null
  }
  const sameOnes = stored && stored.askerId === askerId && stored.subjectId === subjectId
  return {
    askerId,
    givenName: typed.givenName,
    givenPhone,
    anonymous: typed.anonymous,
    subjectId,
    householdId: sameOnes ? stored.householdId : (householdOf(db, subjectId) ?? householdOf(db, askerId)),
  }
}

/**
 * The phone that an asker who is not registered gave, whole, for a reason that stays in the audit; its value never does.
 * NOT_FOUND `enquiry`, or `phone` when none was given.
 */
export function revealPhone(
  context: Context,
  { id, reason }: { id: number; reason: string },
): { value: string } {
  const { db } = context.desk
  const given = value<string>(db, 'SELECT given_phone FROM enquiry WHERE id = ?', id)
  if (given === undefined) fail('NOT_FOUND', { what: 'enquiry' })
  if (given === '') fail('NOT_FOUND', { what: 'phone' })
  // Not `enquiry:ID`: nothing changed, so no screen has to load again.
  return act(context, { action: 'enquiry.reveal', subject: `enquiry-reveal:${id}`, reason }, (_, note) => {
    note(null, { field: 'phone' })
    return { value: given }
  })
}
