#!/usr/bin/env node
// TypeScript runs as it stands where Node can (22.18 and later), through tsx where it cannot.

if (!process.features.typescript) (await import('tsx/esm/api')).register()
const { main } = await import(new URL('../src/main.ts', import.meta.url).href)
const status = await main(process.argv)
process.exitCode = status
// What a failed start left open, such as a connection, must not keep the process: whoever watches it would not start another.
if (status === 2) setTimeout(() => process.exit(status), 5_000).unref()
