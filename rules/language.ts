import type { z } from 'zod'
import { adviceOn } from './advice.ts'
import { didYouMean, type Fault, isMap, type Known, named } from './check.ts'
import { DEFAULT_MATCHING } from './matching.ts'
import { type Action, type Policy, policyShape } from './shape.ts'
import { openYaml, type PlacedFault, PolicyError, type YamlText } from './yaml-text.ts'

export type { Known } from './check.ts'
export type { Comparison, Condition } from './operators.ts'
export type { Action, FinalAction, Policy, Rule } from './shape.ts'
export { type PlacedFault, PolicyError } from './yaml-text.ts'

/**
 * Reads a policy from YAML or JSON (which is YAML).
 * @throws PolicyError naming the place of each fault; nothing of the text is run, expanded or fetched.
 */
export const readPolicy = (text: string, known: Known = {}): Policy => checked(openYaml(text), known)

/**
 * Everything to say about a policy's text: faults, with which it cannot be used; or, without faults, advice on what is
 * allowed and probably not meant (R5). Each has its place. Never throws for what the text says.
 */
export function checkText(text: string, known: Known = {}): { faults: PlacedFault[]; advice: PlacedFault[] } {
  try {
    const opened = openYaml(text)
    const policy = checked(opened, known)
    return { faults: [], advice: adviceOn(policy).map(opened.place) }
  } catch (error) {
    if (error instanceof PolicyError) return { faults: [...error.faults], advice: [] }
    throw error
  }
}

function checked({ raw, place }: YamlText, known: Known): Policy {
  if (!isMap(raw))
    throw new PolicyError([
      place({ path: [], says: `A policy is a map with name, rules and otherwise; this is ${named(raw)}.` }),
    ])
  const read = policyShape(known).safeParse(raw)
  const faults = read.success ? nameFaults(read.data, known) : read.error.issues.map((issue) => sentence(issue, raw))
  if (read.success && faults.length === 0) return read.data
  throw new PolicyError(faults.map(place))
}

/** What actions name and the brand does not have: nobody would be told, asked or allowed to answer. */
function nameFaults({ rules, otherwise }: Policy, known: Known): Fault[] {
  const places = [
    ...rules.map((rule, at) => ({ path: ['rules', at, 'then'], action: rule.then })),
    { path: ['otherwise'], action: otherwise },
  ]
  return places.flatMap(({ path, action }) => [
    ...teamFaults(action, path, known),
    ...skillFaults(action, path, known),
    ...rankFaults(action, path, known),
  ])
}

function teamFaults({ escalate, notify = [] }: Action, path: PropertyKey[], { teams }: Known): Fault[] {
  if (!teams) return []
  const asked = [
    ...(escalate ? [{ at: ['escalate', 'team'], team: escalate.team }] : []),
    ...notify.map((team, at) => ({ at: ['notify', at], team })),
  ]
  return asked
    .filter(({ team }) => !teams.includes(team))
    .map(({ at, team }) => ({ path: [...path, ...at], says: `There is no team “${team}”.${didYouMean(team, teams)}` }))
}

function skillFaults({ community }: Action, path: PropertyKey[], { skills }: Known): Fault[] {
  return (community?.skills ?? []).flatMap((skill, at) => {
    if (!skills || skills.includes(skill)) return []
    const says = `There is no skill “${skill}”, so no member holds it.${didYouMean(skill, skills)}`
    return [{ path: [...path, 'community', 'skills', at], says }]
  })
}

function rankFaults({ community }: Action, path: PropertyKey[], { ranks }: Known): Fault[] {
  const rank = community?.minimumRank ?? 0
  if (!ranks || rank < ranks.length) return []
  const ladder = ranks.map((name, at) => `${at} ${name}`).join(', ')
  return [{ path: [...path, 'community', 'minimumRank'], says: `No member reaches rank ${rank}; there are ${ladder}.` }]
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
  ...['name', 'version', 'description', 'rules', 'otherwise', 'when', 'then', 'off'],
  ...['escalate', 'community', 'triage', 'ignore', 'tag', 'priority', 'notify'],
  ...['team', 'minimumRank', 'skills', 'voice', 'reason'],
  ...['matching', 'weights', 'exploration', 'ladder', 'look', 'minutes', 'offers', 'share'],
  ...Object.keys(DEFAULT_MATCHING.weights),
]
