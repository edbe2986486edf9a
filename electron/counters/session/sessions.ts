import { randomBytes } from 'node:crypto'
import type { Session, Sessions } from '../../workbench/house.ts'

/** A fresh registry of who is signed in where. Tokens are 256 random bits. */
export function openSessions(): Sessions {
  const open = new Map<string, Session & { ended: AbortController }>()

  const end = (token: string) => {
    open.get(token)?.ended.abort()
    open.delete(token)
  }

  return {
    start(operatorId, deviceId) {
      const token = randomBytes(32).toString('base64url')
      open.set(token, { operatorId, deviceId, locked: false, ended: new AbortController() })
      return token
    },
    find: (token) => open.get(token),
    setLocked(token, locked) {
      const session = open.get(token)
      if (session) session.locked = locked
    },
    end,
    endAllOf(operatorId, except) {
      for (const [token, session] of open) {
        if (session.operatorId === operatorId && token !== except) end(token)
      }
    },
    signal: (token) => open.get(token)?.ended.signal,
  }
}
