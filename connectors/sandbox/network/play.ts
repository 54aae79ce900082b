import { ensureAccount, type Network, publish } from './commands.ts'
import { dueBetween, positionAt, type Script, type ScriptPost } from './script.ts'
import { accountKey, foldHandle, isLive, type PlayState } from './store.ts'

/** At most this many posts a tick; what a jump of the clock makes due beyond it waits for its usual time. */
const AT_ONCE = 200

/**
 * Publishes what is due now. A post's key names its round and line, so publishing it twice is publishing it once;
 * the position is kept after the posts, so a crash between the two repeats nothing and skips nothing.
 */
export function playDue(network: Network, script: Script): void {
  const { state, clock, commit } = network
  if (!state.play || state.play.perMinute === 0) return
  const now = clock.now().getTime()
  const position = positionAt(state.play, now)
  const due = dueBetween(script, state.play.position, position).slice(0, AT_ONCE)
  const last = due.at(-1)
  if (!last) return
  for (const { round, post } of due) publishLine(network, script, round, post)
  const { perMinute } = state.play
  commit({ e: 'play', at: now, position: due.length === AT_ONCE ? last.place : position, perMinute })
}

function publishLine(network: Network, script: Script, round: number, line: ScriptPost): void {
  const author = ensureAccount(network, {
    handle: line.author.handle,
    ...(line.author.name !== undefined && { name: line.author.name }),
    ...(line.author.followers !== undefined && { followers: line.author.followers }),
    ...(line.author.answers && { answers: line.author.answers }),
    simulated: true,
  })
  const replyTo = line.replyTo === undefined ? undefined : liveLine(network, script, round, line.replyTo)
  if (network.state.byKey.has(accountKey(author.id, lineKey(round, line.id)))) return
  publish(network, author, {
    text: line.text,
    key: lineKey(round, line.id),
    ...(replyTo !== undefined && { replyTo }),
    ...(line.lang !== undefined && { language: line.lang }),
    ...(line.afterReply && { afterReply: line.afterReply }),
  })
}

const lineKey = (round: number, id: string) => `script ${round} ${id}`

/** The post that a line of this round became; a line whose parent is gone or never came stands on its own. */
function liveLine({ state }: Network, script: Script, round: number, id: string): string | undefined {
  const author = state.byHandle.get(foldHandle(script.byId.get(id)?.author.handle ?? ''))
  const post = author && state.byKey.get(accountKey(author.id, lineKey(round, id)))
  return post && isLive(post) ? post.id : undefined
}

/** Starts, pauses (0) or changes speed, going on from where the script stands. */
export function setSpeed({ state, clock, commit }: Network, perMinute: number): PlayState {
  const now = clock.now().getTime()
  const play = { at: now, position: state.play ? positionAt(state.play, now) : 0, perMinute }
  commit({ e: 'play', ...play })
  return play
}

/** After a stop: go on from the last kept position, as if the time between had not passed. */
export function resume({ state, clock, commit }: Network): void {
  if (state.play) commit({ e: 'play', ...state.play, at: clock.now().getTime() })
}
