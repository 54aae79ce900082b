import type { CatalogueEntry } from '../../connectors/catalogue.ts'
import { looksBack } from '../../connectors/connector.ts'
import { answerContract } from './contract-answers.ts'
import { chaosContract } from './contract-chaos.ts'
import { declaredContract, silentContract } from './contract-declared.ts'
import { fileContract } from './contract-file.ts'
import { pictureContract } from './contract-pictures.ts'
import { pollingContract } from './contract-polling.ts'
import { editContract, historyContract, postContract } from './contract-posts.ts'
import { pushContract } from './contract-push.ts'
import { replyContract, standingContract } from './contract-reply.ts'
import { troubleContract } from './contract-trouble.ts'
import type { Simulator } from './simulators.ts'

type Group = {
  name: string
  /** Why it is not asked, by nothing but what the network's entry in the catalogue declares; null: it is. */
  leftOut: (entry: CatalogueEntry) => string | null
  ask: (simulator: Simulator) => void
}

const unasked = ({ open, capabilities: { listen } }: CatalogueEntry): string | null => {
  if (open === null) return 'a file is read, and not asked'
  return listen.push && listen.lookbackDays === 0 ? 'its sender tells by itself; nothing can be asked' : null
}

const unworded = (entry: CatalogueEntry): string | null =>
  unasked(entry) ??
  (entry.capabilities.listen.lookbackDays === 0
    ? 'it tells that something is new, not what it is nor when it was'
    : null)

const cannot = (can: boolean, why: string): string | null => (can ? null : why)

/** The contract in parts; a part that a network cannot be asked is left out for a reason that it declares itself. */
export const GROUPS: readonly Group[] = [
  {
    name: 'what is declared',
    leftOut: ({ open }) => cannot(open !== null, 'there is no connector to hold against it'),
    ask: ({ listening, pushing }) => declaredContract(needed(listening ?? pushing)),
  },
  { name: 'polling', leftOut: unasked, ask: ({ listening }) => pollingContract(needed(listening)) },
  { name: 'posts', leftOut: unworded, ask: ({ listening }) => postContract(needed(listening)) },
  {
    name: 'edits',
    leftOut: (entry) =>
      unworded(entry) ?? cannot(entry.capabilities.listen.edits === 'polls', 'polls give no post again for new words'),
    ask: ({ listening }) => editContract(needed(listening)),
  },
  {
    name: 'looking back',
    leftOut: (entry) => unasked(entry) ?? cannot(looksBack(entry.capabilities), 'older posts cannot be asked for'),
    ask: ({ listening }) => historyContract(needed(listening)),
  },
  { name: 'trouble', leftOut: unasked, ask: ({ listening }) => troubleContract(needed(listening)) },
  { name: 'odd answers', leftOut: unasked, ask: ({ listening }) => answerContract(needed(listening)) },
  { name: 'chaos', leftOut: unworded, ask: ({ listening }) => chaosContract(needed(listening)) },
  {
    name: 'replying',
    leftOut: ({ capabilities: { reply } }) => cannot(reply !== null, 'nobody can answer through it'),
    ask: ({ answering }) => replyContract(needed(answering)),
  },
  {
    name: 'pictures',
    leftOut: ({ capabilities: { reply } }) => cannot(reply?.pictures !== undefined, 'no pictures go with an answer'),
    ask: ({ answering }) => pictureContract(needed(answering)),
  },
  {
    name: 'standing',
    leftOut: ({ capabilities: { metrics } }) => cannot(metrics.length > 0, 'it counts nothing'),
    ask: ({ answering }) => standingContract(needed(answering)),
  },
  {
    name: 'silence',
    leftOut: ({ open, capabilities: { reply } }) =>
      cannot(open !== null && reply === null, open ? 'it can be answered' : 'there is no connector to answer with'),
    ask: ({ listening, pushing }) => silentContract(needed(listening ?? pushing)),
  },
  {
    name: 'pushes',
    leftOut: ({ capabilities: { listen } }) => cannot(listen.push, 'it pushes nothing'),
    ask: ({ pushing }) => pushContract(needed(pushing)),
  },
  {
    name: 'files',
    leftOut: ({ open }) => cannot(open === null, 'it is a network, and no file'),
    ask: ({ file }) => fileContract(needed(file)),
  },
]

function needed<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('Its simulator lacks what this part of the contract needs.')
  return part
}
