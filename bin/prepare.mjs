// Builds the web pages after an install from the checkout. A production install has no Vite and ships `web/dist` already.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const vite = await import('vite').catch(() => null)

// Pages are built as they are shipped, whoever asks: a test runner says `test` here, and React would come in its slow form.
process.env.NODE_ENV = 'production'
if (vite && existsSync(new URL('web/index.html', root))) {
  await vite.build({
    root: fileURLToPath(new URL('web', root)),
    configFile: fileURLToPath(new URL('web/vite.config.ts', root)),
    logLevel: 'warn',
  })
}
