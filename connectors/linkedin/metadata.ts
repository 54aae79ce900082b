import { z } from 'zod'

const count = z.number().int().nonnegative()

/** What `socialMetadata` tells of a post or a comment: its reactions of each sort, and the comments below it. */
export const Metadata = z.object({
  reactionSummaries: z.record(z.string(), z.object({ count })).default({}),
  commentSummary: z.object({ count }).optional(),
})
