import type { Change, PollInput, RawMention } from '../connector.ts'
import { heardHere } from '../heard-here.ts'

/** Who tags the Page is always heard; a name that is tagged stands in the text without an @. Null: left out, or the Page's own. */
export const hear = (pageId: string, listen: PollInput['listen'], mention: RawMention): Change | null =>
  mention.author.id === pageId ? null : heardHere(listen, mention, { sign: '', meant: 'tag' })
