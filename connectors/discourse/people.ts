import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type RemotePerson } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { ask } from './http.ts'
import { sessionOf } from './shapes.ts'

/** People a page of the directory holds; a shorter one is the last. */
const PAGE = 50

const Name = z.string().nullish()
const Count = z.number().int().min(0)
/** `solutions`: of forums where an answer may be marked as the solution. */
const Entry = z.object({
  likes_received: Count,
  post_count: Count,
  solutions: Count.optional(),
  user: z.object({ id: z.number().int(), username: z.string().min(1), name: Name }),
})
const Directory = z.object({ directory_items: z.array(z.unknown()) })
const Profile = z.object({
  user: z.object({
    id: z.number().int(),
    username: z.string().min(1),
    name: Name,
    // Left out by people who hide their profile.
    trust_level: z.number().int().min(0).max(4).optional(),
    post_count: Count.optional(),
    accepted_answers: Count.optional(),
  }),
})

type Listing = { people: RemotePerson[]; next: string | null }

/** A page of the forum's user directory, the most liked first; the forum's own machines (ids below 1) and we are left out. */
export async function people(
  deps: ConnectorDeps,
  { page, signal }: { page: string | null; signal: AbortSignal },
): Promise<Listing> {
  const session = sessionOf(deps.reader)
  const number = Number(page ?? 0)
  if (page !== null && !/^\d{1,6}$/.test(page))
    throw new ConnectorError('refused', 'There is no such page of the directory.')
  const path = `/directory_items.json?period=all&order=likes_received&page=${number}`
  const { directory_items: items } = readAnswer(Directory, await ask(deps, session, { method: 'GET', path, signal }))
  const people = items.flatMap((item): RemotePerson[] => {
    const entry = Entry.safeParse(item).data
    if (!entry || entry.user.id < 1 || entry.user.username === session.username) return []
    const { user, likes_received: likes, post_count: posts, solutions } = entry
    const { username: handle, name } = user
    return [
      { id: `${user.id}`, handle, name: name || null, likes, posts, ...(solutions !== undefined && { solutions }) },
    ]
  })
  return { people, next: items.length < PAGE ? null : `${number + 1}` }
}

/** Somebody by their page, which tells the trust level that the directory leaves out; the forum's own machines are nobody. */
export async function person(
  deps: ConnectorDeps,
  { handle, signal }: { handle: string; signal: AbortSignal },
): Promise<RemotePerson | null> {
  const path = `/u/${encodeURIComponent(handle)}.json`
  try {
    const { user } = readAnswer(Profile, await ask(deps, sessionOf(deps.reader), { method: 'GET', path, signal }))
    if (user.id < 1) return null
    const { trust_level: trustLevel, post_count: posts, accepted_answers: solutions } = user
    return {
      ...{ id: `${user.id}`, handle: user.username, name: user.name || null },
      ...(trustLevel !== undefined && { trustLevel }),
      ...(posts !== undefined && { posts }),
      ...(solutions !== undefined && { solutions }),
    }
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'gone') return null
    throw error
  }
}
