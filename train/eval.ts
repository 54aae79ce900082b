import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { classify } from '../src/classify/classify.ts'
import type { Model } from '../src/classify/model.ts'
import type { Classification, Flag } from '../src/domain/classification.ts'
import { majorityOf, naturalAfinn } from './baselines.ts'
import { averagePrecision, calibrationError, f1, macroF1, macroRecall } from './measures.ts'
import { randomFrom } from './random.ts'
import { postsOf, type SetName } from './sets.ts'
import type { Example } from './sources.ts'
import * as sources from './sources.ts'

/** One line of the evaluation; `interval` holds 95 % of what resampled posts give (bootstrap). */
export type Row = {
  task: string
  language: string
  posts: number
  metric: string
  ours: number
  interval: [low: number, high: number]
  baselines: Record<string, number>
}

type Judged = { post: Example; found: Classification }
type Metric = { name: string; of: (judged: readonly Judged[]) => number; baselines: readonly string[] }
type Task = { name: string; language: string; posts: () => Example[]; metrics: readonly Metric[] }

/** `data` and `corpus` are the folders that the weights were trained from, `own` is the file of our held-out posts. */
export type Trial = { data: string; corpus: string; own: string; model: Model }

const RESAMPLES = 200
const MAJORITY = 'always-majority'
const CHANCE = 'share of yes'

function labelMetric(
  name: string,
  measure: (truth: readonly string[], said: readonly string[]) => number,
  head: 'sentiment' | 'emotion' | 'intent',
  baselines: readonly string[] = [MAJORITY],
): Metric {
  return {
    name: `${head} ${name}`,
    baselines,
    of: (judged) =>
      measure(
        judged.map(({ post }) => post.labels[head]!),
        judged.map(({ found }) => found[head].label),
      ),
  }
}

const precision = (
  name: string,
  yes: (post: Example) => boolean,
  score: (found: Classification) => number,
): Metric => ({
  name: `${name} average precision`,
  baselines: [CHANCE],
  of: (judged) =>
    averagePrecision(
      judged.map(({ post }) => yes(post)),
      judged.map(({ found }) => score(found)),
    ),
})

const AFINN = naturalAfinn()
const recall = labelMetric('macro-recall', macroRecall, 'sentiment', [MAJORITY, AFINN.name])
const sentimentF1 = labelMetric('macro-F1', macroF1, 'sentiment', [MAJORITY, AFINN.name])
const foreignF1 = labelMetric('macro-F1', macroF1, 'sentiment')
const emotionF1 = labelMetric('macro-F1', macroF1, 'emotion')
const intentF1 = labelMetric('macro-F1', macroF1, 'intent')
const anger = precision(
  'anger',
  ({ labels }) => labels.emotion === 'anger',
  ({ anger }) => anger,
)
const employee = precision(
  'needsEmployee',
  ({ labels }) => labels.employee === 1,
  ({ needsEmployee }) => needsEmployee,
)
const expert = precision(
  'needsExpert',
  ({ labels }) => labels.expert === 1,
  ({ needsExpert }) => needsExpert,
)
const urgency = precision(
  'urgency',
  ({ labels }) => labels.urgency! >= 0.8,
  ({ urgency }) => urgency,
)
const flag = (name: Flag, label: 'spam' | 'safety' | 'selfHarm'): Metric => ({
  name: `flag ${name} F1`,
  baselines: [],
  of: (judged) =>
    f1(
      judged.map(({ post }) => post.labels[label] === 1),
      judged.map(({ found }) => found.flags.includes(name)),
    ),
})
const flags = [flag('spam', 'spam'), flag('safety', 'safety'), flag('self-harm', 'selfHarm')]
const calibrationOf = (head: 'sentiment' | 'intent'): Metric => ({
  name: `${head} calibration error`,
  baselines: [],
  of: (judged) =>
    calibrationError(
      judged.map(({ post, found }) => post.labels[head] === found[head].label),
      judged.map(({ found }) => found[head].confidence),
    ),
})
const calibration = calibrationOf('sentiment')

/** Letters and digits of a text without names and addresses: the same post in two sets. */
const printOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/@\w+|https?:\S+/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** What can be measured with the public sets under `data`; posts that the model was trained on are no trial of it. */
function publicTasks(data: string, isKnown: (post: Example) => boolean): Task[] {
  const tweets = (folder: string, tag: string, part: string): Example[] =>
    sources.tweetSentiment(join(data, folder), part, tag, 'tweets')
  const tasks: Task[] = []
  const add = (folder: string, task: Omit<Task, 'name' | 'language'> & { name: string; language?: string }): void => {
    if (!existsSync(join(data, folder))) return
    const posts = task.posts().filter((post) => !isKnown(post))
    if (posts.length > 0) tasks.push({ language: 'en', ...task, posts: () => posts })
  }
  add('tweeteval/sentiment', {
    name: 'tweets (TweetEval)',
    posts: () => tweets('tweeteval/sentiment', 'en', 'val'),
    metrics: [recall, calibration],
  })
  const emotions = join(data, 'tweeteval/emotion')
  add('tweeteval/emotion', {
    name: 'tweets (TweetEval)',
    posts: () => [...sources.tweetEmotion(emotions, 'val'), ...sources.tweetEmotion(emotions, 'train')],
    metrics: [emotionF1, anger],
  })
  add('airline', {
    name: 'posts to airlines never seen',
    posts: () => sources.airline(join(data, 'airline')),
    metrics: [sentimentF1, employee, calibration],
  })
  const complaints = existsSync(join(data, 'complaints')) ? sources.complaints(join(data, 'complaints')) : []
  for (const group of new Set(complaints.map((post) => post.group))) {
    if (group.startsWith('random')) continue
    const posts = complaints.filter((post) => post.group === group)
    add('complaints', { name: `complaints, ${group}`, posts: () => posts, metrics: [employee] })
  }
  for (const [folder, language] of Object.entries(sources.XLM_T)) {
    const posts = (): Example[] => [
      ...tweets(join('xlm-t', folder), language, 'val'),
      ...tweets(join('xlm-t', folder), language, 'train'),
    ]
    add('xlm-t', { name: 'tweets (XLM-T)', language, posts, metrics: [foreignF1, calibration] })
  }
  return tasks
}

/** Our own posts held out of training, by language. */
function ownTasks(file: string): Task[] {
  const posts = sources.heldOutPosts(file)
  const all: Task = {
    name: 'own posts, held out',
    language: 'all',
    posts: () => posts,
    metrics: [
      foreignF1,
      emotionF1,
      intentF1,
      employee,
      expert,
      urgency,
      ...flags,
      calibration,
      calibrationOf('intent'),
    ],
  }
  const byLanguage = [...new Set(posts.map(({ language }) => language))].map((language): Task => {
    return {
      name: 'own posts, held out',
      language,
      posts: () => posts.filter((post) => post.language === language),
      metrics: [foreignF1],
    }
  })
  return [all, ...byLanguage]
}

/** Everything that can be measured here: our own held-out posts, and under `data` the public sets that are there. */
export function evaluate({ data, own, corpus, model }: Trial): Row[] {
  const { set, without } = model.weights.header.provenance
  const trained = existsSync(data) ? postsOf(set as SetName, corpus, data, without) : [] // written by `train`
  const known = new Set(trained.map(({ text }) => printOf(text)))
  const tasks = [...ownTasks(own), ...publicTasks(data, ({ text }) => known.has(printOf(text)))]
  return tasks.flatMap((task) => {
    const posts = task.posts().filter(({ labels }) => labels.emotion !== 'none' || labels.sentiment !== undefined)
    const judged = posts.map((post) => ({ post, found: classify(post, model) }))
    return task.metrics.map((metric) => rowFor(task, judged, metric))
  })
}

function rowFor(task: Task, all: readonly Judged[], metric: Metric): Row {
  // A post without one of the four emotions is no question about which of them it has.
  const judged = metric === emotionF1 ? all.filter(({ post }) => post.labels.emotion !== 'none') : all
  const random = randomFrom(1)
  const resampled = Array.from({ length: RESAMPLES }, () =>
    metric.of(judged.map(() => judged[Math.floor(random() * judged.length)]!)),
  ).sort((a, b) => a - b)
  return {
    task: task.name,
    language: task.language,
    posts: judged.length,
    metric: metric.name,
    ours: metric.of(judged),
    interval: [resampled[Math.floor(RESAMPLES * 0.025)]!, resampled[Math.floor(RESAMPLES * 0.975)]!],
    baselines: Object.fromEntries(metric.baselines.map((name) => [name, baselineFor(name, judged, metric)])),
  }
}

function baselineFor(name: string, judged: readonly Judged[], metric: Metric): number {
  const answer = (of: (judged: Judged) => Partial<Classification>): number =>
    metric.of(judged.map((each) => ({ post: each.post, found: { ...each.found, ...of(each) } })))
  if (name === AFINN.name) {
    return answer(({ post, found }) => ({ sentiment: { ...found.sentiment, label: AFINN.sentiment(post.text) } }))
  }
  // Equal scores for all: average precision is then about the share of yes, whatever the order.
  if (name === CHANCE) {
    const random = randomFrom(2)
    const score = (): number => random()
    return answer(() => ({ anger: score(), needsEmployee: score(), needsExpert: score(), urgency: score() }))
  }
  const head = metric.name.split(' ')[0] as 'sentiment' | 'emotion' | 'intent'
  const label = majorityOf(judged.map(({ post }) => post.labels[head] ?? ''))
  return answer(({ found }) => ({ [head]: { ...found[head], label } }))
}
