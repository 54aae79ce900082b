import type { FastifyRequest } from 'fastify'
import { type Clock, SECOND } from '../domain/clock.ts'
import type { Membership, Person } from '../http/access.ts'
import type { Auth, EndedSession } from './auth.ts'

export type Sessions = {
  /** Who is asking, by the session cookie; null for nobody. Up to 15 s old. */
  whoIs: (request: FastifyRequest) => Promise<Person | null>
  /** Calls back when a session ends here, so that whatever it keeps open can be closed. Returns how to stop. */
  onSignOut: (listener: (ended: EndedSession) => void) => () => void
  /** Looks a person up afresh on their next request: after a change of role, standing or brand. */
  forget: (userId: string) => void
}

type Deps = {
  auth: Auth
  /** Name of the cookie, as the server was built with it (`sessionCookie`). */
  cookieName: string
  membershipsOf: (userId: string) => Promise<Membership[]>
  /** Notes that a session is used. */
  seen: (sessionId: string, at: Date) => Promise<void>
  clock: Clock
}

type Remembered = { answer: Promise<Person | null>; person: Person | null; untilMs: number }

const FRESH_MS = 15 * SECOND
const MOST = 10_000

/**
 * Sessions as the routes see them. Looking one up costs two queries and about 4 ms of CPU, so the answer is kept
 * for 15 s in this process: that is how long a sign-out elsewhere takes to be noticed here.
 */
export function createSessions({ auth, cookieName, membershipsOf, seen, clock }: Deps): Sessions {
  // By the whole signed cookie: a right token with a forged signature is another key and is looked up.
  const remembered = new Map<string, Remembered>()

  /** What is being looked up at this moment may be out of date as well: it is answered, but not kept. */
  const drop = (isMeant: (person: Person) => boolean) => {
    for (const [key, { person }] of remembered) if (!person || isMeant(person)) remembered.delete(key)
  }
  auth.onSessionEnd(({ sessionId }) => drop((person) => person.sessionId === sessionId))

  async function find(cookie: string, entry: Remembered): Promise<Person | null> {
    const signedIn = await auth.readSession(`${cookieName}=${cookie}`)
    if (!signedIn) return null
    const { expiresAt, ...who } = signedIn
    const person = { ...who, memberships: await membershipsOf(who.userId) }
    await seen(who.sessionId, clock.now())
    entry.person = person
    entry.untilMs = Math.min(entry.untilMs, expiresAt.getTime())
    return person
  }

  /** Requests that come together share one look-up; an answer of nobody, or none at all, is not kept. */
  function lookUp(cookie: string): Promise<Person | null> {
    const entry: Remembered = { answer: Promise.resolve(null), person: null, untilMs: clock.now().getTime() + FRESH_MS }
    entry.answer = find(cookie, entry).finally(() => {
      if (!entry.person && remembered.get(cookie) === entry) remembered.delete(cookie)
    })
    remembered.delete(cookie)
    remembered.set(cookie, entry)
    const [oldest] = remembered.keys()
    if (remembered.size > MOST && oldest !== undefined) remembered.delete(oldest)
    return entry.answer
  }

  return {
    whoIs: async (request) => {
      const cookie = cookieIn(request.headers.cookie, cookieName)
      if (cookie === null) return null
      const known = remembered.get(cookie)
      return known && clock.now().getTime() < known.untilMs ? known.answer : lookUp(cookie)
    },
    onSignOut: auth.onSessionEnd,
    forget: (userId) => drop((person) => person.userId === userId),
  }
}

function cookieIn(header: string | undefined, name: string): string | null {
  const pair = header?.split(';').find((each) => each.trimStart().startsWith(`${name}=`))
  return pair ? pair.trim().slice(name.length + 1) : null
}
