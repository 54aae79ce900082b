import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { aFolder, ndjson } from './terminal.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SPAWNED_MS = 60_000
const folder = aFolder()
afterAll(() => folder.remove())

const POSTS = [
  { id: 'hot', text: 'My water does not get hot any more' },
  { id: 'crust', text: 'There is a white crust in it' },
  { id: 'neither', text: 'Congratulations, cousin!' },
]
const ROWS = [
  { text: 'The kettle hums but the water stays cold', skill: 'heating' },
  { text: 'water never gets hot, only lukewarm', skill: 'heating' },
  { text: 'it switches off before the water is hot', skill: 'heating' },
  { text: 'White flakes float in my tea', skill: 'descaling' },
  { text: 'there is a crust at the bottom, white and hard', skill: 'descaling' },
  { text: 'how do I get rid of the white crust', skill: 'descaling' },
]

type Said = { id: string; skills: { skill: string; weight: number }[] }

/** Runs the program as a person would. */
async function classify(args: string[]) {
  const child = spawn(process.execPath, ['bin/deputize.mjs', 'classify', ...args], { cwd: ROOT })
  child.stdin.end(ndjson(POSTS))
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    said.err += chunk
  })
  const status = await new Promise<number | null>((done) => child.on('close', done))
  const posts = said.out
    .split('\n')
    .filter(Boolean)
    .map((line): Said => JSON.parse(line))
  return { status, posts, err: said.err, faults: said.err.split('\n').filter((line) => line.includes(' line ')) }
}

describe('deputize classify --skills (U1, O2)', () => {
  it('learns from labelled posts which skills there are', { timeout: SPAWNED_MS }, async () => {
    const { status, posts } = await classify(['--skills', folder.file('rows.ndjson', ndjson(ROWS))])
    expect(status).toBe(0)
    expect(posts.map(({ id, skills }) => [id, skills[0]?.skill])).toEqual([
      ['hot', 'heating'],
      ['crust', 'descaling'],
      ['neither', expect.anything()],
    ])
    const weights = posts.map(({ skills }) => skills[0]!.weight)
    expect(Math.min(weights[0]!, weights[1]!)).toBeGreaterThan(0.35)
    expect(weights[2]).toBeLessThan(0.2)
  })

  it('says which line is no row and what is wrong with it, and goes on', { timeout: SPAWNED_MS }, async () => {
    const bad = [
      '{"text":',
      '[1]',
      '{"skill":"heating"}',
      '{"text":"hi"}',
      '{"text":5,"skill":"x"}',
      '{"text":" ","skill":"x"}',
    ]
    const file = folder.file('bad.ndjson', `${bad.join('\n')}\n\n${ndjson(ROWS)}`)
    const { status, posts, faults } = await classify(['--skills', file])
    expect(status).toBe(1)
    expect(posts[0]!.skills[0]).toMatchObject({ skill: 'heating' })
    expect(faults).toEqual([
      `${file} line 1: the line is not JSON`,
      `${file} line 2: the line is JSON but not an object`,
      `${file} line 3: there is no text`,
      `${file} line 4: there is no skill`,
      `${file} line 5: the text is not a text`,
      `${file} line 6: the text is empty`,
    ])
  })

  it('ends with one sentence when there is nothing to learn from', { timeout: SPAWNED_MS }, async () => {
    const missing = await classify(['--skills', 'no-such-file.ndjson'])
    expect(missing).toMatchObject({ posts: [], err: expect.stringContaining('There is no skills file') })
    expect(missing.status).not.toBe(0)
    const empty = await classify(['--skills', folder.file('empty.ndjson', '{"text":"x","skill":null}\n')])
    expect(empty.err).toContain('has no line with a text and a skill')
  })

  it('knows the taxonomies that ship by their names in a brand file', { timeout: SPAWNED_MS }, async () => {
    const { status, posts } = await classify(['--brand', folder.file('brand.yaml', 'skills: electronics\n')])
    expect(status).toBe(0)
    expect(posts).toHaveLength(3)
  })
})
