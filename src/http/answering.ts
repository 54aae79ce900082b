import { z } from 'zod'

/** Whether an answer that stands can be deleted at its network from here; null: it does not stand. */
export const TakeBack = z
  .object({
    /** Why it cannot be, in a sentence; null: it can. */
    refusal: z.string().nullable(),
  })
  .nullable()
export type TakeBack = z.infer<typeof TakeBack>

/** A picture of a draft or of a reply; its file stands at `/pictures/:id/file`. */
export const ReplyPicture = z
  .object({
    id: z.uuid(),
    type: z.enum(['image/jpeg', 'image/png']),
    /** In pixels. */
    width: z.number().int(),
    height: z.number().int(),
    /** What it shows, for those who cannot see it; empty: nobody wrote it. */
    alt: z.string(),
    /** Of the file, in hexadecimal. */
    sha256: z.string(),
  })
  .meta({ id: 'ReplyPicture' })
export type ReplyPicture = z.infer<typeof ReplyPicture>

/** What a composer has to know of the network it writes for; part of what a feed's card and a case show. */
export const Answering = {
  /** 0: the network takes no replies from an app. */
  maxLength: z.number().int(),
  lengthUnit: z.enum(['graphemes', 'characters', 'weighted']),
  /** A longer answer may go out as so many posts at most; null: as one alone. */
  thread: z.object({ most: z.number().int() }).nullable(),
  /** What the answer begins with: the author's handle, where it does not reach them otherwise; else nothing. */
  begins: z.string(),
  /** Pictures that may go with the answer, and the characters for what each shows. */
  pictures: z.object({
    /** Why none may, in a sentence; null: they may. */
    refusal: z.string().nullable(),
    most: z.number().int(),
    altLength: z.number().int(),
  }),
  /** No app may answer this post; a person may on the network's own page (F8). Null: it is answered from here. */
  closed: z
    .object({
      /** In a sentence. */
      why: z.string(),
      link: z.url().nullable(),
      /** Whose post it will be, so that it is found. */
      handle: z.string().nullable(),
      /** Why this person cannot answer by hand either; null: they can. */
      refusal: z.string().nullable(),
      /** What their post has to say behind their words: that helpers are rewarded; empty: nothing. */
      ends: z.string(),
    })
    .nullable(),
}
