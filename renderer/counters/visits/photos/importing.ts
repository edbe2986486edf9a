import { computed, reactive } from 'vue'
import { codeOf } from '../../../shell/client.ts'
import { fieldSentences, sentenceFor } from '../../../shell/sentences.ts'
import type { Chosen } from './dropped.ts'

/** What an import asks of the browser and the desk. */
export type Sending = {
  /** Hex SHA-256 of the bytes as they lie on the card; refuses what is no photo without sending it. */
  hashOf(file: File): Promise<string>
  known(hash: string): Promise<boolean>
  /** Hands one over; resolves to the id of its file. */
  send(file: File): Promise<number>
  /** Takes it in; false when the same photo came in meanwhile. */
  take(fileId: number): Promise<boolean>
  /** Milliseconds since some moment. */
  now(): number
}

export type Entry = {
  key: number
  file: File
  path: string
  state: 'waiting' | 'sending' | 'taken' | 'known' | 'bad'
  /** Why it was not taken. */
  sentence: string
}

/** The desk draws two at a time; the third is on its way meanwhile. */
const atOnce = 3

/** A fault of this one file, in words that follow its name; null when something else is wrong and the next would fail as well. */
function faultOf(error: unknown): string | null {
  if (codeOf(error) !== 'INVALID') return null
  const fields = fieldSentences(error)
  return fields['file'] ?? fields['fileIds'] ?? sentenceFor(error)
}

/**
 * Takes photos in, a few at a time. A broken one is named and stops nothing; anything else (disk full, locked screen, host
 * gone) stops the import with a sentence and loses nothing: `goOn` starts where it stopped, and a photo that was taken in
 * before is told by its hash and not sent again.
 */
export function openImport(sending: Sending) {
  const state = reactive({ entries: [] as Entry[], running: false, sentence: '' })
  let keys = 0
  let stopped = false
  let began = 0
  let takenBefore = 0

  async function one(entry: Entry): Promise<void> {
    entry.state = 'sending'
    try {
      if (await sending.known(await sending.hashOf(entry.file))) {
        entry.state = 'known'
        return
      }
      entry.state = (await sending.take(await sending.send(entry.file))) ? 'taken' : 'known'
    } catch (error) {
      const fault = faultOf(error)
      entry.state = fault === null ? 'waiting' : 'bad'
      entry.sentence = fault ?? ''
      if (fault !== null) return
      stopped = true
      state.sentence = sentenceFor(error)
    }
  }

  async function lane(): Promise<void> {
    for (;;) {
      const next = stopped ? undefined : state.entries.find(({ state: at }) => at === 'waiting')
      if (!next) return
      await one(next)
    }
  }

  async function goOn(): Promise<void> {
    if (state.running) return
    state.running = true
    state.sentence = ''
    stopped = false
    began = sending.now()
    takenBefore = counts.value.taken
    await Promise.all(Array.from({ length: atOnce }, lane))
    state.running = false
  }

  const counts = computed(() => {
    const of = (wanted: Entry['state']) => state.entries.filter(({ state: at }) => at === wanted).length
    const [taken, known, bad] = [of('taken'), of('known'), of('bad')]
    return { all: state.entries.length, taken, known, bad, done: taken + known + bad }
  })

  return {
    state,
    counts,
    bad: computed(() => state.entries.filter(({ state: at }) => at === 'bad')),
    /** Milliseconds that the rest will take, by the pace of those that were sent; null before there is one. */
    left: computed(() => {
      const { all, done, taken } = counts.value
      const sent = taken - takenBefore
      if (!state.running || sent < 1) return null
      return ((all - done) * (sending.now() - began)) / sent
    }),
    /** Begins, or joins the import that runs. What is over makes room for the new. */
    add: (chosen: readonly Chosen[]): Promise<void> => {
      if (!state.running) state.entries = state.entries.filter(({ state: at }) => at === 'waiting')
      for (const { file, path } of chosen) {
        state.entries.push({ key: (keys += 1), file, path, state: 'waiting', sentence: '' })
      }
      return goOn()
    },
    goOn,
    /** The broken ones once more, after the card was put in again, say. */
    retry: (): Promise<void> => {
      for (const entry of state.entries) {
        if (entry.state === 'bad') Object.assign(entry, { state: 'waiting', sentence: '' })
      }
      return goOn()
    },
    /** Those under way are finished, the others are not begun. */
    stop: (): void => {
      stopped = true
      const left = state.entries.filter(({ state: at }) => at === 'waiting').length
      state.sentence = left > 0 ? `已停下，还有 ${left} 张没有收。再放进同一个文件夹，会从这里接着收。` : ''
    },
    clear: (): void => {
      if (!state.running) Object.assign(state, { entries: [], sentence: '' })
    },
  }
}
