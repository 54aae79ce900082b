import type { NodeOAuthClient, NodeSavedSession, NodeSavedState } from '@atproto/oauth-client-node'
import { z } from 'zod'
import { type ConnectorDeps, type LinkingWay, readSettings, serverUrl } from '../catalogue.ts'
import { ConnectorError, type Grant, type Linking } from '../connector.ts'
import { MAIN_SERVER } from './app-password.ts'
import { CLIENT_PATH, clientMetadata, isLoopback, kidOf, nameOf, newKey } from './client.ts'
import { sortedFault } from './oauth-faults.ts'
import { libraryFetch } from './oauth-fetch.ts'
import { PrivateKey, writeToken } from './session.ts'

const App = z.strictObject({
  /** Where people sign in; an account of another server is linked by an app password. */
  server: serverUrl.default(MAIN_SERVER),
  plcDirectory: serverUrl.default('https://plc.directory'),
  /** Makes a client of its own, whose links last; see `clientMetadata`. */
  key: PrivateKey.optional(),
})
type App = z.infer<typeof App>

/** The library's own session, and the redirect that our name at the server follows from. */
const Secret = z.object({
  redirectUri: z.string(),
  session: z.object({
    dpopJwk: PrivateKey.loose(),
    authMethod: z.unknown(),
    tokenSet: z.looseObject({
      iss: z.string(),
      sub: z.string(),
      aud: z.string(),
      scope: z.string(),
      access_token: z.string(),
      expires_at: z.string().optional(),
    }),
  }),
})

export const oauth: Extract<LinkingWay, { way: 'redirect' }> = {
  way: 'redirect',
  label: 'With Bluesky',
  app: [],
  // Nobody has to be asked: the key is our own, and servers read its public half from us.
  register: async (_instance, redirectUri) => (isLoopback(redirectUri) ? {} : { key: newKey() }),
  client: { path: CLIENT_PATH, document: clientMetadata },
  open: (settings, deps) => linking(readSettings(App, settings ?? {}, 'Bluesky cannot be set up.'), deps),
}

function linking(app: App, deps: ConnectorDeps): Linking {
  return {
    begin: ({ redirectUri, state, signal }) =>
      withLibrary(app, deps, redirectUri, signal, async (library) => {
        // The library would draw a state of its own; the core has drawn one, and checks that one.
        library.client.runtime.generateNonce = async () => state
        const url = await library.client.authorize(app.server, { signal })
        return { url: url.href, keep: JSON.stringify({ state, saved: await library.state.get(state) }) }
      }),

    finish: ({ redirectUri, params, keep, signal }) =>
      withLibrary(app, deps, redirectUri, signal, async (library) => {
        const { state, saved } = JSON.parse(keep) // as `begin` wrote it
        await library.state.set(state, saved)
        const { session } = await library.client.callback(new URLSearchParams(params))
        const { did, handle } = await library.client.identityResolver.resolve(session.did, { signal })
        return { account: { id: did, handle }, grant: grantOf(redirectUri, await library.session.get(did)) }
      }),

    refresh: (grant, signal) =>
      withSession(app, deps, grant, signal, async (library, did) => {
        await library.client.restore(did, true)
        return grantOf(secretIn(grant).redirectUri, await library.session.get(did))
      }),

    tokenOf: (grant) => {
      const { dpopJwk, tokenSet } = secretIn(grant).session
      return writeToken({ did: tokenSet.sub, server: tokenSet.aud, access: tokenSet.access_token, key: dpopJwk })
    },

    revoke: (grant, signal) => withSession(app, deps, grant, signal, (library, did) => library.client.revoke(did)),
  }
}

function withSession<T>(
  app: App,
  deps: ConnectorDeps,
  grant: Grant,
  signal: AbortSignal,
  act: (library: Library, did: string) => Promise<T>,
): Promise<T> {
  const { redirectUri, session } = secretIn(grant)
  const did = session.tokenSet.sub
  return withLibrary(app, deps, redirectUri, signal, async (library) => {
    await library.session.set(did, session as unknown as NodeSavedSession) // as `grantOf` wrote it
    return act(library, did)
  })
}

/** The library with room for one attempt and one session: the core keeps both, and locks while one is renewed. */
type Library = { client: NodeOAuthClient; state: Place<NodeSavedState>; session: Place<NodeSavedSession> }
type Place<T> = ReturnType<typeof place<T>>

function place<T>() {
  const kept = new Map<string, T>()
  return {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: T) => void kept.set(key, value),
    del: async (key: string) => void kept.delete(key),
  }
}

/** @throws ConnectorError */
async function withLibrary<T>(
  app: App,
  deps: ConnectorDeps,
  redirectUri: string,
  signal: AbortSignal,
  act: (library: Library) => Promise<T>,
): Promise<T> {
  // Loaded by those who link or renew, and by nobody else: it weighs 31 MB.
  const { JoseKey, NodeOAuthClient } = await import('@atproto/oauth-client-node')
  const metadata = clientMetadata(redirectUri, nameOf(app.key))
  if (!metadata) throw new Error('The client has no name.')
  if (!isLoopback(redirectUri) && !redirectUri.startsWith('https://'))
    throw new ConnectorError(
      'refused',
      'Bluesky sends people back to an https address, or on this machine to http://127.0.0.1: open the product there.',
    )
  const isConfidential = metadata.token_endpoint_auth_method === 'private_key_jwt'
  const [state, session] = [place<NodeSavedState>(), place<NodeSavedSession>()]
  const client = new NodeOAuthClient({
    // The library's types want each address as a template; its own schema checks them.
    clientMetadata: metadata as unknown as ConstructorParameters<typeof NodeOAuthClient>[0]['clientMetadata'],
    ...(isConfidential &&
      app.key && { keyset: [await JoseKey.fromJWK({ ...app.key, alg: 'ES256' }, kidOf(app.key.x))] }),
    stateStore: state,
    sessionStore: session,
    allowHttp: app.server.startsWith('http://'),
    handleResolver: app.server,
    plcDirectoryUrl: app.plcDirectory,
    fetch: libraryFetch(deps, signal),
    requestLock: async (_name, act) => act(),
  })
  // What our own DPoP proofs are signed with, whatever else a server would take.
  const createKey = client.runtime.generateKey
  client.runtime.generateKey = () => createKey.call(client.runtime, ['ES256'])
  try {
    return await act({ client, state, session })
  } catch (error) {
    throw await sortedFault(error, deps.clock.now())
  }
}

const secretIn = ({ secret }: Grant) => Secret.parse(JSON.parse(secret))

function grantOf(redirectUri: string, session: NodeSavedSession | undefined): Grant {
  if (!session) throw new ConnectorError('bad-response', 'The network gave no session.')
  const { scope, expires_at } = session.tokenSet
  return {
    secret: JSON.stringify({ redirectUri, session }),
    expiresAt: expires_at === undefined ? null : new Date(expires_at),
    scopes: scope.split(' '),
  }
}
