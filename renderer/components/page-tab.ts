/** A page of a counter. `on`: under which addresses it is the one that is open; `count`: what waits there. */
export type PageTab = { path: string; name: string; on: RegExp; count?: number }
