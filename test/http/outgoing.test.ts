import { createServer, type Server } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../../connectors/http.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { isPrivate, openOutgoing } from '../../src/http/outgoing.ts'

let server: Server
let port: number
let asked: string[]
beforeAll(async () => {
  asked = []
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/away') return response.writeHead(302, { location: '/inside' }).end()
    return response.setHeader('content-type', 'application/json').end('{"well":true}')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
})

const get = (outgoing: ReturnType<typeof openOutgoing>, url: string) =>
  call({ fetch: outgoing.fetch, clock: systemClock }, { method: 'GET', url, signal: AbortSignal.timeout(5_000) })

/** Names as a hostile server of names would answer them, one answer a question. */
const namesThatSay = (...answers: string[][]): LookupFunction =>
  ((_name: string, _options: object, done: (error: null, found: { address: string; family: number }[]) => void) => {
    const found = answers.length > 1 ? answers.shift()! : answers[0]!
    done(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }) as LookupFunction

describe('an address inside our own network', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.100.100.200',
    '0.0.0.0',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'nonsense',
  ])('is known as such: %s', (ip) => expect(isPrivate(ip)).toBe(true))

  it.each(['1.1.1.1', '172.32.0.1', '2606:4700::1111'])('is not taken for one: %s', (ip) =>
    expect(isPrivate(ip)).toBe(false),
  )

  it.each(['127.0.0.1', '2130706433', '0x7f.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]'])(
    'is not asked, however it is written: %s (O4)',
    async (host) => {
      const before = asked.length
      await expect(get(openOutgoing(), `http://${host}:${port}/inside`)).rejects.toMatchObject({ kind: 'refused' })
      expect(asked).toHaveLength(before)
    },
  )

  it('is not asked behind a name, not even one that was public when it was looked at first (O4)', async () => {
    const before = asked.length
    const rebound = openOutgoing([], namesThatSay(['127.0.0.1']))
    await expect(get(rebound, `http://rebound.example:${port}/inside`)).rejects.toMatchObject({ kind: 'refused' })
    // Of several addresses only the public ones are connected to; none answers here, and the private one never heard of it.
    const mixed = openOutgoing([], namesThatSay(['127.0.0.1', '::1', '10.0.0.1']))
    await expect(get(mixed, `http://mixed.example:${port}/inside`)).rejects.toMatchObject({ kind: 'refused' })
    expect(asked).toHaveLength(before)
  })

  it('is asked when an operator allows it, by host or by host and port alone', async () => {
    expect((await get(openOutgoing(['127.0.0.1']), `http://127.0.0.1:${port}/one`)).json).toEqual({ well: true })
    expect((await get(openOutgoing([`localhost:${port}`]), `http://localhost:${port}/two`)).json).toEqual({
      well: true,
    })
    const other = openOutgoing([`127.0.0.1:${port + 1}`])
    await expect(get(other, `http://127.0.0.1:${port}/three`)).rejects.toMatchObject({ kind: 'refused' })
  })

  it('is not reached by a redirect, and no other scheme is spoken', async () => {
    const outgoing = openOutgoing([`127.0.0.1:${port}`])
    await expect(get(outgoing, `http://127.0.0.1:${port}/away`)).rejects.toMatchObject({ kind: 'refused', status: 302 })
    expect(asked.at(-1)).toBe('/away')
    await expect(get(outgoing, 'file:///etc/passwd')).rejects.toMatchObject({ kind: 'refused' })
  })
})
