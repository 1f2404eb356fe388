import { isLoopbackHost } from '@parley/core'
import { CliUsageError } from '../errors.ts'

/** Where the Direct Line of the cloud is. */
export const CLOUD_ADDRESS = 'https://directline.botframework.com'

const PATH = '/v3/directline'

/**
 * The base address of Direct Line at a service; `/v3/directline` may be part of it or not.
 *
 * @throws CliUsageError `CLI_USAGE`: no address, or one where a secret could be overheard.
 */
export function directLineAddress(service: string): string {
  const url = URL.canParse(service) ? new URL(service) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new CliUsageError('--service must be the address of a service, such as http://127.0.0.1:3979.')
  }
  if (!isSafe(url)) {
    throw new CliUsageError('--service must begin with https: on the way to another machine secrets are overheard.')
  }
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  return base.endsWith(PATH) ? base : `${base}${PATH}`
}

/** Whether what is sent there stays on this machine or is encrypted. */
export function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || protocol === 'wss:' || isLoopbackHost(hostname)
}
