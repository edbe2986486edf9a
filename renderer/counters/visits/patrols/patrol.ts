import type { Attachment } from '../../../../electron/contract/files.ts'
import type { Patrol, PatrolMonth } from '../../../../electron/contract/patrols.ts'
import type { Client } from '../../../shell/client.ts'

export type Cell = PatrolMonth['rows'][number]['cells'][number]
export type Input = Parameters<Client['visits']['savePatrol']>[0]

/** Each state of a day with the sign and the word that tell it without its colour. */
export const cellWords: Record<Cell, { sign: string; words: string }> = {
  done: { sign: '✓', words: '已走，都正常' },
  findings: { sign: '！', words: '已走，有问题' },
  missed: { sign: '漏', words: '漏走' },
  today: { sign: '待', words: '今天要走' },
  none: { sign: '', words: '不用走' },
}
export const cellOrder: readonly Cell[] = ['done', 'findings', 'missed', 'today']

/** One line of the tick list while it is written; null: not looked at yet. */
export type Tick = { item: string; fine: boolean | null; finding: string }
/** What stands in the form of a company's day. */
export type PatrolDraft = {
  version: number | null
  visitorId: number | null
  ticks: Tick[]
  note: string
  files: Attachment[]
}

/** A day that nobody wrote down yet, with the tick list of today. */
export function emptyPatrol(items: readonly string[], visitorId: number | null): PatrolDraft {
  return {
    version: null,
    visitorId,
    ticks: items.map((item) => ({ item, fine: null, finding: '' })),
    note: '',
    files: [],
  }
}

/** A day as it was saved; its tick list is the one of that day. */
export function draftOf({ version, visitor, ticks, note, files }: Patrol): PatrolDraft {
  return {
    version,
    visitorId: visitor?.id ?? null,
    ticks: ticks.map(({ item, fine, finding }) => ({ item, fine, finding })),
    note,
    files: [...files],
  }
}

/** Everything that was not looked at yet, or was, becomes right: findings in words stay. */
export function restFine({ ticks }: PatrolDraft): Tick[] {
  return ticks.map((tick) => (tick.fine === null ? { ...tick, fine: true } : tick))
}

/** By item: what is missing before the list can be handed in. */
export function problemsIn({ ticks }: PatrolDraft): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const { item, fine, finding } of ticks) {
    if (fine === null) problems[item] = '还没有看'
    else if (!fine && !finding.trim()) problems[item] = '请写明看到什么问题'
  }
  return problems
}

/** The form as the contract wants it; all items were looked at (`problemsIn` is empty). */
export function inputOf(companyId: number, day: string, draft: PatrolDraft): Input {
  const { version, visitorId, ticks, note, files } = draft
  return {
    ...{ companyId, day, version, visitorId, note },
    ticks: ticks.map(({ item, fine, finding }) => ({
      item,
      fine: fine === true,
      finding: fine ? '' : finding,
    })),
    fileIds: files.map(({ id }) => id),
  }
}

export type Clash = {
  key: string
  who: string
  label: string
  theirs: string
  mine: string
  choice: 'mine' | 'theirs' | null
}

const tickWords = ({ fine, finding }: Tick): string =>
  fine === null ? '还没有看' : fine ? '正常' : `有问题：${finding.trim() || '（没写）'}`
const same = (a: Tick | undefined, b: Tick | undefined) => !!a && !!b && tickWords(a) === tickWords(b)

export type Rebased = { draft: PatrolDraft; clashes: Clash[] }

/**
 * My tick list on top of what another screen saved for the same day: what only one of the two wrote holds, what both wrote
 * differently is a clash. Photos of both stay.
 */
export function rebase(
  base: PatrolDraft,
  mine: PatrolDraft,
  theirs: PatrolDraft,
  nameOf: (visitorId: number | null) => string,
): Rebased {
  const clashes: Clash[] = []
  const find = ({ ticks }: PatrolDraft, item: string) => ticks.find((tick) => tick.item === item)
  const items = [...new Set([...theirs.ticks, ...mine.ticks].map(({ item }) => item))]
  const ticks = items.map((item): Tick => {
    const [old, my, their] = [find(base, item), find(mine, item), find(theirs, item)]
    if (!my || same(my, old)) return their ?? my!
    if (their && !same(their, old) && !same(their, my))
      clashes.push({
        key: `tick ${item}`,
        who: '检查项',
        label: item,
        theirs: tickWords(their),
        mine: tickWords(my),
        choice: null,
      })
    return my
  })
  const draft: PatrolDraft = {
    ...theirs,
    ticks,
    files: [...theirs.files, ...mine.files.filter(({ id }) => !theirs.files.some((file) => file.id === id))],
  }
  if (mine.note.trim() !== base.note.trim()) {
    draft.note = mine.note
    if (theirs.note.trim() !== base.note.trim() && theirs.note.trim() !== mine.note.trim())
      clashes.push({
        key: 'note',
        who: '这一天',
        label: '备注',
        theirs: theirs.note.trim() || '（空）',
        mine: mine.note.trim() || '（空）',
        choice: null,
      })
  }
  if (mine.visitorId !== base.visitorId) {
    draft.visitorId = mine.visitorId
    if (theirs.visitorId !== base.visitorId && theirs.visitorId !== mine.visitorId)
      clashes.push({
        key: 'visitor',
        who: '这一天',
        label: '谁去的',
        theirs: nameOf(theirs.visitorId),
        mine: nameOf(mine.visitorId),
        choice: null,
      })
  }
  return { draft, clashes }
}

/** The list after each clash was decided. */
export function settle({ draft, clashes }: Rebased, theirs: PatrolDraft): PatrolDraft {
  const lost = new Set(clashes.filter(({ choice }) => choice === 'theirs').map(({ key }) => key))
  return {
    ...draft,
    ticks: draft.ticks.map((tick) =>
      lost.has(`tick ${tick.item}`) ? (theirs.ticks.find(({ item }) => item === tick.item) ?? tick) : tick,
    ),
    note: lost.has('note') ? theirs.note : draft.note,
    visitorId: lost.has('visitor') ? theirs.visitorId : draft.visitorId,
  }
}

/** The next day to write down: due today first, in the order of the board. Null: nothing is due. */
export function firstDue(
  { days, rows }: PatrolMonth,
  today: string,
): { companyId: number; day: string } | null {
  const at = days.findIndex(({ day }) => day === today)
  const row = rows.find(({ cells }) => cells[at] === 'today')
  return row ? { companyId: row.companyId, day: today } : null
}
