import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { type Clock, HOUR } from '../../../src/domain/clock.ts'
import { newWatch, type Pace, reactDue, USUAL_PACE } from './authors.ts'
import { type Network, NetworkRefusal } from './commands.ts'
import { composer } from './compose.ts'
import { type Faults, injectFaults } from './faults.ts'
import { type Allowance, meter, USUAL_ALLOWANCE } from './gate.ts'
import { openJournal } from './journal.ts'
import { oauthRoutes } from './oauth-routes.ts'
import { latestPage, PAGE_POLICY, threadPage } from './page.ts'
import { playDue, resume, setSpeed } from './play.ts'
import { networkRoutes } from './routes.ts'
import { arrange, asScript, type ScriptPost } from './script.ts'
import { apply, emptyState, type State } from './store.ts'

export type SandboxOptions = {
  /** The file that keeps the network between runs; null keeps it in memory. */
  journal: string | null
  clock: Clock
  /** Posts the network plays by itself, and how many a minute when it starts for the first time (0: paused). */
  posts?: ScriptPost[]
  perMinute?: number
  /** How often to look for what is due, in milliseconds; null leaves it to the caller's `tick`. */
  tickMs?: number | null
  pace?: Pace
  allowance?: Allowance
  /** How long what an account allowed lasts before it has to be refreshed. An hour unless said. */
  accessMs?: number
  /** Tests only. */
  faults?: Faults
  /** Tests only: how long after its making a post turns up in searches. */
  indexDelayMs?: (id: string) => number
}

export type SandboxNetwork = {
  app: FastifyInstance
  /** `app` reads everything, for the brand's source; `operator` makes accounts and sets the speed. Kept in the journal. */
  tokens: { app: string; operator: string }
  /** Does what is due now: scripted posts, and what simulated authors make of the answers they got. */
  tick: () => void
  /** Starts serving and ticking; port 0 picks a free one. Resolves to the base URL. */
  listen: (port: number, host?: string) => Promise<string>
  close: () => Promise<void>
}

/** A social network in a box: a real HTTP service with made-up people, for the demo, for trying rules and for tests. */
export async function openSandboxNetwork(options: SandboxOptions): Promise<SandboxNetwork> {
  const { clock, tickMs = 500, pace = USUAL_PACE } = options
  const { events, journal } = openJournal(options.journal)
  const state = emptyState()
  for (const event of events) apply(state, event)
  const network: Network = {
    state,
    clock,
    commit: (event) => {
      journal.append(event)
      apply(state, event)
    },
  }
  const tokens = state.tokens ?? { app: newToken('app'), operator: newToken('operator') }
  if (!state.tokens) network.commit({ e: 'tokens', ...tokens })
  if (state.play) resume(network)
  else setSpeed(network, options.perMinute ?? 0)

  const script = asScript(arrange(options.posts ?? []))
  const watch = newWatch()
  const tick = () => {
    playDue(network, script)
    reactDue(network, watch, pace)
  }

  const app = Fastify({ forceCloseConnections: true, bodyLimit: 1_000_000 })
  // Its answers are of its own time, which in tests is another than the machine's.
  app.addHook('onRequest', async (_request, reply) => void reply.header('date', clock.now().toUTCString()))
  if (options.faults) injectFaults(app, options.faults)
  answerErrors(app)
  pages(app, state)
  await app.register(composer(network))
  const delay = options.indexDelayMs
  await app.register(
    networkRoutes({
      network,
      meter: meter(options.allowance ?? USUAL_ALLOWANCE),
      isIndexed: (post) => !delay || clock.now().getTime() >= post.at + delay(post.id),
    }),
    { prefix: '/api' },
  )

  await app.register(oauthRoutes({ network, accessMs: options.accessMs ?? HOUR }), { prefix: '/oauth' })

  let timer: NodeJS.Timeout | undefined
  return {
    app,
    tokens,
    tick,
    listen: async (port, host = '127.0.0.1') => {
      const url = await app.listen({ port, host })
      if (tickMs !== null) timer = setInterval(tick, tickMs)
      return url
    },
    close: async () => {
      clearInterval(timer)
      await app.close()
      journal.close()
    },
  }
}

const newToken = (kind: string) => `sandbox_${kind}_${randomBytes(18).toString('base64url')}`

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: unknown, _request, reply) => {
    const status =
      error instanceof NetworkRefusal ? error.status : ((error as { statusCode?: number }).statusCode ?? 500)
    const code = error instanceof NetworkRefusal ? error.code : status < 500 ? 'invalid' : 'broken'
    const message = status < 500 && error instanceof Error ? error.message : 'The network made a mistake'
    return reply.code(status).send({ error: { code, message } })
  })
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: { code: 'no-such-route', message: 'There is nothing here' } }),
  )
}

function pages(app: FastifyInstance, state: State): void {
  const headers = {
    'content-security-policy': PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }
  app.get('/', async (_request, reply) =>
    reply.headers(headers).type('text/html; charset=utf-8').send(latestPage(state)),
  )
  app.get<{ Params: { id: string } }>('/pictures/:id', async (request, reply) => {
    const picture = state.pictures.get(request.params.id)
    if (!picture) throw new NetworkRefusal(404, 'no-such-picture', 'There is no such picture')
    return reply
      .headers({ ...headers, 'content-security-policy': `default-src 'none'` })
      .type(picture.type)
      .send(Buffer.from(picture.data, 'base64'))
  })
  app.get<{ Params: { id: string } }>('/posts/:id', async (request, reply) => {
    const page = threadPage(state, request.params.id)
    if (page === null) throw new NetworkRefusal(404, 'no-such-post', 'There is no such post')
    return reply.headers(headers).type('text/html; charset=utf-8').send(page)
  })
}
