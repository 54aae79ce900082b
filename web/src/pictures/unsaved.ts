type Saving = {
  save: (id: string, words: string) => Promise<unknown>
  /** There is nothing left that the words could be of. */
  isGone: (error: unknown) => boolean
  onGone: () => void
}

/**
 * Words that are typed and not saved yet, by what they are of. One save follows the other, so that the words typed last
 * are those saved last, and whoever waits for `saved` waits for a save under way as well.
 */
export function unsavedWords({ save, isGone, onGone }: Saving) {
  const words = new Map<string, string>()
  let last: Promise<void> = Promise.resolve()

  const saveAll = async () => {
    const now = [...words]
    const ends = await Promise.allSettled(now.map(([id, said]) => save(id, said)))
    for (const [n, [id, said]] of now.entries()) {
      const end = ends[n]
      const gone = end?.status === 'rejected' && isGone(end.reason)
      if (gone || (end?.status === 'fulfilled' && words.get(id) === said)) words.delete(id)
      if (gone) onGone()
    }
    const failed = ends.find((end) => end.status === 'rejected' && !isGone(end.reason))
    if (failed?.status === 'rejected') throw failed.reason
  }
  return {
    set: (id: string, said: string) => void words.set(id, said),
    of: (id: string): string | undefined => words.get(id),
    drop: (id: string) => void words.delete(id),
    /** Resolves once all that was typed until now is saved. @throws what a save ended with */
    saved: (): Promise<void> => {
      last = last.catch(() => undefined).then(saveAll)
      return last
    },
  }
}
