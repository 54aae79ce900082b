import { z } from 'zod'
import type { Role } from '../domain/roles.ts'

/**
 * What a room shows the outside: one entry per route, read by the server to validate, to guard and to document,
 * and by `web/` for its types. The web imports types only, so that zod stays out of the browser.
 */
export type RouteSpec = {
  summary: string
  /** Anyone; anyone signed in; or whoever holds one of these roles at the brand the request is about. */
  access: 'public' | 'signed-in' | readonly Role[]
  params?: z.ZodObject
  query?: z.ZodObject
  /** Fields it does not name are refused, at every depth. */
  body?: z.ZodType
  /** The body is a file of at most so many bytes, taken as it comes; the handler finds it at `request.body`. */
  bytes?: number
  reply: z.ZodType
  /** Of success; 200 unless said. 204 goes with `reply: z.undefined()`. */
  status?: 200 | 201 | 202 | 204
  /** Requests a minute from one address, for what could be guessed or would bother people; else the server's allowance. */
  perMinute?: number
  /** The caller must send an `idempotency-key`; the handler sees to it that one key has one effect. */
  idempotent?: true
}

export type RouteKey = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

/** Routes by method and path below `/api/v1`, such as `'POST /offers/:id/claim'`. Use with `as const satisfies`. */
export type Contract = Readonly<Record<RouteKey, RouteSpec>>

/** Where every contract's paths begin. */
export const API = '/api/v1'

type Sent<R, Part extends string> = R extends { [P in Part]: infer S extends z.ZodType } ? z.input<S> : undefined
type Seen<R, Part extends string> = R extends { [P in Part]: infer S extends z.ZodType } ? z.output<S> : undefined

/** A route as the browser writes and reads it. */
export type OnTheWire<R extends RouteSpec> = {
  params: Sent<R, 'params'>
  query: Sent<R, 'query'>
  body: Sent<R, 'body'>
  reply: z.input<R['reply']>
}

/** The same as the server handles it: parsed, defaults filled in. */
export type OnTheServer<R extends RouteSpec> = {
  params: Seen<R, 'params'>
  query: Seen<R, 'query'>
  body: Seen<R, 'body'>
  reply: z.output<R['reply']>
}

/** What a list takes; spread into the query of its route. The cursor is opaque (`cursor.ts`). */
export const paging = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}

/** How much a list holds, counted no further than a page; `more`: it holds more than that. */
export const Counted = z.object({ count: z.number().int(), more: z.boolean() })

/** A page of a list. `nextCursor` null: nothing follows. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** Every error has this shape (RFC 9457), served as `application/problem+json`; a problem may carry further members. */
export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    /** A sentence for the person, with what they can do. */
    detail: z.string(),
    /** The path that was asked for. */
    instance: z.string(),
    /** Stable and for programs: `NOT_FOUND`, `TOO_MANY` … */
    code: z.string(),
    /** The same that stands in the log and in the `x-request-id` header. */
    requestId: z.string(),
    errors: z
      .array(z.object({ in: z.enum(['body', 'query', 'params', 'headers']), pointer: z.string(), detail: z.string() }))
      .optional(),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457).' })
export type Problem = z.output<typeof Problem>
