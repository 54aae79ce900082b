import type { accountsApi } from '../../../src/accounts/contract.ts'
import type { answersApi } from '../../../src/answers/contract.ts'
import type { knowledgeApi } from '../../../src/answers/knowledge/contract.ts'
import type { translateApi } from '../../../src/answers/translate/contract.ts'
import type { classifyApi } from '../../../src/classify/contract.ts'
import type { decideApi, policyApi } from '../../../src/decide/contract.ts'
import type { costApi } from '../../../src/decide/costs/contract.ts'
import type { draftApi } from '../../../src/decide/draft/contract.ts'
import type { listsApi } from '../../../src/decide/lists/contract.ts'
import type { actsApi } from '../../../src/escalate/acts/contract.ts'
import type { escalateApi } from '../../../src/escalate/contract.ts'
import type { expertsApi } from '../../../src/escalate/experts/contract.ts'
import type { officeApi } from '../../../src/escalate/office/contract.ts'
import type { presenceApi } from '../../../src/escalate/presence/contract.ts'
import type { toolsApi } from '../../../src/escalate/tools/contract.ts'
import type { feedApi } from '../../../src/feed/contract.ts'
import type { nearbyApi } from '../../../src/feed/nearby/contract.ts'
import type { practiceApi } from '../../../src/feed/practice/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { ingestApi } from '../../../src/ingest/contract.ts'
import type { dataApi } from '../../../src/ingest/data/contract.ts'
import type { termsApi } from '../../../src/ingest/terms/contract.ts'
import type { loungeApi } from '../../../src/lounge/contract.ts'
import type { applyingApi } from '../../../src/people/applying/contract.ts'
import type { auditApi } from '../../../src/people/audit/contract.ts'
import type { brandApi } from '../../../src/people/brand/contract.ts'
import type { peopleApi } from '../../../src/people/contract.ts'
import type { enlistApi } from '../../../src/people/enlist/contract.ts'
import type { joiningApi } from '../../../src/people/joining/contract.ts'
import type { keysApi } from '../../../src/people/keys/contract.ts'
import type { noticesApi } from '../../../src/people/notices/contract.ts'
import type { rosterApi } from '../../../src/people/roster/contract.ts'
import type { skillsApi } from '../../../src/people/skills/contract.ts'
import type { tryingApi } from '../../../src/people/trying/contract.ts'
import type { viewsApi } from '../../../src/people/views/contract.ts'
import type { webhooksApi } from '../../../src/people/webhooks/contract.ts'
import type { replyApi } from '../../../src/reply/contract.ts'
import type { disclosureApi } from '../../../src/reply/disclosure/contract.ts'
import type { pictureApi } from '../../../src/reply/pictures/contract.ts'
import type { replySettingsApi } from '../../../src/reply/settings/contract.ts'
import type { reportApi } from '../../../src/report/contract.ts'
import type { nowApi } from '../../../src/report/now/contract.ts'
import type { badgesApi } from '../../../src/reward/badges/contract.ts'
import type { rewardApi } from '../../../src/reward/contract.ts'
import type { pointsApi } from '../../../src/reward/points/contract.ts'
import type { searchApi } from '../../../src/search/contract.ts'
import type { stormApi } from '../../../src/storm/contract.ts'
import type { systemApi } from '../../../src/system/contract.ts'
import { request } from './request.ts'
import { type Query, urlOf } from './url.ts'

/** Every route the pages use, keyed as the server writes it. Types only: no schema reaches the browser. */
type Api = typeof accountsApi &
  typeof actsApi &
  typeof answersApi &
  typeof applyingApi &
  typeof auditApi &
  typeof brandApi &
  typeof classifyApi &
  typeof decideApi &
  typeof costApi &
  typeof dataApi &
  typeof disclosureApi &
  typeof draftApi &
  typeof enlistApi &
  typeof escalateApi &
  typeof expertsApi &
  typeof feedApi &
  typeof ingestApi &
  typeof joiningApi &
  typeof keysApi &
  typeof knowledgeApi &
  typeof listsApi &
  typeof loungeApi &
  typeof nowApi &
  typeof officeApi &
  typeof nearbyApi &
  typeof noticesApi &
  typeof peopleApi &
  typeof pictureApi &
  typeof policyApi &
  typeof practiceApi &
  typeof presenceApi &
  typeof replyApi &
  typeof replySettingsApi &
  typeof reportApi &
  typeof rewardApi &
  typeof badgesApi &
  typeof pointsApi &
  typeof rosterApi &
  typeof skillsApi &
  typeof searchApi &
  typeof stormApi &
  typeof systemApi &
  typeof termsApi &
  typeof toolsApi &
  typeof tryingApi &
  typeof translateApi &
  typeof viewsApi &
  typeof webhooksApi

type Route = keyof Api & string
type Wire<Key extends Route> = OnTheWire<Api[Key]>

/** `'/offers/:id/claim'` → `'id'`. */
type Names<Path extends string> = Path extends `${string}:${infer Name}/${infer Tail}`
  ? Name | Names<`/${Tail}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

type Params<Key extends Route> = [Names<Key>] extends [never] ? object : { params: Record<Names<Key>, string | number> }
type Queries<Key extends Route> = Wire<Key>['query'] extends undefined
  ? object
  : { query?: Partial<Wire<Key>['query']> }
type Body<Key extends Route> = Wire<Key>['body'] extends undefined ? object : { body: Wire<Key>['body'] }
type Key<K extends Route> = Api[K] extends { idempotent: true } ? { key: string } : object

type Input<K extends Route> = Params<K> & Queries<K> & Body<K> & Key<K> & { signal?: AbortSignal }

/** Where nothing has to be given, the second argument may be left out. */
type Rest<K extends Route> = object extends Input<K> ? [input?: Input<K>] : [input: Input<K>]

/**
 * Calls a route of the contract: `call('POST /offers/:id/claim', { params: { id } })`.
 *
 * The answer is trusted, not parsed: the server that wrote the contract checks what it sends.
 * @throws ApiError with the server's problem document.
 */
export async function call<K extends Route>(route: K, ...[input]: Rest<K>): Promise<Wire<K>['reply']> {
  const [method = 'GET', path = '/'] = route.split(' ')
  // What may be given was checked where it was given; here the parts of any route will do.
  const parts = (input ?? {}) as {
    params?: Record<string, string>
    query?: Query
    body?: unknown
    key?: string
    signal?: AbortSignal
  }
  const { params, query, ...options } = parts
  return (await request(method, urlOf(path, params, query), options)) as Wire<K>['reply']
}
