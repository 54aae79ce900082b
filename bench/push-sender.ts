/** A delivery as a sender makes it, signed already. */
export type Push = { headers: Record<string, string>; body: string }

/** Started by `pushing.ts`: sends what it is given, one after another, and says how many were not answered with 200. */
process.on('message', async ({ url, pushes }: { url: string; pushes: Push[] }) => {
  let refused = 0
  for (const { headers, body } of pushes) {
    const answer = await fetch(url, { method: 'POST', headers, body })
    await answer.arrayBuffer()
    if (answer.status !== 200) refused += 1
  }
  process.send?.(refused)
})
