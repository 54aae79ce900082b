import type { Description } from './description.ts'

/** What a network takes or answers though its own description leaves it out. Anything else that is not described fails. */
export type Undescribed = {
  /** The description, below `../shared/specs`. */
  file: string
  /** As descriptions name operations, with `{}` for what differs. */
  asked: `${'GET' | 'POST' | 'DELETE'} /${string}`
  /**
   * The whole address; what the answer holds, which then has to be nothing; an answer beside the one described; or the true
   * type of one value, in the request or the answer; or that a request may be of two shapes at once.
   */
  lacks: 'address' | 'content' | 'answer' | 'type' | 'choice'
  /** Of which answer the content is not described; absent: of a success. */
  status?: number
  /** Which answer: its fields and their values. */
  holding?: Record<string, unknown>
  /** Which value: its name. */
  at?: string
  /** Such an answer, or such a value, which the description refuses. */
  example?: unknown
  why: string
}

const of = (...files: string[]) => ({
  lacks: (...gaps: Omit<Undescribed, 'file'>[]) => files.flatMap((file) => gaps.map((gap) => ({ file, ...gap }))),
})

const NUMBERED = {
  ...{ lacks: 'type' as const, at: 'reply_to_post_number', example: 7 },
  why: 'It says text or nothing; forums send a number, as recorded ones do.',
}

export const UNDESCRIBED: readonly Undescribed[] = [
  ...of('x/openapi-2.165-tweet-names.json', 'x/openapi-2.167-post-names.json').lacks(
    { asked: 'POST /2/oauth2/token', lacks: 'address', why: 'X describes signing in with words alone.' },
    { asked: 'POST /2/oauth2/revoke', lacks: 'address', why: 'The same.' },
  ),
  ...of('mastodon/schema.json').lacks(
    { asked: 'POST /oauth/revoke', lacks: 'content', why: 'It says “Empty”.' },
    {
      ...{ asked: 'GET /api/v1/media/{}', lacks: 'content', status: 206 },
      why: 'What is worked on is answered by the status alone.',
    },
    {
      ...{ asked: 'POST /api/v1/statuses', lacks: 'choice', example: { status: 'Try this', media_ids: ['1'] } },
      why: 'It says words or pictures; servers take both together.',
    },
    {
      ...{ asked: 'POST /api/v1/apps', lacks: 'type', at: 'redirect_uris', example: 'https://app.example/back' },
      why: 'It says a list, which servers take since 4.3; all of them take the one address.',
    },
  ),
  ...of('discourse/openapi.json').lacks(
    { asked: 'GET /posts/by_number/{}/{}.json', lacks: 'address', why: 'Forums have it; their own pages ask for it.' },
    { asked: 'GET /posts/{}/pending.json', lacks: 'address', why: 'Of forums since 2021; it was never described.' },
    { asked: 'GET /session/current.json', lacks: 'address', why: 'Forums have it; their own pages ask for it.' },
    { asked: 'GET /user-api-key/new', lacks: 'address', why: 'Keys that users give are told of on a page apart.' },
    { asked: 'POST /user-api-key/revoke', lacks: 'address', why: 'The same.' },
    {
      ...{ asked: 'GET /u/{}.json', lacks: 'answer', example: { user: { id: 7, username: 'ana', trust_level: 1 } } },
      why: 'It is described as users alone see their own page.',
    },
    {
      ...{ asked: 'POST /posts.json', lacks: 'answer', holding: { action: 'enqueued' } },
      example: { success: true, action: 'enqueued', pending_count: 1 },
      why: 'What waits for the moderators is no post yet.',
    },
    { asked: 'GET /posts.json', ...NUMBERED },
    { asked: 'POST /posts.json', ...NUMBERED },
    { asked: 'DELETE /posts/{}.json', lacks: 'content', why: 'A success, it says, and nothing more.' },
  ),
  ...of('youtube/openapi-v3.json').lacks(
    { asked: 'POST /token', lacks: 'address', why: 'Google’s sign-in is a service apart, without a description.' },
    { asked: 'POST /revoke', lacks: 'address', why: 'The same.' },
    { asked: 'DELETE /youtube/v3/comments', lacks: 'content', why: 'Described as 200; Google answers 204.' },
  ),
]

/** Do these fit `GET /posts/{}/pending.json`, with anything for the braces? */
export function isAsked(gap: Pick<Undescribed, 'asked'>, { method, path }: { method: string; path: string }): boolean {
  const plain = gap.asked.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
  return new RegExp(`^${plain.replaceAll('{}', '[^/]+')}$`).test(`${method} ${path}`)
}

/** Is the description as short as that to this day? Else the gap has to go. */
export function isStillLacking(
  gap: Undescribed,
  { operationOf, answerOf, bodyOf, placesOf, validatorOf }: Description,
): boolean {
  const [method = '', shape = ''] = gap.asked.split(' ')
  const operation = operationOf({ method, path: shape.replaceAll('{}', '1') })
  if (operation === null || gap.lacks === 'address') return operation === null && gap.lacks === 'address'
  if (gap.lacks === 'choice') {
    const body = bodyOf(operation, 'application/json')
    return body !== null && !validatorOf(body, true)(gap.example)
  }
  const answer = answerOf(operation, gap.status ?? 200)
  if (gap.lacks === 'content') return answer === null
  if (gap.lacks === 'answer') return answer !== null && !validatorOf(answer, true)(gap.example)
  return placesOf(operation, gap.at ?? '').some((schema) => !validatorOf(schema, true)(gap.example))
}
