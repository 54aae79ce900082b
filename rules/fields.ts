import { FLAGS, INTENTS, JUDGED_HEADS, SENTIMENTS } from '../src/domain/classification.ts'

/** Days as rules write them, in the order of ISO 8601 (Monday is 1). */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/**
 * One thing a rule may ask about. `words` is how a sentence names it; `head` is the output of the classifier it
 * comes from: while that head is unsure, the field counts as unknown. `values` closes a tag or list, `range` a number.
 */
type Field = { words: string; head?: string } & (
  | { type: 'text' }
  | { type: 'boolean'; unless: string }
  | { type: 'number'; range: readonly [number, number] }
  | { type: 'tag' | 'list'; values?: readonly string[] }
  | { type: 'handle' }
)

const SHARE = [0, 1] as const
const COUNT = [0, Number.MAX_SAFE_INTEGER] as const

/** The closed list of fields (R3). A new one is a line here and a line in `src/decide/facts.ts`. */
export const FIELDS = {
  text: { type: 'text', words: 'the text' },
  network: { type: 'tag', words: 'the network' },
  kind: { type: 'tag', words: 'the kind of post' },
  addressed: {
    type: 'boolean',
    words: 'the post names the brand’s handle',
    unless: 'the post does not name the brand’s handle',
  },
  followUp: { type: 'boolean', words: 'the author is writing again', unless: 'the author writes for the first time' },
  'author.handle': { type: 'handle', words: 'the author' },
  'author.followers': { type: 'number', words: 'the author’s follower count', range: COUNT },
  influence: { type: 'number', words: 'the author’s influence', range: SHARE },
  language: { type: 'tag', words: 'the language', head: 'language' },
  sentiment: { type: 'tag', words: 'the sentiment', head: 'sentiment', values: SENTIMENTS },
  // No head: the balance of the words can be read even while nobody would put a label on it.
  'sentiment.score': { type: 'number', words: 'the sentiment score', range: [-1, 1] },
  anger: { type: 'number', words: 'anger', head: 'anger', range: SHARE },
  'threshold.community': { type: 'number', words: 'the anger from which a person decides', range: SHARE },
  'threshold.staff': { type: 'number', words: 'the anger from which staff are cheaper', range: SHARE },
  urgency: { type: 'number', words: 'urgency', head: 'urgency', range: SHARE },
  intent: { type: 'tag', words: 'the intent', head: 'intent', values: INTENTS },
  skills: { type: 'list', words: 'the skills asked for', head: 'skills' },
  needsExpert: { type: 'number', words: 'the need for an expert', head: 'needsExpert', range: SHARE },
  needsEmployee: { type: 'number', words: 'the need for an employee', head: 'needsEmployee', range: SHARE },
  flags: { type: 'list', words: 'the flags', head: 'flags', values: FLAGS },
  unsure: { type: 'list', words: 'what we are unsure of', values: JUDGED_HEADS },
  'cluster.size': { type: 'number', words: 'the number of posts that say the same', range: COUNT },
  storm: { type: 'boolean', words: 'it belongs to a storm', unless: 'it belongs to no storm' },
  'clock.hour': { type: 'number', words: 'the hour', range: [0, 23] },
  'clock.weekday': { type: 'tag', words: 'the day', values: WEEKDAYS },
  'clock.businessHours': {
    type: 'boolean',
    words: 'it is within business hours',
    unless: 'it is outside business hours',
  },
  'clock.holiday': { type: 'boolean', words: 'today is a day off', unless: 'today is no day off' },
} as const satisfies Record<string, Field>

export type FieldName = keyof typeof FIELDS
export type FieldType = Field['type']
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[]

type ValueOf = { text: string; tag: string; handle: string; number: number; boolean: boolean; list: readonly string[] }

/**
 * What a policy is asked about one mention: a flat record of plain JSON, stored with the decision so that it can be
 * run again (I7). Null: nobody knows. Tags are lower case; `language` is the primary subtag ("pt" for pt-BR).
 * `lists`: names of the lists it fell in when it was decided, so that a list changed since changes no past decision;
 * decisions stored before there were lists have none, which is unknown.
 */
export type Facts = { readonly [F in FieldName]: ValueOf[(typeof FIELDS)[F]['type']] | null } & {
  readonly lists?: readonly string[] | null
}

export const isFieldName = (name: string): name is FieldName => Object.hasOwn(FIELDS, name)

/** The same table with its literal types forgotten, for code that treats all fields alike. */
export const fieldOf = (name: FieldName): Field => FIELDS[name]
