// Whether our server is heard: a request that nobody answered says no, any answer says yes. Pages show it, and the probe
// asks while it is not heard; what the browser says of itself counts as well, but it only knows of its own network.

/** `lostAt`: since when nothing is heard, in ms; null: all is well. `returns`: how often it came back since the page opened. */
export type Line = { lostAt: number | null; returns: number }

let line: Line = { lostAt: null, returns: 0 }
const listeners = new Set<() => void>()

function changed(next: Line): void {
  line = next
  for (const listener of listeners) listener()
}

/** Our server answered, whatever it said. Nothing is believed while the browser itself says it is offline. */
export function heard(): void {
  if (line.lostAt !== null && navigator.onLine) changed({ lostAt: null, returns: line.returns + 1 })
}

/** A request went out and nobody answered, or the browser has lost its network. */
export function unheard(): void {
  if (line.lostAt === null) changed({ ...line, lostAt: Date.now() })
}

export const lineNow = (): Line => line

/** Tells of each change until the returned function is called. */
export function onLine(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
