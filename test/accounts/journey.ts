import { sql } from 'drizzle-orm'
import { enterApp } from '../../src/accounts/apps.ts'
import { beginLink, finishLink, type LinkDeps, type Linker, redirectUriOf } from '../../src/accounts/link.ts'
import type { AccountRow } from '../../src/accounts/queries.ts'
import { authorise } from '../connectors/sandbox-authorise.ts'
import type { TestWorld } from '../world.ts'

export const BASE_URL = 'http://127.0.0.1:4600'

export const linkDeps = ({ world }: TestWorld): LinkDeps => ({ ...world, baseUrl: BASE_URL })

/** Our app at the sandbox network, as an admin enters it. */
export async function enterSandboxApp(world: TestWorld): Promise<void> {
  const deps = linkDeps(world)
  const values = await world.network.appFor(redirectUriOf(deps))
  await enterApp(deps, world.cast.brandId, { network: 'sandbox', values, userId: world.cast.staff.userId })
}

/** Links a sandbox account the whole way: sent there, allowed, come back. The account handed over by the cast goes. */
export async function linkSandbox(
  world: TestWorld,
  who: Partial<Linker> & { handle: string; scopes?: 'read write' | 'read' },
): Promise<AccountRow> {
  const { handle, scopes = 'read write', ...owner } = who
  const [helper] = world.cast.members
  const linker: Linker = { brandId: world.cast.brandId, userId: helper!.userId, memberId: helper!.id, ...owner }
  await world.world.db.execute(sql`
    update linked_account set state = 'unlinked', secret = null
    where way = 'token' and member_id is not distinct from ${linker.memberId}::uuid and brand_id = ${linker.brandId}`)
  const { url } = await beginLink(linkDeps(world), linker, { network: 'sandbox', server: null })
  const params = await authorise(url, { handle, scopes })
  const { account } = await finishLink(linkDeps(world), linker.userId, params, () => true)
  return account
}
