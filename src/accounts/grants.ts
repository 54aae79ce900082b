import { type Access, ConnectorError } from '../../connectors/connector.ts'
import { type Db, inBrand } from '../db/client.ts'
import type { Clock } from '../domain/clock.ts'
import type { FaultPoint } from '../domain/fault.ts'
import { isAboutGrant, isDue, isUsable } from './accounts.ts'
import { grantOf, type Held, keepingOf, type OpeningDeps } from './opening.ts'
import * as q from './queries.ts'
import { giveUp, openRenewals } from './renew.ts'

/** The accounts of brands and members, as those who speak and read through them need them (F3). */
export type Grants = {
  /**
   * Access that is good for five minutes (`RENEW_BEFORE`); renewed first when it would not be. Never call it with a
   * transaction open: it waits for the network.
   * @throws ConnectorError `auth` when the account has to be linked again, `network-down` when it cannot be renewed now
   */
  accessOf: (brandId: string, accountId: string) => Promise<Access>
  /**
   * Does `work` with such access. When the network does not accept it (`auth`, `scope`), thrown or found in the answer by
   * `refusalIn`, the grant is renewed and the work done once more; refused again, the account needs authorisation, and the
   * second answer stands.
   */
  use: <T>(
    brandId: string,
    accountId: string,
    work: (as: Access) => Promise<T>,
    refusalIn?: (answer: T) => ConnectorError | null,
  ) => Promise<T>
}

export type GrantDeps = OpeningDeps & { db: Db; clock: Clock; fault: FaultPoint }

export function openGrants(deps: GrantDeps): Grants {
  const renewals = openRenewals(deps)

  async function held(brandId: string, accountId: string): Promise<Held> {
    const found = await inBrand(deps.db, brandId, async (tx) => {
      const account = await q.accountById(tx, accountId)
      return account && { account, keeping: account.secret === null ? null : await keepingOf(tx, deps, account) }
    })
    if (!found?.keeping) throw new ConnectorError('auth', 'The account was disconnected; link it again.')
    const { account, keeping } = found
    if (account.state !== 'linked')
      throw new ConnectorError('auth', account.trouble ?? 'The account has to be linked again.')
    return { account, keeping }
  }

  async function good(brandId: string, accountId: string): Promise<Held> {
    const now = deps.clock.now()
    const have = await held(brandId, accountId)
    if (!isDue(have.account.expiresAt, now)) return have
    if (have.keeping.refresh)
      return renewals.renew(brandId, have).catch((error: unknown) => {
        // The network is in trouble, and what we have is good for one more request.
        if (error instanceof ConnectorError && error.kind !== 'auth' && isUsable(have.account.expiresAt, now))
          return have
        throw error
      })
    if (isUsable(have.account.expiresAt, now)) return have
    const ended = new ConnectorError('auth', 'What was allowed has ended; link the account again.')
    await giveUp(deps, brandId, have, ended)
    throw ended
  }

  const accessIn = ({ account, keeping }: Held): Access => ({
    handle: account.handle,
    token: keeping.tokenOf(grantOf(deps, account)),
  })

  return {
    accessOf: async (brandId, accountId) => accessIn(await good(brandId, accountId)),
    async use(brandId, accountId, work, refusalIn = () => null) {
      const first = await good(brandId, accountId)
      const tried = await attempt(() => work(accessIn(first)), refusalIn)
      if (!tried.refusal) return tried.end()
      if (!first.keeping.refresh) {
        await giveUp(deps, brandId, first, tried.refusal)
        return tried.end()
      }
      const renewed = await renewals.renew(brandId, first)
      const again = await attempt(() => work(accessIn(renewed)), refusalIn)
      if (again.refusal) await giveUp(deps, brandId, renewed, again.refusal)
      return again.end()
    },
  }
}

/** One try. `refusal`: the network did not accept the grant; null: it did, whatever else became of it. */
async function attempt<T>(
  work: () => Promise<T>,
  refusalIn: (answer: T) => ConnectorError | null,
): Promise<{ refusal: ConnectorError | null; end: () => T }> {
  try {
    const answer = await work()
    const refusal = refusalIn(answer)
    return { refusal: refusal && isAboutGrant(refusal) ? refusal : null, end: () => answer }
  } catch (error) {
    const refusal = error instanceof ConnectorError && isAboutGrant(error) ? error : null
    const end = () => {
      throw error
    }
    return { refusal, end }
  }
}
