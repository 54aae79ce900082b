import type { Classification } from '../domain/classification.ts'
import { type Ledger, lift, note, openLedger, scoreOf, strongest } from './evidence.ts'
import { flagsOf } from './flags.ts'
import { sentimentOf, weigh } from './heads.ts'
import { languageOf, primaryTag } from './language.ts'
import type { Model } from './model.ts'
import { read } from './read.ts'
import { skillsOf } from './skills.ts'
import { weighTechnicalSigns } from './technical.ts'
import { JUDGED_LENGTH, tokenize } from './tokens.ts'
import { likeliest, sentimentLabel, sureness, unsureHeads } from './unsure.ts'

/** How much stronger a score must be to take the label clearly; higher makes confidences more extreme. */
const EMOTION_SHARPNESS = 4
const INTENT_SHARPNESS = 4
/** What an intent must beat: a post that asks, complains, suggests and praises nothing is `other`. */
const OTHER_INTENT = 0.3

/**
 * What we understand of one post (U1): a pure function of text, hint and model (U6), the same for the same input.
 * `language` is the network's hint, BCP-47. Only the first 5 000 characters are judged. Never throws, whatever the
 * text; numbers are rounded to hundredths.
 */
export function classify(post: { text: string; language?: string | null }, model: Model): Classification {
  const text = post.text.length > JUDGED_LENGTH ? post.text.slice(0, JUDGED_LENGTH) : post.text
  const tokens = tokenize(text)
  const guess = languageOf(text, tokens, model.commonWords, model.languages, primaryTag(post.language))
  const readAs = readableTag(guess.bestGuess, guess.tag, model)
  const vocabulary = readAs === null ? null : (model.vocabularies.get(readAs) ?? null)

  const ledger = openLedger(text)
  if (guess.tag !== 'und') note(ledger, 'language', guess.confidence, `[${guess.tag}]`)
  const reading = read(text, tokens, vocabulary)
  const sentiment = sentimentOf(ledger, reading)
  weighTechnicalSigns(ledger, text, tokens)
  const skills = skillsOf(ledger, tokens.list, model.skills, guess.tag === 'und' ? null : guess.tag)
  weighSkills(ledger, skills)
  const found = weigh(ledger, reading, sentiment)
  const flags = flagsOf(ledger, text, tokens, found)
  return shape(ledger, { guess, sentiment, skills, flags, understood: vocabulary !== null && tokens.list.length > 0 })
}

/** The language to read in: the one told, else the best guess, else the brand's first. Null: none we have words for. */
function readableTag(bestGuess: string | null, tag: string, model: Model): string | null {
  if (tag !== 'und') return model.vocabularies.has(tag) ? tag : null
  const candidates = [bestGuess, ...model.languages]
  return candidates.find((each) => each !== null && model.vocabularies.has(each)) ?? null
}

/** Somebody who names several parts of a topic and has a problem with them wants one who knows it. */
function weighSkills(ledger: Ledger, skills: Classification['skills']): void {
  const best = skills[0]
  if (best !== undefined && best.weight > 0.7) lift(ledger, 'needsExpert', 0.25, `[${best.skill}]`)
}

type Judged = {
  guess: { tag: string; confidence: number }
  sentiment: number
  skills: Classification['skills']
  flags: Classification['flags']
  understood: boolean
}

function shape(ledger: Ledger, { guess, sentiment, skills, flags, understood }: Judged): Classification {
  const scores = {
    optimism: hundredths(scoreOf(ledger, 'emotion.optimism')),
    joy: hundredths(scoreOf(ledger, 'emotion.joy')),
    sadness: hundredths(scoreOf(ledger, 'emotion.sadness')),
    anger: hundredths(scoreOf(ledger, 'emotion.anger')),
  }
  const intents = {
    problem: scoreOf(ledger, 'intent.problem'),
    question: scoreOf(ledger, 'intent.question'),
    idea: scoreOf(ledger, 'intent.idea'),
    praise: scoreOf(ledger, 'intent.praise'),
    other: OTHER_INTENT,
  }
  const mood = sentimentLabel(sentiment)
  const emotion = likeliest(scores, EMOTION_SHARPNESS)
  const intent = likeliest(intents, INTENT_SHARPNESS)
  const anger = hundredths(scoreOf(ledger, 'anger'))
  const urgency = hundredths(scoreOf(ledger, 'urgency'))
  const needsExpert = hundredths(scoreOf(ledger, 'needsExpert'))
  const needsEmployee = hundredths(scoreOf(ledger, 'needsEmployee'))
  // Where we could not read the words, the best guess is no better than chance.
  const confidences = {
    language: guess.tag === 'und' ? 0 : guess.confidence,
    sentiment: understood ? mood.confidence : 1 / 3,
    emotion: understood ? emotion.confidence : 1 / 4,
    intent: understood ? intent.confidence : 1 / 5,
    anger: sureness(anger, understood),
    urgency: sureness(urgency, understood),
    needsExpert: sureness(needsExpert, understood),
    needsEmployee: sureness(needsEmployee, understood),
  }
  return {
    language: { tag: guess.tag, confidence: guess.confidence },
    sentiment: { label: mood.label, score: hundredths(sentiment), confidence: hundredths(confidences.sentiment) },
    emotion: { label: emotion.label, scores },
    anger,
    urgency,
    intent: { label: intent.label, confidence: hundredths(confidences.intent) },
    skills,
    needsExpert,
    needsEmployee,
    flags,
    unsure: unsureHeads(confidences),
    why: strongest(ledger),
  }
}

/** Rounds to two decimals and never gives -0. */
const hundredths = (value: number): number => Math.round(value * 100) / 100 + 0
