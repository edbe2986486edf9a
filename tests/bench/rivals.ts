import Driver from 'better-sqlite3'
import Fuse from 'fuse.js'
import MiniSearch from 'minisearch'
import { readings } from '../../electron/counters/people/names.ts'
import { search } from '../../electron/counters/overview/search.ts'
import { rows, type Database } from '../../electron/database/open.ts'
import { interleave, rowOf, timed, type Row } from './measure.ts'
import { questionsOf, type Question } from './questions.ts'
import { now, openCore } from './search.ts'

type Document = { id: number; name: string; pinyin: string; initials: string; numbers: string }

/** What the others search: the same people, spelled out beforehand, each on one line. */
function documentsOf(db: Database): Document[] {
  const people = rows<{ id: number; name: string; idNumber: string; phones: string | null }>(
    db,
    `SELECT id, name, id_number AS idNumber,
       (SELECT group_concat(number, ' ') FROM person_phone WHERE person_id = person.id) AS phones
     FROM person WHERE merged_into IS NULL`,
  )
  return people.map(({ id, name, idNumber, phones }) => {
    const spelling = readings(name)[0]!
    return {
      id,
      name,
      pinyin: spelling.join(''),
      initials: spelling.map((syllable) => syllable.charAt(0)).join(''),
      numbers: `${phones ?? ''} ${idNumber}`.trim(),
    }
  })
}

function openLike(documents: Document[]): (typed: string) => unknown[] {
  const db = new Driver(':memory:')
  db.exec('CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT NOT NULL)')
  const insert = db.prepare('INSERT INTO line VALUES (?, ?)')
  db.exec('BEGIN')
  for (const { id, name, pinyin, initials, numbers } of documents) {
    insert.run(id, `${name} ${pinyin} ${initials} ${numbers} `)
  }
  db.exec('COMMIT')
  const find = db.prepare("SELECT id FROM line WHERE text LIKE '%' || ? || '%' LIMIT 8")
  return (typed) => find.all(typed)
}

function openMiniSearch(documents: Document[]): (typed: string) => unknown[] {
  const index = new MiniSearch<Document>({
    fields: ['name', 'pinyin', 'initials', 'numbers'],
    // Its own tokenizer knows no Han characters; numbers are found by their ends only when they are turned round.
    tokenize: (text, field) =>
      field === 'name'
        ? [...text]
        : field === 'numbers'
          ? text.split(' ').map((number) => [...number].reverse().join(''))
          : [text],
    searchOptions: {
      prefix: true,
      combineWith: 'AND',
      tokenize: (text) =>
        /^\d+$/.test(text)
          ? [[...text].reverse().join('')]
          : /\p{Script=Han}/u.test(text)
            ? [...text]
            : [text],
    },
  })
  index.addAll(documents)
  return (typed) => index.search(typed).slice(0, 8)
}

function openFuse(documents: Document[]): (typed: string) => unknown[] {
  const index = new Fuse(documents, { keys: ['name', 'pinyin', 'initials', 'numbers'], threshold: 0.2 })
  return (typed) => index.search(typed, { limit: 8 })
}

/**
 * `search.like search.minisearch search.fuse`: the usual other ways on the same people and the same questions (names,
 * pinyin, initials, tails in turn), from memory; they give ids, the desk whole answers.
 */
export function benchRivals(folder: string, wanted: (name: string) => boolean): Row[] {
  if (!['like', 'minisearch', 'fuse'].some((rival) => wanted(`search.${rival}`))) return []
  const db = openCore(folder)
  try {
    const documents = documentsOf(db)
    const kinds = (['name', 'pinyin', 'initials', 'phone-tail'] as const).map((kind) => questionsOf(db, kind))
    const ask = (round: number): Question => kinds[round % 4]![Math.floor(round / 4) % 300]!
    const desk = (round: number) => timed(() => search(db, ask(round).typed, now))
    const [like, miniSearch, fuse] = [
      wanted('search.like') ? openLike(documents) : null,
      wanted('search.minisearch') ? openMiniSearch(documents) : null,
      wanted('search.fuse') ? openFuse(documents) : null,
    ]
    const made: Row[] = []
    for (const [name, find, rounds] of [
      ['search.like', like, 400],
      ['search.minisearch', miniSearch, 400],
      ['search.fuse', fuse, 40],
    ] as const) {
      if (!find) continue
      const samples = interleave({ rival: (round) => timed(() => find(ask(round).typed)), desk }, rounds, 8)
      made.push(rowOf(name, 'ms', samples.rival))
    }
    return made
  } finally {
    db.close()
  }
}
