import { lookup as systemLookup } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isForbiddenAddress, isLoopbackAddress, isLoopbackHost } from '@parley/core'
import { FORBIDDEN_ADDRESS } from './transport-failure.ts'

/**
 * Resolves names for outgoing connections and gives only addresses that may be called. The socket connects to exactly the
 * address that was checked, so a name that changes its address between check and use (DNS rebinding) gains nothing.
 *
 * A name with allowed and forbidden addresses keeps the allowed ones: networks with DNS64 answer so for every name.
 *
 * @param allowLoopback - Lets `localhost` and names below it be loopback. No other name may be.
 */
export function guardLookup(allowLoopback: boolean, lookup: LookupFunction = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    const isAllowed = addressRule(hostname, allowLoopback)
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, '', 0)
      const allowed = toAddresses(found, family).filter(({ address }) => isAllowed(address))
      const first = allowed[0]
      if (!first) return callback(forbidden(), '', 0)
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

function addressRule(hostname: string, allowLoopback: boolean): (address: string) => boolean {
  if (allowLoopback && isLoopbackHost(hostname)) return isLoopbackAddress
  return (address) => !isForbiddenAddress(address)
}

/** A lookup may ignore `all` and give one address. */
function toAddresses(found: string | LookupAddress[], family: number | undefined): LookupAddress[] {
  return typeof found === 'string' ? [{ address: found, family: family ?? 4 }] : found
}

function forbidden(): NodeJS.ErrnoException {
  return Object.assign(new Error('every address of the host is private or reserved'), { code: FORBIDDEN_ADDRESS })
}
