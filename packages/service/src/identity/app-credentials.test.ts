import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCertificateTokenSource, createWorkloadIdentityTokenSource, localCloud } from '@parley/auth'
import type { CertificateOptions } from '@parley/auth'
import { startService } from '@parley/service'
import type { CredentialOptions } from '@parley/service'
import { AppCertificate } from '../../test/app-certificate.ts'
import { useTogether } from '../../test/start-together.ts'
import { temporaryFolder } from '../../test/temporary-folder.ts'

const together = useTogether()

const AUDIENCE = 'https://api.botframework.com'
const endpoint = 'http://127.0.0.1:1/api/messages'
const certificate = new AppCertificate()
const privateKey = certificate.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const sha1 = { thumbprint: Buffer.from(certificate.thumbprint('sha1'), 'base64url').toString('hex') }

test.each<[string, Partial<CertificateOptions>]>([
  ['a certificate', {}],
  ['a certificate and its chain', { sendCertificateChain: true }],
  ['a certificate in the older way', { algorithm: 'RS256' }],
  ['the thumbprint of a certificate', { certificate: sha1 }],
])("a bot on Parley's token source gets a token with %s, and another after it", async (_, options) => {
  const { service } = together
  service.registerBot({ appId: 'certified', certificates: [certificate.pem], endpoint })
  const source = createCertificateTokenSource({
    appId: 'certified',
    certificate: certificate.pem,
    privateKey,
    cloud: localCloud(service.url),
    ...options,
  })
  for (const audience of [AUDIENCE, 'another-bot']) expect(await source.getToken(audience)).toMatch(/^eyJ/)
})

test('a bot on Parley’s token source gets a token with that of its platform', async () => {
  const { service } = together
  const [issuer, subject] = ['https://cluster.example/', 'system:serviceaccount:bots:echo']
  service.registerBot({
    appId: 'on-a-cluster',
    federatedCredentials: [{ issuer, subject, publicKey: certificate.publicKeyPem }],
    endpoint,
  })
  const tokenFile = join(temporaryFolder(), 'token')
  const claims = { iss: issuer, sub: subject, aud: 'api://AzureADTokenExchange' }
  writeFileSync(tokenFile, certificate.assert(claims, { alg: 'RS256' }))
  const cloud = localCloud(service.url)
  const source = createWorkloadIdentityTokenSource({ appId: 'on-a-cluster', tokenFile, cloud })
  expect(await source.getToken(AUDIENCE)).toMatch(/^eyJ/)
})

const pem = (bits: number): string =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ type: 'spki', format: 'pem' }).toString()
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' })
const trusted = { issuer: 'https://a', subject: 'b' }

test.each<[string, unknown, string]>([
  ['none', {}, 'secret'],
  ['an empty secret', { secret: '' }, 'secret'],
  ['an empty second secret', { secret: ['a', ''] }, 'secret'],
  ['three secrets', { secret: ['a', 'b', 'c'] }, 'secret'],
  ['a secret that is a number', { secret: 7 }, 'secret'],
  ['a certificate that is none', { certificates: ['nonsense'] }, 'certificates[0]'],
  ['a certificate that is not in a list', { certificates: certificate.pem }, 'certificates'],
  ['a key for a certificate', { certificates: [certificate.publicKeyPem] }, 'certificates[0]'],
  ['an issuer without a name', { federatedCredentials: [{ subject: 'b' }] }, 'federatedCredentials[0].issuer'],
  ['an issuer of nobody', { federatedCredentials: [{ issuer: 'a' }] }, 'federatedCredentials[0].subject'],
  [
    'an issuer with an empty audience',
    { federatedCredentials: [{ ...trusted, audience: '' }] },
    'federatedCredentials[0].audience',
  ],
  [
    'an issuer with a broken key',
    { federatedCredentials: [{ ...trusted, publicKey: 'a' }] },
    'federatedCredentials[0].publicKey',
  ],
  [
    'an issuer with a short key',
    { federatedCredentials: [{ ...trusted, publicKey: pem(1024) }] },
    'federatedCredentials[0].publicKey',
  ],
  [
    'an issuer with a key of another kind',
    { federatedCredentials: [{ ...trusted, publicKey: curve }] },
    'federatedCredentials[0].publicKey',
  ],
  ['a credential that is nothing', { federatedCredentials: [null] }, 'federatedCredentials[0]'],
  ['a managed identity of another place', { managedIdentity: 'arc' }, 'managedIdentity'],
  ['a managed identity that is nothing', { managedIdentity: null }, 'managedIdentity'],
  ['a managed identity with a header that is a number', { managedIdentity: { header: 1e15 } }, 'managedIdentity'],
  ['a managed identity with a short header', { managedIdentity: { header: 'short' } }, 'managedIdentity'],
])('a bot with %s as its credential is refused', async (_, credentials, option) => {
  const bots = [{ appId: 'app', endpoint, ...(credentials as CredentialOptions) }]
  const starting = startService({ port: 0, bots })
  await expect(starting).rejects.toMatchObject({ code: 'SERVICE_OPTION', option: `bots[0].${option}` })
  await expect(starting).rejects.not.toThrow(/nonsense|PUBLIC KEY/)
})
