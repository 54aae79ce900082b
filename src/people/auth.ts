import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { hashPassword } from 'better-auth/crypto'
import { betterAuth } from 'better-auth/minimal'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { authAccount, authSession, authTwoFactor, authUser, authVerification } from '../db/schema/identity.ts'
import { DAY, SECOND } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import { originsOf } from '../http/access.ts'
import { endSessions } from './devices.ts'
import { identityKeys } from './identity-keys.ts'

/**
 * The only file that knows better-auth, which does e-mail, password, session and second factor for us and nothing more.
 * Why it is here and how it is tamed: `docs/decisions/0002-identity.md`.
 */

/** A connection or a transaction, of whichever schema. */
type AnyDb = PgDatabase<PostgresJsQueryResultHKT, Record<string, unknown>>

export type SignedIn = {
  sessionId: string
  userId: string
  name: string
  email: string
  emailConfirmed: boolean
  /** Whether they have a second factor; then this session was begun, or went on, with a code of it. */
  twoFactor: boolean
  expiresAt: Date
}
export type EndedSession = Pick<SignedIn, 'sessionId' | 'userId'>

export type Auth = {
  answer: (request: Request) => Promise<Response>
  /** Whose session this cookie header carries; null when it carries none that is alive. */
  readSession: (cookie: string) => Promise<SignedIn | null>
  /** Calls back when a session is ended in this process by its owner. Returns how to stop listening. */
  onSessionEnd: (listener: (ended: EndedSession) => void) => () => void
}

const SESSION_MS = 14 * DAY
export const SHORTEST_PASSWORD = 10
const LONGEST_PASSWORD = 128
const CLIENT_ADDRESS = 'x-deputize-client'

type AuthDeps = {
  db: AnyDb
  baseUrl: string
  secret: string
  /** Earlier secrets: what they sealed still opens. */
  older?: readonly string[]
  logger: FastifyBaseLogger
}

export function createAuth(deps: AuthDeps): Auth {
  const listeners = new Set<(ended: EndedSession) => void>()
  const auth = betterAuth({
    appName: 'Deputize',
    baseURL: deps.baseUrl,
    secrets: identityKeys(deps.secret, deps.older),
    trustedOrigins: originsOf(deps.baseUrl),
    database: drizzleAdapter(deps.db, {
      provider: 'pg',
      transaction: true,
      schema: {
        ...{ user: authUser, session: authSession, account: authAccount },
        ...{ verification: authVerification, twoFactor: authTwoFactor },
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    // A session ends when it was said to end: no quiet prolonging, and no copy in a cookie that outlives the row.
    session: { expiresIn: SESSION_MS / SECOND, disableSessionRefresh: true, cookieCache: { enabled: false } },
    // No device is trusted beyond its session: the age of that trust is nought.
    plugins: [twoFactor({ trustDeviceMaxAge: 0 })],
    // Passwords and codes are counted by our own server, in our own shape (`registerAuth`); the rest by its defaults.
    rateLimit: {
      ...{ enabled: true, window: 60, max: 100 },
      customRules: { '/sign-in/email': false, '/two-factor/*': false },
    },
    databaseHooks: {
      user: {
        update: {
          // Sessions that began with a password alone end when a second factor begins; that of its owner begins anew.
          after: async ({ id, twoFactorEnabled }: { id: string; twoFactorEnabled?: unknown }) => {
            if (twoFactorEnabled === true) await endSessions(deps.db, id, { all: true })
          },
        },
      },
      session: {
        delete: {
          after: async ({ id, userId }) => {
            for (const listener of listeners) listener({ sessionId: id, userId })
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'deputize',
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
      // Said aloud because its default is off where NODE_ENV is `test`.
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      disableColors: true,
      log: (level, message, ...rest) => noted(deps.logger, level, message, rest),
    },
  })
  return {
    answer: auth.handler,
    readSession: async (cookie) => {
      const found = await auth.api.getSession({ headers: new Headers({ cookie }) })
      if (!found) return null
      const { user, session } = found
      return {
        sessionId: session.id,
        userId: user.id,
        name: user.name,
        email: user.email,
        emailConfirmed: user.emailVerified,
        twoFactor: user.twoFactorEnabled === true,
        expiresAt: session.expiresAt,
      }
    },
    onSessionEnd: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Its messages are fixed sentences; what it appends may be an e-mail address, so only errors are kept of that. */
function noted(logger: FastifyBaseLogger, level: string, message: string, rest: unknown[]): void {
  const err = rest.find((each) => each instanceof Error)
  logger[level === 'error' ? 'error' : 'warn'](err ? { err } : {}, `identity: ${message}`)
}

/** What of better-auth is reachable from outside; the rest of its endpoints stay shut. */
const OPEN = [
  ['POST', '/sign-in/email'],
  ['POST', '/sign-out'],
  ['GET', '/get-session'],
  ['POST', '/change-password'],
  ['POST', '/two-factor/enable'],
  ['POST', '/two-factor/verify-totp'],
  ['POST', '/two-factor/verify-backup-code'],
  ['POST', '/two-factor/generate-backup-codes'],
  ['POST', '/two-factor/disable'],
] as const

/** Where a password or a code may be guessed. */
const GUESSED = /^\/(sign-in|two-factor|change-password)/

/** Mounts sign-in and its kin below `/api/auth`. Their errors keep better-auth's own shape, `{code, message}`. */
export async function registerAuth(
  app: FastifyInstance,
  auth: Auth,
  baseUrl: string,
  signInsPerMinute = 20,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string' },
      async (_request: unknown, body: string) => body,
    )
    for (const [method, path] of OPEN) {
      const rateLimit = GUESSED.test(path) ? { max: signInsPerMinute, timeWindow: 60 * SECOND } : undefined
      scope.route({
        method,
        url: `/api/auth${path}`,
        schema: { hide: true },
        ...(rateLimit && { config: { rateLimit } }),
        handler: async (request, reply) => {
          const response = await auth.answer(toWebRequest(request, baseUrl))
          reply.code(response.status).header('cache-control', 'no-store')
          for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
          // One header per cookie: joined by commas they would be one broken cookie.
          const cookies = response.headers.getSetCookie()
          if (cookies.length > 0) reply.header('set-cookie', cookies)
          return reply.send(await response.text())
        },
      })
    }
  })
}

function toWebRequest(request: FastifyRequest, baseUrl: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers.set(name, String(value))
  // Overwrites what a caller may have put there to be counted as somebody else.
  headers.set(CLIENT_ADDRESS, request.ip)
  const { method, body } = request
  return new Request(new URL(request.url, baseUrl), { method, headers, ...(typeof body === 'string' && { body }) })
}

const NewUser = z.object({
  email: z.email().transform((email) => email.toLowerCase()),
  name: z.string().trim().min(1).max(100),
  password: z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD).nullable(),
  /** False: mails with links that open their account wait until they have confirmed the address. */
  emailConfirmed: z.boolean().default(true),
})

/**
 * Makes somebody who can sign in, inside the caller's transaction if it gives one. Nobody can do this from outside.
 * Password null: they exist, and cannot sign in until `setPassword`.
 *
 * @returns the user's id
 * @throws DomainError `invalid`, or `conflict` when the address is taken
 */
export async function createUser(db: AnyDb, input: z.input<typeof NewUser>): Promise<string> {
  const parsed = NewUser.safeParse(input)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new DomainError('invalid', `This user cannot be made. ${faults.join('; ')}.`)
  }
  const { email, name, password, emailConfirmed } = parsed.data
  const [user] = await db
    .insert(authUser)
    .values({ id: newId(), email, name, emailVerified: emailConfirmed })
    .onConflictDoNothing({ target: authUser.email })
    .returning({ id: authUser.id })
  if (!user) throw new DomainError('conflict', `Somebody with the address ${email} exists already.`)
  if (password !== null) await setPassword(db, user.id, password)
  return user.id
}

/**
 * Sets or replaces a password and ends the user's sessions, in whichever process.
 * @throws DomainError `invalid` when it is too short or too long
 */
export async function setPassword(db: AnyDb, userId: string, password: string): Promise<void> {
  if (!NewUser.shape.password.safeParse(password).success) {
    throw new DomainError('invalid', `A password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`)
  }
  const hash = await hashPassword(password)
  await db
    .insert(authAccount)
    .values({ id: newId(), userId, providerId: 'credential', accountId: userId, password: hash })
    .onConflictDoUpdate({
      target: [authAccount.providerId, authAccount.accountId],
      set: { password: hash, updatedAt: new Date() },
    })
  await endSessions(db, userId, { all: true })
}
