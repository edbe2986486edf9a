import { pinyin } from 'pinyin-pro'
import type { Matter } from '../../contract/matters.ts'
import type { Limit, Rules } from '../../contract/rules.ts'
import { row, rows, value, write, type Database } from '../../database/open.ts'
import { act } from '../../workbench/act.ts'
import { fail } from '../../workbench/errors.ts'
import type { Context } from '../../workbench/workbench.ts'

type MatterRow = {
  id: number
  code: string
  name: string
  category: string
  limit_amount: number
  limit_unit: Limit['unit']
  papers: string
  active: 0 | 1
  version: number
}

const columns = 'id, code, name, category, limit_amount, limit_unit, papers, active, version'

const spellings = new Map<string, Pick<Matter, 'pinyin' | 'initials'>>()

/** Full pinyin and initials of a matter's name, computed once per name: the catalogue changes once a year. */
function spell(name: string): Pick<Matter, 'pinyin' | 'initials'> {
  let spelling = spellings.get(name)
  if (!spelling) {
    const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).map(
      (syllable) => syllable.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''),
    )
    spelling = {
      pinyin: syllables.join(''),
      initials: syllables.map((syllable) => (/^[a-z]/.test(syllable) ? syllable[0] : syllable)).join(''),
    }
    spellings.set(name, spelling)
  }
  return spelling
}

function toMatter(found: MatterRow): Matter {
  const { id, code, name, category, version } = found
  return {
    id,
    code,
    name,
    category,
    limit: { amount: found.limit_amount, unit: found.limit_unit },
    papers: JSON.parse(found.papers) as string[],
    ...spell(name),
    active: found.active === 1,
    version,
  }
}

/** The service catalogue, inactive entries too: categories in the order of their first entry, entries in their own. */
export function readMatters(db: Database): Matter[] {
  return rows<MatterRow>(
    db,
    `SELECT ${columns} FROM matter
     ORDER BY min(position) OVER (PARTITION BY category), category, position, id`,
  ).map(toMatter)
}

/** One entry of the catalogue; NOT_FOUND `matter` without it. */
export function readMatter(db: Database, id: number): Matter {
  const found = row<MatterRow>(db, `SELECT ${columns} FROM matter WHERE id = ?`, id)
  return found ? toMatter(found) : fail('NOT_FOUND', { what: 'matter' })
}

/** How long the answer may take: as the matter has it, without a matter as usual. NOT_FOUND for an unknown matter. */
export function limitOf(db: Database, matterId: number | null, rules: Pick<Rules, 'usualLimit'>): Limit {
  if (matterId === null) return rules.usualLimit
  const found = row<Limit>(
    db,
    'SELECT limit_amount AS amount, limit_unit AS unit FROM matter WHERE id = ?',
    matterId,
  )
  return found ?? fail('NOT_FOUND', { what: 'matter' })
}

export type MatterFields = Pick<Matter, 'name' | 'category' | 'limit' | 'papers' | 'active'> & {
  /** Null for a new one. */
  id: number | null
  version: number | null
}

/** Where an entry comes from that no file of reference data has. */
const ownSource = '本社区添加'

/** The next code of a category, `MZ06`; a category of the community's own counts under QT (其他). */
function nextCode(db: Database, category: string): string {
  const prefix =
    value<string>(
      db,
      'SELECT substr(code, 1, 2) FROM matter WHERE category = ? ORDER BY position DESC, id DESC LIMIT 1',
      category,
    ) ?? 'QT'
  const last = value<number>(
    db,
    'SELECT coalesce(max(CAST(substr(code, 3) AS INTEGER)), 0) FROM matter WHERE substr(code, 1, 2) = ?',
    prefix,
  )!
  return prefix + String(last + 1).padStart(2, '0')
}

/** A matter as the audit has it: spellings follow from the name. */
function noted({ pinyin: _, initials: __, ...matter }: Matter) {
  return matter
}

/**
 * Adds or changes an entry of the catalogue. A used one is made inactive, never deleted; limits that run already keep
 * their day. CONFLICT `changed` when another screen saved first, `duplicate` for a name that is taken.
 */
export function saveMatter(context: Context, fields: MatterFields): Matter {
  const { id, version, name, category, limit, active } = fields
  // A paper is asked for once.
  const papers = [...new Set(fields.papers)]
  return act(
    context,
    {
      action: 'matter.save',
      subject: (saved: Matter) => `matter:${saved.id}`,
      // Its name stands in lists of enquiries.
      also: () => ['enquiry'],
    },
    (db, note) => {
      const before = id === null ? null : readMatter(db, id)
      if (before && before.version !== version) fail('CONFLICT', { because: 'changed', current: before })
      const namesake = value<number>(db, 'SELECT id FROM matter WHERE name = ? AND id IS NOT ?', name, id)
      if (namesake !== undefined) {
        fail('CONFLICT', { because: 'duplicate', current: readMatter(db, namesake) })
      }
      const written = [name, category, limit.amount, limit.unit, JSON.stringify(papers), active ? 1 : 0]
      const saved =
        id ??
        write(
          db,
          `INSERT INTO matter (name, category, limit_amount, limit_unit, papers, active, code, source, position)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM matter))`,
          ...written,
          nextCode(db, category),
          ownSource,
        ).id
      if (before) {
        write(
          db,
          `UPDATE matter SET name = ?, category = ?, limit_amount = ?, limit_unit = ?, papers = ?, active = ?,
             version = version + 1 WHERE id = ?`,
          ...written,
          saved,
        )
      }
      const after = readMatter(db, saved)
      note(before && noted(before), noted(after))
      return after
    },
  )
}
