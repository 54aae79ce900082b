import { z } from 'zod'
import { type Clock, MINUTE } from '../src/domain/clock.ts'
import { DomainError } from '../src/domain/errors.ts'
import type { Random } from '../src/domain/random.ts'
import type { Access, Capabilities, Connector, Grant, Linking, Meter, Rate } from './connector.ts'
import type { Fetch } from './http.ts'

/** What a connector is opened with beside its settings. */
export type ConnectorDeps = {
  fetch: Fetch
  clock: Clock
  timeoutMs?: number
  /** For verifiers and nonces. Key pairs are made by node, and the libraries of X and Bluesky draw what they sign in with. */
  random: Random
  meter?: Meter
  /** The account a source reads with, its grant good for minutes yet; null where none is needed or linked. */
  reader?: Access | null
}

/** One line of a form that an admin or a member fills in. */
export type Field = {
  name: string
  label: string
  help: string
  /** Never shown again, and never logged. */
  secret?: boolean
  optional?: boolean
  initial?: string
}

/** Account and grant as a network gave them. */
export type Linked = { account: { id: string; handle: string }; grant: Grant }

/** How one kind of account is linked. `app` is what the brand has of the network: client id, secret, address of a server. */
export type LinkingWay =
  | {
      way: 'redirect'
      label: string
      /** What an admin has to get from the network first; empty where nothing is needed. */
      app: Field[]
      /** Asks the network's server `instance` for an app of ours, where that needs nobody's help. @throws ConnectorError */
      register:
        | ((instance: string, redirectUri: string, deps: ConnectorDeps, signal: AbortSignal) => Promise<unknown>)
        | null
      /** Is an app that `register` answered once good for all that is asked for now? Absent: each is. */
      fits?: (app: unknown) => boolean
      /**
       * Where servers read who we are: `document` is served at `path/<name>.json`; null for a name that is none of ours.
       * Absent: no server asks.
       */
      client?: { path: string; document: (redirectUri: string, name: string) => object | null }
      /** @throws DomainError `invalid` when `app` is not what this network needs */
      open: (app: unknown, deps: ConnectorDeps) => Linking
    }
  | {
      way: 'form'
      label: string
      /** It asks for what an administrator of the network holds, and no member should. */
      brandOnly?: true
      /** Of a network of many servers one of them is `baseUrl`, the server. */
      fields: Field[]
      /** @throws ConnectorError `auth` when the network does not accept them */
      link: (values: Record<string, string>, deps: ConnectorDeps, signal: AbortSignal) => Promise<Linked>
      refresh: ((grant: Grant, deps: ConnectorDeps, signal: AbortSignal) => Promise<Grant>) | null
      tokenOf: (grant: Grant) => string
    }

/** A limit that a network's documents name and its answers do not: the core counts it (L4). `key` as `Rate` has it. */
export type Allowed = { scope: Rate['scope']; key: string; requests: number; everyMs: number }

export type CatalogueEntry = {
  label: string
  capabilities: Capabilities
  /** `one`: one service for everybody. `many`: accounts and sources name their server; its host is their `instance`. */
  servers: 'one' | 'many'
  /** What a source needs to know beside its words and its account. */
  settings: Field[]
  /** Where answers carry headers of the same window, those go before. Absent: the network says it all itself. */
  allows?: readonly Allowed[]
  /** Which account a source reads with. */
  reads: 'with an account' | 'with its settings'
  /**
   * Makes the connector of one source from its stored settings; null where there is nothing to ask (files).
   * @throws DomainError `invalid` when the settings are not what this network needs.
   */
  open: ((settings: unknown, deps: ConnectorDeps) => Connector) | null
  /** Ways to link an account, the best first; empty where no account can be used. */
  linking: LinkingWay[]
}

/** Reads settings before a connector is made of them. @throws DomainError `invalid`, naming each fault with its place */
export function opener<S>(schema: z.ZodType<S>, open: (settings: S, deps: ConnectorDeps) => Connector) {
  return (settings: unknown, deps: ConnectorDeps): Connector =>
    open(readSettings(schema, settings, 'This source cannot be opened.'), deps)
}

/** @throws DomainError `invalid`: `sentence`, then each fault with its place */
export function readSettings<S>(schema: z.ZodType<S>, settings: unknown, sentence: string): S {
  const read = schema.safeParse(settings)
  if (read.success) return read.data
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`)
  throw new DomainError('invalid', `${sentence} ${faults.join('; ')}.`, { faults })
}

/** An address of a server as a person types it, without a slash at the end. */
export const serverUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))

/** A grant is renewed when it has less than this to live, so that it outlives the poll or the send it is given to. */
export const RENEW_BEFORE = 5 * MINUTE
