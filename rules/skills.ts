import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { SkillWords } from '../src/domain/classification.ts'

const Text = z.string().trim().min(1)
/** `*` for words of every language. */
const Tag = z.string().regex(/^(?:\*|[a-z]{2})$/, 'has to be a language such as en, or * for all')

const TaxonomyShape = z
  .strictObject({
    name: Text,
    title: Text,
    skills: z
      .array(
        z.strictObject({
          name: Text,
          words: z.record(Tag, z.array(Text).min(1)),
          examples: z.array(Text).default([]),
        }),
      )
      .min(1),
  })
  .refine(({ skills }) => new Set(skills.map(({ name }) => name)).size === skills.length, 'names a skill twice')

/** The skills of a kind of brand: each with words that point to it, by language, and posts that ask for it. */
export type Taxonomy = z.infer<typeof TaxonomyShape>

/** Reads a taxonomy from YAML or JSON. @throws z.ZodError with the place of each fault. */
export const readTaxonomy = (text: string): Taxonomy => TaxonomyShape.parse(parse(text, { maxAliasCount: 100 }))

const FOLDER = new URL('./presets/skills/', import.meta.url)

/** The names of the taxonomies that ship. */
export const taxonomies = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()

/** A taxonomy that ships, by its name. @throws when there is none of this name. */
export const presetTaxonomy = (name: string): Taxonomy =>
  readTaxonomy(readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8'))

/** What brand settings hold of a taxonomy: the words of each skill. */
export const wordsOf = ({ skills }: Taxonomy): SkillWords =>
  Object.fromEntries(skills.map(({ name, words }) => [name, words]))

/** The examples of a taxonomy, as rows to learn from. */
export const examplesOf = ({ skills }: Taxonomy): { text: string; skill: string }[] =>
  skills.flatMap(({ name, examples }) => examples.map((text) => ({ text, skill: name })))

let posts: string[] | null = null

/** Everyday posts that ask for no skill of any brand: what the skills of a brand are told apart from. */
export function unrelatedPosts(): readonly string[] {
  posts ??= z.array(Text).parse(parse(readFileSync(new URL('./unrelated.yaml', import.meta.url), 'utf8')))
  return posts
}
