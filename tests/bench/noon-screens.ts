import { demoPin } from '../../seeds/demo/operators.ts'
import { clientOf, type Client, type DeskProcess, type Tokens } from '../hosts/desk-process.ts'
import { signInClerk } from './host.ts'

/** So many screens of one paired device on a fresh host, each signed in by itself. */
export async function openScreens(host: DeskProcess, count: number): Promise<Client[]> {
  const { client, tokens } = await signInClerk(host)
  const { id } = await client.session.me({})
  const screens = [client]
  while (screens.length < count) {
    const own: Tokens = { device: tokens.device, session: '' }
    const screen = clientOf(host.origin, own)
    own.session = (await screen.session.signIn({ operatorId: id, pin: demoPin })).token
    screens.push(screen)
  }
  return screens
}

/** Waits until all of them follow the change feed. */
export async function allFollow(screens: readonly Client[]): Promise<void> {
  while ((await screens[0]!.settings.status({})).otherScreens < screens.length - 1);
}

/** Lets all of them follow the change feed and do nothing about it, until the returned function is called. */
export async function hear(screens: readonly Client[]): Promise<() => Promise<void>> {
  const feeds = await Promise.all(screens.map((screen) => screen.session.changes({})))
  const heard = feeds.map(async (feed) => {
    for await (const change of feed) void change
  })
  await allFollow(screens)
  return async () => {
    // Not by a signal: fetch lets go of it when garbage is collected, and then an abort comes to nothing.
    await Promise.all(feeds.map((feed) => feed.return()))
    await Promise.allSettled(heard)
  }
}

/** As renderer/shell/changes.ts: a list is asked for again at the earliest so many ms after it was asked for last. */
const pause = 60

export type Watcher = {
  /** When this screen's board first showed a child in, by `performance.now()`. */
  shown: Map<number, number>
  stop: () => Promise<void>
}

/**
 * A screen as the renderer runs it: it follows the change feed, and on each change asks for the whole board anew, never
 * twice at once; what changed meanwhile is told by one more board.
 */
export async function watch(client: Client, day: string): Promise<Watcher> {
  const shown = new Map<number, number>()
  const feed = await client.session.changes({})
  let running: Promise<void> | null = null
  let again = false
  async function load(): Promise<void> {
    const { tiles } = await client.noonClass.board({ day, groupId: null })
    const now = performance.now()
    for (const { childId, state } of tiles) {
      if (state === 'in' && !shown.has(childId)) shown.set(childId, now)
    }
  }
  async function reload(): Promise<void> {
    do {
      again = false
      await Promise.all([load(), new Promise((over) => setTimeout(over, pause))])
    } while (again)
    running = null
  }
  const following = (async () => {
    for await (const { topic } of feed) {
      if (topic !== 'noon') continue
      if (running) again = true
      else running = reload()
    }
  })()
  return {
    shown,
    async stop() {
      await feed.return()
      await following.catch(() => {})
      await running
    },
  }
}
