import { refuseFaults } from '../../../connectors/reddit/api.ts'
import { redditLinking } from '../../../connectors/reddit/linking.ts'
import { remove } from '../../../connectors/reddit/reply.ts'
import { isGone, Listing, Thing, toRawMention } from '../../../connectors/reddit/shapes.ts'
import { calm } from '../stage.ts'
import { count, more, page, type Read, type Reading } from './reading.ts'
import { answering, type Recorded } from './tapes.ts'

/** Private messages, and the mark of comments left out, stand in the same lists. */
const isOther = (raw: unknown) => ['t4', 'more'].includes((raw as { kind: string }).kind)

/** Posts and comments that stand; what is gone is read, and is no mention. */
const things = (items: readonly unknown[]) => {
  const read = items.filter((raw) => !isOther(raw)).map((raw) => Thing.parse(raw))
  return count(read.filter((thing) => !isGone(thing)).map((thing) => toRawMention(thing, 'comment')))
}

/** One list, or, of a page of comments, the post and what stands under it. */
function lists({ json }: Recorded): Read {
  const all = [json].flat().map((list) => Listing.parse(list).data)
  return page(things(all.flatMap(({ children }) => children)), all.at(-1)?.after)
}

const made = ({ json, text, status }: Recorded) => {
  const { data } = refuseFaults({ json, text, status, headers: new Headers() }, new Date(0))
  return things(data?.things ?? [])
}

async function grant(answer: Recorded): Promise<number> {
  if (redditLinking.way !== 'redirect') return 0
  const { refresh } = redditLinking.open({ clientId: 'app', clientSecret: 'secret' }, answering(answer))
  const secret = JSON.stringify({ name: 'mia', accessToken: 'a', refreshToken: 'b' })
  const renewed = await refresh?.({ secret, expiresAt: null, scopes: [] }, calm())
  return (renewed?.expiresAt ?? 0) > new Date('2026-11-21T09:30:00Z') ? 1 : 0
}

async function removed(answer: Recorded): Promise<number> {
  const as = { handle: 'mia', token: JSON.stringify({ name: 'mia', token: 'a' }) }
  const ref = { network: 'reddit', instance: 'reddit.com', id: 't1_7' } as const
  await remove('https://reddit.example', answering(answer), { ref, as, signal: calm() })
  return 0
}

export const reddit: Reading = {
  folder: 'reddit/praw-cassettes',
  readers: [
    [/^POST \/api\/v1\/access_token$/, grant],
    [/^POST \/api\/del$/, removed],
    [/^POST \/api\/(?:comment|editusertext)$/, made],
    [/^GET /, lists],
  ],
  unread: [],
  // One of each is the grant.
  files: {
    'TestComment.test_delete.json': 1,
    'TestComment.test_edit.json': 2,
    'TestComment.test_invalid.json': 1,
    'TestComment.test_refresh__deleted_comment.json': 2,
    'TestComment.test_reply.json': 2,
    'TestInbox.test_comment_replies.json': more(65),
    'TestInbox.test_mentions.json': more(17),
    'TestInbox.test_unread.json': more(3),
    'TestReddit.test_info_url.json': 26,
    'TestSubmission.test_reply.json': 2,
    'TestSubreddit.test_search.json': 7,
    'TestSubredditStreams.test_comments__with_continue_after_id.json': more(196),
    'TestSubredditStreams.test_comments__with_pause.json': 34,
  },
}
