import { useEffect, useMemo, useState } from 'react'
import { lengthOf } from '../../../connectors/length.ts'
import type { fallIntoPosts } from '../../../connectors/thread.ts'
import type { Thread } from '../../../src/domain/reply-state.ts'

type Network = {
  maxLength: number
  lengthUnit: Parameters<typeof lengthOf>[1]
  /** Null: its answers are one post. */
  thread: { most: number } | null
}

export type AsThread = {
  /** There is something to choose: the words are longer than a post, and the network takes several. */
  offered: boolean
  /** How they fall is known. */
  ready: boolean
  most: number
  chosen: Thread | null
  choose: (thread: Thread | null) => void
  /** As they will go out; null: as one, or they do not fit. */
  posts: string[] | null
  fits: boolean
}

/** How an answer longer than a post goes out (F2). The choice stays while words come and go. */
export function useThread(words: string, ends: string, { maxLength, lengthUnit, thread }: Network): AsThread {
  const [wanted, choose] = useState<Thread | null>(null)
  const isTooLong = lengthOf(words + ends, lengthUnit) > maxLength
  const offered = thread !== null && isTooLong
  const most = thread?.most ?? 1
  const chosen = offered ? wanted : null
  const [fall, setFall] = useState<{ into: typeof fallIntoPosts } | null>(null)
  // Few answers are that long: nobody waits for this when the page is opened.
  useEffect(() => {
    if (offered) void import('../../../connectors/thread.ts').then((one) => setFall({ into: one.fallIntoPosts }))
  }, [offered])
  const posts = useMemo(
    () => (chosen && fall?.into(words, { maxLength, lengthUnit, most, ends, numbered: chosen === 'numbered' })) ?? null,
    [chosen, fall, words, ends, maxLength, lengthUnit, most],
  )
  return { offered, ready: fall !== null, most, chosen, choose, posts, fits: chosen ? posts !== null : !isTooLong }
}

export type Asked = { thread?: Thread; shownPosts?: string[] }

/** What a request says of it: how, and the posts that were shown. */
export const asked = ({ chosen, posts }: AsThread): Asked =>
  chosen && posts ? { thread: chosen, shownPosts: posts } : {}
