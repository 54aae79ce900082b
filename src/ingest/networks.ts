import { CONNECTORS } from '../../connectors/all.ts'
import { type Capabilities, NETWORKS } from '../../connectors/connector.ts'
import type { NetworkInfo, Source } from './contract.ts'

/** Every network we speak to, and those we know by name only (L1). */
export function networks(): { items: NetworkInfo[]; absent: string[] } {
  const items = NETWORKS.flatMap((network) => {
    const entry = CONNECTORS[network]
    if (!entry) return []
    const { label, servers, reads, settings, open, capabilities } = entry
    const fields = settings.map(({ name, label, help, secret = false, optional = false, initial = '' }) => ({
      ...{ name, label, help, secret, optional, initial },
    }))
    const needsAccount = reads === 'with an account'
    const { costTier: cost, limits } = capabilities
    const can = inWords(capabilities)
    return [{ network, label, servers, needsAccount, settings: open ? fields : null, capabilities: can, cost, limits }]
  })
  return { items, absent: NETWORKS.filter((network) => !CONNECTORS[network]) }
}

/** What a network lets us do, said on screen instead of pretended (L1). */
export function inWords(can: Capabilities | null): Source['capabilities'] {
  if (!can) return []
  const { listen, reply } = can
  return [
    { can: 'Hear mentions', yes: listen.mentions, note: '' },
    {
      can: 'Search words without an @',
      yes: listen.keywordSearch !== 'none',
      note: listen.keywordSearch === 'own content' ? 'in the brand’s own content only' : '',
    },
    { can: 'Be told at once', yes: listen.push, note: '' },
    {
      can: 'Notice deleted posts',
      yes: listen.deletes !== 'none',
      note: listen.deletes === 'recheck' ? 'by asking again' : '',
    },
    { can: 'Reply as the brand', yes: reply?.brand === true, note: replyNote(reply) },
    { can: 'Reply as a member', yes: reply?.member === true, note: '' },
    { can: 'Count reach', yes: can.metrics.length > 0, note: can.metrics.join(', ') },
    {
      can: 'Reward posting',
      yes: can.rewardsForPosting === 'yes',
      note:
        can.rewardsForPosting === 'no'
          ? 'forbidden by the network’s terms'
          : can.rewardsForPosting === 'unclear'
            ? 'unclear; off'
            : '',
    },
  ]
}

const ONLY_IF = { summoned: 'only who named or quoted us', 'own content': 'under the brand’s own posts only' }

const replyNote = (reply: Capabilities['reply']) =>
  reply
    ? [`up to ${reply.maxLength} ${reply.lengthUnit}`, ...(reply.onlyIf ? [ONLY_IF[reply.onlyIf]] : [])].join('; ')
    : ''
