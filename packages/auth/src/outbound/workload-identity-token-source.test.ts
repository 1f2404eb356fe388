import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TokenSource } from '@parley/core'
import { verifyAssertion } from '../../test/assertion-verifier.ts'
import { IdentityServer } from '../../test/identity-server.ts'
import { fail, issue, ScriptedEndpoint } from '../../test/scripted-endpoint.ts'
import type { Answer } from '../../test/scripted-endpoint.ts'
import { AUDIENCE, tokenSourceSuite } from '../../test/token-source-suite.ts'
import { createKey, signToken } from '../../test/tokens.ts'
import type { TestKey } from '../../test/tokens.ts'
import { localCloud } from '../cloud.ts'
import { createWorkloadIdentityTokenSource } from './workload-identity-token-source.ts'
import type { WorkloadIdentityOptions } from './workload-identity-token-source.ts'

const APP = '11111111-1111-4111-8111-111111111111'
const TENANT = '22222222-2222-4222-8222-222222222222'
const TOKEN_PATH = `/${TENANT}/oauth2/v2.0/token`
const STATEMENT = {
  issuer: 'https://cluster.test',
  subject: 'system:serviceaccount:bots:echo',
  audience: 'api://AzureADTokenExchange',
}

let cluster: TestKey
let server: IdentityServer
let endpoint: ScriptedEndpoint
let directory: string
let tokenFile: string
let nowMs: number

beforeAll(async () => {
  cluster = await createKey('cluster')
  server = await IdentityServer.start()
})

beforeEach(async () => {
  endpoint = new ScriptedEndpoint(server, TOKEN_PATH)
  endpoint.script(verifying())
  directory = await mkdtemp(join(tmpdir(), 'parley-workload-'))
  tokenFile = join(directory, 'azure-identity-token')
  nowMs = 1_000
})

afterEach(() => rm(directory, { recursive: true }))

afterAll(() => server.close())

/** A token as the cluster projects it, for so many seconds from now. */
function projected(id: string, seconds = 3600): string {
  const now = Math.floor(Date.now() / 1000)
  const { issuer: iss, subject: sub, audience: aud } = STATEMENT
  return signToken(cluster, { iss, sub, aud: [aud], jti: id, iat: now - 7200, nbf: now - 7200, exp: now + seconds })
}

/** An identity service where the app trusts the cluster. */
function verifying(): Answer {
  const answer = issue()
  return (request, response, body) => {
    const result = verifyAssertion(body, { ...STATEMENT, publicKey: cluster.publicKey, algorithm: 'RS256' })
    const verified = 'header' in result ? answer : fail(401, result)
    verified(request, response, body)
  }
}

const tokenSource = (options: Partial<WorkloadIdentityOptions> = {}): TokenSource =>
  createWorkloadIdentityTokenSource({
    appId: APP,
    tokenFile,
    tenantId: TENANT,
    cloud: localCloud(server.url),
    now: () => nowMs,
    delay: async () => {},
    ...options,
  })

const sentAssertion = (index: number): string | null => endpoint.form(index).get('client_assertion')

const describeUnix = process.platform === 'win32' ? describe.skip : describe

describe('the token file', () => {
  test('is what the app proves itself with, its last line break aside', async () => {
    const token = projected('first')
    await writeFile(tokenFile, `${token}\n`)
    expect(await tokenSource().getToken(AUDIENCE)).toBe('token-1')
    expect(Object.fromEntries(endpoint.form(0))).toEqual({
      grant_type: 'client_credentials',
      client_id: APP,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: token,
      scope: 'https://api.botframework.com/.default',
    })
  })

  test('is read again when the token is renewed, as the platform changes it', async () => {
    await writeFile(tokenFile, projected('first'))
    const source = tokenSource()
    await source.getToken(AUDIENCE)
    const rotated = projected('second')
    await writeFile(tokenFile, rotated)
    nowMs += 55 * 60_000
    expect(await source.getToken(AUDIENCE)).toBe('token-2')
    expect(sentAssertion(1)).toBe(rotated)
  })

  test('is read again on every try', async () => {
    await writeFile(tokenFile, projected('first'))
    const rotated = projected('second')
    endpoint.script((request, response, body) => {
      void writeFile(tokenFile, rotated).then(() => fail(500)(request, response, body))
    }, verifying())
    expect(await tokenSource().getToken(AUDIENCE)).toBe('token-1')
    expect(sentAssertion(1)).toBe(rotated)
  })

  test('that nobody renewed is refused, and the one renewed later works', async () => {
    await writeFile(tokenFile, projected('old', -1))
    const source = tokenSource()
    await expect(source.getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_CREDENTIALS_REFUSED',
      facts: { entraError: 'AADSTS700024' },
      message: expect.stringContaining('who renews the assertion') as string,
    })
    await writeFile(tokenFile, projected('new'))
    nowMs += 30_000
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
  })

  test('of another cluster is refused, and the error names file and credential', async () => {
    const stranger = await createKey('stranger')
    await writeFile(tokenFile, signToken(stranger, {}))
    await expect(tokenSource().getToken(AUDIENCE)).rejects.toMatchObject({
      code: 'AUTH_CREDENTIALS_REFUSED',
      message: expect.stringMatching(/federated credential of app id .*azure-identity-token/) as string,
    })
  })

  test.each<[string, () => Promise<unknown>, string, RegExp]>([
    ['is missing', async () => {}, 'ENOENT', /azure-identity-token does not exist\. Check AZURE_FEDERATED_TOKEN_FILE/],
    ['is empty', () => writeFile(tokenFile, ''), 'EMPTY', /is empty/],
    ['is blank', () => writeFile(tokenFile, ' \n\n'), 'EMPTY', /is empty/],
    ['is a directory', () => mkdir(tokenFile), 'EISDIR', /cannot be read \(EISDIR\)/],
    ['is larger than any token', () => writeFile(tokenFile, 'x'.repeat(16 * 1024 + 1)), 'EFBIG', /larger than 16 KiB/],
    ['holds two lines', () => writeFile(tokenFile, 'S3cret\nS3cret'), 'NOT_A_TOKEN', /a token on one line/],
    ['is not text', () => writeFile(tokenFile, Buffer.from([0, 0xff])), 'NOT_A_TOKEN', /a token on one line/],
  ])('that %s is told of, and nothing is sent', async (_, prepare, reason, message) => {
    await prepare()
    const failure = tokenSource().getToken(AUDIENCE)
    await expect(failure).rejects.toMatchObject({
      code: 'AUTH_ASSERTION_UNAVAILABLE',
      reason,
      message: expect.stringMatching(message) as string,
    })
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('S3cret') as string })
    expect(endpoint.asked).toHaveLength(0)
  })

  describeUnix('where files can be pipes', () => {
    test('that is a pipe nobody writes to is not waited for', async () => {
      execFileSync('mkfifo', [tokenFile])
      const failure = tokenSource().getToken(AUDIENCE)
      await expect(failure).rejects.toMatchObject({ code: 'AUTH_ASSERTION_UNAVAILABLE', reason: 'EMPTY' })
    })
  })

  test('that appears later is used at once', async () => {
    const source = tokenSource()
    await source.getToken(AUDIENCE).catch(() => {})
    await writeFile(tokenFile, projected('first'))
    expect(await source.getToken(AUDIENCE)).toBe('token-1')
  })

  test('of the largest size is read whole', async () => {
    const token = 'x'.repeat(16 * 1024)
    await writeFile(tokenFile, token)
    await tokenSource()
      .getToken(AUDIENCE)
      .catch(() => {})
    expect(sentAssertion(0)).toBe(token)
  })

  test('must be named', () => {
    expect(() => tokenSource({ tokenFile: '' })).toThrow(
      expect.objectContaining({ code: 'AUTH_CREDENTIAL_INVALID', option: 'tokenFile' }),
    )
  })
})

describe('a source with a workload identity', () => {
  beforeEach(() => writeFile(tokenFile, 'S3cret-assertion'))

  tokenSourceSuite({
    path: TOKEN_PATH,
    create: (url, options) =>
      createWorkloadIdentityTokenSource({
        ...options,
        appId: APP,
        tokenFile,
        tenantId: TENANT,
        cloud: localCloud(url),
      }),
    secrets: () => ['S3cret-assertion'],
  })
})
