import { defineConfig } from 'vitest/config'

const PURE = ['test/**/*.test.ts', 'test/**/*.test.tsx']
const DATABASE = ['test/**/*.db.test.ts']
const SERVICES = ['test/**/*.services.test.ts']
const BLUESKY = ['test/bluesky/**/*.stack.test.ts']
const BROWSER = ['test/e2e/**/*.e2e.test.ts']

/** Two, because the project is built for machines of two cores; projects run one after another (`groupOrder`). */
const maxWorkers = 2

const check = {
  name: 'check',
  include: PURE,
  exclude: [...DATABASE, ...SERVICES, ...BLUESKY, ...BROWSER],
  testTimeout: 20_000,
  sequence: { groupOrder: 0 },
}

const embedded = {
  name: 'embedded',
  include: DATABASE,
  globalSetup: 'test/setup-embedded.ts',
  testTimeout: 60_000,
  hookTimeout: 120_000,
  sequence: { groupOrder: 1 },
}

const services = {
  ...embedded,
  name: 'services',
  include: [...SERVICES, ...DATABASE],
  exclude: ['test/db/embedded.db.test.ts'],
  testTimeout: 180_000,
  sequence: { groupOrder: 2 },
}

const e2e = {
  name: 'e2e',
  include: BROWSER,
  globalSetup: 'test/e2e/setup.ts',
  fileParallelism: false,
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
  test: { maxWorkers, projects: projects.map((test) => ({ test: { maxWorkers, ...test } })) },
})
