import type { Change, PollInput, RawMention } from '../connector.ts'
import { heardHere } from '../heard-here.ts'

/** Who mentions the organisation is always heard; its name stands in the text without an @. Null: left out, or its own. */
export const hear = (organisation: string, listen: PollInput['listen'], mention: RawMention): Change | null =>
  mention.author.id === organisation ? null : heardHere(listen, mention, { sign: '', meant: 'mention' })
