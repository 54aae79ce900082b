import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { ask } from './graph.ts'
import { kindOf, saying } from './refusals.ts'

/** The most that one batch may hold. */
export const BATCH = 50

const Answers = z.array(z.object({ code: z.number(), body: z.string() }).nullable())

/**
 * Looks at up to 50 things with one request, each with an answer of its own; null where a thing is gone. `?ids=` would
 * refuse all of them for the sake of one that is gone. Meta counts each as a call, and so do we.
 * @throws ConnectorError when one of them was not answered, or refused for any other reason
 */
export async function lookAt(
  deps: ConnectorDeps,
  asker: { baseUrl: string; token: string },
  ids: string[],
  fields: string,
  signal: AbortSignal,
): Promise<unknown[]> {
  const batch = ids.map((id) => ({
    method: 'GET',
    relative_url: `${encodeURIComponent(id)}?${new URLSearchParams({ fields })}`,
  }))
  const form = { batch: JSON.stringify(batch), include_headers: 'false' }
  for (let n = 1; n < ids.length; n++) deps.meter?.request()
  const answer = await ask(deps, asker, { method: 'POST', path: '', form, signal }).catch((error: unknown) => {
    // Nothing but looks travels in it: asking again harms nobody.
    if (error instanceof ConnectorError && error.kind === 'timeout')
      throw new ConnectorError('network-down', error.message, { cause: error })
    throw error
  })
  const answers = readAnswer(Answers, answer)
  return ids.map((_, n) => {
    const one = answers[n]
    if (!one) throw new ConnectorError('bad-response', 'Meta left a part of the question without an answer.')
    const json = parse(one.body)
    if (one.code >= 200 && one.code < 300 && json !== undefined) return json
    const { code, message } = saying(json)
    const kind = kindOf(code) ?? (one.code === 404 ? 'gone' : 'bad-response')
    if (kind === 'gone') return null
    throw new ConnectorError(kind, `Meta refused to show a post: ${message ?? one.code}`, { status: one.code })
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
