import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A blob as the service keeps it. */
export interface StoredBlob {
  readonly body: Buffer
  readonly contentType: string
  readonly eTag: string
  readonly modified: Date
  /** Names as they were sent by HTTP, in lower case. */
  readonly metadata: Readonly<Record<string, string>>
}

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingMessage['headers']
}

/**
 * What happens to a request in place of, or after, the work: `{ status, code }` answers with that and does nothing; `hang`
 * never answers; `drop` breaks the connection before the work, `dropAfter` after it; `failAfter` works and then answers 500.
 */
export type Fault =
  | { readonly status: number; readonly code: string; readonly retryAfter?: string }
  | 'hang'
  | 'drop'
  | 'dropAfter'
  | 'failAfter'

/** The Blob service of one storage account, as its REST specification says, in this process. */
export interface BlobService {
  readonly account: string
  /** Base64. */
  readonly key: string
  /** Where the account is: `http://127.0.0.1:<port>/<account>`. */
  readonly endpoint: string
  readonly connectionString: string
  /** Container → name → blob. */
  readonly containers: Map<string, Map<string, StoredBlob>>
  readonly requests: SeenRequest[]
  /** Taken from the front, one for each request that `onlyFor` accepts. */
  readonly faults: Fault[]
  onlyFor: (request: SeenRequest) => boolean
  /** Bearer tokens that are accepted. */
  readonly tokens: Set<string>
  /** The most a list page holds, whatever is asked for. */
  maxPage: number
  /** A shared access signature of the account, with those permissions. */
  sign(permissions: string): string
  close(): Promise<void>
}

/** Answers that are errors by the specification. */
class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string) {
    super(code)
    this.status = status
    this.code = code
  }
}

interface Call extends SeenRequest {
  readonly container: string
  /** `undefined` for the container itself. */
  readonly blob: string | undefined
  readonly query: URLSearchParams
  readonly body: Buffer
}

/** Starts a Blob service on a port of its own; anonymous access is off unless `anonymous`. */
export async function startBlobService({ anonymous = false }: { anonymous?: boolean } = {}): Promise<BlobService> {
  const account = 'testaccount'
  const key = createHash('sha512').update(randomUUID()).digest('base64')
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${account}`
  const service: BlobService = {
    account,
    key,
    endpoint,
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=${endpoint};`,
    containers: new Map(),
    requests: [],
    faults: [],
    onlyFor: () => true,
    tokens: new Set(),
    maxPage: 5000,
    sign: (permissions) => signAccount(account, key, permissions),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  let serial = 0
  return service

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers }
    service.requests.push(seen)
    const fault = service.onlyFor(seen) ? service.faults.shift() : undefined
    if (fault === 'hang') return
    if (fault === 'drop') return void request.socket.destroy()
    response.setHeader('x-ms-version', seen.headers['x-ms-version'] ?? '')
    response.setHeader('x-ms-request-id', randomUUID())
    try {
      if (typeof fault === 'object') {
        if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter)
        throw new Refusal(fault.status, fault.code)
      }
      const call = parse(seen, Buffer.concat(chunks), account)
      authorize(service, call, anonymous)
      const work = perform(call)
      if (fault === 'dropAfter') return void request.socket.destroy()
      if (fault === 'failAfter') throw new Refusal(500, 'InternalError')
      response.writeHead(work.status, work.headers).end(seen.method === 'HEAD' ? undefined : work.body)
    } catch (error) {
      refuse(seen, response, error)
    }
  }

  function perform(call: Call): { status: number; headers: Record<string, string | number>; body?: Buffer | string } {
    const { method, query, blob } = call
    if (blob === undefined) {
      if (query.get('restype') !== 'container') throw new Refusal(400, 'InvalidUri')
      if (method === 'PUT' && !query.has('comp')) return createContainer(call)
      if (method === 'GET' && query.get('comp') === 'list') return listBlobs(call)
    } else if (!query.has('comp')) {
      if (method === 'PUT') return putBlob(call, blob)
      if (method === 'GET' || method === 'HEAD') return getBlob(call, blob)
      if (method === 'DELETE') return deleteBlob(call, blob)
    }
    throw new Refusal(405, 'UnsupportedHttpVerb')
  }

  function createContainer({ container, body }: Call): { status: number; headers: Record<string, string> } {
    if (!/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(container)) throw new Refusal(400, 'InvalidResourceName')
    if (body.length > 0) throw new Refusal(400, 'InvalidHeaderValue')
    if (service.containers.has(container)) throw new Refusal(409, 'ContainerAlreadyExists')
    service.containers.set(container, new Map())
    return { status: 201, headers: { etag: newETag(), 'last-modified': new Date().toUTCString() } }
  }

  function putBlob(call: Call, name: string): { status: number; headers: Record<string, string> } {
    const { headers, body } = call
    if (headers['content-length'] === undefined) throw new Refusal(411, 'MissingContentLengthHeader')
    if (headers['x-ms-blob-type'] !== 'BlockBlob') throw new Refusal(400, 'MissingRequiredHeader')
    if (name.length > 1024 || name.split('/').length > 254) throw new Refusal(400, 'InvalidUri')
    const blobs = blobsOf(call)
    checkConditions(call, blobs.get(name))
    const stored: StoredBlob = {
      body,
      contentType: String(headers['x-ms-blob-content-type'] ?? headers['content-type'] ?? 'application/octet-stream'),
      eTag: newETag(),
      modified: new Date(),
      metadata: metadataOf(headers),
    }
    blobs.set(name, stored)
    return { status: 201, headers: { etag: stored.eTag, 'last-modified': stored.modified.toUTCString() } }
  }

  function getBlob(
    call: Call,
    name: string,
  ): { status: number; headers: Record<string, string | number>; body: Buffer } {
    if (call.headers['range'] !== undefined || call.headers['x-ms-range'] !== undefined) {
      throw new Refusal(501, 'UnsupportedHeader')
    }
    const stored = existing(call, name)
    checkConditions(call, stored)
    return {
      status: 200,
      headers: {
        etag: stored.eTag,
        'last-modified': stored.modified.toUTCString(),
        'content-type': stored.contentType,
        'content-length': stored.body.length,
        'x-ms-blob-type': 'BlockBlob',
        ...Object.fromEntries(Object.entries(stored.metadata).map(([item, value]) => [`x-ms-meta-${item}`, value])),
      },
      body: stored.body,
    }
  }

  function deleteBlob(call: Call, name: string): { status: number; headers: Record<string, string> } {
    checkConditions(call, existing(call, name))
    blobsOf(call).delete(name)
    return { status: 202, headers: {} }
  }

  function listBlobs(call: Call): { status: number; headers: Record<string, string>; body: string } {
    const { query } = call
    const asked = Number(query.get('maxresults') ?? 5000)
    if (!Number.isInteger(asked) || asked < 1) throw new Refusal(400, 'OutOfRangeQueryParameterValue')
    const [prefix, marker] = [query.get('prefix') ?? '', query.get('marker') ?? '']
    const since = marker === '' ? '' : decodeMarker(marker)
    const include = query.get('include')?.split(',') ?? []
    const names = [...blobsOf(call).keys()].filter((name) => name.startsWith(prefix)).sort(byBytes)
    const rest = names.filter((name) => byBytes(name, since) >= 0)
    const page = rest.slice(0, Math.min(asked, service.maxPage, 5000))
    const next = rest[page.length]
    const entries = page.map((name) => entryOf(name, existing(call, name), include.includes('metadata')))
    return {
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body:
        `\uFEFF<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="${endpoint}/" ` +
        `ContainerName="${call.container}"><Prefix>${escapeXml(prefix)}</Prefix><Marker>${escapeXml(marker)}</Marker>` +
        `<MaxResults>${asked}</MaxResults><Blobs>${entries.join('')}</Blobs>` +
        `${next === undefined ? '<NextMarker />' : `<NextMarker>${encodeMarker(next)}</NextMarker>`}</EnumerationResults>`,
    }
  }

  function blobsOf({ container }: Call): Map<string, StoredBlob> {
    const blobs = service.containers.get(container)
    if (!blobs) throw new Refusal(404, 'ContainerNotFound')
    return blobs
  }

  function existing(call: Call, name: string): StoredBlob {
    const stored = blobsOf(call).get(name)
    if (!stored) throw new Refusal(404, 'BlobNotFound')
    return stored
  }

  function newETag(): string {
    return `"0x8D${(++serial).toString(16).toUpperCase().padStart(12, '0')}"`
  }
}

function parse(seen: SeenRequest, body: Buffer, account: string): Call {
  const [path = '', query = ''] = seen.url.split('?')
  const [, owner, container, ...rest] = path.split('/')
  if (owner !== account || !container) throw new Refusal(400, 'InvalidUri')
  if (rest.some((segment) => segment === '.' || segment === '..')) throw new Refusal(400, 'InvalidUri')
  if (!/^[\w\-.~!$&'()*+,;=:@/%]*$/.test(path)) throw new Refusal(400, 'InvalidUri')
  if (!/^20\d\d-\d\d-\d\d$/.test(String(seen.headers['x-ms-version']))) throw new Refusal(400, 'MissingRequiredHeader')
  if (seen.headers['transfer-encoding'] !== undefined) throw new Refusal(411, 'MissingContentLengthHeader')
  const blob = rest.length === 0 ? undefined : decodeURIComponent(rest.join('/'))
  return { ...seen, container, blob, query: new URLSearchParams(query), body }
}

function authorize(service: BlobService, call: Call, anonymous: boolean): void {
  const { authorization } = call.headers
  if (authorization?.startsWith('SharedKey ')) return checkSharedKey(service, call, authorization)
  if (authorization?.startsWith('Bearer ')) {
    if (service.tokens.has(authorization.slice('Bearer '.length))) return
    throw new Refusal(401, 'InvalidAuthenticationInfo')
  }
  if (authorization !== undefined) throw new Refusal(400, 'InvalidAuthenticationInfo')
  if (call.query.has('sig')) return checkSignature(service, call)
  if (!anonymous) throw new Refusal(404, 'ResourceNotFound')
}

/** "Authorize with Shared Key": the signature must be over exactly what was sent. */
function checkSharedKey({ account, key }: BlobService, { method, url, headers, query }: Call, sent: string): void {
  const date = headers['x-ms-date'] ?? headers['date']
  if (!date || Math.abs(Date.now() - Date.parse(String(date))) > 15 * 60_000) {
    throw new Refusal(403, 'AuthenticationFailed')
  }
  const length = headers['content-length']
  const standard = [
    headers['content-encoding'],
    headers['content-language'],
    length === '0' ? '' : length,
    headers['content-md5'],
    headers['content-type'],
    headers['x-ms-date'] === undefined ? headers['date'] : '',
    headers['if-modified-since'],
    headers['if-match'],
    headers['if-none-match'],
    headers['if-unmodified-since'],
    headers['range'],
  ].map((value) => value ?? '')
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-'))
    .sort()
    .map((name) => `${name}:${String(headers[name]).trim()}`)
  const names = [...new Set(query.keys())].sort()
  const parameters = names.map((name) => `\n${name.toLowerCase()}:${query.getAll(name).sort().join(',')}`)
  const resource = `/${account}${url.split('?')[0]}${parameters.join('')}`
  const text = [method, ...standard, ...own, resource].join('\n')
  const expected = `SharedKey ${account}:${hmac(key, text)}`
  if (!same(expected, sent)) throw new Refusal(403, 'AuthenticationFailed')
}

const signatureVersion = '2020-10-02'

function signAccount(account: string, key: string, permissions: string): string {
  const expiry = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, '')
  const fields = { sv: signatureVersion, ss: 'b', srt: 'sco', sp: permissions, se: expiry }
  return new URLSearchParams({ ...fields, sig: hmac(key, accountText(account, fields)) }).toString()
}

function checkSignature({ account, key }: BlobService, { query, method, blob }: Call): void {
  const field = (name: string): string => query.get(name) ?? ''
  const fields = { sv: field('sv'), ss: field('ss'), srt: field('srt'), sp: field('sp'), se: field('se') }
  if (!same(hmac(key, accountText(account, fields)), field('sig')) || Date.parse(fields.se) < Date.now()) {
    throw new Refusal(403, 'AuthenticationFailed')
  }
  const needed = { GET: blob === undefined ? 'l' : 'r', HEAD: 'r', DELETE: 'd', PUT: blob === undefined ? 'c' : 'w' }[
    method
  ]
  if (!needed || !fields.sp.includes(needed)) throw new Refusal(403, 'AuthorizationPermissionMismatch')
}

function accountText(
  account: string,
  { sv, ss, srt, sp, se }: Record<'sv' | 'ss' | 'srt' | 'sp' | 'se', string>,
): string {
  return `${[account, sp, ss, srt, '', se, '', '', sv].join('\n')}\n`
}

function checkConditions({ method, headers }: Call, stored: StoredBlob | undefined): void {
  // SDK v4 sends empty ones, and the service takes them as absent.
  const [match, noneMatch] = [headers['if-match'] || undefined, headers['if-none-match'] || undefined]
  for (const value of [match, noneMatch]) {
    if (value !== undefined && value !== '*' && !/^"[^"]*"$/.test(value)) throw new Refusal(400, 'InvalidHeaderValue')
  }
  if (match !== undefined && (!stored || (match !== '*' && match !== stored.eTag))) {
    throw new Refusal(412, 'ConditionNotMet')
  }
  if (noneMatch === undefined || !stored || (noneMatch !== '*' && noneMatch !== stored.eTag)) return
  if (method === 'PUT') throw new Refusal(409, 'BlobAlreadyExists')
  throw new Refusal(304, 'ConditionNotMet')
}

function metadataOf(headers: IncomingMessage['headers']): Record<string, string> {
  const prefix = 'x-ms-meta-'
  const sent = Object.entries(headers).filter(([name]) => name.startsWith(prefix))
  for (const [name, value] of sent) {
    if (!/^[a-z_]\w*$/i.test(name.slice(prefix.length)) || !/^[\x20-\x7e]*$/.test(String(value))) {
      throw new Refusal(400, 'InvalidMetadata')
    }
  }
  return Object.fromEntries(sent.map(([name, value]) => [name.slice(prefix.length), String(value)]))
}

function entryOf(
  name: string,
  { body, contentType, eTag, modified, metadata }: StoredBlob,
  withMetadata: boolean,
): string {
  // oxlint-disable-next-line no-control-regex -- what XML cannot hold
  const needsEncoding = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(name)
  const element = needsEncoding
    ? `<Name Encoded="true">${encodeURIComponent(name)}</Name>`
    : `<Name>${escapeXml(name)}</Name>`
  const values = Object.entries(metadata).map(([key, value]) => `<${key}>${escapeXml(value)}</${key}>`)
  return (
    `<Blob>${element}<Properties><Creation-Time>${modified.toUTCString()}</Creation-Time>` +
    `<Last-Modified>${modified.toUTCString()}</Last-Modified><Etag>${eTag.slice(1, -1)}</Etag>` +
    `<Content-Length>${body.length}</Content-Length><Content-Type>${escapeXml(contentType)}</Content-Type>` +
    `<BlobType>BlockBlob</BlobType><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState></Properties>` +
    `${withMetadata ? `<Metadata>${values.join('')}</Metadata>` : ''}<OrMetadata /></Blob>`
  )
}

function refuse(seen: SeenRequest, response: ServerResponse, error: unknown): void {
  const { status, code } = error instanceof Refusal ? error : new Refusal(500, `InternalError: ${String(error)}`)
  const body = `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`
  response.writeHead(status, { 'content-type': 'application/xml', 'x-ms-error-code': code })
  response.end(seen.method === 'HEAD' || status === 304 ? undefined : body)
}

function encodeMarker(name: string): string {
  return `2!${Buffer.from(name).toString('base64')}`
}

function decodeMarker(marker: string): string {
  if (!marker.startsWith('2!')) throw new Refusal(400, 'InvalidQueryParameterValue')
  return Buffer.from(marker.slice(2), 'base64').toString()
}

function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64')
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
