import { join } from 'node:path'
import { z } from 'zod'
import { call } from '../../connectors/http.ts'
import { openSandboxNetwork, type SandboxNetwork } from '../../connectors/sandbox/network/network.ts'
import type { World } from '../wire.ts'
import { demoPosts } from './content.ts'
import { startHelpers } from './helpers.ts'
import { seedDemo } from './seed.ts'

export type Demo = {
  /** Of the sandbox network; a person can look at it. */
  url: string
  speed: () => Promise<{ perMinute: number }>
  setSpeed: (perMinute: number) => Promise<{ perMinute: number }>
  close: () => Promise<void>
}

/** Opens the sandbox network on a free port of this machine, and makes the demo brand that listens to it. */
export async function openDemo(world: World): Promise<Demo> {
  const { clock, config } = world
  const network = await openSandboxNetwork({
    journal: join(config.dataDir, 'sandbox-network.ndjson'),
    clock,
    posts: demoPosts(),
    perMinute: config.demoPostsPerMinute,
  })
  const url = await listenBeside(network, config.port)
  world.outgoing.allow(new URL(url).host)
  const ask = (method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown) =>
    call(
      { fetch, clock },
      {
        method,
        url: `${url}${path}`,
        headers: { authorization: `Bearer ${network.tokens.operator}` },
        body,
        signal: AbortSignal.timeout(10_000),
      },
    )
  const play = async (method: 'GET' | 'PUT', body?: unknown) => Play.parse((await ask(method, '/api/play', body)).json)
  let brandId: string
  try {
    brandId = await seedDemo(world, {
      url,
      token: network.tokens.app,
      appFor: async (redirectUri) =>
        App.parse((await ask('POST', '/api/apps', { name: 'Deputize', redirectUris: [redirectUri] })).json),
      tokenOf: async (handle, name) => Account.parse((await ask('POST', '/api/accounts', { handle, name })).json).token,
    })
  } catch (error) {
    await network.close()
    throw error
  }
  await play('PUT', { perMinute: config.demoPostsPerMinute })
  const helpers = startHelpers(world, brandId, async () => (await play('GET')).perMinute > 0)
  return {
    url,
    speed: () => play('GET'),
    setSpeed: (perMinute) => play('PUT', { perMinute }),
    close: async () => {
      await helpers.close()
      await network.close()
    },
  }
}

/** On the port after ours, so that links to posts stay true from one start to the next; on any free one when that is taken. */
async function listenBeside(network: Pick<SandboxNetwork, 'listen'>, port: number): Promise<string> {
  if (port === 0 || port === 65_535) return network.listen(0)
  try {
    return await network.listen(port + 1)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return network.listen(0)
  }
}

const Play = z.object({ perMinute: z.number() })
const Account = z.object({ token: z.string() })
const App = z.object({ clientId: z.string(), clientSecret: z.string() })
