import { lookup as dnsLookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Agent, fetch as undiciFetch } from 'undici'
import { ConnectorError } from '../../connectors/connector.ts'
import type { Fetch } from '../../connectors/http.ts'

/** Asks other servers on behalf of people who name them, and none inside our own network (O4). */
export type Outgoing = {
  /** @throws ConnectorError `refused` for an address it does not ask */
  fetch: Fetch
  /** Lets one address through although it is private: `host` or `host:port`. For what the product itself has opened. */
  allow: (address: string) => void
  close: () => Promise<void>
}

/** What is not the internet: RFC 6890 and its successors, with the metadata services of clouds among the link-local. */
const PRIVATE = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  // Other ways to write an IPv4 address: translated (RFC 6052), 6to4, Teredo; none of them is needed to reach a network.
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv6')

/** Is it an address that only our own network can reach? IPv4 written as IPv6 counts as what it is. */
export function isPrivate(ip: string): boolean {
  const family = isIP(ip)
  if (family === 0) return true // no address at all: not to be asked either
  return PRIVATE.check(ip, family === 4 ? 'ipv4' : 'ipv6')
}

/**
 * Opens it. A name is looked up once, and the connection goes to the address that was judged: one that is public when
 * looked at and private when asked (rebinding) gets nowhere. Redirects are the caller's to follow, and `call` follows none.
 * @param allowed addresses let through although private: `host`, or `host:port` for that port alone
 */
export function openOutgoing(
  allowed: readonly string[] = [],
  lookup: LookupFunction = dnsLookup as LookupFunction,
): Outgoing {
  const through = new Set(allowed.map((address) => address.toLowerCase()))
  const isAllowed = (url: URL) => through.has(url.hostname) || through.has(`${url.hostname}:${portOf(url)}`)

  const judged: LookupFunction = (hostname, options, done) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0)
      const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found
      const open = addresses.filter(({ address }) => !isPrivate(address))
      const [first] = open
      if (!first) return done(refusal(hostname), '', 0)
      return options.all ? done(null, open) : done(null, first.address, first.family)
    })
  const guarded = new Agent({ connect: { lookup: judged } })
  const open = new Agent()

  return {
    allow: (address) => void through.add(address.toLowerCase()),
    close: async () => {
      await Promise.all([guarded.close(), open.close()])
    },
    fetch: async (address, init) => {
      const url = new URL(address)
      if (!['http:', 'https:'].includes(url.protocol)) throw refusal(url.host)
      const inside = isAllowed(url)
      // The agent looks names up; an address in the URL is connected to as it stands.
      const literal = url.hostname.replace(/^\[|\]$/g, '')
      if (!inside && isIP(literal) !== 0 && isPrivate(literal)) throw refusal(url.host)
      try {
        const dispatcher = inside ? open : guarded
        // The same fetch that Node carries, so what it takes and gives is the same; only its types are its own.
        const answer = await undiciFetch(url, { redirect: 'manual', ...init, dispatcher } as Parameters<
          typeof undiciFetch
        >[1])
        return answer as unknown as Response
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined
        throw cause instanceof ConnectorError ? cause : error
      }
    },
  }
}

const refusal = (host: string) =>
  new ConnectorError(
    'refused',
    `${host} is an address inside a private network, which is not asked. An operator may allow it: ALLOW_PRIVATE_HOSTS.`,
  )

const portOf = ({ port, protocol }: URL) => port || (protocol === 'https:' ? '443' : '80')
