import { createHash } from 'node:crypto'

export type FilePart = { name: string; filename: string; type: string; bytes: Uint8Array }

/**
 * A body of `multipart/form-data` (RFC 7578) with one file, as bytes: not every `fetch` knows the `FormData` of this Node.
 * Its boundary follows from the content, and stands nowhere in it but by a collision of SHA-256.
 */
export function multipart(fields: Record<string, string>, file: FilePart): { data: Uint8Array; type: string } {
  const hash = createHash('sha256').update(JSON.stringify(fields)).update(file.bytes).digest('hex')
  const boundary = `deputize-${hash}`
  const head = (name: string, more = '') => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n`
  const words = Object.entries(fields).map(([name, value]) => `${head(name)}\r\n${value}\r\n`)
  const data = Buffer.concat([
    Buffer.from(
      `${words.join('')}${head(file.name, `; filename="${file.filename}"`)}content-type: ${file.type}\r\n\r\n`,
    ),
    file.bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return { data, type: `multipart/form-data; boundary=${boundary}` }
}
