import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsync } from 'fastify'
import { type Network, NetworkRefusal, NewText, publish } from './commands.ts'
import { asText, COMPOSER_POLICY, page, thread } from './page.ts'
import { foldHandle } from './store.ts'

/**
 * The network's own page for answering a post by hand, as whichever account of ours one likes: nobody here is real, and
 * there are no passwords. `proof` is known to this page alone, so that no other page of the browser can post.
 */
export function composer(network: Network): FastifyPluginAsync {
  const { state } = network
  const proof = randomBytes(18).toString('base64url')
  const headers = {
    'content-security-policy': COMPOSER_POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }

  return async (app) => {
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    app.get<{ Querystring: { replyTo?: string; text?: string } }>('/compose', async ({ query }, reply) => {
      const { replyTo = '', text = '' } = query
      const post = thread(state, replyTo)
      if (post === null) throw new NetworkRefusal(404, 'no-such-post', 'There is no such post')
      const ours = [...state.accounts.values()].filter(({ simulated }) => !simulated)
      const accounts = ours.map(({ handle }) => `<option>${asText(handle)}</option>`).join('')
      return reply
        .headers(headers)
        .type('text/html; charset=utf-8')
        .send(
          page(
            'Answer',
            `${post}<form method="post" action="/compose"><input type="hidden" name="proof" value="${proof}">
<input type="hidden" name="replyTo" value="${asText(replyTo)}">
<p><label>As <select name="as">${accounts}</select></label></p>
<p><label>Your answer<br><textarea name="text" rows="5" cols="60" required>${asText(text)}</textarea></label></p>
<p><button>Post</button></p></form>`,
          ),
        )
    })
    app.post<{ Body: Partial<Record<'proof' | 'replyTo' | 'as' | 'text', string>> }>(
      '/compose',
      async ({ body }, reply) => {
        if (body.proof !== proof) throw new NetworkRefusal(403, 'not-the-page', 'Post from the page itself')
        const by = state.byHandle.get(foldHandle(body.as ?? ''))
        if (!by || by.simulated) throw new NetworkRefusal(403, 'no-account', 'Only accounts of yours may post')
        const text = NewText.safeParse(body.text)
        if (!text.success) throw new NetworkRefusal(422, 'invalid', 'Write something, and not too much')
        const { post } = publish(network, by, { text: text.data, replyTo: body.replyTo ?? '' }, true)
        return reply.redirect(`/posts/${post.id}`, 303)
      },
    )
  }
}
