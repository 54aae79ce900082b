// Builds the web pages after an install from the checkout. A production install has no Vite and ships `web/dist` already.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const vite = await import('vite').catch(() => null)

if (vite && existsSync(new URL('web/index.html', root))) {
  await vite.build({
    root: fileURLToPath(new URL('web', root)),
    configFile: fileURLToPath(new URL('web/vite.config.ts', root)),
    logLevel: 'warn',
  })
}
