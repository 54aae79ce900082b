import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { StartError } from './domain/errors.ts'

const oneOf = <const Words extends [string, ...string[]]>(...words: Words) =>
  z.enum(words, { error: `is none of ${words.join(', ')}` })

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `is not a whole number from ${least} to ${most}`,
    })
    .transform(Number)

const address = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)), {
    error: `is not an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  })

/** An address without a path, as browsers send it in `Origin`. */
const origin = address('http', 'https')
  .refine((text) => !URL.canParse(text) || new URL(text).pathname === '/', {
    error: 'has a path; give the origin only',
  })
  .transform((text) => new URL(text).origin)

const oldSecrets = (text: string) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)

type About = { description: string; example: string; secret?: true }

const variable = <T>(schema: z.ZodType<T, string>, initial: string, about: About) =>
  schema.prefault(initial).meta({ ...about, initial })

const optional = <T>(schema: z.ZodType<T, string>, about: About) => schema.optional().meta({ ...about, initial: null })

/** Every variable, in the order of `.env.example`. */
const Env = z.object({
  PORT: variable(wholeNumber(0, 65_535), '4600', {
    description: 'Port of the web page and the API; 0 takes any free one.',
    example: '8080',
  }),
  HOST: variable(z.string(), '127.0.0.1', {
    description: 'Address to listen on; 0.0.0.0 for every interface.',
    example: '0.0.0.0',
  }),
  BASE_URL: optional(origin, {
    description: 'The address people type, when it is not the one listened on. Sign-in is refused from any other.',
    example: 'https://deputize.example.com',
  }),
  TRUST_PROXY: optional(z.string(), {
    description: 'Reverse proxies whose X-Forwarded-For is believed: addresses or networks, by commas.',
    example: '10.0.0.0/8',
  }),
  ALLOW_PRIVATE_HOSTS: optional(z.string(), {
    description:
      'Addresses of a private network that sources may ask all the same: host or host:port, by commas. Others are refused.',
    example: 'forum.internal,10.0.0.7:8080',
  }),
  DATABASE_URL: optional(address('postgres', 'postgresql'), {
    description: 'PostgreSQL 15 or newer. Absent: the embedded database, in the data folder.',
    example: 'postgres://deputize:secret@db:5432/deputize',
    secret: true,
  }),
  REDIS_URL: optional(address('redis', 'rediss'), {
    description: 'Redis 7 or newer for the queues. Absent: the queues live in PostgreSQL.',
    example: 'redis://redis:6379/0',
    secret: true,
  }),
  DATA_DIR: variable(z.string(), './data', {
    description: 'Folder of the embedded database and of what is made on first start.',
    example: '/var/lib/deputize',
  }),
  SECRET: optional(z.string().min(32, { error: 'is shorter than 32 characters' }), {
    description:
      'Signs sessions, 32 characters or more. Absent: made on first start and kept. Shared by all processes.',
    // Too short on purpose: copied as it stands, it is refused.
    example: '$(openssl rand -hex 32)',
    secret: true,
  }),
  SECRETS_OLD: optional(
    z.string().refine((text) => oldSecrets(text).every((one) => one.length >= 32), {
      error: 'holds one that is shorter than 32 characters',
    }),
    {
      description:
        'Earlier values of SECRET, by commas: what they sealed still opens, until "deputize secrets rotate".',
      example: 'what-was-SECRET-before-this-one-was',
      secret: true,
    },
  ),
  MAIL_URL: optional(address('smtp', 'smtps'), {
    description:
      'The mail server, with user and password in it. Absent: links are shown on screen, and no mail is sent.',
    example: 'smtp://user:password@mail.example.com:587',
    secret: true,
  }),
  MAIL_FROM: optional(
    z.string().regex(/^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/, { error: 'is no address to send from' }),
    {
      description: 'Whom mails are from; needed with MAIL_URL.',
      example: 'Deputize <deputize@example.com>',
    },
  ),
  TRANSLATE_URL: optional(address('http', 'https'), {
    description:
      'A LibreTranslate server that translates posts for readers. Absent: only browsers that can do so themselves.',
    example: 'http://translate:5000',
  }),
  TRANSLATE_KEY: optional(z.string(), {
    description: 'What that server asks for as a key, if it does.',
    example: 'a-key-of-the-translation-server',
    secret: true,
  }),
  LOG_LEVEL: variable(oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), 'info', {
    description: 'The least that is logged: trace, debug, info, warn, error, fatal or silent.',
    example: 'debug',
  }),
  DEMO: variable(oneOf('on', 'off', 'auto'), 'auto', {
    description: 'A fictional brand with people and posts: on, off, or auto (only with the embedded database).',
    example: 'off',
  }),
  DEMO_POSTS_PER_MINUTE: variable(wholeNumber(0, 6_000), '12', {
    description: 'How fast the posts of the demo flow in; 0 stops them.',
    example: '60',
  }),
  AUTO_MIGRATE: variable(oneOf('on', 'off'), 'on', {
    description: 'Bring the database up to date on start: on or off.',
    example: 'off',
  }),
  WORK_CONCURRENCY: variable(wholeNumber(1, 64), '4', {
    description: 'Jobs of each queue that one process works on at once.',
    example: '8',
  }),
  REQUESTS_PER_MINUTE: variable(wholeNumber(60, 1_000_000), '1200', {
    description: 'What each process answers one address in a minute; an office behind one address wants more.',
    example: '6000',
  }),
  DEPUTIZE_MODEL: optional(z.string(), {
    description: 'Weights of the classifier to use instead of those that ship; made by "npm run train".',
    example: '/etc/deputize/research.bin',
  }),
  DEPUTIZE_FAULT: optional(z.string().regex(/^[\w.-]+(:[1-9]\d*)?$/, { error: 'is not a fault point' }), {
    description: 'For tests only: kill this process when it reaches a named point, the first or nth time.',
    example: 'reply.sent:2',
  }),
  DEPUTIZE_HASTE: variable(wholeNumber(1, 100), '1', {
    description:
      'For tests only: everything that waits (pulse, locks of jobs, silences) waits this many times shorter.',
    example: '20',
  }),
})

type Name = keyof typeof Env.shape
const NAMES = Object.keys(Env.shape) as Name[]

export type ConfigRow = { name: Name; description: string; initial: string | null; example: string; secret: boolean }

/** Every variable as a person needs to know it. `initial` null: absent unless set. Secrets may come as `NAME_FILE`. */
export function describeConfig(): ConfigRow[] {
  return NAMES.map((name) => {
    // Both builders above put exactly this there.
    const about = Env.shape[name].meta() as unknown as About & { initial: string | null }
    return { name, ...about, secret: about.secret === true }
  })
}

/** The text of `.env.example`: every variable, commented out, showing what holds when it stays so. */
export function envExample(): string {
  const blocks = describeConfig().map(({ name, description, initial, example, secret }) =>
    [
      `# ${description}`,
      ...(secret ? [`# Or ${name}_FILE=/path/to/a/file that holds it.`] : []),
      `# ${name}=${initial ?? example}`,
    ].join('\n'),
  )
  return `# Nothing here is required. Remove the mark before a line and change its value to set it.\n\n${blocks.join('\n\n')}\n`
}

export type Config = ReturnType<typeof toConfig>

function toConfig(env: z.output<typeof Env>) {
  const embedded = env.DATABASE_URL === undefined
  return {
    port: env.PORT,
    host: env.HOST,
    /** An origin: scheme, host and port, no path. */
    baseUrl: env.BASE_URL ?? `http://${hostForPeople(env.HOST)}:${env.PORT}`,
    trustProxy: env.TRUST_PROXY ?? null,
    /** `host` or `host:port` of a private network that may be asked. */
    allowPrivateHosts: (env.ALLOW_PRIVATE_HOSTS ?? '').split(',').flatMap((host) => host.trim() || []),
    /** Null: the embedded database. */
    databaseUrl: env.DATABASE_URL ?? null,
    /** Null: queues in PostgreSQL. */
    redisUrl: env.REDIS_URL ?? null,
    dataDir: resolve(env.DATA_DIR),
    /** Null: to be made on first start and kept. */
    secret: env.SECRET ?? null,
    secretsOld: oldSecrets(env.SECRETS_OLD ?? ''),
    /** Null: no mail server; links are shown instead. */
    mail: env.MAIL_URL !== undefined && env.MAIL_FROM !== undefined ? { url: env.MAIL_URL, from: env.MAIL_FROM } : null,
    /** Null: none; browsers that can translate do so themselves. */
    translate: env.TRANSLATE_URL === undefined ? null : { url: env.TRANSLATE_URL, key: env.TRANSLATE_KEY ?? null },
    logLevel: env.LOG_LEVEL,
    demo: env.DEMO === 'auto' ? embedded : env.DEMO === 'on',
    demoPostsPerMinute: env.DEMO_POSTS_PER_MINUTE,
    autoMigrate: env.AUTO_MIGRATE === 'on',
    workConcurrency: env.WORK_CONCURRENCY,
    requestsPerMinute: env.REQUESTS_PER_MINUTE,
    /** File of weights; null: those that ship. */
    model: env.DEPUTIZE_MODEL === undefined ? null : resolve(env.DEPUTIZE_MODEL),
    /** Name of a fault point, for `faultsFrom`; null outside tests. */
    fault: env.DEPUTIZE_FAULT ?? null,
    /** Divides the waits of workers and sweeps; 1 outside tests. */
    haste: env.DEPUTIZE_HASTE,
  }
}

const hostForPeople = (host: string) =>
  host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host

/**
 * Reads the environment once, at start; nothing else in `src/` may. An empty variable counts as absent.
 * @throws StartError naming every faulty variable at once, what is wrong with it, and an example
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const faults: string[] = []
  const given: Partial<Record<Name, string>> = {}
  for (const { name, secret, example } of describeConfig()) {
    const value = secret ? env[name] || fromFile(name, env, faults, example) : env[name]
    if (value) given[name] = value
  }
  const parsed = Env.safeParse(given)
  for (const issue of parsed.error?.issues ?? []) {
    const row = describeConfig().find(({ name }) => name === issue.path[0])
    if (!row) continue
    const value = row.secret ? 'its value' : `"${given[row.name]}"`
    faults.push(`${row.name}: ${value} ${issue.message}. Example: ${row.name}=${row.example}`)
  }
  if (parsed.data?.MAIL_URL !== undefined && parsed.data.MAIL_FROM === undefined)
    faults.push('MAIL_FROM: is needed with MAIL_URL. Example: MAIL_FROM=Deputize <deputize@example.com>')
  if (!parsed.success || faults.length > 0) {
    throw new StartError(['The configuration cannot be used:', ...faults.map((fault) => `  ${fault}`)].join('\n'))
  }
  return toConfig(parsed.data)
}

function fromFile(name: Name, env: Record<string, string | undefined>, faults: string[], example: string) {
  const path = env[`${name}_FILE`]
  if (!path) return undefined
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    faults.push(
      `${name}_FILE: cannot read "${path}". Example: ${name}_FILE=/run/secrets/${name.toLowerCase()}, or ${name}=${example}`,
    )
    return undefined
  }
}
