import { createHash } from 'node:crypto'
import { SECOND } from '../../../src/domain/clock.ts'
import { like, moderate, type Network, publish } from './commands.ts'
import { type Account, accountKey, isLive, type Post, type State } from './store.ts'

/** What a simulated account will do about an answer, and when (Unix milliseconds). */
export type Reaction =
  | { do: 'like'; by: string; at: number }
  | { do: 'follow-up'; by: string; at: number; text: string }

export type Pace = { thinkMs: number }

/** Authors think 20 to 80 s about an answer, bystanders 20 to 140 s. */
export const USUAL_PACE: Pace = { thinkMs: 20 * SECOND }

/** The network's moderators take so many times as long as authors, and let everything stand. */
const MODERATORS_SHARE = 3

const MOST_LIKES = { thanks: 5, complains: 0, none: 2 }

/**
 * How the simulated accounts take `reply`, which a person of ours wrote under `parent`: the author says the line
 * the script gave them and likes what helped; a few bystanders like it too. Drawn from the ids alone, so the
 * network reacts the same way again after a restart.
 */
export function reactionsTo(reply: Post, parent: Post, bystanders: Account[], pace: Pace): Reaction[] {
  const draw = drawFrom(reply.id)
  const { afterReply } = parent
  const reactions: Reaction[] = []
  if (afterReply) {
    const at = reply.at + pace.thinkMs * (1 + 3 * draw('author'))
    const text = 'thanks' in afterReply ? afterReply.thanks : afterReply.complains
    reactions.push({ do: 'follow-up', by: parent.by, at, text })
    if ('thanks' in afterReply && draw('author likes') < 0.7) reactions.push({ do: 'like', by: parent.by, at })
  }
  const most = MOST_LIKES[afterReply ? ('thanks' in afterReply ? 'thanks' : 'complains') : 'none']
  const ranked = bystanders
    .filter((account) => account.id !== parent.by)
    .map((account) => ({ account, rank: draw(`bystander ${account.id}`) }))
    .sort((a, b) => a.rank - b.rank)
  for (const { account } of ranked.slice(0, Math.floor(draw('likes') * (most + 1))))
    reactions.push({ do: 'like', by: account.id, at: reply.at + pace.thinkMs * (1 + 6 * draw(`when ${account.id}`)) })
  return reactions.sort((a, b) => a.at - b.at)
}

/** Answers of ours that somebody may still react to. */
export type Watch = { seen: number; waiting: { reply: Post; reactions: Reaction[] }[] }
export const newWatch = (): Watch => ({ seen: 0, waiting: [] })

/** Lets the simulated accounts do what is due. Done twice is done once: follow-ups carry a key, likes are a set. */
export function reactDue(network: Network, watch: Watch, pace: Pace): void {
  const { state, clock } = network
  notice(state, watch, pace)
  const now = clock.now().getTime()
  for (const { reply } of watch.waiting)
    if (reply.held && reply.at + MODERATORS_SHARE * pace.thinkMs <= now) moderate(network, reply.id, 'release')
  for (const { reply, reactions } of watch.waiting.filter(({ reply }) => !reply.held))
    while (reactions[0] && reactions[0].at <= now) act(network, reply, reactions.shift()!)
  watch.waiting = watch.waiting.filter(
    ({ reply, reactions }) => reactions.length > 0 || (reply.held && reply.deletedAt === null),
  )
}

function notice(state: State, watch: Watch, pace: Pace): void {
  for (const reply of state.order.slice(watch.seen)) {
    const parent = reply.replyTo === null ? undefined : state.posts.get(reply.replyTo)
    if (!parent || state.accounts.get(reply.by)?.simulated || !state.accounts.get(parent.by)?.simulated) continue
    // Only accounts older than the answer: the draw must not change when more people join.
    const bystanders = [...state.accounts.values()].filter(
      ({ simulated, id }) => simulated && BigInt(id) < BigInt(reply.id),
    )
    watch.waiting.push({ reply, reactions: reactionsTo(reply, parent, bystanders, pace) })
  }
  watch.seen = state.order.length
}

function act(network: Network, reply: Post, reaction: Reaction): void {
  const by = network.state.accounts.get(reaction.by)
  if (!by || !isLive(reply)) return
  if (reaction.do === 'like') return void like(network, by, reply.id)
  // One follow-up to a post, however many answered it.
  const key = `follow-up ${reply.replyTo}`
  if (network.state.byKey.has(accountKey(by.id, key))) return
  const parent = reply.replyTo === null ? undefined : network.state.posts.get(reply.replyTo)
  publish(network, by, {
    text: reaction.text,
    replyTo: reply.id,
    key,
    ...(parent?.language && { language: parent.language }),
  })
}

/** A number in [0,1) for each name, always the same for the same `seed`. */
const drawFrom = (seed: string) => (name: string) =>
  createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE(0) / 2 ** 32
