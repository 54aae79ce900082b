import type { FastifyInstance } from 'fastify'
import { type BindDeps, bind } from '../http/bind.ts'
import { peopleApi } from './contract.ts'

export function peopleRoutes(app: FastifyInstance, deps: BindDeps): void {
  bind(app, peopleApi, { 'GET /me': async ({ me }) => me }, deps)
}
