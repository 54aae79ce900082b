import type { FastifyInstance } from 'fastify'
import { CONNECTORS } from '../../../connectors/all.ts'
import { NETWORKS } from '../../../connectors/connector.ts'
import { writeAudit } from '../../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Disclosure } from '../../domain/disclosure.ts'
import { DomainError } from '../../domain/errors.ts'
import { networkWord } from '../../domain/network-word.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { type DisclosurePage, disclosureApi } from './contract.ts'
import * as q from './queries.ts'

export type DisclosureDeps = BindDeps & { db: Db; clock: Clock }

export function disclosureRoutes(app: FastifyInstance, deps: DisclosureDeps): void {
  const { db, clock } = deps
  bind(
    app,
    disclosureApi,
    {
      'GET /disclosures': ({ brandId }) => inBrand(db, brandId, page),
      'PUT /disclosures': ({ body: { items }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          assertSound(items)
          const [by, at] = [me.userId, clock.now()]
          await q.setDisclosures(tx, items)
          const data = { disclosures: items }
          await appendEvents(tx, [{ kind: 'disclosures.changed', mentionId: null, memberIds: null, actor: by, at }])
          await writeAudit(tx, { actor: by, act: 'disclosures.changed', target: brandId, details: data, at })
          return page(tx)
        }),
    },
    deps,
  )
}

const page = async (tx: BrandTx): Promise<DisclosurePage> => ({
  items: await q.disclosuresOf(tx),
  networks: speaking(),
})

/** Networks where helpers post as themselves through us. */
const speaking = (): DisclosurePage['networks'] =>
  NETWORKS.flatMap((network) => {
    const { label, capabilities } = CONNECTORS[network] ?? {}
    if (!label || !capabilities?.reply?.member) return []
    const { maxLength, lengthUnit } = capabilities.reply
    return [{ network, label, maxLength, lengthUnit }]
  })

/** @throws DomainError `invalid` for an unknown network, and for two texts for one place */
function assertSound(items: readonly Disclosure[]): void {
  const known = new Set(speaking().map(({ network }) => network))
  const places = new Set<string>()
  for (const { network, language } of items) {
    if (network !== null && !known.has(network))
      throw new DomainError('invalid', `Helpers do not post as themselves on ${networkWord(network)}.`)
    const place = `${network === null ? 'any network' : networkWord(network)}, ${language ?? 'any language'}`
    if (places.has(place)) throw new DomainError('invalid', `There are two texts for ${place}; keep one.`)
    places.add(place)
  }
}
