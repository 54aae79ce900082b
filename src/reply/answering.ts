import type { z } from 'zod'
import type { Capabilities, Closed } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import type { Disclosure } from '../domain/disclosure.ts'
import type { Voice } from '../domain/roles.ts'
import type { Answering as AnsweringShape } from '../http/answering.ts'
import type { Rank } from '../people/ranks.ts'
import { type SpeakingAccount, speakersAt, speakingAccounts } from '../people/speaking.ts'
import { pictureRefusal } from './pictures/pictures.ts'
import { type Account, beginningOf, byHand, disclosureFor, endingOf, voicesFor } from './reply.ts'

/** What composers are told: length, beginning, and whether it is to be answered by hand. */
export type Answering = z.infer<z.ZodObject<typeof AnsweringShape>>

type Mention = { network: string; instance: string; authorHandle: string; language: string; closed: Closed | null }
type Member = { memberId: string; name: string; rank: Rank }
type Choice = { voice: Voice; handle: string | null; refusal: string | null; ends: string }

/** How a member may answer a mention: in which voices, and what each adds to their words. */
export function answeringFor(
  member: Member,
  allAccounts: readonly SpeakingAccount[],
  mention: Mention,
  disclosures: readonly Disclosure[] | null,
  caps: Capabilities | null,
): Answering & { voices: Choice[] } {
  const { network, closed } = mention
  const accounts = speakersAt(allAccounts, mention, caps?.reply ?? null)
  const disclosure = disclosureFor(disclosures, mention)
  const voices = voicesFor(member, accounts, network, caps?.reply ?? null, closed)
  return {
    ...inGeneral(member, accounts, mention, caps, endingOf('own', member.name, disclosure)),
    voices: voices.map(({ voice, handle, refusal }) => ({
      voice,
      handle,
      refusal,
      ends: endingOf(voice, member.name, disclosure),
    })),
  }
}

/** How staff may answer it, as the brand. */
export async function answeringAsBrand(tx: BrandTx, mention: Mention, caps: Capabilities | null): Promise<Answering> {
  const accounts = speakersAt(await speakingAccounts(tx, null, mention.network), mention, caps?.reply ?? null)
  return inGeneral(null, accounts, mention, caps, '')
}

function inGeneral(
  speaker: Member | null,
  accounts: readonly Account[],
  { network, closed, authorHandle }: Mention,
  caps: Capabilities | null,
  ends: string,
): Answering {
  const can = caps?.reply
  const hand = closed && byHand(speaker, accounts, network, closed)
  return {
    maxLength: can?.maxLength ?? 0,
    lengthUnit: can?.lengthUnit ?? 'graphemes',
    thread: can?.thread ?? null,
    begins: can ? beginningOf(can, authorHandle) : '',
    pictures: {
      refusal: pictureRefusal(speaker, network, can ?? null),
      most: can?.pictures?.most ?? 0,
      altLength: can?.pictures?.altLength ?? 0,
    },
    closed: hand && { why: hand.why, link: hand.link, handle: hand.handle, refusal: hand.refusal, ends },
  }
}
