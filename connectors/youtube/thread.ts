import type { ConnectorDeps } from '../catalogue.ts'
import { readAnswer } from '../reading.ts'
import { type Asker, ask } from './api.ts'
import { Comment, Items } from './shapes.ts'

const PAGE = '100'
const MOST_PAGES = 5

/**
 * The replies of a thread, oldest first, 500 at most; `whole` says whether those are all, and each could be read.
 * @throws ConnectorError `gone` when the thread is
 */
export async function repliesIn(
  deps: ConnectorDeps,
  asker: Asker,
  thread: string,
  signal: AbortSignal,
): Promise<{ replies: Comment[]; whole: boolean }> {
  const replies: Comment[] = []
  let token: string | null | undefined
  let whole = true
  for (let page = 0; page < MOST_PAGES; page++) {
    const params = { part: 'snippet', parentId: thread, textFormat: 'plainText', maxResults: PAGE }
    const answer = await ask(deps, asker, {
      path: 'comments',
      params: { ...params, ...(token && { pageToken: token }) },
      signal,
    })
    const { items, nextPageToken } = readAnswer(Items, answer)
    const read = items.flatMap((item) => Comment.safeParse(item).data ?? [])
    if (read.length < items.length) whole = false
    replies.push(...read)
    token = nextPageToken
    if (!token) break
  }
  replies.sort((a, b) => (a.snippet.publishedAt < b.snippet.publishedAt ? -1 : 1))
  return { replies, whole: whole && !token }
}
