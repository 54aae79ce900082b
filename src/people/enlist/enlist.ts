import { type Db, inBrand } from '../../db/client.ts'
import { DAY } from '../../domain/clock.ts'
import type { Brand } from '../brands.ts'
import { letter } from '../joining/invite.ts'
import { createInvite, type Invited } from '../joining/invites.ts'
import { linkTo } from '../links.ts'
import { storeMail } from '../mails.ts'
import { digestOf } from '../proofs.ts'
import type { Vault } from '../secrets.ts'
import type { Enlisted } from './contract.ts'
import { enlistInTurn, type Known, knownAccounts, knownAddresses, usedTokens } from './queries.ts'

/** An account at a community, by the network's own id of it. */
export type Account = { network: string; instance: string; remoteId: string }
/** Somebody to invite: by the account they have at a community, or (`account` null) by their address. */
export type Candidate = Invited & { email: string | null; writeTo: ((link: string) => string) | null }

export type EnlistDeps = {
  db: Db
  baseUrl: string
  /** Seals mails; null: none are sent. */
  mails: Vault | null
  /** The token for one candidate. The same again for the same request, so that it finds the links it made. */
  tokenOf: (candidate: string) => string
}
/** `userId`: or who acts at a terminal. */
type By = { userId: string; name: string; at: Date }
type Wish = { candidates: readonly Candidate[]; days: number; dryRun?: boolean }

/**
 * Invites people to be members, all in one transaction: whoever is a member or invited already is left as they are, so
 * that the same list twice invites nobody twice. Nobody becomes a member by it; each of them has to accept.
 * @returns what became of each, in their order, and the mails that are on their way
 */
export async function enlist(
  deps: EnlistDeps,
  brand: Brand,
  wish: Wish,
  by: By,
): Promise<{ items: Enlisted[]; mailIds: string[] }> {
  const { dryRun = false } = wish
  return deps.db.transaction(async (tx) => {
    await enlistInTurn(tx, brand.id)
    const known = await knownOf(tx, brand.id, wish.candidates, by.at)
    const tokens = wish.candidates.map((candidate) => deps.tokenOf(nameOf(candidate)))
    const used = await usedTokens(tx, brand.id, tokens.map(digestOf))
    const judged = wish.candidates.map((candidate) => judge(deps, candidate, known, used))
    const made = dryRun ? [] : judged.filter(({ isNew }) => isNew)
    // Before the brand's rights hold: mails are of the installation.
    const mailIds = deps.mails ? await storeMails(tx, deps.mails, brand, made, wish.days, by) : []
    await inBrand(tx, brand.id, async (own) => {
      for (const { candidate, token } of made) {
        const { email, writeTo: _, ...invited } = candidate
        const asked = { role: 'member' as const, team: null, email, days: wish.days, invited, token }
        await createInvite(own, { ...asked, by: by.userId, at: by.at })
      }
    })
    return { items: judged.map((one) => shown(one, { mail: deps.mails !== null, dryRun })), mailIds }
  })
}

function judge({ baseUrl, tokenOf }: EnlistDeps, candidate: Candidate, known: Known, used: ReadonlySet<string>) {
  const name = nameOf(candidate)
  const token = tokenOf(name)
  const open = known.open.get(name)
  // The same request again: the invitation it made, with its link; withdrawn or too old it is not made anew.
  const isOurs = used.has(digestOf(token))
  const isOther = open !== undefined && open !== digestOf(token)
  const outcome = known.members.has(name) ? 'member' : isOther ? 'invited-before' : 'invited'
  const link = linkTo(baseUrl, 'join', token)
  return { candidate, token, link, outcome, isNew: outcome === 'invited' && !isOurs } as const
}

async function storeMails(
  tx: Db,
  vault: Vault,
  brand: Brand,
  made: readonly Judged[],
  days: number,
  { name, at }: By,
): Promise<string[]> {
  const uselessAt = new Date(at.getTime() + days * DAY)
  const ids: string[] = []
  for (const { candidate, link } of made) {
    if (candidate.email === null) continue
    const words = letter(name, brand, 'member', link, days)
    ids.push(await storeMail(tx, vault, { ...words, to: candidate.email, uselessAt }, at))
  }
  return ids
}

type Judged = { candidate: Candidate; link: string; outcome: Enlisted['outcome'] }

function shown({ candidate, link, outcome }: Judged, { mail, dryRun }: { mail: boolean; dryRun: boolean }): Enlisted {
  const { name, handle, email, trustLevel, rank, writeTo } = candidate
  const isMade = outcome === 'invited' && !dryRun
  return {
    ...{ name, handle, email, outcome, trustLevel, rank },
    link: isMade ? link : null,
    mailed: isMade && mail && email !== null,
    writeTo: isMade && writeTo ? writeTo(link) : null,
  }
}

/** What tells one candidate of a request from another. */
const nameOf = ({ account, email }: Candidate): string => account?.remoteId ?? email ?? ''

async function knownOf(tx: Db, brandId: string, candidates: readonly Candidate[], at: Date): Promise<Known> {
  const [first] = candidates
  const names = candidates.map(nameOf)
  // All of one request are of one community, or of one list.
  return first?.account ? knownAccounts(tx, brandId, first.account, names, at) : knownAddresses(tx, brandId, names, at)
}
