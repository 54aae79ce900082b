import { z } from 'zod'
import { INTENTS, SENTIMENTS } from '../domain/classification.ts'
import { MENTION_STATES } from '../domain/way.ts'
import { type Contract, Counted, pageOf, paging } from '../http/contract.ts'

const Asked = z.string().trim().min(2, 'Write two letters or more.').max(200)
const Day = z.iso.datetime()
/** One value or several: repeated parameters are OR. */
const oneOrMore = <Item extends z.ZodType<string>>(item: Item) =>
  z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(item).max(20)).optional()

const which = {
  /** Words, in any order; each is the beginning of a word of the text or of its author's names. */
  q: Asked,
  network: oneOrMore(z.string().regex(/^[a-z0-9-]{1,40}$/)),
  state: oneOrMore(z.enum(MENTION_STATES)),
  /** BCP-47 primary tags. */
  language: oneOrMore(z.string().regex(/^[a-z]{2,8}$/i)),
  /** Heard at this instant or later. */
  since: Day.optional(),
  /** Heard before this instant. */
  until: Day.optional(),
}
const wanted = { ...paging, ...which }

export const FoundMention = z
  .object({
    mentionId: z.uuid(),
    /** The case of staff about it; null for members, and where there is none. */
    caseId: z.uuid().nullable(),
    /** The offer it came to this member by; null for staff. */
    offerId: z.uuid().nullable(),
    network: z.string(),
    author: z.object({ handle: z.string(), name: z.string().nullable(), followers: z.number().int().nullable() }),
    /** Personal data blanked; of a long text the part around what was found. */
    text: z.string(),
    /** The end of the post was too long to keep and is read on the network. */
    shortened: z.boolean(),
    /** What was found in `text`: UTF-16 units, end exclusive. */
    found: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
    /** What this member answered; null: nothing, or asked by staff. */
    answer: z.string().nullable(),
    state: z.enum(MENTION_STATES),
    language: z.string(),
    sentiment: z.enum(SENTIMENTS),
    intent: z.enum(INTENTS),
    url: z.string().nullable(),
    postedAt: z.iso.datetime(),
  })
  .meta({ id: 'FoundMention' })
export type FoundMention = z.output<typeof FoundMention>

export const searchApi = {
  'GET /search': {
    summary: 'Mentions of the brand by their words, the newest first',
    access: ['staff', 'admin'],
    query: z.object(wanted),
    reply: pageOf(FoundMention),
    perMinute: 120,
  },
  'GET /search/mine': {
    summary: 'The same among what was offered to me, my own answers included',
    access: ['member'],
    query: z.object(wanted),
    reply: pageOf(FoundMention),
    perMinute: 120,
  },
  'GET /search/count': {
    summary: 'How many mentions a search finds, for the saved ones (E1)',
    access: ['staff', 'admin'],
    query: z.object(which),
    reply: Counted,
    perMinute: 120,
  },
  'GET /search/mine/count': {
    summary: 'The same among what was offered to me (F1)',
    access: ['member'],
    query: z.object(which),
    reply: Counted,
    perMinute: 120,
  },
} as const satisfies Contract
