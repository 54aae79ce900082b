import { closeSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { StartError } from '../../../src/domain/errors.ts'
import type { NetworkEvent } from './store.ts'

export type Journal = { append: (event: NetworkEvent) => void; close: () => void }

/**
 * Opens the append-only file of events (one JSON object a line) and reads what it holds. An event is written
 * before anybody is told of it, and a write outlives the process, so stop, start and kill -9 lose nothing. Half
 * a last line is a write nobody was told of: it is cut off. A null path keeps nothing.
 * @throws StartError when a whole line cannot be read.
 */
export function openJournal(path: string | null): { events: NetworkEvent[]; journal: Journal } {
  if (path === null) return { events: [], journal: { append: () => {}, close: () => {} } }
  // The file holds the network's tokens: for its owner's eyes only.
  const file = openSync(path, 'a', 0o600)
  const text = readFileSync(path)
  const whole = text.lastIndexOf(0x0a) + 1
  if (whole < text.length) truncateSync(path, whole)
  const lines = text.subarray(0, whole).toString('utf8').split('\n').slice(0, -1)
  const events = lines.map((line, n) => readEvent(line, n + 1, path))
  return {
    events,
    journal: { append: (event) => void writeSync(file, `${JSON.stringify(event)}\n`), close: () => closeSync(file) },
  }
}

function readEvent(line: string, n: number, path: string): NetworkEvent {
  try {
    // Written by this module only; a file from elsewhere is not a case to serve.
    return JSON.parse(line) as NetworkEvent
  } catch (cause) {
    throw new StartError(
      `Line ${n} of the sandbox network's journal ${path} is damaged. Move the file away to begin anew.`,
      { cause },
    )
  }
}
