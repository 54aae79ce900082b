#!/usr/bin/env node
// TypeScript runs as it stands where Node can (22.18 and later), through tsx where it cannot.

if (!process.features.typescript) (await import('tsx/esm/api')).register()
const { main } = await import(new URL('../src/main.ts', import.meta.url).href)
process.exitCode = await main(process.argv)
