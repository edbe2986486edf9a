import { expect, it } from 'vitest'
import {
  batchProblems,
  chosen,
  emptyBatch,
  proposedTitle,
  startOf,
} from '../../renderer/counters/certificates/batch/batch-form.ts'
import {
  countsOf,
  mayCancel,
  mayResume,
  progressOf,
  sameBefore,
  toneOf,
  troublesOf,
} from '../../renderer/counters/certificates/batch/batches.ts'

const today = '2026-11-23'
const ticket = '11111111-1111-4111-8111-111111111111'
const empty = emptyBatch(ticket)
const head = { id: 1, title: '', kind: 'thanks', at: '', operator: '' } as const
const batch = (state: 'running' | 'stopped' | 'cancelled' | 'done', issued: number, failed: number) => ({
  ...head,
  ...{ state, issued, failed, total: 10 },
})

it('a list of pioneers gets their certificate of the whole year', () => {
  const form = chosen(chosen(empty, { what: 'pioneers' }, today), { year: 2025 }, today)
  expect(startOf(form)).toEqual({
    ticket,
    title: '2025 年 · 志愿先锋证书',
    of: { what: 'pioneers', year: 2025 },
    wanted: {
      ...{ kind: 'pioneer', from: '2025-01-01', to: '2025-12-31', layout: 'totals' },
      ...{ purpose: '表彰', words: '', seal: true },
    },
  })
  expect(batchProblems(form, today)).toEqual({})
})

it('records of an activity speak of its day, those of a team of this year until today', () => {
  const activity = { id: 7, name: '河边清洁', day: '2026-10-28', people: 12 }
  const ofActivity = chosen(chosen(empty, { activity }, today), { kind: 'record' }, today)
  expect([ofActivity.from, ofActivity.to]).toEqual(['2026-10-28', '2026-10-28'])
  expect(proposedTitle(ofActivity)).toBe('河边清洁 · 志愿服务记录证明')
  const ofTeam = chosen(ofActivity, { what: 'team' }, today)
  expect([ofTeam.kind, ofTeam.from, ofTeam.to]).toEqual(['record', '2026-01-01', today])
  // The choice of another kind for the same people is theirs.
  expect(chosen(ofTeam, { kind: 'star' }, today)).toMatchObject({ kind: 'star', from: null, to: null })
})

it('says what is missing before anything is asked of the desk', () => {
  expect(startOf(empty)).toBeNull()
  expect(Object.keys(batchProblems(empty, today))).toEqual(['whom', 'words'])
  const record = { ...empty, kind: 'record' as const, from: '2026-11-24', to: '2026-11-20' }
  expect(batchProblems(record, today).to).toContain('不能早于')
  expect(batchProblems({ ...record, from: today, to: '2026-11-24' }, today).to).toContain('今天')
  expect(batchProblems({ ...empty, title: ' ', purpose: ' ' }, today)).toMatchObject({
    title: expect.any(String) as string,
    purpose: expect.any(String) as string,
  })
})

it('goes on after a stop, a cancel or mended problems, and is cancelled only before it is over', () => {
  const all = [batch('running', 3, 0), batch('stopped', 3, 1), batch('cancelled', 3, 0), batch('done', 9, 1)]
  expect(all.map(mayResume)).toEqual([false, true, true, true])
  expect(mayResume(batch('done', 10, 0))).toBe(false)
  expect(all.map(mayCancel)).toEqual([true, true, false, false])
  expect(all.map(toneOf)).toEqual(['info', 'warn', '', 'bad'])
  expect(toneOf(batch('done', 10, 0))).toBe('ok')
  expect(countsOf(batch('done', 9, 1))).toBe('已开 9 份，1 位没开出，共 10 位')
  expect(progressOf(batch('running', 3, 1))).toBe(40)
})

it('names those who got none under the reason, with what to do', () => {
  const item = (position: number, problem: string) => ({
    ...{ position, name: `${position}号`, volunteerNumber: null, certificate: null, problem },
  })
  const found = troublesOf([item(1, 'glyph'), item(2, ''), item(3, 'consent-missing'), item(4, 'glyph')])
  expect(found.map(({ problem, people }) => [problem, people.map(({ name }) => name)])).toEqual([
    ['glyph', ['1号', '4号']],
    ['consent-missing', ['3号']],
  ])
  for (const { why, todo } of found) expect(why && todo).toBeTruthy()
})

it('knows the batch that gave the same people the same', () => {
  const before = { ...batch('cancelled', 3, 0), title: '护绿队 · 感谢状' }
  const empty = { ...before, issued: 0 }
  expect(sameBefore([empty, before], ' 护绿队 · 感谢状 ', 'thanks')).toBe(before)
  expect(sameBefore([before], '护绿队 · 感谢状', 'record')).toBeNull()
  expect(sameBefore([empty], '护绿队 · 感谢状', 'thanks')).toBeNull()
})
