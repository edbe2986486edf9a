import { createPinia, setActivePinia } from 'pinia'
import { effectScope } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useDraft } from '../../renderer/shell/drafts.ts'
import { useSession } from '../../renderer/shell/session.ts'

function storage(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size
    },
  }
}

const clerk = { id: 1, name: '甲', role: 'clerk', active: true } as const
const teacher = { id: 2, name: '乙', role: 'teacher', active: true } as const
const entry = () => ({ title: '', words: '', asker: { name: '' } })

const keptDraft = () => sessionStorage.getItem('draft:1:entry')

/** What a fresh page sees. */
const open = () => effectScope().run(() => useDraft('entry', entry()))!

beforeEach(() => {
  vi.stubGlobal('sessionStorage', storage())
  vi.stubGlobal('localStorage', storage())
  vi.stubGlobal('document', { documentElement: { dataset: {} } })
  setActivePinia(createPinia())
  useSession().operator = clerk
})

describe('what is typed and not handed in', () => {
  it('comes back after a reload, down to nested fields and the last key', () => {
    const typed = open()
    typed.value.title = '高龄津贴'
    typed.value.asker.name = '王'
    const after = open()
    expect(after.value).toEqual({ title: '高龄津贴', words: '', asker: { name: '王' } })
  })

  it('is forgotten after success', () => {
    const typed = open()
    typed.value.title = '高龄津贴'
    const { clear } = typed
    clear()
    expect(typed.value).toEqual(entry())
    expect(keptDraft()).toBeNull()
    expect(open().value).toEqual(entry())
  })

  it('leaves nothing behind when it is deleted by hand', () => {
    const typed = open()
    typed.value.title = '高'
    typed.value.title = ''
    expect(keptDraft()).toBeNull()
  })

  it('belongs to one operator', () => {
    open().value.title = '高龄津贴'
    useSession().operator = teacher
    expect(open().value.title).toBe('')
    useSession().operator = clerk
    expect(open().value.title).toBe('高龄津贴')
  })

  it('gets fields that a new version of the screen has added', () => {
    sessionStorage.setItem('draft:1:entry', JSON.stringify({ title: '旧' }))
    expect(open().value).toEqual({ title: '旧', words: '', asker: { name: '' } })
  })

  it('begins anew when what was kept cannot be read', () => {
    sessionStorage.setItem('draft:1:entry', '{broken')
    expect(open().value).toEqual(entry())
  })
})
