/** What the second screen is asked to show: a number and a matter, never a name. */
export type Invitation = { ticket: string; number: string; matter: string }

/** Between the desk's page and the second screen; both are pages of this browser, on the same origin. */
export type Word =
  /** Desk: is a second screen there? */
  | { kind: 'hello' }
  /** Second screen: here, and ready. */
  | { kind: 'ready' }
  /** Desk: show this. */
  | { kind: 'invite'; invitation: Invitation }
  /** Second screen: it is shown. */
  | { kind: 'shown'; ticket: string }
  /** Second screen: rated, or let be; another second screen shows it no more. */
  | { kind: 'over'; ticket: string }

export type Line = {
  say: (word: Word) => void
  /** Whether such a word is said from now on within so many milliseconds. */
  hear: (wanted: (word: Word) => boolean, within: number) => Promise<boolean>
  /** Every word that is said from now on. */
  listen: (each: (word: Word) => void) => void
  close: () => void
}

/** Opens a line to the other screen. */
export function openLine(): Line {
  const channel = new BroadcastChannel('second-screen')
  const listen = (each: (word: Word) => void) => {
    channel.addEventListener('message', ({ data }: MessageEvent<Word>) => each(data))
  }
  return {
    say: (word) => channel.postMessage(word),
    listen,
    hear: (wanted, within) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), within)
        listen((word) => {
          if (!wanted(word)) return
          clearTimeout(timer)
          resolve(true)
        })
      }),
    close: () => channel.close(),
  }
}
