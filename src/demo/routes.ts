import type { FastifyInstance } from 'fastify'
import { type BindDeps, bind } from '../http/bind.ts'
import { demoAccounts } from './content.ts'
import { demoApi } from './contract.ts'
import type { Demo } from './demo.ts'

export function demoRoutes(app: FastifyInstance, deps: BindDeps & { demo: Demo }): void {
  const { demo } = deps
  bind(
    app,
    demoApi,
    {
      'GET /demo': async () => ({ accounts: demoAccounts(), network: demo.url }),
      'GET /demo/speed': () => demo.speed(),
      'PUT /demo/speed': ({ body }) => demo.setSpeed(body.perMinute),
    },
    deps,
  )
}
