import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|svg|html|json)$/
/** Below that, what is saved is less than what two more files cost. */
const LEAST_BYTES = 1_024

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/**
 * Puts beside each built text a `.br` and a `.gz` of it, as small as they get: made once, when the pages are built, so
 * that the server compresses nothing and a browser fetches about a quarter of the bytes.
 */
export function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    async writeBundle({ dir }) {
      if (dir === undefined) return
      const files = await readdir(dir, { recursive: true })
      await Promise.all(files.filter((file) => TEXT.test(file)).map((file) => beside(join(dir, file))))
    },
  }
}

async function beside(file: string): Promise<void> {
  const text = await readFile(file)
  if (text.length < LEAST_BYTES) return
  const hint = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }
  await Promise.all([
    brotli(text, hint).then((small) => writeFile(`${file}.br`, small)),
    zip(text, { level: 9 }).then((small) => writeFile(`${file}.gz`, small)),
  ])
}
