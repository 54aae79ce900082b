import { constants, createHash, generateKeyPairSync, privateDecrypt } from 'node:crypto'
import { z } from 'zod'
import { type ConnectorDeps, type LinkingWay, readSettings, serverUrl } from '../catalogue.ts'
import { ConnectorError, type Linking } from '../connector.ts'
import { call } from '../http.ts'
import { readAnswer } from '../reading.ts'
import { ask, saying } from './http.ts'
import { Session } from './shapes.ts'

const App = z.strictObject({ baseUrl: serverUrl })
const Kept = z.object({ privateKey: z.string(), nonce: z.string() })
const Payload = z.object({ key: z.string().min(1), nonce: z.string() })
const Current = z.object({ current_user: z.object({ id: z.number(), username: z.string().min(1) }) })
const User = z.object({ user: z.object({ id: z.number(), username: z.string().min(1) }) })

/**
 * A person's own key, by the forum's User API Key flow: we send a fresh public key, the forum sends the person back with
 * their key encrypted for it. What comes back without our `state` and nonce is refused.
 */
export const userKeyLinking: LinkingWay = {
  way: 'redirect',
  label: 'Sign in at the forum',
  app: [],
  async register(instance) {
    return { baseUrl: /^https?:\/\//.test(instance) ? instance.replace(/\/+$/, '') : `https://${instance}` }
  },
  open: (app, deps) => linking(readSettings(App, app, 'This forum cannot be used.').baseUrl, deps),
}

function linking(baseUrl: string, deps: ConnectorDeps): Linking {
  return {
    async begin({ redirectUri, state }) {
      const { publicKey, privateKey } = generateKeyPairSync('rsa', {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      })
      const nonce = deps.random(16).toString('hex')
      const back = new URL(redirectUri)
      back.searchParams.set('state', state)
      const url = new URL(`${baseUrl}/user-api-key/new`)
      url.search = new URLSearchParams({
        application_name: 'Deputize',
        client_id: createHash('sha256').update(redirectUri).digest('hex').slice(0, 32),
        scopes: 'read,write',
        public_key: publicKey,
        nonce,
        auth_redirect: back.toString(),
        padding: 'oaep',
      }).toString()
      return { url: url.toString(), keep: JSON.stringify({ privateKey, nonce }) }
    },
    async finish({ params, keep, signal }) {
      const { privateKey, nonce } = Kept.parse(JSON.parse(keep))
      const key = decrypt(params.payload ?? '', privateKey, nonce)
      const headers = { 'user-api-key': key }
      const answer = await call(
        { ...deps, saying },
        { method: 'GET', url: `${baseUrl}/session/current.json`, headers, signal },
      )
      const { current_user: user } = readAnswer(Current, answer)
      const session: Session = { baseUrl, username: user.username, kind: 'user', key }
      return {
        account: { id: `${user.id}`, handle: user.username },
        grant: { secret: JSON.stringify(session), expiresAt: null, scopes: ['read', 'write'] },
      }
    },
    refresh: null,
    tokenOf: ({ secret }) => secret,
    async revoke({ secret }, signal) {
      const session = Session.parse(JSON.parse(secret))
      await ask(deps, session, { method: 'POST', path: '/user-api-key/revoke', body: {}, signal })
    },
  }
}

/** @throws ConnectorError `refused` when it was not made for this attempt */
function decrypt(payload: string, privateKey: string, nonce: string): string {
  try {
    const encrypted = Buffer.from(payload, 'base64')
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    const read = Payload.parse(JSON.parse(privateDecrypt({ key: privateKey, padding }, encrypted).toString('utf8')))
    if (read.nonce === nonce) return read.key
  } catch {
    // Said below: whatever was wrong with it, it is not the answer to this attempt.
  }
  throw new ConnectorError('refused', 'What the forum sent back was not made for this attempt; nothing was linked.')
}

/** A key made by an administrator of the forum, for the brand's account. */
export const adminKeyLinking: LinkingWay = {
  way: 'form',
  label: 'API key of an administrator',
  brandOnly: true,
  fields: [
    { name: 'baseUrl', label: 'Forum', help: 'Such as https://community.example' },
    {
      name: 'username',
      label: 'User',
      help: 'Whom the key acts as: the brand’s account, who reads only what all may read.',
    },
    { name: 'key', label: 'API key', help: 'Admin → API → New API Key, for this single user.', secret: true },
  ],
  async link(values, deps, signal) {
    const entered = readSettings(
      z.strictObject({ baseUrl: serverUrl, username: z.string().min(1), key: z.string().min(1) }),
      values,
      'The account cannot be linked.',
    )
    const session: Session = { ...entered, kind: 'admin' }
    const path = `/u/${encodeURIComponent(entered.username)}.json`
    const { user } = readAnswer(User, await ask(deps, session, { method: 'GET', path, signal }))
    return {
      account: { id: `${user.id}`, handle: user.username },
      grant: { secret: JSON.stringify({ ...session, username: user.username }), expiresAt: null, scopes: [] },
    }
  },
  refresh: null,
  tokenOf: ({ secret }) => secret,
}
