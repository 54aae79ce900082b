import type { Clock } from '../../../src/domain/clock.ts'

export type Person = { id: string; username: string; name: string; followers: number }
/** One post through all its versions, the newest last; known by the id of any of them. */
export type Entry = {
  versions: { id: string; text: string; at: number }[]
  author: Person
  replyTo: string | null
  quotes: string | null
  reposts: string | null
  conversation: string
  likes: number
  removed: boolean
  isProtected: boolean
  /** When searches begin to know it. */
  foundFrom: number
}

const EPOCH_MS = 1_288_834_974_657

/** Everybody and everything on the simulated X. Numbers follow from the clock and the order of things alone. */
export function openWorld(clock: Clock) {
  const people = new Map<string, Person>()
  const entries = new Map<string, Entry>()
  let sequence = 0

  const person = (username: string, followers = 12): Person => {
    const known = [...people.values()].find((someone) => someone.username === username)
    if (known) return known
    const made = { id: String(1_000_000_001 + people.size), username, name: username, followers }
    people.set(made.id, made)
    return made
  }
  const nextId = () => String((BigInt(clock.now().getTime() - EPOCH_MS) << 22n) + BigInt(++sequence % 4096))
  const at = (id: string) => entries.get(id)

  const post = (author: Person, text: string, more: Partial<Pick<Entry, 'replyTo' | 'quotes' | 'reposts'>> = {}) => {
    const id = nextId()
    const now = clock.now().getTime()
    const entry: Entry = {
      versions: [{ id, text, at: now }],
      author,
      replyTo: null,
      quotes: null,
      reposts: null,
      conversation: (more.replyTo && at(more.replyTo)?.conversation) || id,
      likes: 0,
      removed: false,
      isProtected: false,
      foundFrom: now,
      ...more,
    }
    entries.set(id, entry)
    return entry
  }
  const edit = (entry: Entry, text: string) => {
    const id = nextId()
    entry.versions.push({ id, text, at: clock.now().getTime() })
    entries.set(id, entry)
  }

  return {
    clock,
    people,
    person,
    post,
    edit,
    at,
    /** Each post once, the oldest first. */
    all: () => [...new Set(entries.values())].filter(({ removed, isProtected }) => !removed && !isProtected),
    answersTo: (entry: Entry) =>
      [...new Set(entries.values())].filter(
        ({ replyTo, removed }) => !removed && replyTo !== null && entry.versions.some(({ id }) => id === replyTo),
      ),
  }
}
export type World = ReturnType<typeof openWorld>

export const latest = (entry: Entry) => entry.versions.at(-1)!
export const handlesIn = (text: string): string[] => [...text.matchAll(/(?<!\w)@(\w{1,15})/g)].map(([, name]) => name!)
