import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openKnowledge } from './knowledge.ts'
import { optionsOf } from './options.ts'
import { postsOf, type SetName } from './sets.ts'
import { SETTINGS, train } from './train.ts'
import { readVectors } from './vectors.ts'

/**
 * `npm run train -- --set clean|research --data FOLDER --out FILE`: learns the weights from posts with labels.
 * `--without airline/United`, given as often as wanted, leaves a group out for a trial on it.
 */
const HERE = dirname(fileURLToPath(import.meta.url))
const values = optionsOf('train', {
  set: { type: 'string', default: 'clean' },
  data: { type: 'string', default: join(HERE, '../../shared/data') },
  out: { type: 'string' },
  folds: { type: 'string' },
  without: { type: 'string', multiple: true, default: [] },
})
if (values.set !== 'clean' && values.set !== 'research') stop('--set is "clean" (may ship) or "research".')
const set: SetName = values.set
const out =
  values.out ??
  (set === 'clean'
    ? join(HERE, '../src/classify/weights/clean.bin')
    : stop('Say with --out where the research weights go.'))
const needed = [
  'goemotions/train.tsv',
  'vader/vader_lexicon.txt',
  ...(set === 'research' ? ['semeval', 'tweeteval', 'xlm-t', 'airline', 'complaints'] : []),
]
const missing = needed.filter((each) => !existsSync(join(values.data, each)))
if (missing.length > 0)
  stop(`In ${values.data} there is no ${missing.join(', ')}. Say with --data where the public data sets lie.`)

const corpus = join(HERE, '../rules/corpus')
const knowledge = openKnowledge(readVectors(), join(corpus, 'lexicon'), join(values.data, 'vader/vader_lexicon.txt'))
const posts = postsOf(set, corpus, values.data, values.without)
const settings = { ...SETTINGS, folds: Number(values.folds ?? SETTINGS.folds) }
const bytes = train({ set, without: values.without }, posts, knowledge, settings, (line) => console.log(line))
mkdirSync(dirname(out), { recursive: true })
writeFileSync(out, bytes)
console.log(`${out}: ${(bytes.length / 1e6).toFixed(1)} MB`)

function stop(sentence: string): never {
  console.error(`train: ${sentence}`)
  process.exit(2)
}
