import { value, type Database } from '../../database/open.ts'
import { randomCode } from '../../workbench/codes.ts'

/** A new badge that says nothing of the child and that nobody guesses; never one that was given out. */
export function makeBadge(db: Database): string {
  for (;;) {
    const badge = randomCode()
    if (value(db, 'SELECT 1 FROM child WHERE badge = ?', badge) === undefined) return badge
  }
}
