import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openModel } from '../src/classify/model.ts'
import { learningCurve } from './curve.ts'
import { evaluate, type Row } from './eval.ts'
import { evaluateLanguages } from './eval-language.ts'
import { evaluateSkills } from './eval-skills.ts'
import { figuresOf, writeCard } from './model-card.ts'
import { optionsOf } from './options.ts'

/**
 * `npm run eval -- --data FOLDER --model FILE --card`: how well the weights judge posts that they were not trained on.
 * `--card` writes the figures into docs/model-card.md as well.
 */
const HERE = dirname(fileURLToPath(import.meta.url))
const values = optionsOf('eval', {
  data: { type: 'string', default: join(HERE, '../../shared/data') },
  model: { type: 'string' },
  card: { type: 'boolean', default: false },
})
const model = openModel({
  languages: ['en', 'es', 'fr', 'de', 'pt', 'it', 'hi', 'ar'],
  skills: {},
  file: values.model,
})
if (!existsSync(values.data)) console.log(`${values.data} is not there: only our own held-out posts are measured.\n`)
const corpus = join(HERE, '../rules/corpus')
const rows = evaluate({ data: values.data, corpus, own: join(HERE, '../test/data/posts.tsv'), model })
const airlines = join(values.data, 'airline')
const clean = model.weights.header.provenance.set === 'clean'
const findings = {
  header: model.weights.header,
  rows: [...rows, ...meanOf('XLM-T', rows), ...meanOf('complaints', rows)],
  languages: existsSync(join(values.data, 'langid')) ? evaluateLanguages(values.data, corpus) : [],
  skills: evaluateSkills(values.data),
  curve: clean && existsSync(airlines) ? learningCurve(airlines, model) : [],
}
console.log(figuresOf(findings))
if (values.card) writeCard(join(HERE, '../docs/model-card.md'), findings)

/** One row more: the mean over all rows whose task names `word`. */
function meanOf(word: string, all: readonly Row[]): Row[] {
  const of = all.filter(({ task, metric }) => task.includes(word) && !metric.includes('calibration'))
  if (of.length === 0) return []
  const mean = (value: (row: Row) => number): number => of.reduce((sum, row) => sum + value(row), 0) / of.length
  return [
    {
      ...of[0]!,
      task: `mean of the ${of.length} above (${word})`,
      language: 'all',
      posts: of.reduce((sum, { posts }) => sum + posts, 0),
      ours: mean(({ ours }) => ours),
      interval: [mean(({ interval }) => interval[0]), mean(({ interval }) => interval[1])],
      baselines: {},
    },
  ]
}
