import type { Writable } from 'node:stream'
import { readPolicy } from '../../rules/language.ts'
import { tryPolicy } from '../backtest.ts'
import { maskPersonalData } from '../classify/flags.ts'
import { type Db, inBrand } from '../db/client.ts'
import type { Move } from '../decide/backtest.ts'
import { countPast } from '../decide/backtest-queries.ts'
import type { BacktestResult } from '../decide/contract.ts'
import { knownOf } from '../decide/known.ts'
import { showResult } from '../decide/show-backtest.ts'
import { compileTried } from '../decide/tried.ts'
import { DAY } from '../domain/clock.ts'
import { StartError } from '../domain/errors.ts'
import { DESTINATIONS } from '../domain/roles.ts'
import type { Tools } from '../main.ts'
import type { Brand } from '../people/brands.ts'
import { columns } from './columns.ts'
import { checkedPolicy } from './pipe/settings.ts'
import { storedPolicy } from './policy-rows.ts'

export type BacktestOn = Pick<Tools, 'out' | 'err'> & {
  db: Db
  brand: Brand
  now: Date
  stderr: Writable & { isTTY?: boolean }
}

export type Asked = { policy: string | null; version: string | null; days: number; json: boolean }

/**
 * Replays the last days of a brand under the policy in force and another, and prints what would move. With `json` one
 * document, in which `moves` lists every mention that moves. @throws StartError when there is nothing to compare with
 */
export async function runBacktestOn(on: BacktestOn, { policy, version, days, json }: Asked): Promise<void> {
  const { db, brand, now, out, err, stderr } = on
  const inForce = await storedPolicy(db, brand, null)
  if (!inForce) throw new StartError(`${brand.name} has no policy in force yet to compare with.`)
  const known = await inBrand(db, brand.id, knownOf)
  const tried =
    policy === null ? readPolicy((await storedPolicy(db, brand, version))!.text) : checkedPolicy(policy, known) // a version that is not there was refused
  const policies = await inBrand(db, brand.id, async (tx) => ({
    went: await compileTried(tx, readPolicy(inForce.text)),
    goes: await compileTried(tx, tried),
  }))
  const period = { since: new Date(now.getTime() - days * DAY), until: now }
  const total = await inBrand(db, brand.id, (tx) => countPast(tx, period))
  const moves: Move[] = []
  const { tally, outlook } = await tryPolicy(db, brand, policies, period, now, (seen, some) => {
    if (json) moves.push(...some)
    if (stderr.isTTY) stderr.write(`\r${seen} of ${total} mentions`)
  })
  if (stderr.isTTY) stderr.write('\r\u001B[K')
  const result = showResult(tally, outlook, policies, [], maskPersonalData)
  const { sample: _, ...told } = result
  if (json)
    out(JSON.stringify({ brand: brand.slug, against: inForce.version, ...period, ...told, moves: moves.map(line) }))
  else for (const row of lines(result, { days, against: inForce.version, total: tally.total })) out(row)
  err(`${tally.total} mentions of ${days} days; nothing was changed.`)
}

function line({ past, went, goes }: Move) {
  const sent = ({ destination, team, rule, reason }: Move['went']) => ({ destination, team, rule, reason })
  return { mentionId: past.mentionId, at: past.at.toISOString(), went: sent(went), goes: sent(goes) }
}

/** The result as tables; before → after wherever there are two figures. */
function lines(result: BacktestResult, about: { days: number; against: number; total: number }): string[] {
  const {
    matrix,
    moved,
    otherTeam,
    otherwise,
    angryToCommunity: angry,
    places,
    rules,
    byCosts,
    members,
    breaches,
  } = result
  const cell = (went: string, goes: string) => matrix.find((one) => one.went === went && one.goes === goes)?.count ?? 0
  const two = ({ went, goes }: { went: number | null; goes: number | null }) => `${went ?? '-'} → ${goes ?? '-'}`
  const load = (of: { went: { aDay: number; busiestDay: number }; goes: { aDay: number; busiestDay: number } }) => [
    two({ went: of.went.aDay, goes: of.goes.aDay }),
    two({ went: of.went.busiestDay, goes: of.goes.busiestDay }),
  ]
  return [
    `${moved} of ${about.total} mentions would go elsewhere than under policy ${about.against}, ${otherTeam} more to another team;`,
    `${otherwise} stay where they went, with another priority, rank, skills, voice or tags.`,
    '',
    ...columns([
      ['went ↓ would go →', ...DESTINATIONS],
      ...DESTINATIONS.map((went) => [went, ...DESTINATIONS.map((goes) => String(cell(went, goes)))]),
    ]),
    '',
    `Angry mentions (anger known and at least ${angry.from}) to the community: ${two(angry)}`,
    breaches
      ? `Clocks expected to run out, at the share of late answers of each place in these days: ${two(breaches)}`
      : 'Clocks expected to run out: too early to say, none has run its time yet',
    '',
    ...columns([
      ['place', 'mentions a day', 'on the fullest day'],
      ...places.map((place) => [[place.destination, place.team].filter(Boolean).join(' '), ...load(place)]),
    ]),
    '',
    ...columns([
      ['rule', 'decided', ''],
      ...rules.map((rule) => [rule.name, two(rule), rule.held?.says ?? '']),
      ...(byCosts ? [['(what mistakes cost)', two(byCosts), '']] : []),
    ]),
    ...(members && members.loads.length > 0
      ? [
          '',
          `Offers expected over the latest ${members.mentions} mentions (${members.days} ${members.days === 1 ? 'day' : 'days'}), to ${members.members} members as they stand now.`,
          `Nobody free: ${members.went.nobody} → ${members.goes.nobody}`,
          ...columns([
            ['member', 'offers a day', 'on the fullest day'],
            ...members.loads.slice(0, 20).map((one) => [one.name, ...load(one)]),
          ]),
        ]
      : []),
  ]
}
