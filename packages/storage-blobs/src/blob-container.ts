import { randomUUID } from 'node:crypto'
import { BlobClient } from './blob-client.ts'
import { parseBlobList } from './blob-list.ts'
import type { BlobList } from './blob-list.ts'
import type { BlobLocation } from './blob-location.ts'
import type { BlobsOptions } from './blobs-options.ts'

/** What must hold for a blob to be written: that it has this eTag, or that there is none. */
export type PutCondition = { readonly eTag: string } | 'absent'

export interface PutOptions {
  readonly condition?: PutCondition | undefined
  /** Printable ASCII without spaces at its ends. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** On the metadata of conditional writes: which write it was. */
const WRITE_ID = 'x-ms-meta-parleywrite'

/** The blobs of one container, as texts of JSON. The container is made by the first write that misses it. */
export class BlobContainer {
  private readonly client: BlobClient

  constructor(location: BlobLocation, options: BlobsOptions = {}) {
    this.client = new BlobClient(location, options)
  }

  async get(name: string): Promise<{ readonly text: string; readonly eTag: string } | undefined> {
    const { statusCode, text, headers } = await this.client.send({ method: 'GET', name, expected: [404] })
    return statusCode === 404 ? undefined : { text, eTag: headers.etag ?? '' }
  }

  async eTagOf(name: string): Promise<string | undefined> {
    const { statusCode, headers } = await this.client.send({ method: 'HEAD', name, expected: [404] })
    return statusCode === 404 ? undefined : headers.etag
  }

  /** @returns Whether the condition held; else nothing was written. */
  async put(name: string, text: string, { condition, metadata = {} }: PutOptions = {}): Promise<boolean> {
    const id = condition ? randomUUID() : undefined
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'x-ms-blob-type': 'BlockBlob',
      ...Object.fromEntries(Object.entries(metadata).map(([key, value]) => [`x-ms-meta-${key}`, value])),
      ...(id ? { [WRITE_ID]: id } : {}),
      ...(condition === 'absent' ? { 'if-none-match': '*' } : condition ? { 'if-match': condition.eTag } : {}),
    }
    const call = {
      method: 'PUT',
      name,
      headers,
      body: Buffer.from(text),
      expected: condition ? [404, 409, 412] : [404],
    } as const
    let answer = await this.client.send(call)
    if (answer.statusCode === 404) {
      await this.create()
      answer = await this.client.send({ ...call, expected: condition ? [409, 412] : [] })
    }
    if (answer.statusCode < 300) return true
    // What made the condition fail may be an earlier try of this very write.
    return answer.mayBeSecond && (await this.writeIdOf(name)) === id
  }

  /** A blob that is not there is fine. */
  async delete(name: string): Promise<void> {
    await this.client.send({ method: 'DELETE', name, headers: { 'x-ms-delete-snapshots': 'include' }, expected: [404] })
  }

  /** A page of names, in order; `marker` is of the page before. */
  async list(
    prefix: string,
    { marker, maxResults }: { marker?: string | undefined; maxResults: number },
  ): Promise<BlobList> {
    const query = {
      restype: 'container',
      comp: 'list',
      prefix,
      maxresults: String(maxResults),
      ...(marker ? { marker } : {}),
    }
    const { statusCode, text } = await this.client.send({ method: 'GET', query, expected: [404] })
    return statusCode === 404 ? { names: [], marker: undefined } : parseBlobList(text)
  }

  private async create(): Promise<void> {
    await this.client.send({ method: 'PUT', query: { restype: 'container' }, expected: [409] })
  }

  private async writeIdOf(name: string): Promise<unknown> {
    const { headers } = await this.client.send({ method: 'HEAD', name, expected: [404] })
    return headers[WRITE_ID]
  }
}
