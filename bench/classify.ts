// Budget: language and all heads together at least twice as fast as franc alone, 15,000 posts a CPU second on a quiet machine.
import { createRequire } from 'node:module'
import { francAll } from 'franc'
import { classify } from '../src/classify/classify.ts'
import { openModel } from '../src/classify/model.ts'
import { ownCorpus } from '../train/sets.ts'
import { type Bench, held, median, ownCpuMicros, plain, short, spread } from './measure.ts'

const ROUNDS = 9
const POSTS = 2_000
const LONG = 100_000
const FRANC = {
  only: 'eng spa fra deu por ita nld pol tur swe ind vie rus arb hin jpn kor'.split(' '),
}

type Analyzer = { getSentiment: (words: string[]) => number }
const load = createRequire(import.meta.url)

/**
 * The whole classification beside what others do a part of, on the same posts in the same run: our own corpus, nine
 * languages. Arms run in turn; CPU of this process, and of each arm the median over rounds.
 */
export const bench: Bench = async () => {
  const before = process.memoryUsage().rss
  const began = performance.now()
  const model = openModel({ languages: ['en', 'es', 'fr', 'de', 'pt', 'it'], skills: {} })
  const opened = performance.now() - began
  const megabytes = (process.memoryUsage().rss - before) / 1_048_576
  const corpus = ownCorpus(new URL('../rules/corpus', import.meta.url).pathname).map(({ text }) => text)
  const posts = corpus.filter((_, at) => at % 3 === 0).slice(0, POSTS)
  const unread = corpus.filter((_, at) => at % 3 !== 0)
  const arms = await openArms((text) => classify({ text }, model))
  const micros = new Map<string, number[]>([...arms.keys()].map((name) => [name, []]))
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, judge] of arms) {
      const start = ownCpuMicros()
      for (const text of posts) judge(text)
      if (round >= 0) micros.get(name)!.push((ownCpuMicros() - start) / posts.length)
    }
  }
  const ours = median(micros.get(OURS)!)
  return [
    ...[...micros].map(([name, values]) => plain(name, `${spread(values)} µs of CPU a post`)),
    held('franc alone ÷ whole classification', median(micros.get(FRANC_ALONE)!) / ours, { atLeast: 2 }),
    plain(
      'the same, posts never read before, once',
      short(onceThrough(unread, arms.get(FRANC_ALONE)!, arms.get(OURS)!)),
    ),
    held('posts a CPU second', 1e6 / ours, { atLeast: 15_000 }),
    held('opening the model', opened, { atMost: 500 }, ' ms'),
    held('memory of the model', megabytes, { atMost: 100 }, ' MB'),
    plain('a text of 100 000 characters ÷ its first 5 000', short(longOverCut((text) => classify({ text }, model)))),
  ]
}

const OURS = 'language and all heads'
const FRANC_ALONE = 'franc, 17 languages'

/** CPU of one judge ÷ that of the other over posts whose words the second may meet for the first time, a hundred in turn. */
function onceThrough(
  posts: readonly string[],
  one: (text: string) => unknown,
  other: (text: string) => unknown,
): number {
  const spent = [0, 0]
  for (let from = 0; from < posts.length; from += 100) {
    for (const [which, judge] of [one, other].entries()) {
      const start = ownCpuMicros()
      for (const text of posts.slice(from, from + 100)) judge(text)
      spent[which]! += ownCpuMicros() - start
    }
  }
  return spent[0]! / spent[1]!
}

async function openArms(classifyAll: (text: string) => unknown): Promise<Map<string, (text: string) => unknown>> {
  const { eld } = await import('eld/medium')
  // No types of their own.
  const vader = load('vader-sentiment') as {
    SentimentIntensityAnalyzer: { polarity_scores: (text: string) => unknown }
  }
  const Analyzer = load('natural/lib/natural/sentiment/SentimentAnalyzer') as new (
    language: string,
    stemmer: undefined,
    list: 'afinn',
  ) => Analyzer
  const afinn = new Analyzer('English', undefined, 'afinn')
  return new Map<string, (text: string) => unknown>([
    [OURS, classifyAll],
    [FRANC_ALONE, (text) => francAll(text, FRANC)],
    ['eld medium', (text) => eld.detect(text)],
    ["natural's AFINN", (text) => afinn.getSentiment(text.toLowerCase().split(/\W+/))],
    ['vader-sentiment', (text) => vader.SentimentIntensityAnalyzer.polarity_scores(text)],
  ])
}

/** What more than 5 000 characters cost beyond them: 1 is nothing. */
function longOverCut(classifyAll: (text: string) => unknown): number {
  const whole = 'The router does not work, I want a refund. '.repeat(3_000).slice(0, LONG)
  const cut = whole.slice(0, 5_000)
  const cost = (text: string): number => {
    const start = ownCpuMicros()
    for (let time = 0; time < 100; time++) classifyAll(text)
    return ownCpuMicros() - start
  }
  cost(cut)
  return cost(whole) / cost(cut)
}
