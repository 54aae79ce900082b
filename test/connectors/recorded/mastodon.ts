import { ask } from '../../../connectors/mastodon/http.ts'
import { mastodonLinking } from '../../../connectors/mastodon/linking.ts'
import { remove } from '../../../connectors/mastodon/reply.ts'
import {
  Context,
  Items,
  Notification,
  SearchAnswer,
  Status,
  toRawMention,
} from '../../../connectors/mastodon/shapes.ts'
import { calm } from '../stage.ts'
import { countPlain, faultOf, type Reading } from './reading.ts'
import { answering, type Recorded } from './tapes.ts'

const baseUrl = 'https://social.example'
const instance = 'social.example'
const session = { baseUrl, token: 'token', accountId: '7' }
const statuses = (items: readonly unknown[]) =>
  countPlain(items.map((raw) => toRawMention(instance, Status.parse(raw), 'mention')))
const told = (items: readonly unknown[]) => statuses(items.map((raw) => Notification.parse(raw).status))

/** Who links says who they are. */
async function account(answer: Recorded): Promise<number> {
  const deps = answering(answer, { '/oauth/token': { access_token: 'token' } })
  if (mastodonLinking.way !== 'redirect') return 0
  const { finish } = mastodonLinking.open({ baseUrl, clientId: 'app', clientSecret: 'secret' }, deps)
  const linked = await finish({ redirectUri: '', params: { code: 'code' }, keep: '', signal: calm() })
  return linked.account.handle === '' ? 0 : 1
}

/** What is deleted comes back as its source; that it was taken is all we read. */
async function removed(answer: Recorded): Promise<number> {
  const as = { handle: 'mia', token: JSON.stringify(session) }
  await remove(answering(answer), { ref: { network: 'mastodon', instance, id: '7' }, as, signal: calm() })
  return 0
}

export const mastodon: Reading = {
  folder: 'mastodon/mastodon-py-cassettes',
  readers: [
    [/^GET \/api\/v1\/accounts\/verify_credentials$/, account],
    [/^DELETE \/api\/v1\/statuses\/\d+$/, removed],
    [
      /^GET \/api\/v1\/statuses\/0$/,
      (answer) => faultOf(ask(answering(answer), session, { method: 'GET', path: '/', signal: calm() })),
    ],
    [/^(?:POST|PUT|GET) \/api\/v1\/statuses(?:\/\d+(?:\/(?:un)?favourite)?)?$/, ({ json }) => statuses([json])],
    [/^GET \/api\/v1\/accounts\/\d+\/statuses$/, ({ json }) => statuses(Items.parse(json))],
    [/^GET \/api\/v1\/statuses\/\d+\/context$/, ({ json }) => statuses(Context.parse(json).descendants)],
    [/^GET \/api\/v2\/search$/, ({ json }) => statuses(SearchAnswer.parse(json).statuses)],
    [/^GET \/api\/v1\/notifications$/, ({ json }) => told(Items.parse(json))],
    [/^GET \/api\/v1\/notifications\/\d+$/, ({ json }) => told([json])],
  ],
  unread: [
    [/\/notifications\/unread_count$/, 'The list itself tells what is new.'],
    [/\/history$/, 'An edited post is read again; what it said before is kept here.'],
    [/\/source$/, 'What was typed; the post as it stands is read.'],
    [/\/favourited_by$/, 'Likes are counted, not listed.'],
  ],
  files: {
    'test_fetch_next_previous_from_pagination_info.yaml': 26,
    'test_get_pagination_info.yaml': 16,
    'test_notifications.yaml': 4,
    'test_notifications_mentions_only.yaml': 3,
    'test_search.yaml': 0,
    'test_status.yaml': 2,
    'test_status_context.yaml': 1,
    'test_status_edit.yaml': 3,
    'test_status_fav_unfav.yaml': 3,
    'test_status_favourited_by.yaml': 2,
    'test_status_missing.yaml': { fault: 'gone' },
    'test_status_post[None-public].yaml': 1,
  },
}
