import type { Classification, Flag, JudgedHead } from '../domain/classification.ts'
import { EMOTIONS, INTENTS, SENTIMENTS } from '../domain/classification.ts'
import { newFeatures } from './features.ts'
import { flagsOf } from './flags.ts'
import { HEADS, type Head, type HeadName, OUTPUTS, writeProbabilities } from './heads.ts'
import type { LanguageGuess } from './language.ts'
import { addLearned } from './learned.ts'
import type { Model } from './model.ts'
import { readPost } from './read-post.ts'
import { newScores, score } from './score.ts'
import { type SkillScore, scoreSkills } from './skill-score.ts'
import { confidenceOf, unsureHeads } from './unsure.ts'
import type { Weights } from './weights.ts'
import { type Question, reasonsFor } from './why.ts'

/** Written anew by each call, so that a page of posts does not fill the memory with short-lived tables. */
const features = newFeatures()
const scores = newScores()
/** Heads of one label explain themselves only when they have something to say. */
const EXPLAINED_FROM = 0.35
/**
 * What we understand of one post (U1): a pure function of text, hint and model (U6), the same for the same input.
 * `language` is the network's hint, BCP-47. Only the first 5 000 characters are judged. Never throws, whatever the
 * text; numbers are rounded to hundredths.
 */
export function classify(post: { text: string; language?: string | null }, model: Model): Classification {
  const { reading, guess, readAs } = readPost(post, model, features)
  const { tokens } = reading
  score(features, tokens.list, model.weights, scores)
  if (model.learned !== null) addLearned(features, model.learned, model.weights, scores)

  const found = headsOf(model.weights, readAs !== null && tokens.list.length > 0, guess)
  const skills = scoreSkills(features, reading, model.skills, guess.tag === 'und' ? null : guess.tag)
  const flags = flagsOf(reading, found.raised)
  const why = reasonsFor(questionsFor(found), reading, features, scores)
  for (const reason of flags.why) why.push(reason)
  for (const { evidence } of skills) for (const reason of evidence) why.push(reason)
  return {
    language: { tag: guess.tag, confidence: guess.confidence },
    sentiment: found.sentiment,
    emotion: found.emotion,
    anger: found.anger,
    urgency: atLeast(found.urgency, flags.found, PRESSING),
    intent: found.intent,
    skills: skills.map(nameAndWeight),
    needsExpert: found.needsExpert,
    needsEmployee: atLeast(found.needsEmployee, flags.found, FOR_STAFF),
    flags: flags.found,
    unsure: unsureHeads(found.confidences, model.weights.sureFrom),
    why,
  }
}

const nameAndWeight = ({ skill, weight }: SkillScore): Classification['skills'][number] => ({ skill, weight })

/** A flag that speaks for itself lifts a score to this, whatever the words beside it. */
const LIFTED = 0.85
const PRESSING: readonly Flag[] = ['safety', 'self-harm']
const FOR_STAFF: readonly Flag[] = ['safety', 'self-harm', 'legal', 'press']

function atLeast(score: number, flags: readonly Flag[], lifting: readonly Flag[]): number {
  for (const flag of flags) if (lifting.includes(flag)) return Math.max(score, LIFTED)
  return score
}

type Found = Pick<
  Classification,
  'sentiment' | 'emotion' | 'intent' | 'anger' | 'urgency' | 'needsExpert' | 'needsEmployee'
> & {
  /** The flags that a head raises by itself. */
  raised: readonly Raising[]
  confidences: Record<JudgedHead, number>
}

/** The probabilities of all outputs; written anew by each call. */
const shares = new Float64Array(OUTPUTS)

/** What the log odds say. Where we cannot read the words (`understood` false) no guess is better than chance. */
function headsOf({ heads }: Weights, understood: boolean, guess: LanguageGuess): Found {
  for (const { head, temperature, shift } of heads) writeProbabilities(scores.odds, head, temperature, shift, shares)
  const mood = likeliest(HEADS.sentiment.at, SENTIMENTS.length)
  const feeling = likeliest(HEADS.emotion.at, EMOTIONS.length)
  const aim = likeliest(HEADS.intent.at, INTENTS.length)
  const anger = shareOf(HEADS.anger.at)
  const urgency = shareOf(HEADS.urgency.at)
  const needsExpert = shareOf(HEADS.needsExpert.at)
  const needsEmployee = shareOf(HEADS.needsEmployee.at)
  const [sentimentAt, emotionAt, intentAt] = [HEADS.sentiment.at, HEADS.emotion.at, HEADS.intent.at]
  const sentiment = understood ? shareOf(sentimentAt + mood) : chanceOf(HEADS.sentiment)
  const emotion = understood ? shareOf(emotionAt + feeling) : chanceOf(HEADS.emotion)
  const intent = understood ? shareOf(intentAt + aim) : chanceOf(HEADS.intent)
  return {
    sentiment: {
      label: SENTIMENTS[mood]!,
      score: hundredths(shares[sentimentAt + 2]! - shares[sentimentAt]!),
      confidence: sentiment,
    },
    emotion: {
      label: EMOTIONS[feeling]!,
      scores: {
        anger: shareOf(emotionAt),
        joy: shareOf(emotionAt + 1),
        optimism: shareOf(emotionAt + 2),
        sadness: shareOf(emotionAt + 3),
      },
    },
    intent: { label: INTENTS[aim]!, confidence: intent },
    anger,
    urgency,
    needsExpert,
    needsEmployee,
    raised: RAISING.filter(({ at, from }) => shares[at]! >= from),
    confidences: {
      language: guess.tag === 'und' ? 0 : guess.confidence,
      sentiment,
      emotion,
      intent,
      anger: confidenceOf(anger, understood),
      urgency: confidenceOf(urgency, understood),
      needsExpert: confidenceOf(needsExpert, understood),
      needsEmployee: confidenceOf(needsEmployee, understood),
    },
  }
}

const shareOf = (output: number): number => hundredths(shares[output]!)
const chanceOf = ({ labels }: Head): number => hundredths(1 / labels.length)

/** The first of the likeliest of `length` outputs from `at` on, so that the answer depends on nothing but the text. */
function likeliest(at: number, length: number): number {
  let best = 0
  for (let k = 1; k < length; k++) if (shares[at + k]! > shares[at + best]!) best = k
  return best
}

/** What a reader will ask: why this mood, this intent, and each score that stands out. */
function questionsFor(found: Found): Question[] {
  const asked: Question[] = [WHY_MOOD, WHY_INTENT[INTENTS.indexOf(found.intent.label)]!]
  const { label, scores: feelings } = found.emotion
  if (feelings[label] >= EXPLAINED_FROM) asked.push(WHY_EMOTION[EMOTIONS.indexOf(label)]!)
  if (found.anger >= EXPLAINED_FROM) asked.push(WHY_SCORE.anger)
  if (found.urgency >= EXPLAINED_FROM) asked.push(WHY_SCORE.urgency)
  if (found.needsExpert >= EXPLAINED_FROM) asked.push(WHY_SCORE.needsExpert)
  if (found.needsEmployee >= EXPLAINED_FROM) asked.push(WHY_SCORE.needsEmployee)
  for (const { why } of found.raised) asked.push(why)
  return asked
}

const WHY_MOOD: Question = { head: 'sentiment', output: HEADS.sentiment.at + 2, against: [HEADS.sentiment.at] }
const WHY_INTENT = questionsOf(HEADS.intent)
const WHY_EMOTION = questionsOf(HEADS.emotion)
const WHY_SCORE = {
  anger: questionOf('anger'),
  urgency: questionOf('urgency'),
  needsExpert: questionOf('needsExpert'),
  needsEmployee: questionOf('needsEmployee'),
}

/** A flag that a head raises by itself from a probability on, whatever the words. */
type Raising = { flag: Flag; at: number; from: number; why: Question }

/**
 * A post in distress that is missed costs more than a look at one that is not; a customer taken for spam is lost. On
 * 9 386 posts to airlines these let the heads alone raise spam eleven times, safety 22 times, self-harm four times.
 */
const RAISING: readonly Raising[] = [
  raising('offensive', 'offensive', 0.6),
  raising('spam', 'spam', 0.8),
  raising('safety', 'safety', 0.3),
  raising('self-harm', 'selfHarm', 0.2),
]

function raising(flag: Flag, head: HeadName, from: number): Raising {
  const { at } = HEADS[head]
  return { flag, at, from, why: { head: `flags.${flag}`, output: at, against: [] } }
}

/** One question a label: why this one and not the others. */
function questionsOf({ name, at, labels }: Head): Question[] {
  const outputs = labels.map((_, k) => at + k)
  return labels.map((label, k) => ({
    head: `${name}.${label}`,
    output: at + k,
    against: outputs.filter((other) => other !== at + k),
  }))
}

function questionOf(name: HeadName): Question {
  return { head: name, output: HEADS[name].at, against: [] }
}

/** Rounds to two decimals and never gives -0. */
const hundredths = (value: number): number => Math.round(value * 100) / 100 + 0
