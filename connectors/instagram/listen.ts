import type { Change, PollInput, RawMention } from '../connector.ts'
import { heardHere } from '../heard-here.ts'

/** Media that tags the account is always heard. Null: left out, or our own. */
export const hear = (own: string, listen: PollInput['listen'], mention: RawMention): Change | null =>
  mention.author.handle === own ? null : heardHere(listen, mention, { sign: '@', meant: 'tag' })
