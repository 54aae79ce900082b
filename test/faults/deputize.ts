import { main } from '../../src/main.ts'

/** What `bin/deputize.mjs` does, without the search for a way to run TypeScript. */
process.exitCode = await main(process.argv)
