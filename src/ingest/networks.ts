import { CONNECTORS } from '../../connectors/all.ts'
import type { CatalogueEntry } from '../../connectors/catalogue.ts'
import { type Capabilities, NETWORKS, type Network } from '../../connectors/connector.ts'
import { sayLength } from '../../connectors/length.ts'
import { type Disclosure, disclosureAt } from '../domain/disclosure.ts'
import type { OwnTerms } from '../domain/own-terms.ts'
import { underTerms } from '../people/terms/terms.ts'
import type { NetworkInfo, Source } from './contract.ts'

/** What a brand has to say of networks itself. */
type Brand = { terms: Readonly<Record<string, OwnTerms>>; disclosures: readonly Disclosure[]; language: string }
const NOTHING: Brand = { terms: {}, disclosures: [], language: 'en' }

/** Every network we speak to (L1), under the brand's terms. */
export const networks = (brand: Brand): NetworkInfo[] =>
  NETWORKS.flatMap((network) => {
    const entry = CONNECTORS[network]
    return entry ? [toInfo(network, entry, brand)] : []
  })

/** What the page says of one network. */
export function toInfo(network: Network, entry: CatalogueEntry, brand: Brand = NOTHING): NetworkInfo {
  const { label, servers, reads, settings, open, capabilities } = entry
  const fields = settings.map(({ name, label, help, secret = false, optional = false, initial = '' }) => ({
    ...{ name, label, help, secret, optional, initial },
  }))
  const needsAccount = reads === 'with an account'
  const { costTier: cost, limits } = capabilities
  const own = brand.terms[network] ?? {}
  const can = inWords(capabilities, label, own)
  const shown = {
    network,
    label,
    servers,
    needsAccount,
    settings: open ? fields : null,
    capabilities: can,
    cost,
    limits,
  }
  return { ...shown, terms: termsIn(network, capabilities, own, brand) }
}

function termsIn(network: Network, can: Capabilities, own: OwnTerms, brand: Brand): NetworkInfo['terms'] {
  const here = underTerms(can, own)
  const hours = ({ deleteWithinHours, keepHours }: Capabilities) => ({
    deleteWithinHours,
    keepHours: keepHours ?? null,
  })
  const personSends = ({ automatedReplies }: Capabilities) => automatedReplies !== 'allowed'
  return {
    asked: { rewards: can.rewardsForPosting, personSends: personSends(can), ...hours(can) },
    inForce: { rewards: here.rewardsForPosting === 'yes', personSends: personSends(here), ...hours(here) },
    answered: can.reply !== null,
    deletions: can.listen.deletes !== 'none',
    disclosure: can.reply?.member ? disclosureAt(brand.disclosures, network, brand.language) : null,
  }
}

/** What a network lets us do, said on screen instead of pretended (L1). */
export function inWords(asked: Capabilities | null, label: string, own: OwnTerms = {}): Source['capabilities'] {
  if (!asked) return []
  const can = underTerms(asked, own)
  return [...heard(can, asked), ...answered(can, asked, label), ...rewarded(can, own)]
}

/** Who wants it so: the network, or the brand itself. */
const whose = (now: number | undefined | null, asked: number | undefined | null) =>
  now === asked ? 'as its terms ask' : 'as the brand has it'

function heard({ listen, deleteWithinHours, keepHours }: Capabilities, asked: Capabilities): Source['capabilities'] {
  const { lookbackDays: days } = listen
  return [
    { can: 'Hear mentions', yes: listen.mentions, note: '' },
    {
      can: 'Search words without an @',
      yes: listen.keywordSearch !== 'none',
      note: listen.keywordSearch === 'own content' ? 'in the brand’s own content only' : '',
    },
    { can: 'Be told at once', yes: listen.push, note: '' },
    {
      can: 'Find older posts',
      yes: days !== 0,
      note:
        days === null
          ? 'as far back as it keeps them'
          : days > 0
            ? days === 1
              ? 'of the last day'
              : `of the last ${days} days`
            : '',
    },
    {
      can: 'Notice deleted posts',
      yes: listen.deletes !== 'none',
      note: [
        ...(listen.deletes === 'recheck' ? ['by asking again'] : []),
        ...(deleteWithinHours === null
          ? []
          : [`blanked here within ${deleteWithinHours} hours, ${whose(deleteWithinHours, asked.deleteWithinHours)}`]),
      ].join('; '),
    },
    {
      can: 'Notice edited posts',
      yes: listen.edits !== 'none',
      note: listen.edits === 'pushes' ? 'where it tells us by itself' : '',
    },
    {
      can: 'Keep words and authors of posts',
      yes: keepHours === undefined,
      note:
        keepHours === undefined ? '' : `forgotten here within ${keepHours} hours, ${whose(keepHours, asked.keepHours)}`,
    },
  ]
}

const ONLY_IF = { summoned: 'only who named or quoted us', 'own content': 'under the brand’s own posts only' }
const ALONE = {
  allowed: 'allowed there; here a person presses send all the same',
  'needs approval': 'only with the network’s approval; here a person presses send',
  'human only': 'a person presses send for each',
}
const ACCOUNTS = {
  oauth: 'on the network’s own page (OAuth)',
  'app password': 'by app password',
  'api key': 'by API key',
}

function answered(
  { reply, automatedReplies, accounts }: Capabilities,
  asked: Capabilities,
  label: string,
): Source['capabilities'] {
  const note = reply
    ? [`up to ${sayLength(reply, label)}`, ...(reply.onlyIf ? [ONLY_IF[reply.onlyIf]] : [])].join('; ')
    : ''
  return [
    {
      can: 'Link accounts',
      yes: accounts !== 'none',
      note: accounts === 'none' ? '' : ACCOUNTS[accounts],
    },
    { can: 'Reply as the brand', yes: reply?.brand === true, note: reply?.brand ? note : '' },
    { can: 'Reply as a member', yes: reply?.member === true, note: '' },
    ...(reply
      ? [
          { can: 'Take an answer back', yes: reply.removes, note: '' },
          {
            can: 'Know an answer that is sent twice',
            yes: reply.idempotent,
            note: reply.idempotent ? '' : 'an unclear one is looked for before it is sent again',
          },
          {
            can: 'Answer without a person',
            yes: automatedReplies === 'allowed',
            note:
              automatedReplies === asked.automatedReplies
                ? ALONE[automatedReplies]
                : 'the brand wants that a person presses send',
          },
        ]
      : []),
  ]
}

const REWARDS = { yes: '', no: 'forbidden by the network’s terms', unclear: 'unclear; off' }

const rewarded = (
  { metrics, rewardsForPosting, people }: Capabilities,
  { rewards }: OwnTerms,
): Source['capabilities'] => [
  { can: 'Tell who its people are', yes: people === true, note: people ? 'so that the best can be invited' : '' },
  { can: 'Count reach', yes: metrics.length > 0, note: metrics.join(', ') },
  {
    can: 'Reward posting',
    yes: rewardsForPosting === 'yes',
    note: rewards === undefined ? REWARDS[rewardsForPosting] : `switched ${rewards ? 'on' : 'off'} by the brand`,
  },
]
