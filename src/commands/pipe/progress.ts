import type { Writable } from 'node:stream'

export type Progress = {
  count: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>
  show: (posts: number) => void
  /** Clears the bar's line, so that a report does not land in it. */
  hide: () => void
  stop: () => void
}

/** A bar over the bytes read. Null: nobody watches a terminal, or nobody knows how much is to come. */
export async function openProgress(
  stderr: Writable & { isTTY?: boolean },
  bytes: number | null,
): Promise<Progress | null> {
  if (stderr.isTTY !== true || bytes === null || bytes === 0) return null
  const { default: cliProgress } = await import('cli-progress')
  const format = '{bar} {percentage} %  {posts} posts  {eta_formatted} to go'
  const bar = new cliProgress.SingleBar({ format, stream: stderr as NodeJS.WritableStream, clearOnComplete: true })
  let read = 0
  bar.start(bytes, 0, { posts: 0 })
  return {
    async *count(chunks) {
      for await (const chunk of chunks) {
        read += chunk.length
        yield chunk
      }
    },
    show: (posts) => bar.update(read, { posts }),
    hide: () => {
      stderr.write('\r\u001B[K')
    },
    stop: () => bar.stop(),
  }
}
