import { z } from 'zod'
import type { ConnectorDeps, Linked, LinkingWay } from '../catalogue.ts'
import { readSettings, serverUrl } from '../catalogue.ts'
import type { Grant } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { fullHandle } from './listen.ts'
import { writeToken } from './session.ts'
import { askServer } from './xrpc.ts'

export const MAIN_SERVER = 'https://bsky.social'

/** A session that an app password opened. `refresh` is spent by being used. */
const Secret = z.object({
  did: z.string(),
  server: z.string(),
  access: z.string(),
  refresh: z.string(),
})
type Secret = z.infer<typeof Secret>

const Opened = z.object({
  did: z.string().startsWith('did:'),
  handle: z.string(),
  accessJwt: z.string(),
  refreshJwt: z.string(),
  didDoc: z.unknown().optional(),
})

const Form = z.object({
  handle: z.string().trim().min(1),
  password: z.string().trim().min(1),
  server: z
    .string()
    .trim()
    .transform((server) => server || MAIN_SERVER)
    .pipe(serverUrl)
    .default(MAIN_SERVER),
})

/** For servers without OAuth, and for those who cannot be reached by a browser. */
export const appPassword: Extract<LinkingWay, { way: 'form' }> = {
  way: 'form',
  label: 'With an app password',
  fields: [
    { name: 'handle', label: 'Handle', help: 'As others see it, such as name.bsky.social.' },
    {
      name: 'password',
      label: 'App password',
      help: 'Made in Bluesky under Settings, Privacy and security, App passwords. Not the password of the account.',
      secret: true,
    },
    {
      name: 'server',
      label: 'Server',
      help: 'Where the account lives; leave it as it is unless you know that it is another.',
      optional: true,
      initial: MAIN_SERVER,
    },
  ],
  link,
  refresh,
  tokenOf: (grant) => {
    const { did, server, access } = Secret.parse(JSON.parse(grant.secret))
    return writeToken({ did, server, access })
  },
}

async function link(values: Record<string, string>, deps: ConnectorDeps, signal: AbortSignal): Promise<Linked> {
  const { handle, password, server } = readSettings(Form, values, 'This account cannot be linked.')
  const input = { identifier: handle.startsWith('did:') ? handle : fullHandle(handle), password }
  const answer = await askServer(deps, server, { method: 'com.atproto.server.createSession', input, signal })
  const opened = readAnswer(Opened, answer)
  return { account: { id: opened.did, handle: opened.handle }, grant: grantOf(opened, server) }
}

/** @throws ConnectorError `auth` when the session is over: its password was taken back, or it was not used for months */
async function refresh(grant: Grant, deps: ConnectorDeps, signal: AbortSignal): Promise<Grant> {
  const { server, refresh } = Secret.parse(JSON.parse(grant.secret))
  const method = 'com.atproto.server.refreshSession'
  const answer = await askServer(deps, server, { method, input: null, signal }, `Bearer ${refresh}`)
  return grantOf(readAnswer(Opened, answer), server)
}

function grantOf({ did, accessJwt, refreshJwt, didDoc }: z.infer<typeof Opened>, asked: string): Grant {
  const secret: Secret = { did, server: homeIn(didDoc) ?? asked, access: accessJwt, refresh: refreshJwt }
  return { secret: JSON.stringify(secret), expiresAt: expiryOf(accessJwt), scopes: [] }
}

/** The server that an account's own document names; bsky.social spreads its accounts over many. */
function homeIn(didDoc: unknown): string | null {
  const services = z
    .object({ service: z.array(z.object({ id: z.string(), serviceEndpoint: serverUrl }).nullable().catch(null)) })
    .safeParse(didDoc).data?.service
  return services?.find((service) => service?.id.endsWith('#atproto_pds'))?.serviceEndpoint ?? null
}

/** When a JWT (RFC 7519) says that it ends; null when it says nothing. */
function expiryOf(jwt: string): Date | null {
  try {
    const { exp } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')) as { exp?: unknown }
    return typeof exp === 'number' ? new Date(exp * 1000) : null
  } catch {
    return null
  }
}
