import { pinyin } from 'pinyin-pro'
import type { Matter } from '../../contract/enquiries.ts'
import { row, rows, type Database } from '../../database/open.ts'
import { fail } from '../../workbench/errors.ts'

type MatterRow = {
  id: number
  code: string
  name: string
  category: string
  limit_days: number
  papers: string
}

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
  const { id, code, name, category, limit_days, papers } = found
  return {
    id,
    code,
    name,
    category,
    limitDays: limit_days,
    papers: JSON.parse(papers) as string[],
    ...spell(name),
  }
}

/** The service catalogue: categories in the order of their first entry, entries in their own order. */
export function readMatters(db: Database): Matter[] {
  return rows<MatterRow>(
    db,
    `SELECT id, code, name, category, limit_days, papers FROM matter
     ORDER BY min(position) OVER (PARTITION BY category), category, position, id`,
  ).map(toMatter)
}

/** One entry of the catalogue; NOT_FOUND `matter` without it. */
export function readMatter(db: Database, id: number): Matter {
  const found = row<MatterRow>(
    db,
    'SELECT id, code, name, category, limit_days, papers FROM matter WHERE id = ?',
    id,
  )
  return found ? toMatter(found) : fail('NOT_FOUND', { what: 'matter' })
}
