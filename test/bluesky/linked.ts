import { inject } from 'vitest'
import { appPassword } from '../../connectors/bluesky/app-password.ts'
import { oauth } from '../../connectors/bluesky/oauth.ts'
import type { ConnectorDeps } from '../../connectors/catalogue.ts'
import type { Access, Grant } from '../../connectors/connector.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { systemRandom } from '../../src/domain/random.ts'
import { calm } from '../connectors/stage.ts'
import { agree } from './browser.ts'
import { PASSWORD, type Person } from './people.ts'

export const REDIRECT = 'http://127.0.0.1:4600/accounts/linked'
export const deps: ConnectorDeps = { fetch: (url, init) => fetch(url, init), random: systemRandom, clock: systemClock }

export const linkingHere = () => {
  const { pds, plc } = inject('servers')
  return oauth.open({ server: pds, plcDirectory: plc }, deps)
}

/** As a member links their account: away to the server, and back. */
export async function linkByOauth({ handle }: Person): Promise<{ grant: Grant; access: Access; id: string }> {
  const linking = linkingHere()
  const state = `state-of-${handle}`
  const { url, keep } = await linking.begin({ redirectUri: REDIRECT, state, signal: calm() })
  const params = await agree(url, handle, PASSWORD)
  if (params.state !== state) throw new Error(`sent back with another state: ${JSON.stringify(params)}`)
  const { account, grant } = await linking.finish({ redirectUri: REDIRECT, params, keep, signal: calm() })
  return { grant, access: { handle: account.handle, token: linking.tokenOf(grant) }, id: account.id }
}

/** As an admin links the brand's account by an app password. */
export async function linkByPassword(person: Person): Promise<{ grant: Grant; access: Access }> {
  const values = { handle: person.handle, password: await person.appPassword(), server: inject('servers').pds }
  const { account, grant } = await appPassword.link(values, deps, calm())
  return { grant, access: { handle: account.handle, token: appPassword.tokenOf(grant) } }
}
