import { InboundRefusedError, isLoopbackAddress } from '@parley/core'
import type { InboundRequest } from '../http/inbound-request.ts'
import { HTTP_REFUSALS } from '../http/refusals.ts'

/**
 * Lets a sender that proves nothing in only if it is on this machine. A request that a proxy passed on is not.
 *
 * @throws {@link InboundRefusedError} `AUTH_ANONYMOUS_REMOTE` 403.
 */
export function checkAnonymousSender(request: InboundRequest): void {
  const { remoteAddress } = request
  const isForwarded = request.header('x-forwarded-for') !== undefined || request.header('forwarded') !== undefined
  if (!isForwarded && remoteAddress !== undefined && isLoopbackAddress(remoteAddress)) return
  throw new InboundRefusedError(
    HTTP_REFUSALS.AUTH_ANONYMOUS_REMOTE,
    'This bot has no app id and serves only senders on its own machine; set MicrosoftAppId, or `allowAnonymous`.',
  )
}
