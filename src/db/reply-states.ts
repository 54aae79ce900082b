import { sql } from 'drizzle-orm'
import { LIVE_REPLY_STATES, LOOKED_FOR, NAMELESS, NAMELESS_PART_STATES } from '../domain/reply-state.ts'

/** Words of our own as a list in SQL, not as parameters: an index with the same condition is found by them. */
const list = (states: readonly string[]) => sql.raw(`(${states.map((state) => `'${state}'`).join(', ')})`)

/** For `state in …`: replies that stand or may yet stand (I3). */
export const LIVE_REPLIES = list(LIVE_REPLY_STATES)
/** For `state in …`: replies that may be on the network under an id we were not told. */
export const NAMELESS_REPLIES = list(NAMELESS)
/** For `state in …`: replies that are looked for on the network. */
export const LOOKED_FOR_REPLIES = list(LOOKED_FOR)
/** For `state in …` of posts of an answer: those that may be there under an id we were not told. */
export const NAMELESS_PARTS = list(NAMELESS_PART_STATES)
