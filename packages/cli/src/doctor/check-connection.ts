import { lookup } from 'node:dns/promises'
import { connect, isIP } from 'node:net'
import { checkServerIdentity, connect as connectTls } from 'node:tls'
import type { PeerCertificate } from 'node:tls'
import { authorityOf, hostOf, portOf } from '../project/bot-endpoint.ts'
import { failed, ok, warning } from './check-result.ts'
import type { CheckName, CheckResult } from './check-result.ts'

const DNS: CheckName = { id: 'dns', title: 'Host name' }
const TCP: CheckName = { id: 'tcp', title: 'Connection' }
const TLS: CheckName = { id: 'tls', title: 'TLS certificate' }

const EXPIRES_SOON_MS = 14 * 24 * 60 * 60 * 1000

/** Whether the bot's name leads anywhere. */
export async function checkName(endpoint: URL, timeoutMs: number): Promise<CheckResult> {
  const host = hostOf(endpoint)
  if (isIP(host)) return ok(DNS, `${host} is an address.`)
  const found = await Promise.race([
    lookup(host, { all: true }).catch((error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown'),
    new Promise<string>((resolve) => setTimeout(resolve, timeoutMs, 'timeout').unref()),
  ])
  if (typeof found !== 'string') return ok(DNS, `${host} is ${found.map(({ address }) => address).join(', ')}.`)
  return failed(
    DNS,
    `${host} cannot be resolved (${found}).`,
    'Correct the host in --bot, or the name server of this machine.',
  )
}

/** Whether something listens there. */
export function checkPort(endpoint: URL, timeoutMs: number): Promise<CheckResult> {
  const [host, port] = [hostOf(endpoint), portOf(endpoint)]
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const settle = (result: CheckResult): void => {
      socket.destroy()
      resolve(result)
    }
    const unreachable = (reason: string, advice: string): void =>
      settle(failed(TCP, `Nothing answers at ${authorityOf(endpoint)} (${reason}).`, advice))
    socket.setTimeout(timeoutMs, () =>
      unreachable('timeout', 'Is the host right, and does a firewall let you through?'),
    )
    socket.once('connect', () =>
      settle(ok(TCP, `${authorityOf(endpoint)} answers in ${Math.round(performance.now() - startedAt)} ms.`)),
    )
    socket.once('error', (error: NodeJS.ErrnoException) => {
      unreachable(error.code ?? error.message, 'Start the bot, or give its address with --bot.')
    })
  })
}

/** Whether the certificate is one that channels accept; nothing for plain http. */
export async function checkCertificate(endpoint: URL, timeoutMs: number): Promise<readonly CheckResult[]> {
  if (endpoint.protocol !== 'https:') return []
  return [await lookAtCertificate(endpoint, timeoutMs)]
}

function lookAtCertificate(endpoint: URL, timeoutMs: number): Promise<CheckResult> {
  const [host, port] = [hostOf(endpoint), portOf(endpoint)]
  return new Promise((resolve) => {
    // Only looked at: what is wrong with it is to be told, not to be met as an error.
    const socket = connectTls({ host, port, rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) })
    const settle = (result: CheckResult): void => {
      socket.destroy()
      resolve(result)
    }
    const broken = (reason: string): void =>
      settle(failed(TLS, `There is no TLS at ${endpoint.host} (${reason}).`, 'Is it http? Then write so in --bot.'))
    socket.setTimeout(timeoutMs, () => broken('timeout'))
    socket.once('error', (error: NodeJS.ErrnoException) => broken(error.code ?? error.message))
    socket.once('secureConnect', () => {
      // Typed as an error, and a code all the same.
      const problem = socket.authorized ? undefined : String(socket.authorizationError)
      settle(judge(socket.getPeerCertificate(), host, problem))
    })
  })
}

function judge(certificate: PeerCertificate, host: string, problem: string | undefined): CheckResult {
  const expiresAt = new Date(certificate.valid_to)
  const day = Number.isNaN(expiresAt.getTime()) ? certificate.valid_to : expiresAt.toISOString().slice(0, 10)
  const left = expiresAt.getTime() - Date.now()
  if (left < 0) return failed(TLS, `The certificate ended on ${day}.`, 'Renew it: channels do not connect any more.')
  if (checkServerIdentity(host, certificate)) {
    const names = certificate.subjectaltname?.replaceAll('DNS:', '') ?? String(certificate.subject.CN)
    return failed(
      TLS,
      `The certificate is for ${names}, not for ${host}.`,
      'Use one for that name, or the other name in --bot.',
    )
  }
  if (problem !== undefined) {
    const detail = `No authority that this machine knows vouches for the certificate (${problem}).`
    const advice = 'Channels refuse it. Use one of a public authority; while developing use http on this machine.'
    return failed(TLS, detail, advice)
  }
  if (left < EXPIRES_SOON_MS) return warning(TLS, `The certificate ends on ${day}.`, 'Renew it soon.')
  return ok(TLS, `It is for ${host} and good until ${day}.`)
}
