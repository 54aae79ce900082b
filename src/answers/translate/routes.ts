import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import { DomainError } from '../../domain/errors.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { askedPost } from '../queries.ts'
import { translateApi } from './contract.ts'
import type { Translator } from './server.ts'

type Deps = BindDeps & {
  db: Db
  /** Blanks personal data, before anything leaves for the translation server (U7). */
  mask: (text: string) => string
  /** Null: the operator has named none. */
  translator: Translator | null
}

export function translateRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, mask, translator } = deps
  bind(
    app,
    translateApi,
    {
      'GET /translation': async () => ({ server: translator !== null }),
      'POST /mentions/:id/translation': async ({ params, body: { to }, brandId, membership }) => {
        const memberId = membership.role === 'member' ? membership.memberId : null
        const post = await inBrand(db, brandId, (tx) => askedPost(tx, params.id, memberId))
        if (!post) throw new DomainError('not-found', 'There is no such mention among those you may see.')
        if (!translator) throw noServer()
        if (post.text.trim() === '') return { text: '', from: null, to }
        return { ...(await translator.translate(mask(post.text), to)), to }
      },
    },
    deps,
  )
}

const noServer = () =>
  new DomainError('unavailable', 'This installation has no translation server; an operator can name one.')
