/**
 * What a person does on the sandbox network's authorise page, as their browser would send it. @returns the query they
 * come back with
 */
export async function authorise(
  url: string,
  answer: { handle: string; scopes?: 'read write' | 'read' } | 'deny',
): Promise<Record<string, string>> {
  const page = await fetch(url)
  if (!page.ok) throw new Error(`the authorise page answered ${page.status}: ${await page.text()}`)
  const form = new URLSearchParams(new URL(url).search)
  if (answer === 'deny') form.set('answer', 'deny')
  else {
    form.set('answer', 'allow')
    form.set('handle', answer.handle)
    if (answer.scopes !== 'read') form.set('write', 'on')
  }
  const sent = await fetch(new URL('authorize', url), { method: 'POST', body: form, redirect: 'manual' })
  const back = sent.headers.get('location')
  if (sent.status !== 303 || !back) throw new Error(`the form answered ${sent.status}: ${await sent.text()}`)
  return Object.fromEntries(new URL(back).searchParams)
}
