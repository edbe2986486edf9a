import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { actionWords, subjectWords } from '../../renderer/counters/settings/audit-words.ts'
import { root } from '../fixture.ts'

/** Every action that the core's source writes down as a whole word. */
function actionsInSource(): string[] {
  const folder = join(root, 'electron')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  const found = files.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/action: '([a-z-]+\.[a-z-]+)'/g)].map(
      (match) => match[1]!,
    ),
  )
  return [...new Set(found)]
}

describe('the audit in words', () => {
  it('has Chinese for every action of the core', () => {
    const actions = actionsInSource()
    expect(actions.length).toBeGreaterThan(10)
    expect(actions.filter((action) => !/\p{Script=Han}/u.test(actionWords(action)))).toEqual([])
  })

  it('shows an unknown action as it is', () => {
    expect(actionWords('topic.begin')).toBe('topic.begin')
  })

  it('leads to the record where it has a page', () => {
    expect(subjectWords('enquiry:12')).toEqual({ text: '咨询 #12', path: '/enquiries/12' })
    expect(subjectWords('noon:7')).toEqual({ text: '学生 #7', path: '/noon/children/7' })
    expect(subjectWords('child-read:7')).toEqual({ text: '学生 #7', path: '/noon/children/7' })
    expect(subjectWords('round:3')).toEqual({ text: '走访单 #3', path: '/visits/rounds/3' })
    expect(subjectWords('noon')).toEqual({ text: '学生', path: null })
    expect(subjectWords('operator:3')).toEqual({ text: '操作员 #3', path: null })
    expect(subjectWords('settings')).toEqual({ text: '设置', path: null })
    expect(subjectWords('?')).toEqual({ text: '?', path: null })
  })
})
