import { isAlias, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { DomainError } from '../src/domain/errors.ts'
import { didYouMean, type Fault, isMap, type Known, named } from './check.ts'
import { type Policy, policyShape } from './shape.ts'

export type { Known } from './check.ts'
export type { Comparison, Condition } from './operators.ts'
export type { Action, FinalAction, Policy, Rule } from './shape.ts'

import { LIMITS } from './limits.ts'

/** A fault with its place in the text: `at` as in “rules[3].when.anger”, `line` counted from 1, null when unknown. */
export type PlacedFault = { at: string; line: number | null; says: string }

/** A policy that may not be used. The message is about the first fault; `details.faults` holds them all. */
export class PolicyError extends DomainError {
  override name = 'PolicyError'
  readonly faults: readonly PlacedFault[]
  constructor(faults: readonly PlacedFault[]) {
    const [first] = faults
    const place = [first?.at, first?.line ? `line ${first.line}` : ''].filter(Boolean).join(', ')
    super('invalid', `${place ? `${place}: ` : ''}${first?.says ?? 'The policy cannot be used.'}`, { faults })
    this.faults = faults
  }
}

/**
 * Reads a policy from YAML or JSON (which is YAML).
 * @throws PolicyError naming the place of each fault; nothing of the text is run, expanded or fetched.
 */
export function readPolicy(text: string, known: Known = {}): Policy {
  if (text.length > LIMITS.policyCharacters)
    throw new PolicyError([
      nowhere(`A policy has at most ${LIMITS.policyCharacters} characters; this has ${text.length}.`),
    ])
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number | undefined) => (offset === undefined ? null : lines.linePos(offset).line)
  const broken = document.errors[0]
  if (broken)
    throw new PolicyError([{ at: '', line: lineAt(broken.pos[0]), says: `This is not YAML: ${broken.message}.` }])
  visit(document, {
    Node(_, node) {
      if (isAlias(node) || node.anchor)
        throw new PolicyError([
          {
            at: '',
            line: lineAt(node.range?.[0]),
            says: 'Anchors and aliases (& and *) are not allowed; write it out.',
          },
        ])
    },
  })
  const raw: unknown = document.toJS()
  if (!isMap(raw))
    throw new PolicyError([nowhere(`A policy is a map with name, rules and otherwise; this is ${named(raw)}.`)])
  const read = policyShape(known).safeParse(raw)
  const faults = read.success ? teamFaults(read.data, known) : read.error.issues.map((issue) => sentence(issue, raw))
  if (read.success && faults.length === 0) return read.data
  throw new PolicyError(
    faults.map(({ path, says }) => ({ at: inBrackets(path), line: lineAt(nearestNode(path)), says })),
  )

  /** The offset of the deepest node on the way to `path` that is there. */
  function nearestNode(path: readonly PropertyKey[]): number | undefined {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
      if (isMap(node) && Array.isArray(node.range)) return node.range[0] as number
    }
    return undefined
  }
}

const nowhere = (says: string): PlacedFault => ({ at: '', line: null, says })

const inBrackets = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')

function teamFaults({ rules, otherwise }: Policy, { teams }: Known): Fault[] {
  if (!teams) return []
  const places = [
    ...rules.map((rule, at) => ({ path: ['rules', at, 'then'], action: rule.then })),
    { path: ['otherwise'], action: otherwise },
  ]
  return places.flatMap(({ path, action }) => {
    const asked = [
      ...(action.escalate ? [{ at: ['escalate', 'team'], team: action.escalate.team }] : []),
      ...(action.notify ?? []).map((team, at) => ({ at: ['notify', at], team })),
    ]
    return asked
      .filter(({ team }) => !teams.includes(team))
      .map(({ at, team }) => ({
        path: [...path, ...at],
        says: `There is no team “${team}”.${didYouMean(team, teams)}`,
      }))
  })
}

/** Zod's issue in our words. */
function sentence(issue: z.core.$ZodIssue, raw: unknown): Fault {
  const { path } = issue
  const found = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], raw)
  const what = path.length === 0 ? 'A policy' : `“${String(path.at(-1))}”`
  switch (issue.code) {
    case 'unrecognized_keys': {
      const [key = ''] = issue.keys
      return { path: [...path, key], says: `“${key.slice(0, 60)}” means nothing here.${didYouMean(key, KEYS)}` }
    }
    case 'invalid_type':
      if (found === undefined) return { path, says: `${what} is missing.` }
      return { path, says: `${what} has to be ${EXPECTED[issue.expected] ?? issue.expected}; this is ${named(found)}.` }
    case 'invalid_value':
      return { path, says: `${what} is one of ${issue.values.join(', ')}; this is ${named(found)}.` }
    case 'too_small':
      return { path, says: `${what} needs at least ${issue.minimum}; this is ${named(found)}.` }
    case 'too_big':
      return { path, says: `${what} may have at most ${issue.maximum}.` }
    default:
      return { path, says: issue.message }
  }
}

const EXPECTED: Record<string, string> = {
  object: 'a map, such as {}',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
}

const KEYS = [
  ...['name', 'version', 'description', 'rules', 'otherwise', 'when', 'then'],
  ...['escalate', 'community', 'triage', 'ignore', 'tag', 'priority', 'notify'],
  ...['team', 'minimumRank', 'skills', 'voice', 'reason'],
]
