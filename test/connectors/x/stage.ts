import type { Meter } from '../../../connectors/connector.ts'
import { XSettings } from '../../../connectors/x/settings.ts'
import { xConnector } from '../../../connectors/x/x.ts'
import { SECOND } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { conformanceTo } from '../conformance.ts'
import { type Heard, openFaultyServer, type Said } from '../faulty-server.ts'
import { fixedClock, type Stage } from '../stage.ts'
import { openApi, type XRules } from './api.ts'
import { openOauth } from './oauth.ts'
import { openWorld } from './world.ts'

/** X's search leaves out the last half minute. */
const UNTIL_FOUND = 31 * SECOND

/** X's two descriptions of itself. */
const descriptions = {
  tweet: await conformanceTo('specs/x/openapi-2.165-tweet-names.json'),
  post: await conformanceTo('specs/x/openapi-2.167-post-names.json'),
}

function faultOf(check: () => void): string | null {
  try {
    check()
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/**
 * A simulated X as a real HTTP service on loopback. Each request and each 2xx answer is held against X's published
 * description: a request it would not take is a 400 here, an answer it does not know is the simulator's own fault.
 */
export async function openX(options: Partial<XRules> & { settings?: Partial<XSettings> } = {}) {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const world = openWorld(clock)
  const oauth = openOauth(clock)
  const rules: XRules = {
    vocabulary: 'tweet',
    appToken: 'app-bearer',
    summonedOnly: false,
    longestQuery: options.summonedOnly ? 512 : 4096,
    limit: 1_000_000,
    rateHeaders: true,
    ...options,
  }
  const api = openApi(world, oauth, rules)
  const described = descriptions[rules.vocabulary]
  const heard: Heard[] = []
  const faults: string[] = []
  let answers: ((request: Heard, said: Said) => Said) | null = null
  const server = await openFaultyServer(
    (request) => {
      heard.push(request)
      const wrong = faultOf(() => described?.request(request))
      if (wrong !== null) {
        faults.push(wrong)
        return { status: 400, body: { title: 'Invalid Request', detail: wrong, type: 'about:blank', status: 400 } }
      }
      const said = oauth.answer(request) ?? api.answer(request)
      const bug = faultOf(() => described?.answer(request, said))
      if (bug !== null) {
        faults.push(bug)
        return { status: 500, body: { simulatorBug: bug } }
      }
      return answers?.(request, said) ?? said
    },
    undefined,
    clock,
  )
  const brand = world.person('lumenor', 900)
  const [author, helper] = [world.person('ana'), world.person('mia')]
  const granted = oauth.issue(helper, ['tweet.read', 'tweet.write', 'users.read', 'offline.access'])
  const settings = XSettings.parse({
    bearerToken: rules.appToken,
    handle: brand.username,
    access: rules.summonedOnly ? 'self-serve' : 'enterprise',
    vocabulary: rules.vocabulary,
    baseUrl: server.baseUrl,
    ...options.settings,
  })
  const charged = { microUsd: 0, requests: 0, rates: [] as Parameters<Meter['rate']>[0][] }
  const meter: Meter = {
    request: () => {
      charged.requests += 1
    },
    rate: (rate) => void charged.rates.push(rate),
    charge: (microUsd) => {
      charged.microUsd += microUsd
    },
  }
  const made = (text: string, more: Parameters<typeof world.post>[2] = {}) => {
    const entry = world.post(author, text, more)
    clock.pass(UNTIL_FOUND)
    return entry
  }
  const entryOf = (id: string) => world.at(id) ?? world.post(author, 'nowhere')

  const stage: Stage = {
    connector: (over = {}) => xConnector(settings, { fetch, random: systemRandom, clock, meter, ...over }),
    clock,
    post: async (text, { answers: to } = {}) => made(text, { replyTo: to ?? null }).versions[0]!.id,
    remove: async (id) => {
      entryOf(id).removed = true
    },
    edit: async (id, text) => {
      world.edit(entryOf(id), text)
      clock.pass(UNTIL_FOUND)
    },
    like: async (id) => {
      entryOf(id).likes += 1
    },
    postLate: async (text, afterMs) => {
      const entry = made(text)
      entry.foundFrom += afterMs
      return entry.versions[0]!.id
    },
    answersTo: async (id) =>
      world.answersTo(entryOf(id)).map(({ versions, author: by }) => ({
        id: versions[0]!.id,
        text: versions.at(-1)!.text,
        by: by.username,
      })),
    as: { handle: helper.username, token: JSON.stringify({ id: helper.id, token: granted.access_token }) },
    failNext: server.failNext,
    requests: server.requests,
    ref: (id) => ({ network: 'x', instance: 'x.com', id }),
    close: server.close,
  }
  return {
    ...stage,
    world,
    oauth,
    settings,
    charged,
    brand,
    author,
    helper,
    made,
    heard,
    /** What X's description found wrong with requests and answers. */
    faults,
    described: described !== null,
    tokens: server.tokens,
    /** Answers changed on their way. */
    meddle: (change: typeof answers) => {
      answers = change
    },
  }
}
export type XStage = Awaited<ReturnType<typeof openX>>
