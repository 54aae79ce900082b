import type { Classification, Evidence } from '../domain/classification.ts'
import { type Labels, LEARNING } from './correction.ts'

/** What stands in the place of reasons where a person said it. */
const SAID = '[a person said so]'
const VALENCE = { negative: -1, neutral: 0, positive: 1 } as const

/**
 * A classification with what a person said in the place of what the model guessed: certain, and with the person as its
 * only reason. What the person left open stays as it was.
 */
export function correctedBy(guess: Classification, labels: Labels): Classification {
  const { language, sentiment, emotion, intent } = labels
  const said = new Set(Object.entries(labels).flatMap(([label, value]) => (value === undefined ? [] : [label])))
  const headOf = (head: string): string => head.split('.')[0]!
  return {
    ...guess,
    language: language === undefined ? guess.language : { tag: language, confidence: 1 },
    sentiment:
      sentiment === undefined ? guess.sentiment : { label: sentiment, score: VALENCE[sentiment], confidence: 1 },
    emotion: emotion === undefined ? guess.emotion : felt(guess.emotion, emotion),
    intent: intent === undefined ? guess.intent : { label: intent, confidence: 1 },
    anger: labels.anger ?? guess.anger,
    urgency: labels.urgency ?? guess.urgency,
    needsExpert: labels.needsExpert ?? guess.needsExpert,
    needsEmployee: labels.needsEmployee ?? guess.needsEmployee,
    skills:
      labels.skill === undefined ? guess.skills : labels.skill === null ? [] : [{ skill: labels.skill, weight: 1 }],
    unsure: guess.unsure.filter((head) => !said.has(head)),
    why: [
      ...LEARNING.filter((head) => said.has(head)).map((head): Evidence => ({ head, words: SAID, push: 1 })),
      ...guess.why.filter(({ head }) => !said.has(headOf(head))),
    ],
  }
}

function felt(guess: Classification['emotion'], emotion: Labels['emotion'] & string): Classification['emotion'] {
  const scores = { anger: 0, joy: 0, optimism: 0, sadness: 0 }
  if (emotion === 'none') return { label: guess.label, scores }
  return { label: emotion, scores: { ...scores, [emotion]: 1 } }
}

/** What the model guessed of the labels a person named, in the same form, to be shown beside them. */
export function guessOf(guess: Classification, labels: Labels): Labels {
  const all: Labels = {
    ...{ language: guess.language.tag, sentiment: guess.sentiment.label, intent: guess.intent.label },
    emotion: guess.emotion.label,
    ...{ anger: guess.anger, urgency: guess.urgency },
    ...{ needsExpert: guess.needsExpert, needsEmployee: guess.needsEmployee, skill: guess.skills[0]?.skill ?? null },
  }
  return Object.fromEntries(Object.keys(labels).map((label) => [label, all[label as keyof Labels]]))
}
