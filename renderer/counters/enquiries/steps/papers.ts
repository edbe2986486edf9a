import type { Paper } from '../../../../electron/contract/enquiries.ts'

export type PaperRow = { name: string; brought: boolean }

/** What has to be brought: papers of the case as they stand, then those of the matter that were not named yet. */
export function paperRows(papers: Pick<Paper, 'name' | 'state'>[], ofMatter: string[]): PaperRow[] {
  const named = papers.map(({ name, state }) => ({ name, brought: state === 'brought' }))
  const known = new Set(named.map((row) => row.name))
  return [
    ...named,
    ...[...new Set(ofMatter)].filter((name) => !known.has(name)).map((name) => ({ name, brought: false })),
  ]
}

/** Adds one paper as still missing; a name that is there already, or none, changes nothing. */
export function withPaper(rows: PaperRow[], typed: string): PaperRow[] {
  const name = typed.trim()
  return !name || rows.some((row) => row.name === name) ? rows : [...rows, { name, brought: false }]
}

/** Names on both sides of the tick. */
export function split(rows: PaperRow[]): { brought: string[]; lacking: string[] } {
  const names = (brought: boolean) => rows.filter((row) => row.brought === brought).map((row) => row.name)
  return { brought: names(true), lacking: names(false) }
}
