import { createRequire } from 'node:module'
import type { Sentiment } from '../src/domain/classification.ts'

const load = createRequire(import.meta.url)

/** What stands beside our figures: what anybody gets without effort. */
export type Baseline = { name: string; sentiment: (text: string) => Sentiment }

type Analyzer = { getSentiment: (words: string[]) => number }
type AnalyzerClass = new (language: string, stemmer: undefined, vocabulary: 'afinn') => Analyzer

/** Natural's analyser with AFINN, unstemmed: the mean valence of a post's words, positive above 0, negative below. */
export function naturalAfinn(): Baseline {
  // The sub-path, for natural as a whole opens database drivers; its types only describe the whole.
  const SentimentAnalyzer = load('natural/lib/natural/sentiment/SentimentAnalyzer') as AnalyzerClass
  const analyzer = new SentimentAnalyzer('English', undefined, 'afinn')
  return {
    name: "natural's AFINN",
    sentiment(text) {
      const words = text
        .toLowerCase()
        .split(/[^\p{L}\p{N}']+/u)
        .filter(Boolean)
      const score = words.length === 0 ? 0 : analyzer.getSentiment(words)
      return score > 0 ? 'positive' : score < 0 ? 'negative' : 'neutral'
    },
  }
}

/** The label that is most frequent among `labels`, ties by name. */
export function majorityOf(labels: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? ''
}
