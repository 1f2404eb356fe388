/**
 * Whether an IP address must not be called on behalf of somebody else: everything but public unicast. That is private,
 * loopback, link-local (where clouds keep their metadata), shared, benchmark, documentation, multicast, reserved and broadcast
 * addresses, and IPv6 forms that carry an IPv4 address. A text that is no IP address is forbidden too.
 *
 * @param ip - As `dns.lookup` and `URL.hostname` write it; brackets and a zone (`%eth0`) are allowed.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isForbiddenAddress(ip: string): boolean {
  const address = parseAddress(ip)
  if (!address) return true
  return address.length === 4 ? isForbiddenV4(address) : isForbiddenV6(address)
}

/** Whether an IP address is this machine: 127.0.0.0/8, ::1, and the IPv6 form of the former. */
export function isLoopbackAddress(ip: string): boolean {
  const address = parseAddress(ip)
  if (!address) return false
  return address.length === 4 ? address[0] === 127 : address.every((group, index) => group === (index === 7 ? 1 : 0))
}

/** Whether a host is this machine by name or by address: `localhost`, names below it, and {@link isLoopbackAddress}. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(?:[^.]+\.)*localhost$/i.test(hostname) || isLoopbackAddress(hostname)
}

type Range = readonly [network: number, prefixLength: number]

const FORBIDDEN_V4: readonly Range[] = [
  [v4(0, 0, 0, 0), 8], // this network
  [v4(10, 0, 0, 0), 8], // private
  [v4(100, 64, 0, 0), 10], // shared by carriers
  [v4(127, 0, 0, 0), 8], // loopback
  [v4(168, 63, 129, 16), 32], // Azure's host agent, public by number only
  [v4(169, 254, 0, 0), 16], // link-local, cloud metadata
  [v4(172, 16, 0, 0), 12], // private
  [v4(192, 0, 0, 0), 24], // protocol assignments
  [v4(192, 0, 2, 0), 24], // documentation
  [v4(192, 88, 99, 0), 24], // 6to4 relays
  [v4(192, 168, 0, 0), 16], // private
  [v4(198, 18, 0, 0), 15], // benchmarks
  [v4(198, 51, 100, 0), 24], // documentation
  [v4(203, 0, 113, 0), 24], // documentation
  [v4(224, 0, 0, 0), 3], // multicast, reserved, broadcast
]

function isForbiddenV4(octets: readonly number[]): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = octets
  const address = v4(a, b, c, d)
  return FORBIDDEN_V4.some(([network, length]) => (address ^ network) >>> (32 - length) === 0)
}

/**
 * Public unicast is 2000::/3, less the blocks inside it that are not. Everything else is thereby out: ::, ::1, IPv4 in IPv6,
 * NAT64 (64:ff9b::/96, 64:ff9b:1::/48), discard (100::/64), SRv6 (5f00::/16), fc00::/7, fe80::/10, fec0::/10, ff00::/8.
 */
function isForbiddenV6(groups: readonly number[]): boolean {
  const [first = 0, second = 0] = groups
  if (first >>> 13 !== 1) return true
  if (first === 0x2001) return second < 0x200 || second === 0xdb8 // protocol assignments (Teredo among them), documentation
  return first === 0x2002 || (first === 0x3fff && second < 0x1000) // 6to4, documentation
}

function v4(a: number, b: number, c: number, d: number): number {
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
}

/** Four octets, or eight groups of 16 bits. An IPv4 address in its IPv6 form comes out as four octets. */
function parseAddress(ip: string): number[] | undefined {
  const octets = parseV4(ip)
  if (octets) return octets
  const groups = parseV6(ip.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, ''))
  const isMapped = groups?.every((group, index) => index >= 6 || group === (index === 5 ? 0xffff : 0))
  if (!groups || !isMapped) return groups
  return groups.slice(6).flatMap((group) => [group >>> 8, group & 0xff])
}

function parseV4(ip: string): number[] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(ip)
  const octets = match?.slice(1).map(Number)
  return octets?.every((octet) => octet <= 255) ? octets : undefined
}

function parseV6(ip: string): number[] | undefined {
  const halves = ip.split('::').map(parseGroups)
  const [head, tail = []] = halves
  if (!head || halves.length > 2 || halves.includes(undefined)) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  return [...head, ...Array<number>(missing).fill(0), ...tail]
}

/** The groups of one side of `::`; the last may be an IPv4 address. */
function parseGroups(text: string): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  for (const part of text.split(':')) {
    const octets = parseV4(part)
    if (octets) groups.push(...inPairs(octets))
    else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}

function inPairs([a = 0, b = 0, c = 0, d = 0]: readonly number[]): [number, number] {
  return [(a << 8) | b, (c << 8) | d]
}
