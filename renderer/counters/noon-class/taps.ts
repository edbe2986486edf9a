import { shallowRef, watch, type Ref } from 'vue'
import type { Tile, hows } from '../../../electron/contract/noon-days.ts'
import { conflictOf } from '../../components/conflict.ts'
import { dismiss, toast } from '../../components/toast.ts'
import { client, codeOf } from '../../shell/client.ts'
import { sentenceFor } from '../../shell/sentences.ts'
import { nextTurn, stillToLay, type Ahead, type Patch, type Standing } from './board.ts'
import { namesInWords } from './words.ts'

export type How = (typeof hows)[number]
type Named = Pick<Tile, 'childId' | 'name'>

/** What this screen did last and may still take back at a tap: until when, and how. */
export type Mine = { until: number; undo: () => Promise<void> }
const undoFor = 5_000

/** Why nobody was signed in. When somebody was handed over already, the desk shows that child's tile. */
export function arrivalSentence(error: unknown, count: number): string {
  const conflict = conflictOf(error)
  if (conflict?.because !== 'step') return sentenceFor(error)
  const gone = conflict.current as Tile | undefined
  const nobody = count > 1 ? '这几个都没有签到' : '没有再签到'
  return `${gone?.name ?? '有一个孩子'} 今天已经离开了，${nobody}。记错了请先撤销接走。`
}

/**
 * Signing in and taking back, shown at once and put right by the desk's answer. What this screen did lies over the board
 * until a board that was asked for afterwards has come.
 */
export function useTaps(day: Readonly<Ref<string>>, standing: Readonly<Ref<Standing | undefined>>) {
  const ahead = shallowRef<Ahead>(new Map())
  /** By attendance. */
  const mine = shallowRef<ReadonlyMap<number, Mine>>(new Map())
  let lastToast = 0

  watch(standing, (now) => now && (ahead.value = stillToLay(ahead.value, now.asked)))

  function lay(childIds: readonly number[], patch: Patch, answered: number | null) {
    const after = new Map(ahead.value)
    for (const childId of childIds) after.set(childId, { patch, answered })
    ahead.value = after
  }
  function lift(childIds: readonly number[]) {
    const after = new Map(ahead.value)
    for (const childId of childIds) after.delete(childId)
    ahead.value = after
  }
  const layTile = ({ childId, state, at, note, attendanceId }: Tile) =>
    lay([childId], { state, at, note, attendanceId }, nextTurn())

  /** One offer to undo at a time: the board is under it. The older ones stand in 刚刚. */
  function offerUndo(words: string, attendanceIds: number[]) {
    const undo = async () => {
      await client.noonClass.undo({ attendanceIds, reason: '刚才点错了，马上撤销' })
      toast.info(`已撤销：${words}`)
    }
    dismiss(lastToast)
    lastToast = toast.ok(words, undo)
    const until = Date.now() + undoFor
    const kept = [...mine.value].filter(([, one]) => one.until > Date.now())
    mine.value = new Map([...kept, ...attendanceIds.map((id) => [id, { until, undo }] as const)])
  }

  /** Signs children in, all or none. True when they are in. */
  async function arrive(children: readonly Named[], how: How, at: string | null = null): Promise<boolean> {
    const childIds = children.map(({ childId }) => childId)
    if (childIds.length === 0) return false
    const moment = at ?? new Date().toISOString()
    const looks = { state: 'in', at: moment, note: '', attendanceId: null } as const
    lay(childIds, looks, null)
    try {
      const { arrived } = await client.noonClass.arrive({ childIds, day: day.value, how, at })
      const answered = nextTurn()
      for (const { childId, attendanceId } of arrived) lay([childId], { ...looks, attendanceId }, answered)
      const came = new Set(arrived.map(({ childId }) => childId))
      // Those came by another screen: its time is the right one, and a board that knows it is on its way.
      lift(childIds.filter((childId) => !came.has(childId)))
      const names = children.filter(({ childId }) => came.has(childId)).map(({ name }) => name)
      if (names.length > 0) {
        offerUndo(
          `${namesInWords(names)} 已签到`,
          arrived.map(({ attendanceId }) => attendanceId),
        )
      } else toast.info(`${namesInWords(children.map(({ name }) => name))} 已经在别的屏幕签到了`)
      return true
    } catch (error) {
      lift(childIds)
      toast.error(arrivalSentence(error, children.length))
      return false
    }
  }

  return { ahead, mine, arrive, layTile, offerUndo }
}

/** Why a child was not handed over, and that it still is here. */
export function releaseSentence(error: unknown, name: string): string {
  if (codeOf(error) === 'FORBIDDEN')
    return `今天不能交给这个人，${name} 没有交出。请看名单，或打监护人电话问清。`
  if (conflictOf(error)?.because === 'step') {
    return `${name} 还没有签到，或者刚被另一块屏幕交出了，这一次没有记。请关上看最新状态。`
  }
  return sentenceFor(error)
}
