import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type ErrorKind } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { ask } from './graph.ts'
import { kindOf, ofOnePost, saying } from './refusals.ts'

/** As many as are looked at at once: a batch holds fifty, and the last place is the probe's. */
export const BATCH = 49

const Answers = z.array(z.object({ code: z.number(), body: z.string() }).nullable())

/**
 * Looks at up to 49 things with one request, each with an answer of its own; null where a thing is gone, undefined where
 * nothing is known of it: no answer, or a refusal of it alone. `?ids=` would refuse all of them for the sake of one that is gone. Meta counts each as a call, and so do we.
 *
 * Meta says the same of what is gone and of what the account may no longer see (100/33). So the request ends with a
 * probe, a list of the account's own: only if that is shown is anything taken for gone.
 * @throws ConnectorError when none of them was answered, or one refused for a reason that holds for all; `scope` when the
 *   probe fails
 */
export async function lookAt(
  deps: ConnectorDeps,
  asker: { baseUrl: string; token: string },
  { ids, fields, probe }: { ids: string[]; fields: string; probe: string },
  signal: AbortSignal,
): Promise<unknown[]> {
  const looks = ids.map((id) => `${encodeURIComponent(id)}?${new URLSearchParams({ fields })}`)
  const batch = [...looks, `${probe}?fields=id&limit=1`].map((relative_url) => ({ method: 'GET', relative_url }))
  const form = { batch: JSON.stringify(batch), include_headers: 'false' }
  for (let n = 1; n < batch.length; n++) deps.meter?.request()
  const answer = await ask(deps, asker, { method: 'POST', path: '', form, signal }).catch((error: unknown) => {
    // Nothing but looks travels in it: asking again harms nobody.
    if (error instanceof ConnectorError && error.kind === 'timeout')
      throw new ConnectorError('network-down', error.message, { cause: error })
    throw error
  })
  const answers = readAnswer(Answers, answer)
  const seen = ids.map((_, n) => readOne(answers[n]))
  if (ids.length > 0 && seen.every((one) => one === undefined))
    throw new ConnectorError('bad-response', 'Meta showed none of the posts, and did not say why.')
  if (seen.includes(null) && readOne(answers[ids.length]) == null)
    throw new ConnectorError('scope', 'Meta shows the account not even its own posts, so nothing says which are gone.')
  return seen
}

/** What holds for all: to ask after the others as well would be no use. */
const OF_ALL = new Set<ErrorKind>(['rate-limited', 'quota', 'auth', 'scope'])

/** @throws ConnectorError when it was refused for a reason that holds for all */
function readOne(one: z.infer<typeof Answers>[number] | undefined): unknown {
  if (!one) return undefined
  const json = parse(one.body)
  if (one.code >= 200 && one.code < 300 && json !== undefined) return json
  const { code, message } = saying(json)
  const kind = ofOnePost(kindOf(code), message ?? '') ?? (one.code === 404 ? 'gone' : 'bad-response')
  if (kind === 'gone') return null
  if (!OF_ALL.has(kind)) return undefined
  throw new ConnectorError(kind, `Meta refused to show a post: ${message ?? one.code}`, { status: one.code })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
