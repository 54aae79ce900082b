import type { Facts } from '../../rules/fields.ts'

/** An everyday question, with only what matters to a test stated. */
export const facts = (given: Partial<Facts> = {}): Facts => ({
  text: 'How do I pair the headphones with my phone?',
  network: 'sandbox',
  kind: 'mention',
  addressed: true,
  followUp: false,
  'author.handle': 'robin',
  'author.followers': 120,
  language: 'en',
  sentiment: 'neutral',
  'sentiment.score': 0,
  anger: 0.05,
  urgency: 0.1,
  intent: 'question',
  skills: ['app/pairing'],
  needsExpert: 0.1,
  needsEmployee: 0.1,
  flags: [],
  unsure: [],
  'cluster.size': 1,
  'clock.hour': 10,
  'clock.weekday': 'monday',
  'clock.businessHours': true,
  ...given,
})
