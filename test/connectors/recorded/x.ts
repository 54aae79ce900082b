import { toRawMention } from '../../../connectors/x/mentions.ts'
import { remove } from '../../../connectors/x/reply.ts'
import { XSettings } from '../../../connectors/x/settings.ts'
import { Created, Post, PostsPage, User } from '../../../connectors/x/shapes.ts'
import { calm } from '../stage.ts'
import { countPlain, more, page, type Read, type Reading } from './reading.ts'
import { answering, type Recorded } from './tapes.ts'

const settings = XSettings.parse({ bearerToken: 'app' })
const listener = { handles: [], own: null, access: 'enterprise' } as const
/** Writers come along where they were asked for; here the post tells the number alone. */
const unnamed = (id: string): User => ({ id, username: 'somebody' })

function posts({ json }: Recorded): Read {
  const { data, includes, meta } = PostsPage.parse('data' in (json as object) ? json : { data: [json] })
  const users = new Map(includes.users.map((raw) => User.parse(raw)).map((user) => [user.id, user]))
  const read = data.map((raw) => {
    const post = Post.parse(raw)
    const by = post.author_id ?? '1'
    return toRawMention(post, users.get(by) ?? unnamed(by), listener)
  })
  return page(countPlain(read), meta.next_token)
}

const made = ({ json }: Recorded) => (Created.parse(json).data.id === '' ? 0 : 1)

async function removed(answer: Recorded): Promise<number> {
  const as = { handle: 'mia', token: JSON.stringify({ id: '7', token: 'a' }) }
  await remove(settings, answering(answer), { ref: { network: 'x', instance: 'x.com', id: '7' }, as, signal: calm() })
  return 0
}

export const xTapes: Reading = {
  folder: 'x/tweepy-cassettes',
  readers: [
    [/^POST \/2\/tweets$/, made],
    [/^DELETE \/2\/tweets\/\d+$/, removed],
    [/^GET \/2\/(?:tweets(?:\/search\/recent|\/\d+\/quote_tweets)?|users\/\d+\/mentions)$/, posts],
  ],
  unread: [
    [/ \/2\/compliance\/jobs/, 'Files for archives of millions; what is stored here is asked after by the hundred.'],
  ],
  files: {
    'test_asyncclient_search_recent_tweets.yaml': more(10),
    'test_client_create_and_delete_tweet.yaml': 1,
    'test_client_create_and_get_compliance_job_and_jobs.yaml': null,
    'test_client_get_quote_tweets.yaml': more(9),
    'test_client_get_tweets.yaml': 2,
    'test_client_get_users_mentions.yaml': more(10),
    'test_client_search_recent_tweets.yaml': more(10),
  },
}

export const xAnswers: Reading = {
  folder: 'x/python-twitter-testdata',
  readers: [
    [/^create_tweet/, made],
    [/tweet|timeline/, posts],
  ],
  unread: [[/^get_rules/, 'Rules of the filtered stream; we search.']],
  files: {
    'create_tweet_resp.json': 1,
    'get_rules.json': null,
    'search_tweets_for_nyc.json': more(10),
    'search_tweets_query.json': 4,
    'timeline_mentions.json': more(5),
    'tweet.json': 1,
    'tweet_quote_tweets_resp.json': more(15),
    'tweets_resp.json': 2,
  },
}
