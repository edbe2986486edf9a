import { randomBytes } from 'node:crypto'
import type { Rating } from '../../contract/ratings.ts'
import { row, rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { fail, invalid } from '../../workbench/errors.ts'
import type { Context, SignedIn, Workbench } from '../../workbench/workbench.ts'
import { readRules } from '../settings/rules.ts'
import { reopenAfterTwoBad } from './follow-up.ts'
import { readStanding } from './standing.ts'
import { touched, withFlags } from './take.ts'

type Invitation = { enquiryId: number; invitedBy: SignedIn; until: number }

/** Long enough to read five words and touch one. */
const invitationLifetime = 10 * 60_000

// In memory and per opened file: an invitation dies with the process and with a restored backup.
const invitations = new WeakMap<Workbench, Map<string, Invitation>>()

function invitationsOf(desk: Workbench): Map<string, Invitation> {
  let found = invitations.get(desk)
  if (!found) invitations.set(desk, (found = new Map<string, Invitation>()))
  return found
}

/**
 * Whatever became of it after the answer. CONFLICT without the enquiry as it stands: the second screen belongs to nobody
 * and must not see it.
 */
function mayBeRated(db: Database, id: number): void {
  if (value(db, 'SELECT 1 FROM rating WHERE enquiry_id = ?', id) !== undefined) {
    fail('CONFLICT', { because: 'duplicate' })
  }
  if (readStanding(db, id).answeredDay === null) fail('CONFLICT', { because: 'step' })
}

/** Invites the resident to rate on the second screen. The ticket works once, for ten minutes. */
export function inviteRating(
  context: Context,
  id: number,
): { ticket: string; number: string; matter: string } {
  const { desk } = context
  mayBeRated(desk.db, id)
  const open = invitationsOf(desk)
  const now = desk.uptime()
  for (const [ticket, { until }] of open) if (until <= now) open.delete(ticket)
  const ticket = randomBytes(24).toString('base64url')
  open.set(ticket, { enquiryId: id, invitedBy: operatorOf(context), until: now + invitationLifetime })
  const { number, matter } = row<{ number: string; matter: string | null }>(
    desk.db,
    'SELECT e.number, m.name AS matter FROM enquiry e LEFT JOIN matter m ON m.id = e.matter_id WHERE e.id = ?',
    id,
  )!
  return { ticket, number, matter: matter ?? '' }
}

/**
 * Writes down what the resident thought of it. The audit says that it was rated, not how, and the case shows no step:
 * whoever handled it sees totals only. A second bad answer opens the enquiry again in the same act.
 */
function rate(context: Context, id: number, { level, reasons, words }: Rating, way: 'screen' | 'slip'): void {
  const { desk } = context
  mayBeRated(desk.db, id)
  act(
    // Nobody at the counter gave this rating.
    way === 'screen' ? { ...context, operator: null } : context,
    { action: 'enquiry.rate', subject: `enquiry:${id}`, also: touched },
    (db, note) =>
      withFlags(db, note, id, () => {
        const before = readStanding(db, id)
        const now = desk.clock()
        write(
          db,
          'INSERT INTO rating (enquiry_id, level, reasons, words, way, at, day) VALUES (?, ?, ?, ?, ?, ?, ?)',
          id,
          level,
          JSON.stringify(reasons),
          words,
          way,
          now.toISOString(),
          localDay(now),
        )
        return { before, after: reopenAfterTwoBad(context, db, before) ?? before }
      }),
  )
}

/** The resident's own touch. Opening it again, should it come to that, is signed by who invited them. */
export function rateOnScreen(context: Context, { ticket, ...rating }: Rating & { ticket: string }): void {
  const open = invitationsOf(context.desk)
  const invitation = open.get(ticket)
  if (!invitation || invitation.until <= context.desk.uptime()) fail('NOT_FOUND', { what: 'ticket' })
  rate({ ...context, operator: invitation.invitedBy }, invitation.enquiryId, rating, 'screen')
  // Only now: a full disk must not cost the resident their word.
  open.delete(ticket)
}

/** A slip from the box. INVALID `number` `unknown` when no enquiry has it. */
export function rateBySlip(context: Context, { number, ...rating }: Rating & { number: string }): void {
  const wanted = number.normalize('NFKC').trim().toUpperCase()
  const id = value<number>(context.desk.db, 'SELECT id FROM enquiry WHERE number = ?', wanted)
  if (id === undefined) invalid('number', 'unknown')
  rate(context, id, rating, 'slip')
}

type Days = { from: string; to: string }
type Totals = { levels: number[] | null; rated: number }
type Counted = { level: number; count: number }

/** Counts per level, 非常不满意 first. */
function levelsOf(counted: Counted[]): number[] {
  const levels = [0, 0, 0, 0, 0]
  for (const { level, count } of counted) levels[level - 1] = count
  return levels
}

const sum = (levels: number[]) => levels.reduce((total, count) => total + count, 0)

/** How many rated at each level in these days, for those who oversee; null while they are too few to stay secret. */
export function ratingTotals(db: Database, { from, to }: Days): Totals {
  const levels = levelsOf(
    rows<Counted>(
      db,
      'SELECT level, count(*) AS count FROM rating WHERE day BETWEEN ? AND ? GROUP BY level',
      from,
      to,
    ),
  )
  const rated = sum(levels)
  return { levels: rated < readRules(db).ratingsShownFrom ? null : levels, rated }
}

/**
 * The same for everybody, in batches: the ratings of a month in their order, so many at a time as are shown from, and
 * only batches that lie in these days whole. Two totals never differ by less than a batch, whoever asks, and how often.
 */
export function satisfaction(db: Database, { from, to }: Days): Totals {
  const batch = readRules(db).ratingsShownFrom
  const levels = levelsOf(
    rows<Counted>(
      db,
      `SELECT level, count(*) AS count FROM (
         SELECT level, count(*) OVER whole AS size, min(day) OVER whole AS first, max(day) OVER whole AS last FROM (
           SELECT level, day, substr(day, 1, 7) AS month,
             (row_number() OVER (PARTITION BY substr(day, 1, 7) ORDER BY at, enquiry_id) - 1) / CAST(? AS INTEGER) AS batch
           FROM rating WHERE day BETWEEN ? AND ?)
         WINDOW whole AS (PARTITION BY month, batch))
       WHERE size = ? AND first >= ? AND last <= ? GROUP BY level`,
      batch,
      `${from.slice(0, 7)}-01`,
      `${to.slice(0, 7)}-31`,
      batch,
      from,
      to,
    ),
  )
  const shown = sum(levels)
  if (shown > 0) return { levels, rated: shown }
  const rated = value<number>(db, 'SELECT count(*) FROM rating WHERE day BETWEEN ? AND ?', from, to) ?? 0
  return { levels: null, rated }
}
