import fc from 'fast-check'
import type { Facts } from '../../rules/fields.ts'
import { facts } from '../rules/facts.ts'

const unknownOr = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 8 })
const share = fc.integer({ min: 0, max: 20 }).map((n) => n / 20)
/** Facts as they may be stored: some unknown, some unsure. Some know what mistakes cost. */
export const someFacts: fc.Arbitrary<Facts> = fc
  .record({
    text: fc.constantFrom('The kettle hums', 'Where is the app?', 'ça va'),
    language: unknownOr(fc.constantFrom('en', 'de', 'es')),
    anger: unknownOr(share),
    urgency: unknownOr(share),
    needsEmployee: unknownOr(share),
    'sentiment.score': unknownOr(share.map((n) => n * 2 - 1)),
    intent: unknownOr(fc.constantFrom('question', 'problem', 'idea', 'praise', 'other')),
    flags: fc.subarray(['spam', 'safety', 'legal', 'press']),
    unsure: fc.subarray(['anger', 'intent']),
    'threshold.staff': fc.option(share, { freq: 1 }),
    'threshold.community': fc.option(share, { freq: 1 }),
    'cluster.size': fc.integer({ min: 1, max: 5 }),
  })
  .map((given) => facts(given))
