// Budget: 100 rules cost at most 12 times as much as 30, and below 60 µs of CPU a mention.
import { type CompiledPolicy, compile, evaluate } from '../rules/evaluate.ts'
import type { Facts } from '../rules/fields.ts'
import { readPolicy } from '../rules/language.ts'
import { classify } from '../src/classify/classify.ts'
import { openModel } from '../src/classify/model.ts'
import { factsOf } from '../src/decide/facts.ts'
import { demoBrand } from '../src/demo/content.ts'
import { type Bench, held, median, ownCpuMicros, plain, spread } from './measure.ts'
import { manyPosts } from './posts.ts'
import { BALANCED } from './stage.ts'

const MENTIONS = 2_000
const ROUNDS = 7

export const bench: Bench = async () => {
  const policies = { 'the balanced policy': BALANCED, '30 rules': manyRules(30), '100 rules': manyRules(100) }
  const compiled = Object.entries(policies).map(([name, text]) => [name, compile(readPolicy(text))] as const)
  const facts = manyFacts()
  const cost = new Map<string, number[]>(compiled.map(([name]) => [name, []]))
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, policy] of compiled) {
      const micros = deciding(policy, facts)
      if (round >= 0) cost.get(name)!.push(micros)
    }
  }
  const [thirty, hundred] = [median(cost.get('30 rules')!), median(cost.get('100 rules')!)]
  return [
    ...[...cost].map(([name, values]) => plain(name, `${spread(values)} µs of CPU a mention`)),
    held('100 ÷ 30 rules', hundred / thirty, { atMost: 12 }),
    held('100 rules', hundred, { atMost: 60 }, ' µs'),
  ]
}

function deciding(policy: CompiledPolicy, facts: readonly Facts[]): number {
  const before = ownCpuMicros()
  for (const one of facts) evaluate(policy, one)
  return (ownCpuMicros() - before) / facts.length
}

/** Rules of three conditions each of which nearly none holds, so that nearly every mention asks them all. */
function manyRules(count: number): string {
  const rule = (n: number) => `
  - name: rule ${n}
    when:
      all:
        - field: text
          matchesWords: [zebra${n}, quagga${n}]
        - field: anger
          atLeast: 0.${(n % 9) + 1}
        - field: author.followers
          atLeast: ${n * 100}
    then:
      escalate: { team: care, priority: normal }`
  return `name: many\nrules:${Array.from({ length: count }, (_, n) => rule(n)).join('')}\notherwise:\n  community: {}\n`
}

function manyFacts(): Facts[] {
  const { languages, skills, handles, calendar, timeZone } = demoBrand()
  const model = openModel({ languages, skills })
  const at = new Date()
  return manyPosts(MENTIONS, 500).map(({ text, language = null, author }) => {
    const asked = {
      text,
      network: 'sandbox',
      kind: 'mention',
      author: { handle: author.handle, followers: author.followers ?? null },
    }
    const understood = classify({ text, language }, model)
    return factsOf({ ...asked, followUp: false, clusterSize: 1, at }, understood, {
      handles,
      calendar: { timeZone, ...calendar },
    })
  })
}
