import type { ITwitterApiBeforeRequestConfigHookArgs, TwitterApi, TwitterResponse } from 'twitter-api-v2'
import { SECOND } from '../../src/domain/clock.ts'
import type { ConnectorDeps } from '../catalogue.ts'
import type { Rate } from '../connector.ts'
import { call, type HttpAnswer } from '../http.ts'
import { readAnswer } from '../reading.ts'
import { inOurWords, saying } from './refusals.ts'
import { API } from './settings.ts'
import { TokenAnswer } from './shapes.ts'

/** What the client speaks as: the app, an account, or the app itself when it asks for tokens. */
export type Speaker = { app: string } | { account: string } | { clientId: string; clientSecret?: string }

/**
 * The library `twitter-api-v2` knows X's paths, parameters, tokens and OAuth; this gives it our way of making a request,
 * through the hook it has before one. So a request is bounded in time and size, follows no redirect, goes to another
 * address if told to, counts what it costs, and fails as a `ConnectorError`. Why: docs/decisions/0022-x-library.md.
 */
export async function xClient(
  deps: ConnectorDeps,
  baseUrl: string,
  speaker: Speaker,
  signal: AbortSignal,
): Promise<TwitterApi> {
  // Loaded when X is first spoken to: it takes 150 ms of a processor, which most processes never need.
  const { TwitterApi } = await import('twitter-api-v2')
  const plugin = {
    onBeforeRequestConfig: async (asked: ITwitterApiBeforeRequestConfigHookArgs) => {
      const answer = await send(deps, baseUrl, speaker, asked, signal)
      const headers = Object.fromEntries(answer.headers)
      return { data: answer.json, headers } as unknown as TwitterResponse<unknown>
    },
  }
  const settings = { plugins: [plugin] }
  if ('app' in speaker) return new TwitterApi(speaker.app, settings)
  if ('account' in speaker) return new TwitterApi(speaker.account, settings)
  return new TwitterApi(speaker, settings)
}

/** GETs with parameters of either vocabulary. @throws ConnectorError */
export async function read(
  deps: ConnectorDeps,
  at: { baseUrl: string; speaker: Speaker },
  path: string,
  params: Record<string, string>,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const client = await xClient(deps, at.baseUrl, at.speaker, signal)
  const { data, headers } = await client.v2.get<unknown>(path, params, { fullResponse: true })
  return { status: 200, json: data, headers: new Headers(headers as Record<string, string>), text: '' }
}

type Asked = ITwitterApiBeforeRequestConfigHookArgs

async function send(deps: ConnectorDeps, baseUrl: string, speaker: Speaker, asked: Asked, signal: AbortSignal) {
  const { client, params } = asked
  const isToken = params.url.includes('/2/oauth2/')
  // The secret goes into the header alone: RFC 6749 §2.3 lets a request prove itself one way only.
  const { client_secret: _, ...form } = (params.body ?? {}) as Record<string, string>
  // biome-ignore lint/complexity/useLiteralKeys: it is protected, and the only place that makes address and headers.
  const { url, headers } = client['getHttpRequestArgs']({
    ...params,
    body: {},
    forceBodyMode: isToken ? 'url' : 'json',
  })
  const { 'content-type': _type, ...others } = headers
  const method = params.method.toUpperCase() as 'GET' | 'POST' | 'DELETE'
  try {
    const answer = await call(
      { ...deps, saying, rates: (answered, now) => ratesIn(answered, now, { method, url, speaker }) },
      {
        method,
        url: url.toString().replace(API, baseUrl),
        headers: others,
        ...(isToken ? { form } : method === 'POST' && { body: params.body }),
        signal,
      },
    )
    // The library takes a token's answer apart without looking.
    if (params.url.endsWith('/2/oauth2/token')) readAnswer(TokenAnswer, answer)
    return answer
  } catch (error) {
    throw inOurWords(error, deps.clock.now())
  }
}

/** The windows X tells of, resets in epoch seconds. It leaves them out at times, in refusals above all. */
function ratesIn(headers: Headers, now: Date, asked: { method: string; url: URL; speaker: Speaker }): Rate[] {
  const endpoint = `${asked.method} ${asked.url.pathname.replace(/\d{4,}/, ':id')}`
  const window = (prefix: string, scope: Rate['scope'], key: string): Rate[] => {
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => {
      const told = headers.get(`${prefix}-${name}`)
      return told !== null && /^\d+$/.test(told) ? Number(told) : null
    })
    if (remaining == null || reset == null) return []
    return [{ scope, key, limit: limit ?? null, remaining, resetAt: new Date(Math.max(reset * SECOND, now.getTime())) }]
  }
  return [
    ...window('x-rate-limit', 'account' in asked.speaker ? 'account' : 'app', endpoint),
    ...window('x-user-limit-24hour', 'account', `${endpoint} in a day`),
    ...window('x-app-limit-24hour', 'app', `${endpoint} in a day`),
  ]
}
