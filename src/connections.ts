import { CONNECTORS } from '../connectors/all.ts'
import {
  type Access,
  type Capabilities,
  type Connector,
  ConnectorError,
  type Meter,
  type Network,
} from '../connectors/connector.ts'
import type { Fetch } from '../connectors/http.ts'
import type { Networks } from './accounts/accounts.ts'
import type { Grants } from './accounts/grants.ts'
import { type BrandTx, type Db, inBrand } from './db/client.ts'
import type { Clock } from './domain/clock.ts'
import { DomainError } from './domain/errors.ts'
import type { Random } from './domain/random.ts'
import { type SourceRow, sourceById } from './ingest/queries.ts'
import type { Vault } from './people/secrets.ts'
import { ownTerms } from './people/terms/queries.ts'
import { underTerms } from './people/terms/terms.ts'
import { counted } from './spending.ts'

/** Connectors opened with the settings of their sources. */
export type Connections = {
  ofSource: (source: SourceRow, meter?: Meter) => Connector
  /**
   * For what a network pushes: with the account the source reads with, which tells its own pushes from others'. While
   * that is lost pushes have to wait; a network's question whether we are there is answered all the same.
   */
  ofPushes: (source: SourceRow) => Promise<Connector>
  ofSourceId: (brandId: string, sourceId: string) => Promise<Connector>
}

type Deps = {
  db: Db
  vault: Vault
  fetch: Fetch
  clock: Clock
  random: Random
  log: Log
  grants: Grants
  networks: Networks
}
type Log = { error: (about: object, message: string) => void }

export function openConnections({ grants, networks, ...deps }: Deps): Connections {
  const openerOf = (source: SourceRow, meter?: Meter) => {
    const entry = networks[source.network as Network] // a name we do not know finds nothing
    if (!entry?.open || source.settings === null)
      throw new DomainError('unavailable', `${source.name} cannot be asked: ${source.network} is read from files only.`)
    const settings: unknown = JSON.parse(deps.vault.open(source.settings, source.id))
    const open = (reader: Access | null) => entry.open!(settings, { ...deps, reader, ...(meter && { meter }) }) // checked above
    return { open, accountId: entry.reads === 'with its settings' ? null : source.accountId }
  }
  /** Null while it is lost, or cannot be renewed. */
  const readerOf = (brandId: string, accountId: string): Promise<Access | null> =>
    grants.accessOf(brandId, accountId).catch((error: unknown) => {
      if (error instanceof ConnectorError) return null
      throw error
    })
  const ofSource = (source: SourceRow, meter?: Meter): Connector => {
    const { open, accountId } = openerOf(source, meter)
    if (accountId === null) return open(null)
    const opened = openedOnce(open)
    const asReader: AsReader = (ask) => grants.use(source.brandId, accountId, (as) => ask(opened(as)))
    return readingAs(open, asReader, async () => open(await readerOf(source.brandId, accountId)))
  }
  return {
    ofSource,
    async ofPushes(source) {
      const { open, accountId } = openerOf(source)
      if (accountId === null) return open(null)
      const reader = await readerOf(source.brandId, accountId)
      return reader ? open(reader) : waitingForReader(open(null))
    },
    async ofSourceId(brandId, sourceId) {
      const source = await inBrand(deps.db, brandId, (tx) => sourceById(tx, sourceId))
      if (!source) throw new DomainError('not-found', 'The source of this mention is gone.')
      return counted(deps, source, (meter) => ofSource(source, meter))
    },
  }
}

type AsReader = <T>(ask: (connector: Connector) => Promise<T>) => Promise<T>

/**
 * A connector that reads with a linked account: each question is asked with access that outlives it, and once more with
 * renewed access when the network does not accept it. Whoever writes brings an account of their own (`as`), and has the
 * source's as eyes where it may not look itself.
 */
function readingAs(
  open: (reader: Access | null) => Connector,
  asReader: AsReader,
  withEyes: () => Promise<Connector>,
): Connector {
  const unread = open(null)
  return {
    ...unread,
    ...(unread.people && { people: (input) => asReader((connector) => connector.people!(input)) }), // it has it, as here
    ...(unread.person && { person: (input) => asReader((connector) => connector.person!(input)) }),
    poll: (input) => asReader((connector) => connector.poll(input)),
    standing: (refs, signal) => asReader((connector) => connector.standing(refs, signal)),
    reply: async (input) => (await withEyes()).reply(input),
    findReply: async (input) => (await withEyes()).findReply(input),
  }
}

/** Whose page a push is of cannot be told: the network sends it again later. Its questions (GET) are answered. */
function waitingForReader({ receive, ...connector }: Connector): Connector {
  if (!receive) return connector
  return {
    ...connector,
    receive: (delivery, listen) => {
      if (delivery.method === 'GET') return receive(delivery, listen)
      throw new DomainError('unavailable', 'The account this source reads with has to be linked again; send it later.')
    },
  }
}

/** Opened again only when the access is another: a connector may remember what its network told it on the way. */
function openedOnce(open: (reader: Access) => Connector): (reader: Access) => Connector {
  let last: { token: string; connector: Connector } | null = null
  return (reader) => {
    if (last?.token !== reader.token) last = { token: reader.token, connector: open(reader) }
    return last.connector
  }
}

export const capabilitiesOf = (network: string): Capabilities | null =>
  CONNECTORS[network as Network]?.capabilities ?? null
/** What a network allows this brand, which may ask more of itself; null: nobody knows the network. */
export async function termsFor(tx: BrandTx, network: string): Promise<Capabilities | null> {
  const asked = capabilitiesOf(network)
  return asked && underTerms(asked, (await ownTerms(tx))[network])
}
/** A network we know nothing of is taken to forbid rewards. */
export const rewardsFor = async (tx: BrandTx, network: string): Promise<Capabilities['rewardsForPosting']> =>
  (await termsFor(tx, network))?.rewardsForPosting ?? 'no'
