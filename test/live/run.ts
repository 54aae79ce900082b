import { parseArgs } from 'node:util'
import { CONNECTORS } from '../../connectors/all.ts'
import type { CatalogueEntry } from '../../connectors/catalogue.ts'
import { type Access, NETWORKS, type Network } from '../../connectors/connector.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { sharedFile } from '../shared.ts'
import { checkLive, type LiveReport } from './check.ts'
import { descriptionsOf, differs, linesOfDescribed } from './described.ts'

/**
 * `npm run live-check -- NETWORK`: asks a real network a little, with requests that only read, and prints what we make of its answers.
 * Settings come from the environment, `X_BEARER_TOKEN` for the setting `bearerToken` of `x`; the account to read with as
 * `X_READER_HANDLE` and `X_READER_TOKEN`; what to listen to as `LIVE_HANDLES` and `LIVE_WORDS`, with commas between.
 * `--descriptions FOLDER` names where the networks' own descriptions lie, by the names of `descriptions.json`.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { descriptions: { type: 'string' } },
    allowPositionals: true,
  })
  const network = positionals[0] as Network | undefined
  const entry = network && CONNECTORS[network]
  if (!network || !entry?.open) {
    const known = NETWORKS.filter((name) => CONNECTORS[name]?.open)
    console.error(`usage: npm run live-check -- NETWORK [--descriptions FOLDER], NETWORK one of ${known.join(', ')}`)
    return 2
  }
  const listen = { handles: listIn('LIVE_HANDLES'), words: listIn('LIVE_WORDS'), exclude: [] }
  const settings = settingsOf(network, entry)
  const missing = entry.settings.filter(({ name, optional }) => !optional && settings[name] === undefined)
  if (missing.length > 0 || listen.handles.length + listen.words.length === 0) {
    const wanted = [...missing.map(({ name }) => variable(network, name)), 'LIVE_HANDLES or LIVE_WORDS']
    console.error(`live-check: set ${wanted.join(', ')} (README of connectors/${network} says where they come from).`)
    return 2
  }
  const descriptions = await descriptionsOf(network, values.descriptions ?? sharedFile('specs'))
  const reader = readerOf(network)
  const report = await checkLive({ entry, settings, reader, listen, clock: systemClock, fetch, descriptions })
  for (const line of [...linesOf(report), ...linesOfDescribed(report.described)]) console.log(line)
  return report.failure || report.lookFailure || report.unreadable.length > 0 || differs(report.described) ? 1 : 0
}

const variable = (network: string, name: string) =>
  `${network}_${name.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase()
const listIn = (name: string) => (process.env[name] ?? '').split(',').flatMap((one) => one.trim() || [])

function settingsOf(network: Network, { settings }: CatalogueEntry): Record<string, string> {
  const given = settings.flatMap(({ name }) => {
    const value = process.env[variable(network, name)]
    return value ? [[name, value] as const] : []
  })
  return Object.fromEntries(given)
}

function readerOf(network: Network): Access | null {
  const [handle, token] = ['readerHandle', 'readerToken'].map((name) => process.env[variable(network, name)])
  return handle && token ? { handle, token } : null
}

function linesOf(report: LiveReport): string[] {
  const { requests, rates, dollars, changes, unreadable, gaps, gone, failure, lookFailure, read, unread } = report
  return [
    ...requests.map(({ method, path, status, ms }) => `${method} ${path} → ${status}, ${ms} ms`),
    ...rates.map(
      ({ key, remaining, limit, resetAt }) =>
        `${key}: ${remaining} of ${limit ?? '?'} left until ${resetAt.toISOString()}`,
    ),
    `Charged: $${dollars.toFixed(3)}`,
    `Made of it: ${
      Object.entries(changes)
        .map(([what, count]) => `${count} ${what}`)
        .join('; ') || 'nothing'
    }; ${gone} gone`,
    ...gaps.map((gap) => `Gap: ${gap}`),
    ...unreadable.map((reason) => `Cannot be read: ${reason}`),
    `Keys we read: ${read.join(' ') || 'none'}`,
    `Keys we do not read: ${unread.join(' ') || 'none'}`,
    ...(failure ? [`Failed: ${failure}`] : []),
    ...(lookFailure ? [`Failed to look at the posts again: ${lookFailure}`] : []),
  ]
}

process.exitCode = await main()
