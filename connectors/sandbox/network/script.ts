import { createHash } from 'node:crypto'
import { z } from 'zod'
import { MINUTE } from '../../../src/domain/clock.ts'
import { StartError } from '../../../src/domain/errors.ts'
import { ANSWERS, type PlayState } from './store.ts'

/** One line of a script the network plays by itself. Other members (what we expect of the post) are ignored. */
export const ScriptPost = z.object({
  /** Unique within the script. */
  id: z.string().min(1),
  author: z.object({
    handle: z.string().min(1),
    name: z.string().optional(),
    followers: z.number().int().min(0).optional(),
    answers: z.enum(ANSWERS).optional(),
  }),
  text: z.string().min(1),
  lang: z.string().optional(),
  /** The script id of the post it answers. */
  replyTo: z.string().optional(),
  /** Posts of one story come in their order: a few near each other, many as a storm. */
  story: z.string().optional(),
  /** What its author says once somebody answered. */
  afterReply: z.union([z.object({ thanks: z.string().min(1) }), z.object({ complains: z.string().min(1) })]).optional(),
})
export type ScriptPost = z.infer<typeof ScriptPost>

/** @throws StartError naming the line when `ndjson` (one post a line) is no script. */
export function readScript(ndjson: string, name: string): ScriptPost[] {
  return ndjson.split('\n').flatMap((line, n) => {
    if (line.trim() === '') return []
    try {
      return [ScriptPost.parse(JSON.parse(line))]
    } catch (cause) {
      throw new StartError(`${name} line ${n + 1} is not a post of a script.`, { cause })
    }
  })
}

const STORM = 10
/** A storm's posts wait a tenth of the usual time. */
const STORM_PACE = 0.1

/**
 * The order in which a script is played, the same every time: single posts mixed up, answers some eight posts after
 * what they answer, small stories spread over a while, storms in one go after the middle.
 */
export function arrange(posts: ScriptPost[]): ScriptPost[] {
  const singles = posts.filter((post) => post.story === undefined && post.replyTo === undefined)
  const place = new Map<string, number>()
  const mixed = singles.map((post) => ({ post, draw: drawOf(post.id) })).sort((a, b) => a.draw - b.draw)
  for (const [n, { post }] of mixed.entries()) place.set(post.id, n)
  const told = new Map<string, number>()
  for (const post of posts) {
    if (post.story === undefined) continue
    const nth = told.get(post.story) ?? 0
    told.set(post.story, nth + 1)
    const begins = isStorm(posts, post.story) ? 0.6 : drawOf(post.story) * 0.9
    place.set(post.id, begins * singles.length + nth * (isStorm(posts, post.story) ? 1e-6 : 4))
  }
  const placeOf = (post: ScriptPost): number =>
    place.get(post.id) ?? (place.get(post.replyTo ?? '') ?? posts.length) + 8.5
  return [...posts].sort((a, b) => placeOf(a) - placeOf(b))
}

const isStorm = (posts: ScriptPost[], story: string) => posts.filter((post) => post.story === story).length >= STORM
const drawOf = (name: string) => createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32

/** The script with the running sum of waits: post n is due once the position in the round reaches `until[n]`. */
export type Script = { posts: ScriptPost[]; until: number[]; length: number; byId: Map<string, ScriptPost> }

/** `posts` in playing order. */
export function asScript(posts: ScriptPost[]): Script {
  let sum = 0
  const until = posts.map(({ story }) => {
    sum += story !== undefined && isStorm(posts, story) ? STORM_PACE : 1
    return sum
  })
  return { posts, until, length: sum, byId: new Map(posts.map((post) => [post.id, post])) }
}

/** Where the script stands at `nowMs`, in places since the first start; it moves `perMinute` places a minute, 0 pauses. */
export const positionAt = (play: PlayState, nowMs: number): number =>
  play.position + (Math.max(0, nowMs - play.at) * play.perMinute) / MINUTE

export type DuePost = { round: number; post: ScriptPost; place: number }

/** Posts due after position `from` up to and including `to`, in order; the script begins a new round when it ends. */
export function dueBetween(script: Script, from: number, to: number): DuePost[] {
  const due: DuePost[] = []
  if (script.posts.length === 0) return due
  for (let round = Math.floor(from / script.length); round * script.length < to; round++)
    for (const [n, post] of script.posts.entries()) {
      // `until` is as long as `posts`.
      const place = round * script.length + script.until[n]!
      if (place > from && place <= to) due.push({ round, post, place })
    }
  return due
}
