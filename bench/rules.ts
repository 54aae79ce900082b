// Budget: 100 rules of 3–5 conditions in at most 20 µs of CPU a mention, 100 times json-rules-engine, 3 times json-logic-js.
import { type CompiledPolicy, compile, evaluate } from '../rules/evaluate.ts'
import type { Facts } from '../rules/fields.ts'
import { readPolicy } from '../rules/language.ts'
import type { Condition } from '../rules/operators.ts'
import type { Policy } from '../rules/shape.ts'
import { classify } from '../src/classify/classify.ts'
import { openModel } from '../src/classify/model.ts'
import { factsOf } from '../src/decide/facts.ts'
import { demoBrand } from '../src/demo/content.ts'
import { draws } from '../src/domain/seeded.ts'
import { type Bench, type Figure, held, median, ownCpuMicros, plain, short, spread } from './measure.ts'
import { type OtherEngine, withJsonLogic, withJsonRules } from './other-engines.ts'
import { manyPosts } from './posts.ts'
import { BALANCED } from './stage.ts'

const MENTIONS = 2_000
const ROUNDS = 7
/** The slowest takes milliseconds a mention; CPU is counted finely enough for so few. */
const FOR_OTHERS = { 'json-logic-js': 1_000, 'json-rules-engine': 150 }

export const bench: Bench = async (say) => {
  const facts = manyFacts()
  const hundred = manyRules(100)
  const policies: Record<string, Policy> = {
    'the balanced policy': readPolicy(BALANCED),
    '30 rules': manyRules(30),
    '100 rules': hundred,
    '200 rules': manyRules(200),
  }
  const ours = Object.entries(policies).map(([name, policy]) => [name, compile(policy)] as const)
  const others: [keyof typeof FOR_OTHERS, OtherEngine][] = [
    ['json-logic-js', withJsonLogic(hundred.rules)],
    ['json-rules-engine', withJsonRules(hundred.rules)],
  ]
  const { sharing } = compile(hundred)
  say(`the engines agree on ${await agreement(compile(hundred), others, facts)} rules that hold`)
  const cost = new Map<string, number[]>()
  const note = (name: string, micros: number) => cost.set(name, [...(cost.get(name) ?? []), micros])
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, policy] of ours) {
      const micros = deciding(policy, facts)
      if (round >= 0) note(name, micros)
    }
    for (const [name, engine] of others) {
      const micros = await asking(engine, facts.slice(0, FOR_OTHERS[name]))
      if (round >= 0) note(name, micros)
    }
  }
  return figures(cost, sharing)
}

function figures(cost: ReadonlyMap<string, number[]>, sharing: CompiledPolicy['sharing']): Figure[] {
  const of = (name: string) => median(cost.get(name)!) // measured above
  const hundred = of('100 rules')
  return [
    plain('100 rules', `${sharing.written} comparisons, ${sharing.distinct} different`),
    ...[...cost].map(([name, values]) => plain(name, `${spread(values)} µs of CPU a mention`)),
    held('100 rules', hundred, { atMost: 20 }, ' µs'),
    held('100 ÷ 30 rules', hundred / of('30 rules'), { atMost: 12 }),
    held('json-rules-engine ÷ ours', of('json-rules-engine') / hundred, { atLeast: 100 }),
    held('json-logic-js ÷ ours', of('json-logic-js') / hundred, { atLeast: 3 }),
    plain('rules a second and core', short((100 * 1_000_000) / hundred)),
  ]
}

function deciding(policy: CompiledPolicy, facts: readonly Facts[]): number {
  const before = ownCpuMicros()
  for (const one of facts) evaluate(policy, one)
  return (ownCpuMicros() - before) / facts.length
}

async function asking(engine: OtherEngine, facts: readonly Facts[]): Promise<number> {
  const before = ownCpuMicros()
  for (const one of facts) await engine(one)
  return (ownCpuMicros() - before) / facts.length
}

/** @throws Error when an engine finds other rules to hold than ours: then its time says nothing */
async function agreement(ours: CompiledPolicy, others: readonly [string, OtherEngine][], facts: readonly Facts[]) {
  let held = 0
  for (const one of facts.slice(0, 100)) {
    const { tags } = evaluate(ours, one)
    held += tags.length
    for (const [name, engine] of others) {
      const found = [...(await engine(one))].sort().join()
      if (found !== [...tags].sort().join()) throw new Error(`${name} says ${found}, ours ${tags.join()}`)
    }
  }
  return held
}

/**
 * Rules of three to five conditions over all kinds of fields, with the thresholds and words that people share: each
 * only tags, so that every mention asks them all. The same for the same count.
 */
function manyRules(count: number): Policy {
  const draw = draws(count)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!
  const name = (n: number) => `rule-${n}`
  return readPolicy(
    JSON.stringify({
      name: 'many',
      rules: Array.from({ length: count }, (_, n) => ({
        name: name(n),
        when: { all: conditions(3 + Math.floor(draw() * 3), pick) },
        then: { tag: [name(n)] },
      })),
      otherwise: { community: {} },
    }),
  )
}

const WORDS =
  'refund late broken order app kettle coffee wifi speaker love help update firmware beans noise leak smoke price parcel voucher'
const SHARES = ['anger', 'urgency', 'needsExpert', 'needsEmployee'] as const
const FLAGS = ['spam', 'legal', 'press', 'safety', 'personal-data', 'offensive']

function conditions(count: number, pick: <T>(list: readonly T[]) => T): Condition[] {
  const skills = Object.keys(demoBrand().skills)
  const word = () => pick(WORDS.split(' '))
  const kinds: (() => unknown)[] = [
    () => ({ field: pick(SHARES), [pick(['atLeast', 'below', 'above'])]: pick([0.2, 0.35, 0.5, 0.6, 0.75, 0.85]) }),
    () => ({ field: pick(SHARES), [pick(['atLeast', 'below'])]: pick([0.1, 0.3, 0.5, 0.7]) }),
    () => ({ field: 'author.followers', [pick(['atLeast', 'below'])]: pick([100, 500, 1_000, 5_000]) }),
    () => ({ field: 'sentiment.score', [pick(['above', 'below'])]: pick([-0.5, -0.1, 0.1, 0.5]) }),
    () => ({ field: 'language', anyOf: pick([['en'], ['de', 'fr'], ['es', 'pt'], ['en', 'de', 'it']]) }),
    () => ({ field: 'intent', anyOf: pick([['question'], ['problem'], ['praise', 'idea'], ['question', 'problem']]) }),
    () => ({ field: 'sentiment', anyOf: pick([['negative'], ['positive', 'neutral']]) }),
    () => ({ field: 'flags', anyOf: [pick(FLAGS)] }),
    () => ({ field: 'skills', anyOf: [pick(skills)] }),
    () => ({ field: 'text', matchesWords: [word(), `${word()} ${word()}`, word()] }),
    () => ({ field: 'text', contains: word() }),
  ]
  // Safe: readPolicy checks what is made here.
  return Array.from({ length: count }, () => pick(kinds)() as Condition)
}

/** Facts of the demo’s posts with words of them swapped, without unknowns, which the engines beside ours do not know. */
export function manyFacts(): Facts[] {
  const { languages, skills, handles, calendar, timeZone } = demoBrand()
  const model = openModel({ languages, skills })
  const at = new Date()
  return manyPosts(MENTIONS, 500).map(({ text, language = null, author }) => {
    const asked = {
      text,
      network: 'sandbox',
      kind: 'mention',
      author: { handle: author.handle, followers: author.followers ?? 0 },
    }
    const understood = classify({ text, language }, model)
    const facts = factsOf({ ...asked, followUp: false, clusterSize: 1, at }, understood, {
      handles,
      calendar: { timeZone, ...calendar },
    })
    return { ...facts, language: facts.language ?? 'xx', unsure: [] }
  })
}
