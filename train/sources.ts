import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Emotion, Flag, Intent, Sentiment } from '../src/domain/classification.ts'

/** What is known of one training text; a label that is absent is unknown and teaches nothing. */
export type Labels = {
  sentiment?: Sentiment
  emotion?: Emotion | 'none'
  /** In [0,1]. */
  anger?: number
  urgency?: number
  employee?: number
  expert?: number
  intent?: Intent
  offensive?: number
  spam?: number
  safety?: number
  selfHarm?: number
}
/** `group` is whom or what it is about where the source says so (an airline, a line of business). */
export type Example = { text: string; language: string; source: string; group?: string; labels: Labels }

/** Columns of our own corpus (`rules/corpus`), in their order; the text stands last. */
export const CORPUS_COLUMNS = [
  'sentiment',
  'emotion',
  'anger',
  'urgency',
  'employee',
  'expert',
  'intent',
  'flags',
  'industry',
  'text',
] as const

const lines = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean)

/** One file of our own corpus. `es.tsv` is Spanish, `en-brands-a.tsv` English, `hi-latn.tsv` Hindi in Latin letters. */
export function ownPosts(folder: string, file: string): Example[] {
  const [header, ...rows] = lines(join(folder, file))
  if (header !== CORPUS_COLUMNS.join('\t')) throw new Error(`${file}: the first line must name the columns.`)
  return rows.map((row) => ownPost(file.slice(0, 2), row.split('\t')))
}

/** Our own posts kept out of training: the same columns with the language before them. */
export function heldOutPosts(file: string): Example[] {
  return lines(file)
    .slice(1)
    .map((row) => {
      const [language, ...cells] = row.split('\t')
      return ownPost(language!.slice(0, 2), cells)
    })
}

/** How much anger or hurry the four steps of the corpus are. */
const STEPS = [0, 0.35, 0.8, 1]

function ownPost(language: string, cells: string[]): Example {
  const [sentiment, emotion, anger, urgency, employee, expert, intent, flags, industry, text] = cells
  const flagged = (flag: Flag): number => (flags!.split(',').includes(flag) ? 1 : 0)
  return {
    text: text!,
    language,
    source: industry === 'general' ? 'own-general' : 'own-brands',
    labels: {
      sentiment: sentiment as Sentiment,
      emotion: emotion as Emotion | 'none',
      anger: STEPS[Number(anger)]!,
      urgency: STEPS[Number(urgency)]!,
      // Beyond the community is a matter for employees, whatever else it is.
      employee: Math.max(Number(employee), Number(expert)),
      expert: Number(expert),
      intent: intent as Intent,
      offensive: flagged('offensive'),
      spam: flagged('spam'),
      safety: flagged('safety'),
      selfHarm: flagged('self-harm'),
    },
  }
}

const JOY = 'admiration amusement excitement gratitude joy love pride relief approval'.split(' ')
const OPTIMISM = 'optimism desire caring'.split(' ')
const ANGER = 'anger annoyance disapproval disgust'.split(' ')
const SADNESS = 'disappointment embarrassment fear grief nervousness remorse sadness'.split(' ')

/** GoEmotions (Demszky et al. 2020): 27 emotions, grouped into our four and into a sentiment. */
export function goEmotions(folder: string): Example[] {
  const names = lines(join(folder, 'labels.txt'))
  return ['train.tsv', 'dev.tsv']
    .flatMap((file) => lines(join(folder, file)))
    .flatMap((line) => {
      const [text, ids] = line.split('\t')
      const found = ids!.split(',').map((id) => names[Number(id)]!)
      const has = (group: string[]): boolean => found.some((name) => group.includes(name))
      const up = has(JOY) || has(OPTIMISM)
      const down = has(ANGER) || has(SADNESS)
      const emotions = (
        [
          ['anger', ANGER],
          ['joy', JOY],
          ['optimism', OPTIMISM],
          ['sadness', SADNESS],
        ] as const
      ).filter(([, group]) => has([...group]))
      // Comments of moderated groups: hardly any sells something, or is by somebody hurt by a product.
      const labels: Labels = { spam: 0, safety: 0 }
      if (up !== down) labels.sentiment = up ? 'positive' : 'negative'
      else if (!up) labels.sentiment = 'neutral'
      if (emotions.length === 1) labels.emotion = emotions[0]![0]
      else if (emotions.length === 0) labels.emotion = 'none'
      labels.anger = found.includes('anger') ? 1 : has(ANGER) ? 0.6 : 0
      return [{ text: text!.replaceAll('[NAME]', 'Sam'), language: 'en', source: 'goemotions', labels }]
    })
}

const SENTIMENT_BY_ID: Sentiment[] = ['negative', 'neutral', 'positive']
const EMOTION_BY_ID: Emotion[] = ['anger', 'joy', 'optimism', 'sadness']

function pairs(folder: string, part: string): [text: string, label: number][] {
  const texts = readFileSync(join(folder, `${part}_text.txt`), 'utf8').split('\n')
  const labels = lines(join(folder, `${part}_labels.txt`)).map(Number)
  return labels.map((label, at) => [texts[at]!, label])
}

export const tweetSentiment = (folder: string, part: string, language: string, source: string): Example[] =>
  pairs(folder, part).map(([text, label]) => ({
    text,
    language,
    source,
    labels: { sentiment: SENTIMENT_BY_ID[label]! },
  }))

export const tweetEmotion = (folder: string, part: string): Example[] =>
  pairs(folder, part).map(([text, label]) => ({
    text,
    language: 'en',
    source: 'tweet-emotion',
    labels: { emotion: EMOTION_BY_ID[label]!, anger: label === 0 ? 1 : 0 },
  }))

export const tweetOffensive = (folder: string, part: string): Example[] =>
  pairs(folder, part).map(([text, label]) => ({
    text,
    language: 'en',
    source: 'tweet-offensive',
    labels: { offensive: label },
  }))

export const semeval = (folder: string): Example[] =>
  lines(join(folder, 'sentiment-train.tsv')).map((line) => {
    const [label, text] = line.split('\t')
    const plain = text!.replace(/\\u([0-9a-f]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    return { text: plain, language: 'en', source: 'semeval', labels: { sentiment: label as Sentiment } }
  })

export type AirlinePost = Example & { group: string; at: string }
export const airline = (folder: string): AirlinePost[] => {
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, 'tweets.csv')), {
    columns: true,
    relax_quotes: true,
    relax_column_count: true,
  })
  return rows.map((row) => ({
    text: row.text!,
    language: 'en',
    source: 'airline',
    group: row.airline!,
    at: row.tweet_created!,
    labels: {
      sentiment: row.airline_sentiment as Sentiment,
      employee: row.negativereason !== '' && row.negativereason !== undefined ? 1 : 0,
    },
  }))
}

export const complaints = (folder: string): (Example & { group: string })[] => {
  const rows: string[][] = parse(readFileSync(join(folder, 'complaints.csv')), {
    relax_quotes: true,
    relax_column_count: true,
  })
  return rows
    .filter((row) => row[2] === '0' || row[2] === '1')
    .map((row) => ({
      text: row[1]!,
      language: 'en',
      source: 'complaints',
      group: row[3]!,
      labels: { employee: Number(row[2]) },
    }))
}

export const XLM_T = {
  arabic: 'ar',
  french: 'fr',
  german: 'de',
  hindi: 'hi',
  italian: 'it',
  portuguese: 'pt',
  spanish: 'es',
}

export const has = (folder: string): boolean => existsSync(folder)
