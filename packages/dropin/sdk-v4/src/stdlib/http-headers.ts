/** A header. */
export interface HttpHeader {
  name: string
  value: string
}

/** Headers as a plain object. */
export type RawHttpHeaders = { [headerName: string]: string }

/** Headers whose names are found whatever their case. */
export interface HttpHeadersLike {
  set(headerName: string, headerValue: string | number): void
  get(headerName: string): string | undefined
  contains(headerName: string): boolean
  /** @returns Whether it was there. */
  remove(headerName: string): boolean
  /** With the names as they were set. */
  rawHeaders(): RawHttpHeaders
  headersArray(): HttpHeader[]
  headerNames(): string[]
  headerValues(): string[]
  clone(): HttpHeadersLike
  /** With names in lower case, unless `preserveCase`. */
  toJson(options?: { preserveCase?: boolean }): RawHttpHeaders
}

/** Headers of a request or a response in the old Azure HTTP library, which SDK v4 hands to credentials. */
export class HttpHeaders implements HttpHeadersLike {
  private readonly headers = new Map<string, HttpHeader>()

  constructor(rawHeaders: RawHttpHeaders = {}) {
    for (const [name, value] of Object.entries(rawHeaders)) this.set(name, value)
  }

  set(headerName: string, headerValue: string | number): void {
    this.headers.set(headerName.toLowerCase(), { name: headerName, value: String(headerValue) })
  }

  get(headerName: string): string | undefined {
    return this.headers.get(headerName.toLowerCase())?.value
  }

  contains(headerName: string): boolean {
    return this.headers.has(headerName.toLowerCase())
  }

  remove(headerName: string): boolean {
    return this.headers.delete(headerName.toLowerCase())
  }

  rawHeaders(): RawHttpHeaders {
    return this.toJson({ preserveCase: true })
  }

  headersArray(): HttpHeader[] {
    return [...this.headers.values()]
  }

  headerNames(): string[] {
    return this.headersArray().map(({ name }) => name)
  }

  headerValues(): string[] {
    return this.headersArray().map(({ value }) => value)
  }

  toJson({ preserveCase = false }: { preserveCase?: boolean } = {}): RawHttpHeaders {
    return Object.fromEntries([...this.headers].map(([key, { name, value }]) => [preserveCase ? name : key, value]))
  }

  toString(): string {
    return JSON.stringify(this.rawHeaders())
  }

  clone(): HttpHeaders {
    return new HttpHeaders(this.rawHeaders())
  }
}
