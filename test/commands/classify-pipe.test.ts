import { Readable, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Post } from '../../src/commands/pipe/posts.ts'
import { runPipe } from '../../src/commands/pipe/run.ts'
import { StartError } from '../../src/domain/errors.ts'

const now = new Date('2026-11-21T12:00:00Z')

/** Feeds bytes through the pipe in chunks of `size` and echoes each post it saw. */
async function pipe(input: string | Buffer, columns = {}, size = 65_536) {
  const bytes = Buffer.from(input)
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  )
  const collected = { out: '', err: '' }
  const into = (key: 'out' | 'err') =>
    new Writable({
      highWaterMark: 64,
      write: (chunk, _, done) => {
        collected[key] += chunk
        setImmediate(done)
      },
    })
  const stderr = into('err')
  const posts: Post[] = []
  const status = await runPipe({
    ...{ file: '-', columns, now, stdin: Readable.from(chunks), stdout: into('out'), stderr },
    judge: (post) => {
      posts.push(post)
      return { line: { id: post.id }, counts: {} }
    },
  })
  await new Promise<void>((done) => stderr.end(done))
  const faults = collected.err.split('\n').filter((line) => line.startsWith('line '))
  return { status, posts, faults, ids: posts.map(({ id }) => id), out: collected.out, err: collected.err }
}

const good = (id: string) => `{"id":"${id}","text":"hello"}`

describe('the pipe', () => {
  it('reads NDJSON with authors, dates and networks as people export them', async () => {
    const { posts, status } = await pipe(
      [
        '{"id":"a","text":"hi","lang":"de","author":{"handle":"kim","followers":3},"createdAt":"2026-11-20T10:00:00Z","network":"x"}',
        '{"id_str":"b","full_text":"hi","user":{"screen_name":"kim","followers_count":3},"created_at":"Fri Nov 20 10:00:00 +0000 2026"}',
      ].join('\n'),
    )
    expect(status).toBe(0)
    const createdAt = new Date('2026-11-20T10:00:00Z')
    const post = { text: 'hi', handle: 'kim', followers: 3, createdAt, kind: null }
    expect(posts).toEqual([
      { ...post, id: 'a', language: 'de', network: 'x' },
      { ...post, id: 'b', language: null, network: null },
    ])
  })

  it('keeps every digit of long ids', async () => {
    const { ids } = await pipe(
      '{"id":570306133677760513,"text":"year 2026, 1234567890123456789 times","score":0.12345678901234567}',
    )
    expect(ids).toEqual(['570306133677760513'])
  })

  it('stands the line number in for a missing id', async () => {
    expect((await pipe('\n{"text":"no id"}\n')).ids).toEqual(['2'])
  })

  it.each([1, 7, 65_536])('reads CSV by its header, quoted newlines and all, in chunks of %i bytes', async (size) => {
    const csv =
      '\uFEFFtweet_id,name,text,tweet_created\r\n1,kim,"two\r\nlines, and a ""quote""",24-02-2015 11:39\r\n2,"lee",5" screen,\r\n\r\n3,,"last"'
    const { posts, status, faults } = await pipe(`${csv},2015-02-24`, {}, size)
    expect({ status, faults }).toEqual({ status: 0, faults: [] })
    expect(
      posts.map(({ id, handle, text, createdAt }) => [id, handle, text, createdAt?.toISOString() ?? null]),
    ).toEqual([
      ['1', 'kim', 'two\r\nlines, and a "quote"', '2015-02-24T11:39:00.000Z'],
      ['2', 'lee', '5" screen', null],
      ['3', null, 'last', '2015-02-24T00:00:00.000Z'],
    ])
  })

  it('reads semicolons and tabs, and a column it was told to', async () => {
    expect((await pipe('id;text\n1;a, b')).posts[0]?.text).toBe('a, b')
    expect((await pipe('id\tpayload\n1\ta, b', { text: 'payload' })).posts[0]?.text).toBe('a, b')
  })

  it('ends with one clear sentence when nothing can be read', async () => {
    await expect(pipe('id,when\n1,2')).rejects.toThrow(
      'No column looks like the text of a post; name it with --text-column. The columns are: id, when.',
    )
    await expect(pipe('id,text\n1,2', { text: 'txt' })).rejects.toThrow(
      'There is no column “txt”. The columns are: id, text.',
    )
    await expect(pipe('[{"id":1}]')).rejects.toThrow(StartError)
    await expect(pipe(Buffer.from('\uFEFF{"id":1}', 'utf16le'))).rejects.toThrow('UTF-16')
  })

  it('has nothing to say about an empty input', async () => {
    expect(await pipe('')).toMatchObject({ status: 0, out: '' })
  })
})

describe('a bad line', () => {
  it.each<[string, string | Buffer, string]>([
    ['broken JSON', '{"id":', 'the line is not JSON'],
    ['JSON that is no object', '[1]', 'the line is JSON but not an object'],
    ['no text', '{"id":"x"}', 'there is no text'],
    ['a text that is a number', '{"id":"x","text":5}', 'the text is not a text'],
    ['an empty text', '{"id":"x","text":" "}', 'the text is empty'],
    [
      'a text of 100 000 characters',
      `{"id":"x","text":"${'a'.repeat(100_000)}"}`,
      'the text has 100000 characters, more than 65536',
    ],
    ['a line of 16 MB', `{"id":"x","text":"${'a'.repeat(16_000_000)}"}`, 'the line is longer than 1 MB'],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
      'the line is not valid UTF-8',
    ],
    ['10 000 levels', `{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'the text is not a text'],
  ])('is reported by its number and the rest goes on: %s (L8)', async (_, bad, says) => {
    const input = Buffer.concat([Buffer.from(`${good('1')}\n`), Buffer.from(bad), Buffer.from(`\n${good('3')}\n`)])
    const { status, faults, ids } = await pipe(input)
    expect({ status, faults, ids }).toEqual({ status: 1, faults: [`line 2: ${says}`], ids: ['1', '3'] })
  })

  it('of 16 MB is never held in memory', async () => {
    const megabyte = Buffer.alloc(1_000_000, 'a')
    let most = 0
    async function* endless() {
      yield Buffer.from(`${good('1')}\n`)
      for (let sent = 0; sent < 300; sent++) {
        yield megabyte
        most = Math.max(most, process.memoryUsage().arrayBuffers)
      }
      yield Buffer.from(`\n${good('3')}\n`)
    }
    const before = process.memoryUsage().arrayBuffers
    const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() })
    const seen: string[] = []
    const status = await runPipe({
      ...{ file: '-', columns: {}, now, stdin: Readable.from(endless()), stdout: sink(), stderr: sink() },
      judge: ({ id }) => {
        seen.push(id)
        return { line: id, counts: {} }
      },
    })
    expect({ status, seen }).toEqual({ status: 1, seen: ['1', '3'] })
    expect(most - before).toBeLessThan(100_000_000)
  })

  it('of CSV takes no other line with it', async () => {
    const { faults, ids, status } = await pipe(
      'id,text\n1,fine\n2,too,many\n3,"never closed\n4,fine\n5,"quoted"\n6,fine\n',
    )
    expect(ids).toEqual(['1', '4', '5', '6'])
    expect(status).toBe(1)
    expect(faults).toEqual([
      'line 3: the line has 3 columns where the header has 2',
      'line 4: the quotes of this line do not close where they should',
    ])
  })

  it('keeps its number after records of several lines and lines passed over', async () => {
    const { faults } = await pipe(`id,text\n1,"a\nb\nc"\n2\n3,${'x'.repeat(1_100_000)}\n4\n`)
    expect(faults.map((line) => line.split(':')[0])).toEqual(['line 5', 'line 6', 'line 7'])
  })
})

describe('a line that can be mended', () => {
  it('is mended, with a note, and is not a bad line', async () => {
    const { status, posts, faults } = await pipe(
      [
        '{"id":"1","text":"half \\ud83d of a pair and \\u0000"}',
        '{"id":"2","text":"old","createdAt":"1970-01-01T00:00:00Z"}',
        '{"id":"3","text":"late","createdAt":"2200-01-01T00:00:00Z"}',
        '{"id":"4","text":"when","createdAt":"yesterday-ish"}',
      ].join('\n'),
    )
    expect(status).toBe(0)
    expect(posts.map(({ text, createdAt }) => [text, createdAt])).toEqual([
      ['half \uFFFD of a pair and \uFFFD', null],
      ['old', null],
      ['late', null],
      ['when', null],
    ])
    expect(faults).toEqual([
      'line 1: note: characters that are no text (null or half of a pair) were replaced',
      'line 2: note: the date lies before 2004 or in the future and was set aside',
      'line 3: note: the date lies before 2004 or in the future and was set aside',
      'line 4: note: the date cannot be read and was set aside',
    ])
  })

  it('is noted three times and then only counted', async () => {
    const { faults, err } = await pipe(Array(9).fill('{"text":"x","date":"?"}').join('\n'))
    expect(faults).toHaveLength(3)
    expect(faults[2]).toContain('no more of these are shown')
    expect(err).toMatch(/set aside +9 /)
  })
})
