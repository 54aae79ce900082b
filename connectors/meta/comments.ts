import type { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { ask } from './graph.ts'
import { Items } from './paging.ts'
import { isClosedToUs } from './refusals.ts'

/**
 * A page of what stands under one post. Nothing where the post is gone since we saw it, and nothing where Meta shows this
 * one to the account no longer: that costs neither the others nor the account, and is told as a gap.
 * @param what names the post to a person
 * @throws ConnectorError
 */
export async function readBelow(
  deps: ConnectorDeps,
  asker: { baseUrl: string; token: string },
  { path, params, signal }: { path: string; params: Record<string, string>; signal: AbortSignal },
  { what, gaps }: { what: string; gaps: string[] },
): Promise<z.infer<typeof Items>> {
  try {
    return readAnswer(Items, await ask(deps, asker, { path, params, about: 'one post', signal }))
  } catch (error) {
    if (isClosedToUs(error)) gaps.push(`What stands under ${what} was not read, for Meta refuses it: ${error.message}`)
    else if (!(error instanceof ConnectorError && error.kind === 'gone')) throw error
    return { data: [] }
  }
}
