import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const PURE = ['test/**/*.test.ts', 'test/**/*.test.tsx']
const DATABASE = ['test/**/*.db.test.ts']
/** Starts the shipped program, or a server, of its own: what it says is the same whichever server stands beside it. */
const OWN = ['test/**/*-bin.db.test.ts', 'test/db/embedded.db.test.ts']
/** Days of two hundred ticks at every network: what they ask of a database, others ask of both. */
const LONG = ['test/ingest/chaos.db.test.ts']
const SERVICES = ['test/**/*.services.test.ts']
const BLUESKY = ['test/bluesky/**/*.stack.test.ts']
const BROWSER = ['test/e2e/**/*.e2e.test.ts']

/** Two, because the project is built for machines of two cores; projects run one after another (`groupOrder`). */
const maxWorkers = 2

/**
 * Files of one worker share what they import: half the CPU of reading it anew for each. A file must leave nothing
 * behind in its process, as the product leaves nothing there either.
 */
const isolate = false

/** Files that kill processes or live long days begin first, so that nothing else waits for them at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /\/faults\/killed-|\/ingest\/chaos/.test(moduleId)
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

const check = {
  name: 'check',
  isolate,
  include: PURE,
  exclude: [...DATABASE, ...SERVICES, ...BLUESKY, ...BROWSER],
  testTimeout: 20_000,
  sequence: { groupOrder: 0 },
}

const embedded = {
  name: 'embedded',
  isolate,
  include: DATABASE,
  globalSetup: 'test/setup-embedded.ts',
  // The browser's stories are told beside them.
  testTimeout: 180_000,
  hookTimeout: 120_000,
  sequence: { groupOrder: 1 },
}

/**
 * Everything else of `embedded` is repeated on servers: SQL that the embedded PostgreSQL 18 takes may be none that 15 knows,
 * and queues live on Redis there. Races and floods run in full here, a tenth on the embedded one (`test/faults/dose.ts`).
 */
const services = {
  ...embedded,
  name: 'services',
  include: [...SERVICES, ...DATABASE],
  exclude: [...OWN, ...LONG],
  testTimeout: 180_000,
  sequence: { groupOrder: 2 },
}

const e2e = {
  name: 'e2e',
  isolate,
  include: BROWSER,
  globalSetup: 'test/e2e/setup.ts',
  // A page on a busy machine takes more than the second that is usual.
  expect: { poll: { timeout: 20_000 } },
  testTimeout: 180_000,
  hookTimeout: 180_000,
  sequence: { groupOrder: 3 },
}

const bluesky = {
  name: 'bluesky',
  include: BLUESKY,
  globalSetup: 'test/bluesky/setup.ts',
  fileParallelism: false,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  sequence: { groupOrder: 4 },
}

// These two are there only with the servers they run on, so that naming one test file runs it once.
const onServers = [
  ...(process.env.BLUESKY_STACK ? [bluesky] : []),
  ...(process.env.TEST_DATABASE_URL ? [services] : []),
]
const projects = [check, embedded, ...onServers, e2e]

export default defineConfig({
  test: {
    maxWorkers,
    sequence: { sequencer: LongestFirst },
    projects: projects.map((test) => ({ test: { maxWorkers, ...test } })),
  },
})
