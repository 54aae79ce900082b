import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

/** The OpenAPI 3.1 document at `/openapi.json`, made from the contracts, and a page to browse it at `/docs`. */
export async function describeApi(app: FastifyInstance, version: string, cookieName: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Deputize',
        version,
        description:
          'Lists take `cursor` and `limit` and answer `{items, nextCursor}`. Instants are ISO 8601 in UTC. Errors are ' +
          'problem documents (RFC 9457). Somebody with several brands names one in the `x-deputize-brand` header.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: cookieName },
          apiKey: { type: 'http', scheme: 'bearer', description: 'A key that an admin made, such as `dep_live_…`.' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { validatorUrl: null, deepLinking: true } })
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
