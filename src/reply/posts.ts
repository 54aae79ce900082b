import type { Capabilities } from '../../connectors/connector.ts'
import { type Falling, fallIntoPosts } from '../../connectors/thread.ts'
import { placeholdersIn } from '../domain/placeholder.ts'
import type { Thread } from '../domain/reply-state.ts'
import { faultIn } from './reply.ts'

type Can = NonNullable<Capabilities['reply']>

/** An answer as it would go out: in one post or, where `thread` asks for it and it needs them, in several. */
export type Answer = { words: string; ends: string; thread: Thread | null }

/**
 * The posts of an answer (F2). What stands behind its words (the disclosure, who wrote it) and its author's name stand
 * in the first: whoever reads one post of a rewarded helper reads that one, and nobody is named again and again.
 * @returns the posts; or what is wrong, in a sentence for its author
 */
export function postsOf({ words, ends, thread }: Answer, can: Can, authorHandle: string): string[] | { fault: string } {
  const whole = [words + ends]
  const posts = thread && can.thread ? fallIntoPosts(words, fallingOf(can, can.thread.most, thread, ends)) : whole
  if (!posts) return { fault: `This does not fit in ${can.thread?.most} posts. Shorten it.` }
  const [placeholder] = placeholdersIn(words + ends)
  const fault = faultIn(posts[0]!, can, authorHandle) // there is one at least
  if (fault !== null) return { fault }
  return placeholder ? { fault: `Fill in ${placeholder.words} first.` } : posts
}

const fallingOf = ({ maxLength, lengthUnit }: Can, most: number, thread: Thread, ends: string): Falling => ({
  ...{ maxLength, lengthUnit, most, ends },
  numbered: thread === 'numbered',
})

/** How many of an answer’s posts stand there; shown, and counted wherever somebody has to know. */
export const standingOf = (parts: readonly { state: string }[]): number =>
  parts.filter(({ state }) => state === 'sent').length
