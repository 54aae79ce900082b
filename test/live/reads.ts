import { z } from 'zod'

const Looks = z.array(z.strictObject({ method: z.literal('GET'), relative_url: z.string() }))
const GRAPH_ROOT = /^\/v\d+\.\d+\/$/

/** Whether a request changes nothing: a GET, or a batch to Meta's Graph API that holds nothing but GETs. */
export function onlyReads(url: string, { method = 'GET', body }: RequestInit): boolean {
  if (method === 'GET') return true
  const { pathname, search } = new URL(url)
  if (method !== 'POST' || !GRAPH_ROOT.test(pathname) || search !== '' || typeof body !== 'string') return false
  const { batch, include_headers: _, ...others } = Object.fromEntries(new URLSearchParams(body))
  if (batch === undefined || Object.keys(others).length > 0) return false
  const looks = Looks.safeParse(parsed(batch)).data
  // Graph takes a GET that says `method=delete` for a DELETE.
  return looks?.every(({ relative_url: at }) => !new URLSearchParams(at.split('?').at(1)).has('method')) ?? false
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
