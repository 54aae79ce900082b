import type { Found } from '../../../src/ingest/contract.ts'
import type { Setup } from '../../../src/report/now/contract.ts'
import { call } from '../api/client.ts'
import { ApiError } from '../api/problem.ts'
import { t } from './t.ts'

/** What trying a step brought: whether all is well, in sentences, and posts where there are some to show. */
export type Tried = { well: boolean; says: string[]; posts: readonly Found[] }

const SHOWN = 5
const SOURCES = 10
const MAIL_LOOKS = 20
const EVERY_MS = 1_000

const said = (well: boolean, ...says: string[]): Tried => ({ well, says, posts: [] })
const wordsOf = (error: unknown): string => {
  if (error instanceof ApiError) return error.message
  throw error
}

async function brand(): Promise<Tried> {
  const { handles } = await call('GET /brand', {})
  if (handles.length === 0) return said(false, t('settings.tryNoHandles'))
  const { caught, of, examples } = await call('POST /sources/preview', { body: { handles, words: [], exclude: [] } })
  return {
    well: caught > 0,
    says: [t(of === 0 ? 'settings.tryNoPosts' : 'settings.tryBrand', { caught, count: of })],
    posts: examples.slice(0, SHOWN),
  }
}

/** One after the other: they may share a network's allowance. */
async function sources(): Promise<Tried> {
  const { items } = await call('GET /sources', {})
  const asked = items.filter(({ state }) => state !== 'paused').slice(0, SOURCES)
  if (asked.length === 0) return said(false, t('settings.tryNoSources'))
  const tried: Tried = { well: true, says: [], posts: [] }
  for (const { id, name } of asked) {
    try {
      const { count, found } = await call('POST /sources/:id/try', { params: { id } })
      tried.says.push(t('settings.trySource', { name, count }))
      tried.posts = [...tried.posts, ...found].slice(0, SHOWN)
    } catch (error) {
      tried.well = false
      tried.says.push(`${name}: ${wordsOf(error)}`)
    }
  }
  return tried
}

async function people(): Promise<Tried> {
  const { origin, mail } = await call('POST /setup/invite/try', {})
  const here = origin === window.location.origin
  return said(
    here,
    t('settings.tryInvite', { origin }),
    ...(here ? [] : [t('settings.tryOtherOrigin', { here: window.location.origin })]),
    t(mail ? 'settings.tryInviteMailed' : 'settings.tryInviteShown'),
  )
}

async function rules(): Promise<Tried> {
  const { text } = await call('GET /policy', {})
  const { ok, faults } = await call('POST /policy/check', { body: { text } })
  if (!ok) return said(false, ...faults.map(({ at, says }) => `${at}: ${says}`))
  const {
    looked,
    otherwise,
    byCosts,
    days,
    rules: all,
  } = await call('POST /policy/matches', {
    body: { text, days: 30, most: 1_000 },
  })
  const idle = all.filter(({ holds }) => holds === 0).length
  return said(
    looked > 0,
    t('settings.tryRules', { count: all.length }),
    looked === 0
      ? t('settings.tryRulesNothing', { days })
      : t('settings.tryRulesOn', { looked, days, decided: looked - otherwise - byCosts, otherwise, idle }),
  )
}

async function notify(): Promise<Tried> {
  try {
    const { id, to } = await call('POST /setup/mail/try', {})
    for (let looks = 0; looks < MAIL_LOOKS; looks++) {
      const { state, trouble } = await call('GET /setup/mail/:id', { params: { id } })
      if (state === 'sent') return said(true, t('settings.tryMailSent', { to }))
      if (state === 'failed' || trouble !== null)
        return said(false, t('settings.tryMailFailed', { to, trouble: trouble ?? '' }))
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
    }
    return said(false, t('settings.tryMailWaits', { to }))
  } catch (error) {
    return said(false, wordsOf(error))
  }
}

/** How each step is really tried; a step without one has nothing that could be. */
export const TRIES: Partial<Record<Setup['steps'][number]['step'], () => Promise<Tried>>> = {
  brand,
  sources,
  people,
  rules,
  notify,
}
