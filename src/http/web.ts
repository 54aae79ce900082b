import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'

/** Vite names what it bundles `assets/<name>-<hash>.<ending>`: another content is another name, so it keeps for ever. */
const HASHED = /[\\/]assets[\\/][^\\/]+-[\w-]{8}\.\w+(\.br|\.gz)?$/

/**
 * Serves the built web pages, and `index.html` for every address that only the browser knows (`/feed`, `/rules/3`).
 * What is not there is a problem document like any other. `root` may be missing: then there is the API alone.
 */
export async function webPages(app: FastifyInstance, root: string): Promise<void> {
  const built = existsSync(join(root, 'index.html'))
  if (built)
    await app.register(fastifyStatic, {
      ...{ root, wildcard: false, cacheControl: false, setHeaders: cacheByName },
      // What the build made smaller (`web/compress.ts`) is sent to whoever takes it.
      preCompressed: true,
    })
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    if (built && isPage(request.method, request.url, request.headers.accept)) return reply.sendFile('index.html')
    throw new DomainError('not-found', 'There is nothing at this address.')
  })
}

/** A file that is there, under a name that keeps for ever: a first visit asks for dozens of them. */
export const isPageFile = ({ routeOptions }: FastifyRequest): boolean =>
  routeOptions.url?.startsWith('/assets/') === true

function cacheByName(reply: FastifyReply, path: string): void {
  reply.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
}

/** A person's browser asking for a page, not a program asking for data or a page asking for a file. */
function isPage(method: string, url: string, accept = ''): boolean {
  const path = url.split('?')[0] ?? '/'
  const isRead = method === 'GET' || method === 'HEAD'
  return isRead && accept.includes('text/html') && !path.startsWith('/api/') && !/\.\w+$/.test(path)
}
