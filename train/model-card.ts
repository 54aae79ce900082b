import { readFileSync, writeFileSync } from 'node:fs'
import type { WeightsHeader } from '../src/classify/weights.ts'
import type { CurveRow } from './curve.ts'
import type { Row } from './eval.ts'
import type { LanguageRow } from './eval-language.ts'
import type { SkillFigure } from './eval-skills.ts'

/** All that one run of the evaluation found. */
export type Findings = {
  header: WeightsHeader
  rows: readonly Row[]
  languages: readonly LanguageRow[]
  skills: readonly SkillFigure[]
  curve: readonly CurveRow[]
}

const BEGIN = '<!-- figures of "npm run eval -- --card": begin -->'
const END = '<!-- figures: end -->'

/** Puts the figures between the two marks of the card. @throws Error when the marks are not there. */
export function writeCard(file: string | URL, findings: Findings): void {
  const card = readFileSync(file, 'utf8')
  const begin = card.indexOf(BEGIN)
  const end = card.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`${String(file)} has no place for figures: ${BEGIN} … ${END}.`)
  writeFileSync(file, `${card.slice(0, begin + BEGIN.length)}\n\n${figuresOf(findings)}\n${card.slice(end)}`)
}

/** The figures as Markdown: what the weights learned from, then a table for each kind of task. */
export function figuresOf({ header, rows, languages, skills, curve }: Findings): string {
  const { data, seed, settings } = header.provenance
  const told = Object.entries(settings).map(([name, value]) => `${name} ${value}`)
  return [
    `Weights \`${header.id}\`, seed ${seed} (${told.join(', ')}), learned from:`,
    table(
      ['source', 'posts', 'licence', 'SHA-256 of texts and labels'],
      data.map(({ source, posts, licence, sha256 }) => [source, String(posts), licence, `\`${sha256.slice(0, 16)}…\``]),
    ),
    '### Moods, intents and needs',
    table(
      ['task', 'language', 'posts', 'measure', 'ours (95 % interval)', 'beside it'],
      rows.map((row) => [row.task, row.language, String(row.posts), row.metric, withInterval(row), besides(row)]),
    ),
    '### Language',
    table(
      ['texts', 'number', 'right', 'franc', 'given a tag', 'of those right', 'calibration error'],
      languages.map((row) => [
        row.task,
        String(row.n),
        ...[row.ours, row.baselines.franc, row.told, row.rightWhenTold, row.calibrationError].map(figure),
      ]),
    ),
    '### Skills learned from rows',
    table(
      ['task', 'posts', 'measure', 'ours', 'naive Bayes'],
      skills.map(({ task, n, metric, ours, baseline }) => [
        task,
        String(n),
        metric,
        figure(ours),
        baseline === null ? '–' : figure(baseline),
      ]),
    ),
    '### What corrections are worth',
    'Sentiment macro-F1 on the later posts to an airline, after its first posts were taken as corrections, in time order.',
    table(
      ['airline', 'corrections', 'later posts', 'macro-F1', 'frozen base'],
      curve.map(({ brand, corrections, n, macroF1, frozen }) => [
        brand,
        String(corrections),
        String(n),
        figure(macroF1),
        figure(frozen),
      ]),
    ),
  ].join('\n\n')
}

const figure = (value: number): string => value.toFixed(3)

const withInterval = ({ ours, interval }: Row): string => `**${figure(ours)}** (${interval.map(figure).join('–')})`

const besides = ({ baselines }: Row): string =>
  Object.entries(baselines)
    .map(([name, value]) => `${name} ${figure(value)}`)
    .join(', ') || '–'

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
